"""Route sheets, kitchen counts and labels: all in one archive, or one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.files import PDF, XLSX, ZIP, file_answer, file_response
from api.routes.plans import Revision
from api.routes.roster import Code
from api.schemas.sheets import KitchenCountOut
from mealsvc.access import Action, Caller
from mealsvc.desk import paper
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}", tags=["sheets"])

SheetReader = Annotated[Caller, Depends(Allowed(Action.READ_SHEETS))]


def _edition(
    day: date, meal: Meal, language: LanguageDep, revision: Revision = None
) -> paper.Edition:
    return paper.Edition(day, meal, revision, language)


Wanted = Annotated[paper.Edition, Depends(_edition)]


Changed = Annotated[bool, Query(description="only what differs from the revision published before")]
FromLabel = Annotated[
    int, Query(ge=1, description="first sticker left on the sheet for labels, row by row")
]


@router.get("/sheets.zip", response_class=Response, responses=file_answer(ZIP))
def download_sheets(
    wanted: Wanted,
    caller: SheetReader,
    runtime: RuntimeDep,
    changed: Changed = False,
    from_label: FromLabel = 1,
) -> Response:
    """Download all sheets and labels within your canteens: PDF, XLSX, CSV and a manifest.

    Sheets of a published revision carry each courier's link as a QR code.
    """
    wanted = replace(wanted, changed=changed, from_label=from_label)
    content = paper.all_sheets(runtime, caller, wanted)
    return file_response(content, ZIP, f"sheets-{wanted.service}.zip")


@router.get("/route-sheets/{courier}.pdf", response_class=Response, responses=file_answer(PDF))
def download_route_sheet(
    courier: Code, wanted: Wanted, caller: SheetReader, runtime: RuntimeDep
) -> Response:
    """Download one courier's route sheet."""
    content = paper.courier_sheet(runtime, caller, wanted, courier)
    return file_response(content, PDF, f"route-sheet-{wanted.service}-{courier}.pdf")


@router.get("/kitchen-counts/{canteen}.pdf", response_class=Response, responses=file_answer(PDF))
def download_kitchen_count(
    canteen: Code, wanted: Wanted, caller: SheetReader, runtime: RuntimeDep
) -> Response:
    """Download a canteen's kitchen count for printing."""
    content = paper.count_pdf(runtime, caller, wanted, canteen)
    return file_response(content, PDF, f"kitchen-count-{wanted.service}-{canteen}.pdf")


@router.get("/kitchen-counts/{canteen}.xlsx", response_class=Response, responses=file_answer(XLSX))
def download_kitchen_workbook(
    canteen: Code, wanted: Wanted, caller: SheetReader, runtime: RuntimeDep
) -> Response:
    """Download a canteen's kitchen count, trips and left-out orders as a workbook."""
    content = paper.count_workbook(runtime, caller, wanted, canteen)
    return file_response(content, XLSX, f"kitchen-count-{wanted.service}-{canteen}.xlsx")


@router.get("/kitchen-counts/{canteen}")
def read_kitchen_count(
    canteen: Code, wanted: Wanted, caller: SheetReader, runtime: RuntimeDep
) -> KitchenCountOut:
    """Read what a canteen cooks and packs."""
    return KitchenCountOut.of(paper.count(runtime, caller, wanted, canteen))


@router.get("/labels/{canteen}.pdf", response_class=Response, responses=file_answer(PDF))
def download_labels(
    canteen: Code,
    wanted: Wanted,
    caller: SheetReader,
    runtime: RuntimeDep,
    changed: Changed = False,
    from_label: FromLabel = 1,
) -> Response:
    """Download the stickers for a canteen's boxes, special meals first."""
    wanted = replace(wanted, changed=changed, from_label=from_label)
    content = paper.labels(runtime, caller, wanted, canteen)
    return file_response(content, PDF, f"labels-{wanted.service}-{canteen}.pdf")
