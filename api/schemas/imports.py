"""Roster imports over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.shapes import Out


class FieldChangeOut(Out):
    """A field before and after; references are codes, Monday is 0."""

    field: str = Field(examples=["phone"])
    before: Any = None
    after: Any = None


class RecordChangeOut(Out):
    """A record that the import opens or changes, and the row that says so."""

    kind: str = Field(examples=["elders"])
    code: str = Field(examples=["L00001"])
    name: str = Field(examples=["王桂英"])
    file: str
    sheet: str
    row: int
    new: bool
    fields: list[FieldChangeOut] = Field(description="what differs; empty for a new record")


class ImportReportOut(Out):
    """What an import did, or would do: counts by kind, and a finding for whatever is wrong."""

    run_id: int | None = Field(examples=[12])
    dry_run: bool
    counts: dict[str, dict[str, int]] = Field(
        description="read = imported + updated + rejected + duplicates + empty",
        examples=[{"elder": {"read": 300, "imported": 296, "rejected": 4}}],
    )
    severities: dict[str, int] = Field(examples=[{"error": 4, "warning": 11}])
    findings: list[dict[str, Any]] = Field(
        description="file, sheet, row, column, value, what is wrong, what to do"
    )
    changes: list[RecordChangeOut]
    missing: dict[str, list[dict[str, str]]] = Field(
        description="in the records, but not in the files; nothing was deleted"
    )


class ImportRunOut(Out):
    """A record of an import."""

    id: int
    at: datetime
    actor: str
    dry_run: bool
    counts: dict[str, Any]


class ImportRunFindings(ImportRunOut):
    """A record of an import with its findings."""

    report: list[dict[str, Any]]
