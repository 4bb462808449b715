"""Sheets and kitchen counts within a caller's canteens, each an export that is noted."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlmodel import col, select

from mealsvc.access import Caller, audit
from mealsvc.desk.links import courier_within, sheet_links
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.sheets import (
    KitchenCount,
    kitchen_count,
    kitchen_count_pdf,
    read_sheets,
    route_sheet_pdf,
    write_sheets,
)
from mealsvc.sheets.spreadsheets import workbook
from mealsvc.sheets.tables import all_tables
from mealsvc.sheets.wording import Language, Wording
from mealsvc.store import Canteen, transaction
from mealsvc.vocabulary import Meal, service_zh


def all_sheets(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    *,
    revision: int | None = None,
    language: Language | None = None,
) -> bytes:
    """Return every sheet within reach as a ZIP archive: a folder per revision (and canteen).

    Raises
    ------
    NotFound
        If there is no plan or no such revision, or nothing in it is within reach.
    """
    link_for = sheet_links(runtime, caller.name)
    with tempfile.TemporaryDirectory(prefix="mealsvc-sheets-") as folder:
        for canteen in _canteens_with_sheets(runtime, caller, day, meal, revision):
            write_sheets(
                runtime, day, meal, Path(folder), revision=revision, canteen=canteen,
                language=language, link_for=link_for,
            )  # fmt: skip
        archive = _zipped(Path(folder))
    _note(runtime, caller, "export.sheets", f"{day} {meal.value}")
    return archive


def _canteens_with_sheets(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, revision: int | None
) -> Iterator[str | None]:
    if caller.canteens is None:
        yield None  # one folder with everything
        return
    busy = {
        count.canteen.code for count in read_sheets(runtime, day, meal, revision=revision).kitchens
    }
    with transaction(runtime.engine) as session:
        own = session.exec(select(Canteen.code).where(col(Canteen.id).in_(caller.canteens))).all()
    if not busy.intersection(own):
        raise NotFound(
            f"your canteens have nothing to do for {meal.value} of {day}",
            f"您的食堂在{service_zh(day, meal)}没有任务",
        )
    yield from sorted(busy.intersection(own))


def _zipped(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.getvalue()


def courier_sheet(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    courier: str,
    *,
    revision: int | None = None,
    language: Language | None = None,
) -> bytes:
    """Return one courier's route sheet as PDF.

    Raises
    ------
    NotFound
        If the courier is not within reach or has no duty in the revision, or there is none.
    """
    found = courier_within(runtime, caller, courier)
    pdf = route_sheet_pdf(
        runtime, day, meal, found.id or 0, revision=revision, language=language,
        link_for=sheet_links(runtime, caller.name),
    )  # fmt: skip
    _note(runtime, caller, "export.route_sheet", f"{day} {meal.value} {courier}")
    return pdf


def count(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    canteen: str,
    *,
    revision: int | None = None,
) -> KitchenCount:
    """Return what a canteen cooks and packs.

    Raises
    ------
    NotFound
        If the canteen is not within reach or has nothing to do, or there is no plan.
    """
    found = kitchen_count(
        runtime, day, meal, _canteen_id(runtime, caller, canteen), revision=revision
    )
    _note(runtime, caller, "read.kitchen_count", f"{day} {meal.value} {canteen}")
    return found


def count_pdf(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    canteen: str,
    *,
    revision: int | None = None,
    language: Language | None = None,
) -> bytes:
    """Return a canteen's kitchen count as PDF; see :func:`count`."""
    key = _canteen_id(runtime, caller, canteen)
    pdf = kitchen_count_pdf(runtime, day, meal, key, revision=revision, language=language)
    _note(runtime, caller, "export.kitchen_count", f"{day} {meal.value} {canteen}")
    return pdf


def count_workbook(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    canteen: str,
    *,
    revision: int | None = None,
    language: Language = "zh",
) -> bytes:
    """Return a canteen's kitchen count, trips and left-out orders as XLSX; see :func:`count`."""
    _canteen_id(runtime, caller, canteen)
    sheets = read_sheets(runtime, day, meal, revision=revision).of_canteen(canteen)
    say = Wording(language)
    tables = all_tables(sheets.routes, sheets.kitchens, sheets.left_out, say)
    title = f"{day} {meal.value} {canteen} {say.say('kitchen_count')}"
    book = workbook(tables, title, sheets.head.printed_at)
    _note(runtime, caller, "export.kitchen_count", f"{day} {meal.value} {canteen}")
    return book


def _canteen_id(runtime: Runtime, caller: Caller, code: str) -> int:
    with transaction(runtime.engine) as session:
        key = session.exec(select(Canteen.id).where(Canteen.code == code)).first()
    if key is None or not caller.sees(key):
        raise NotFound(f"no canteen has the code {code}")
    return key


def _note(runtime: Runtime, caller: Caller, action: str, subject: str) -> None:
    audit.note(runtime, caller.name, action, subject)
