"""Roster imports from uploaded files, and the records of earlier ones."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import defer
from sqlmodel import col, func, select

from mealsvc.access import Caller, audit
from mealsvc.errors import NotFound
from mealsvc.roster import ImportReport, RosterFiles, import_roster, write_report
from mealsvc.roster.templates import write_template
from mealsvc.runtime import Runtime
from mealsvc.sheets.folder import safe_name
from mealsvc.store import ImportRun, transaction

Kind = Literal["canteens", "elders", "couriers"]

#: An uploaded file: its name and its content.
Upload = tuple[str, bytes]


def import_uploads(
    runtime: Runtime,
    caller: Caller,
    uploads: Mapping[Kind, Sequence[Upload]],
    *,
    dry_run: bool,
) -> ImportReport:
    """Import uploaded roster files; see :func:`mealsvc.roster.import_roster`.

    Raises
    ------
    InvalidInput
        If a file cannot be used at all; nothing is saved.
    """
    with tempfile.TemporaryDirectory(prefix="mealsvc-import-") as folder:
        files = RosterFiles(
            canteens=_written(Path(folder), "canteens", uploads.get("canteens", ())),
            elders=_written(Path(folder), "elders", uploads.get("elders", ())),
            couriers=_written(Path(folder), "couriers", uploads.get("couriers", ())),
        )
        return import_roster(runtime, files, dry_run=dry_run, actor=caller.name)


def _written(folder: Path, kind: str, uploads: Sequence[Upload]) -> list[Path]:
    # The report names files by what their owner called them, so names are kept (made safe), and
    # a folder for each keeps two of one name apart.
    paths = []
    for number, (name, content) in enumerate(uploads):
        path = folder / kind / str(number) / safe_name(Path(name.replace("\\", "/")).name)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        paths.append(path)
    return paths


def report_workbook(report: ImportReport, language: str) -> bytes:
    """Return an import's report as XLSX."""
    with tempfile.TemporaryDirectory(prefix="mealsvc-report-") as folder:
        path = Path(folder) / "report.xlsx"
        write_report(report, path, language)
        return path.read_bytes()


def list_imports(
    runtime: Runtime, *, limit: int, offset: int = 0
) -> tuple[Sequence[ImportRun], int]:
    """Return a page of imports without their findings, newest first, and how many there are."""
    with transaction(runtime.engine) as session:
        total = session.exec(select(func.count()).select_from(ImportRun)).one()
        query = select(ImportRun).options(defer(ImportRun.report))  # type: ignore[arg-type]
        newest = query.order_by(col(ImportRun.id).desc()).limit(limit).offset(offset)
        return session.exec(newest).all(), total


def read_import(runtime: Runtime, caller: Caller, run: int) -> ImportRun:
    """Return an import with its findings, which hold people's data: the read is noted.

    Raises
    ------
    NotFound
        If there is none of this number.
    """
    with transaction(runtime.engine) as session:
        found = session.get(ImportRun, run)
        if found is None:
            raise NotFound(f"there is no import {run}", f"没有编号为 {run} 的导入记录")
        audit.record(session, runtime.clock(), caller.name, "read.import", f"import:{run}")
        return found


def template(kind: Kind, language: str) -> bytes:
    """Return an empty roster form with an example row and explanations, as XLSX."""
    with tempfile.TemporaryDirectory(prefix="mealsvc-template-") as folder:
        path = Path(folder) / f"{kind}.xlsx"
        write_template(kind, path, language)
        return path.read_bytes()
