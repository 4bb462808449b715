"""Back everything up into one file, and bring it back, also from SQLite to PostgreSQL.

A backup is a gzipped tar: ``manifest.json`` (version, migration, moment, rows and SHA-256 of every
table), one JSON-lines file per table, and the street extract. It holds personal data, so only the
owner may read the file.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, inspect, select, text

from mealsvc import __version__
from mealsvc.errors import Conflict, InvalidInput, StorageFailure
from mealsvc.runtime import Runtime
from mealsvc.store.engine import migrate, present_migration, storage_errors

FORMAT = "mealsvc-backup/1"
_MIGRATION_TABLE = "alembic_version"
_BATCH = 1000
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}

Progress = Callable[[str, float], None]


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


def write_backup(
    runtime: Runtime, path: Path, *, progress: Progress | None = None
) -> BackupSummary:
    """Write everything into one file; an existing file is replaced only when all is written.

    Parameters
    ----------
    runtime
        The installation to back up; other processes may go on working.
    path
        Where to write (``.tar.gz``).
    progress
        Called with what is being done and the share done (0 … 1).

    Raises
    ------
    StorageFailure
        If the database or the file cannot be used; an older backup at ``path`` stays whole.
    """
    taken_at = runtime.clock().astimezone(UTC)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "migration": present_migration(runtime.engine),
        "taken_at": taken_at.isoformat(),
        "tables": {},
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as scratch:
            part = Path(scratch) / "backup.tar.gz"
            with tarfile.open(part, "w:gz", compresslevel=6) as archive:
                for name, count, data in _dump_tables(runtime.engine, progress):
                    manifest["tables"][name] = {"rows": count, "sha256": _sha256(data)}
                    _add(archive, f"tables/{name}.jsonl", data, taken_at)
                for extra in _street_files(runtime):
                    archive.add(extra, arcname=f"streets/{extra.name}")
                listing = json.dumps(manifest, indent=2).encode()
                _add(archive, "manifest.json", listing, taken_at)
            part.chmod(0o600)
            part.replace(path)
    except OSError as error:
        raise StorageFailure(
            f"the backup could not be written to {path}: {error.strerror or error}"
        ) from error
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    return BackupSummary(path, taken_at, rows)


def restore_backup(
    runtime_engine: Engine,
    home: Path,
    path: Path,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> BackupSummary:
    """Bring a backup back into a database, whole or not at all.

    Parameters
    ----------
    runtime_engine
        The database: empty, or migrated by this version (see ``replace``).
    home
        Folder that keeps the installation's state; the street extract goes to ``home/extract``,
        from where ``mealsvc streets build`` builds the network again.
    path
        A file that :func:`write_backup` wrote, by this or an earlier version.
    replace
        Delete what the database holds first. Default: refuse unless it holds nothing.
    progress
        Called with what is being done and the share done (0 … 1).

    Raises
    ------
    InvalidInput
        If the file is no backup, is damaged, or comes from a newer version.
    Conflict
        If the database holds records and ``replace`` is not set.
    StorageFailure
        If a disk is full or the database cannot be used.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        manifest = _unpack(path, folder)
        # What may fail for want of room comes before anything is changed.
        with _extract_laid_out(folder / "streets", home) as put_in_place:
            _prepare(runtime_engine, manifest["migration"], replace=replace)
            with storage_errors(), runtime_engine.begin() as connection:
                _fill(connection, folder / "tables", manifest["tables"], progress)
            migrate(runtime_engine)
            put_in_place()
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    return BackupSummary(path, datetime.fromisoformat(manifest["taken_at"]), rows)


