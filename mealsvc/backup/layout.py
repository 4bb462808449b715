"""What a backup looks like, for those who write it and those who read it.

A gzipped tar: ``manifest.json`` (version, migration, moment, rows and SHA-256 of every table), one
JSON-lines file per table, and the street extract.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table

FORMAT = "mealsvc-backup/1"
MIGRATION_TABLE = "alembic_version"

type Progress = Callable[[str, float], None]
"""Told what is being done and the share done (0 … 1)."""


@dataclass(frozen=True)
class BackupSummary:
    """What a backup holds.

    Attributes
    ----------
    path
        The backup file.
    taken_at
        When it was taken (aware).
    rows
        Rows per table.
    """

    path: Path
    taken_at: datetime
    rows: dict[str, int]


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables as the database has them, those referred to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != MIGRATION_TABLE]


def freeze(row: dict[str, Any]) -> dict[str, Any]:
    """Make a row's values JSON; moments are UTC, bytes base64, both tagged."""
    return {name: _freeze_value(value) for name, value in row.items()}


def _freeze_value(value: object) -> object:
    match value:
        case datetime():
            moment = value if value.tzinfo else value.replace(tzinfo=UTC)
            return {"$": "moment", "value": moment.astimezone(UTC).isoformat()}
        case date():
            return {"$": "day", "value": value.isoformat()}
        case time():
            return {"$": "time", "value": value.isoformat()}
        case bytes() | memoryview():
            return {"$": "bytes", "value": base64.b64encode(bytes(value)).decode()}
        case dict() | list():
            return {"$": "json", "value": value}
        case _:
            return value


def thaw(row: dict[str, Any], *, zones: bool) -> dict[str, Any]:
    """Undo :func:`freeze`; without ``zones`` the database keeps naive UTC."""
    return {name: _thaw_value(value, zones=zones) for name, value in row.items()}


def _thaw_value(value: Any, *, zones: bool) -> Any:  # noqa: ANN401 - whatever a column holds
    if not isinstance(value, dict):
        return value
    kept = value["value"]
    match value["$"]:
        case "moment":
            moment = datetime.fromisoformat(kept)
            return moment if zones else moment.replace(tzinfo=None)
        case "day":
            return date.fromisoformat(kept)
        case "time":
            return time.fromisoformat(kept)
        case "bytes":
            return base64.b64decode(kept)
        case _:
            return kept


def sha256(data: bytes) -> str:
    """Return the fingerprint that the manifest gives of a table."""
    return hashlib.sha256(data).hexdigest()
