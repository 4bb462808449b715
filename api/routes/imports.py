"""Rosters from spreadsheets: upload them, read what became of each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Path, Query, Response, UploadFile

from api.deps import Allowed, LanguageDep, PageDep, RuntimeDep
from api.files import XLSX, file_answer, file_response
from api.schemas.imports import ImportReportOut, ImportRunFindings, ImportRunOut
from api.schemas.shapes import Page, page_of
from mealsvc.access import Action, Caller
from mealsvc.desk import imports

router = APIRouter(prefix="/imports", tags=["imports"])

Importer = Annotated[Caller, Depends(Allowed(Action.IMPORT_ROSTER))]
Reader = Annotated[Caller, Depends(Allowed(Action.READ_TEMPLATES))]


@router.post(
    "",
    response_model=ImportReportOut,
    responses={
        200: {
            "description": "What the import did, or would do",
            "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def import_roster(
    caller: Importer,
    runtime: RuntimeDep,
    language: LanguageDep,
    canteens: Annotated[
        Sequence[UploadFile],
        File(description="canteens and meal points, XLSX or CSV", max_length=4),
    ] = (),
    elders: Annotated[Sequence[UploadFile], File(description="elders", max_length=4)] = (),
    couriers: Annotated[Sequence[UploadFile], File(description="couriers", max_length=4)] = (),
    dry_run: Annotated[bool, Query(description="check everything, save nothing")] = False,
    report: Annotated[Literal["json", "xlsx"], Query(description="form of the report")] = "json",
) -> Response | ImportReportOut:
    """Import roster files; good rows are saved whatever the others hold.

    Importing the same files again changes nothing. At least one file is needed. A workbook comes
    with the number of its run in `X-Import-Run`.
    """
    uploads: dict[imports.Kind, list[imports.Upload]] = {
        "canteens": _read(canteens),
        "elders": _read(elders),
        "couriers": _read(couriers),
    }
    done = imports.import_uploads(runtime, caller, uploads, dry_run=dry_run)
    if report == "xlsx":
        answer = file_response(imports.report_workbook(done, language), XLSX, "import-report.xlsx")
        answer.headers["x-import-run"] = str(done.run_id)
        return answer
    return ImportReportOut.model_validate(done.to_dict())


@router.get("")
def list_imports(_caller: Importer, runtime: RuntimeDep, page: PageDep) -> Page[ImportRunOut]:
    """List the imports, dry runs too, newest first."""
    rows, total = imports.list_imports(runtime, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), ImportRunOut.model_validate)


@router.get("/templates/{kind}.xlsx", response_class=Response, responses=file_answer(XLSX))
def download_template(kind: imports.Kind, _caller: Reader, language: LanguageDep) -> Response:
    """Download an empty form with an example row, drop-down lists and explanations."""
    return file_response(imports.template(kind, language), XLSX, f"{kind}.xlsx")


@router.get("/{run}")
def read_import(
    run: Annotated[int, Path(ge=1, le=2**31 - 1)], caller: Importer, runtime: RuntimeDep
) -> ImportRunFindings:
    """Read an import with its findings."""
    return ImportRunFindings.model_validate(imports.read_import(runtime, caller, run))


def _read(files: Sequence[UploadFile]) -> list[imports.Upload]:
    return [(file.filename or "upload", file.file.read()) for file in files]