def _dump_tables(engine: Engine, progress: Progress | None) -> Iterator[tuple[str, int, bytes]]:
    """Yield every table's name, rows and JSON lines, all as of one moment."""
    with storage_errors(), engine.connect() as plain:
        # One snapshot for all tables, although others go on writing.
        if plain.dialect.name == "sqlite":
            connection = plain
            connection.exec_driver_sql("BEGIN")
        else:
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
        tables = _reflect(connection)
        for number, table in enumerate(tables):
            if progress:
                progress(f"backing up {table.name}", number / len(tables))
            lines = [
                json.dumps(_freeze(dict(row)), ensure_ascii=False)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            yield table.name, len(lines), "\n".join(lines).encode()
        connection.rollback()


def _reflect(connection: Connection) -> list[Table]:
    """Return the tables as the database has them, those referred to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _MIGRATION_TABLE]


def _freeze(row: dict[str, Any]) -> dict[str, Any]:
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


def _thaw(row: dict[str, Any], *, zones: bool) -> dict[str, Any]:
    """Undo :func:`_freeze`; without ``zones`` the database keeps naive UTC."""
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


def _unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack and check a backup; return its manifest."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    except FileNotFoundError as error:
        what = "holds no manifest.json" if path.exists() else "does not exist"
        raise InvalidInput(f"{path} {what}; name a file that `mealsvc backup` wrote") from error
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise _no_room(folder.parent) from error
        raise InvalidInput(f"{path} cannot be read as a backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise InvalidInput(f"{path} has format {manifest.get('format')!r}, expected {FORMAT!r}")
    for name, table in manifest["tables"].items():
        file = folder / "tables" / f"{name}.jsonl"
        if not file.is_file() or _sha256(file.read_bytes()) != table["sha256"]:
            raise InvalidInput(f"{path} is damaged: table {name} is not what was backed up")
    return manifest


def _no_room(folder: Path) -> StorageFailure:
    return StorageFailure(
        f"the disk of {folder} is full; nothing was restored, free some space and try again",
        f"{folder} 所在磁盘已满，没有恢复任何内容；请清理空间后再试",
    )


@contextmanager
def _extract_laid_out(source: Path, home: Path) -> Iterator[Callable[[], None]]:
    """Copy the street extract beside its place in ``home``; the body puts it there at the end."""
    if not source.is_dir():
        yield lambda: None
        return
    beside = home / f".extract-{uuid.uuid4().hex}"

    def put_in_place() -> None:
        (home / "extract").mkdir(exist_ok=True)
        for file in beside.iterdir():
            file.replace(home / "extract" / file.name)

    try:
        _copy_files(source, beside)
        yield put_in_place
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy_files(source: Path, to: Path) -> None:
    try:
        to.mkdir(parents=True)
        for file in source.iterdir():
            shutil.copyfile(file, to / file.name)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(to.parent) from error
        raise StorageFailure(
            f"the street extract cannot be written to {to.parent}: {error.strerror or error}; "
            "nothing was restored"
        ) from error


def _prepare(engine: Engine, migration: str, *, replace: bool) -> None:
    """Leave an empty database at the backup's migration, or refuse."""
    with storage_errors(), engine.begin() as connection:
        present = inspect(connection).get_table_names()
        held = sum(
            connection.scalar(select(func.count()).select_from(text(f'"{name}"'))) or 0
            for name in present
            if name != _MIGRATION_TABLE
        )
        if held and not replace:
            raise Conflict(
                f"the database already holds {held} rows; restore into an empty one, "
                "or replace everything with --replace"
            )
    # Everything is deleted only together with the filling, see _fill.
    if not held:
        with storage_errors(), engine.begin() as connection:
            metadata = MetaData()
            metadata.reflect(connection)
            metadata.drop_all(connection)
    migrate(engine, migration)


def _fill(
    connection: Connection,
    folder: Path,
    listed: dict[str, dict[str, Any]],
    progress: Progress | None,
) -> None:
    tables = _reflect(connection)
    missing = set(listed) - {table.name for table in tables}
    if missing:
        raise InvalidInput(f"this version knows no table {', '.join(sorted(missing))}")
    for table in reversed(tables):
        connection.execute(table.delete())
    zones = connection.dialect.name != "sqlite"
    for number, table in enumerate(tables):
        if progress:
            progress(f"restoring {table.name}", number / len(tables))
        if table.name not in listed:
            continue
        with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as lines:
            rows = [_thaw(json.loads(line), zones=zones) for line in lines if line.strip()]
        for start in range(0, len(rows), _BATCH):
            connection.execute(insert(table), rows[start : start + _BATCH])
        if zones and rows and "id" in table.columns:
            # Explicit ids do not move PostgreSQL's counters.
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": f'"{table.name}"', "last": max(row["id"] for row in rows)},
            )


def _street_files(runtime: Runtime) -> list[Path]:
    """Return the extract in use and its description; the network is built from it again."""
    folder = runtime.settings.streets_folder
    record = folder / "streets.json"
    if not record.is_file():
        return []
    build = json.loads(record.read_text(encoding="utf-8"))["build"]
    return [record, folder / "builds" / build / "extract.osm.pbf"]


def _add(archive: tarfile.TarFile, name: str, data: bytes, moment: datetime) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    entry.mtime = int(moment.timestamp())
    entry.mode = 0o600
    entry.uid, entry.gid = os.getuid(), os.getgid()
    archive.addfile(entry, io.BytesIO(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
