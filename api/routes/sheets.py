"""Route sheets and kitchen counts: all in one archive, or one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.files import PDF, XLSX, ZIP, file_answer, file_response
from api.routes.plans import Revision
from api.schemas.sheets import KitchenCountOut
from mealsvc.access import Action, Caller
from mealsvc.desk import paper
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}", tags=["sheets"])

SheetReader = Annotated[Caller, Depends(Allowed(Action.READ_SHEETS))]
Code = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[^/\\\x00-\x1f]+$")]


@router.get("/sheets.zip", response_class=Response, responses=file_answer(ZIP))
def download_sheets(
    day: date,
    meal: Meal,
    caller: SheetReader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> Response:
    """Download all sheets within your canteens: PDF, XLSX, CSV and a manifest.

    Sheets of a published revision carry each courier's link as a QR code.
    """
    content = paper.all_sheets(runtime, caller, day, meal, revision=revision, language=language)
    return file_response(content, ZIP, f"sheets-{day}-{meal.value}.zip")


@router.get("/route-sheets/{courier}.pdf", response_class=Response, responses=file_answer(PDF))
def download_route_sheet(
    day: date,
    meal: Meal,
    courier: Code,
    caller: SheetReader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> Response:
    """Download one courier's route sheet."""
    content = paper.courier_sheet(
        runtime, caller, day, meal, courier, revision=revision, language=language
    )
    return file_response(content, PDF, f"route-sheet-{day}-{meal.value}-{courier}.pdf")


@router.get("/kitchen-counts/{canteen}.pdf", response_class=Response, responses=file_answer(PDF))
def download_kitchen_count(
    day: date,
    meal: Meal,
    canteen: Code,
    caller: SheetReader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> Response:
    """Download a canteen's kitchen count for printing."""
    content = paper.count_pdf(
        runtime, caller, day, meal, canteen, revision=revision, language=language
    )
    return file_response(content, PDF, f"kitchen-count-{day}-{meal.value}-{canteen}.pdf")


@router.get("/kitchen-counts/{canteen}.xlsx", response_class=Response, responses=file_answer(XLSX))
def download_kitchen_workbook(
    day: date,
    meal: Meal,
    canteen: Code,
    caller: SheetReader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> Response:
    """Download a canteen's kitchen count, trips and left-out orders as a workbook."""
    content = paper.count_workbook(
        runtime, caller, day, meal, canteen, revision=revision, language=language
    )
    return file_response(content, XLSX, f"kitchen-count-{day}-{meal.value}-{canteen}.xlsx")


@router.get("/kitchen-counts/{canteen}")
def read_kitchen_count(
    day: date,
    meal: Meal,
    canteen: Code,
    caller: SheetReader,
    runtime: RuntimeDep,
    revision: Revision = None,
) -> KitchenCountOut:
    """Read what a canteen cooks and packs."""
    return KitchenCountOut.of(paper.count(runtime, caller, day, meal, canteen, revision=revision))
