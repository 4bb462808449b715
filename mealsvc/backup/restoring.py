"""Bring a backup back, whole or not at all."""

from __future__ import annotations

import errno
import json
import shutil
import tarfile
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, func, insert, inspect, select, text

from mealsvc.backup.layout import (
    FORMAT,
    MIGRATION_TABLE,
    BackupSummary,
    Progress,
    sha256,
    tables_of,
    thaw,
)
from mealsvc.errors import Conflict, InvalidInput, StorageFailure
from mealsvc.store.engine import migrate, storage_errors

_BATCH = 1000
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


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
        if not file.is_file() or sha256(file.read_bytes()) != table["sha256"]:
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
            if name != MIGRATION_TABLE
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
    tables = tables_of(connection)
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
            rows = [thaw(json.loads(line), zones=zones) for line in lines if line.strip()]
        for start in range(0, len(rows), _BATCH):
            connection.execute(insert(table), rows[start : start + _BATCH])
        if zones and rows and "id" in table.columns:
            # Explicit ids do not move PostgreSQL's counters.
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": f'"{table.name}"', "last": max(row["id"] for row in rows)},
            )
