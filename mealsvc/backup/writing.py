"""Write everything into one file, as of one moment, while others go on working.

The file holds personal data, so only its owner may read it.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from mealsvc import __version__
from mealsvc.backup.layout import FORMAT, BackupSummary, Progress, freeze, sha256, tables_of
from mealsvc.errors import StorageFailure
from mealsvc.runtime import Runtime
from mealsvc.store.engine import present_migration, storage_errors


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
                    manifest["tables"][name] = {"rows": count, "sha256": sha256(data)}
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


def _dump_tables(engine: Engine, progress: Progress | None) -> Iterator[tuple[str, int, bytes]]:
    """Yield every table's name, rows and JSON lines, all as of one moment."""
    with storage_errors(), engine.connect() as plain:
        # One snapshot for all tables, although others go on writing.
        if plain.dialect.name == "sqlite":
            connection = plain
            connection.exec_driver_sql("BEGIN")
        else:
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
        tables = tables_of(connection)
        for number, table in enumerate(tables):
            if progress:
                progress(f"backing up {table.name}", number / len(tables))
            lines = [
                json.dumps(freeze(dict(row)), ensure_ascii=False)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            yield table.name, len(lines), "\n".join(lines).encode()
        connection.rollback()


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
