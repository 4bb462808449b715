"""``mealsvc backup`` and ``mealsvc restore``."""

from __future__ import annotations

from pathlib import Path

import typer

from mealsvc.backup import BackupSummary, restore_backup, write_backup
from mealsvc.cli.console import print_json, progress_bar
from mealsvc.delivery.photos import count
from mealsvc.runtime import open_runtime
from mealsvc.settings import Settings
from mealsvc.store import open_engine


def backup(
    out: Path = typer.Argument(help="File to write, for example mealsvc-2026-11-21.tar.gz."),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Back up all records and the street extract, but no photos, into one file 备份."""
    runtime = open_runtime()
    with progress_bar("backing up") as report:
        summary = write_backup(runtime, out, progress=report)
    photos = count(runtime.settings.photos_folder)
    _show(summary, "backed up", as_json=as_json, photos_left_out=photos)
    if photos and not as_json:
        typer.echo(
            f"left out: {photos} photos of couriers, for they would outlive MEALSVC_PHOTO_DAYS "
            f"there; they are in {runtime.settings.photos_folder}"
        )


def restore(
    source: Path = typer.Argument(help="A file that `mealsvc backup` wrote."),
    replace: bool = typer.Option(
        False,
        "--replace",
        help="Delete what the database holds first.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Bring a backup back, also into another kind of database 恢复."""
    settings = Settings()
    with progress_bar("restoring") as report:
        summary = restore_backup(
            open_engine(settings.database), settings.home, source, replace=replace, progress=report
        )
    _show(summary, "restored", as_json=as_json)
    extract = settings.home / "extract" / "extract.osm.pbf"
    if extract.is_file() and not as_json:
        typer.echo(f"next, build the streets: mealsvc streets build {extract}")


def _show(summary: BackupSummary, verb: str, *, as_json: bool, **more: int) -> None:
    if as_json:
        told = {"path": summary.path, "taken_at": summary.taken_at, "rows": summary.rows}
        print_json({**told, **more})
        return
    total = sum(summary.rows.values())
    typer.echo(f"{verb}: {total} rows in {len(summary.rows)} tables, {summary.path}")
