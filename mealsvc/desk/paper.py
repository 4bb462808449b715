"""Sheets and kitchen counts within a caller's canteens, each an export that is noted."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mealsvc.access import Caller, audit
from mealsvc.desk.links import sheet_links
from mealsvc.desk.reach import canteen_within, courier_within
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.sheets import (
    KitchenCount,
    kitchen_count,
    kitchen_count_pdf,
    labels_pdf,
    read_sheets,
    route_sheet_pdf,
    write_sheets,
)
from mealsvc.sheets.spreadsheets import workbook
from mealsvc.sheets.tables import all_tables
from mealsvc.sheets.wording import Language, Wording
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal, service_zh


@dataclass(frozen=True)
class Edition:
    """Which sheets are wanted.

    Attributes
    ----------
    day, meal
        The service.
    revision
        Number of the plan's revision; default: the published one, else the newest.
    language
        Default: the installation's.
    changed
        Only what differs from the revision published before; of an archive and of labels.
    from_label
        The first sticker that is left on the sheet for labels, from 1, row by row.
    """

    day: date
    meal: Meal
    revision: int | None = None
    language: Language | None = None
    changed: bool = False
    from_label: int = 1

    @property
    def service(self) -> str:
        """The service as a part of a file name."""
        return f"{self.day}-{self.meal.value}"

    def of(self, code: str = "") -> str:
        """Return what the audit trail calls these sheets, or one courier's or canteen's."""
        return f"{self.day} {self.meal.value} {code}".rstrip()


def all_sheets(runtime: Runtime, caller: Caller, wanted: Edition) -> bytes:
    """Return every sheet within reach as a ZIP archive: a folder per revision (and canteen).

    Raises
    ------
    NotFound
        If there is no plan or no such revision, or nothing in it is within reach.
    """
    link_for = sheet_links(runtime, caller.name)
    with tempfile.TemporaryDirectory(prefix="mealsvc-sheets-") as folder:
        for canteen in _canteens_with_sheets(runtime, caller, wanted):
            write_sheets(
                runtime, wanted.day, wanted.meal, Path(folder), revision=wanted.revision,
                canteen=canteen, changed=wanted.changed, from_label=wanted.from_label,
                language=wanted.language, link_for=link_for,
            )  # fmt: skip
        archive = _zipped(Path(folder))
    audit.note(runtime, caller.name, "export.sheets", wanted.of())
    return archive


def _canteens_with_sheets(
    runtime: Runtime, caller: Caller, wanted: Edition
) -> Iterator[str | None]:
    if caller.canteens is None:
        yield None  # one folder with everything
        return
    sheets = read_sheets(runtime, wanted.day, wanted.meal, revision=wanted.revision)
    own = [count.canteen.code for count in sheets.kitchens if caller.sees(count.canteen.id)]
    if not own:
        raise NotFound(
            f"your canteens have nothing to do for {wanted.meal.value} of {wanted.day}",
            f"您的食堂在{service_zh(wanted.day, wanted.meal)}没有任务",
        )
    yield from own


def _zipped(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.getvalue()


def courier_sheet(runtime: Runtime, caller: Caller, wanted: Edition, courier: str) -> bytes:
    """Return one courier's route sheet as PDF.

    Raises
    ------
    NotFound
        If the courier is not within reach or has no duty in the revision, or there is none.
    """
    with transaction(runtime.engine) as session:
        found = courier_within(session, caller, courier)
    pdf = route_sheet_pdf(
        runtime, wanted.day, wanted.meal, found.id or 0, revision=wanted.revision,
        language=wanted.language, link_for=sheet_links(runtime, caller.name),
    )  # fmt: skip
    audit.note(runtime, caller.name, "export.route_sheet", wanted.of(courier))
    return pdf


def count(runtime: Runtime, caller: Caller, wanted: Edition, canteen: str) -> KitchenCount:
    """Return what a canteen cooks and packs.

    Raises
    ------
    NotFound
        If the canteen is not within reach or has nothing to do, or there is no plan.
    """
    key = _canteen_id(runtime, caller, canteen)
    found = kitchen_count(runtime, wanted.day, wanted.meal, key, revision=wanted.revision)
    audit.note(runtime, caller.name, "read.kitchen_count", wanted.of(canteen))
    return found


def count_pdf(runtime: Runtime, caller: Caller, wanted: Edition, canteen: str) -> bytes:
    """Return a canteen's kitchen count as PDF; see :func:`count`."""
    pdf = kitchen_count_pdf(
        runtime, wanted.day, wanted.meal, _canteen_id(runtime, caller, canteen),
        revision=wanted.revision, language=wanted.language,
    )  # fmt: skip
    audit.note(runtime, caller.name, "export.kitchen_count", wanted.of(canteen))
    return pdf


def count_workbook(runtime: Runtime, caller: Caller, wanted: Edition, canteen: str) -> bytes:
    """Return a canteen's kitchen count, trips and left-out orders as XLSX; see :func:`count`."""
    _canteen_id(runtime, caller, canteen)
    every = read_sheets(runtime, wanted.day, wanted.meal, revision=wanted.revision)
    sheets = every.of_canteen(canteen)
    say = Wording(wanted.language or "zh")
    tables = all_tables(sheets.routes, sheets.kitchens, sheets.left_out, say)
    book = workbook(
        tables, f"{wanted.of(canteen)} {say.say('kitchen_count')}", sheets.head.printed_at
    )
    audit.note(runtime, caller.name, "export.kitchen_count", wanted.of(canteen))
    return book


def labels(runtime: Runtime, caller: Caller, wanted: Edition, canteen: str) -> bytes:
    """Return the stickers for a canteen's boxes as PDF, special meals first.

    Raises
    ------
    NotFound
        If the canteen is not within reach or has no boxes to label, or there is no plan.
    InvalidInput
        If a sheet of stickers has none of that number.
    """
    pdf = labels_pdf(
        runtime, wanted.day, wanted.meal, _canteen_id(runtime, caller, canteen),
        revision=wanted.revision, language=wanted.language, changed=wanted.changed,
        from_label=wanted.from_label,
    )  # fmt: skip
    audit.note(runtime, caller.name, "export.labels", wanted.of(canteen))
    return pdf


def _canteen_id(runtime: Runtime, caller: Caller, code: str) -> int:
    with transaction(runtime.engine) as session:
        return canteen_within(session, caller, code).id or 0
