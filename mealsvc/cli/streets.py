"""``mealsvc streets``: build the street network from an OpenStreetMap extract, describe one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mealsvc.cli.console import print_json, progress_bar
from mealsvc.runtime import open_runtime
from mealsvc.streets import build_network, describe_extract, open_streets

if TYPE_CHECKING:
    from geodata.extract import ExtractInfo

app = typer.Typer(no_args_is_help=True, help="The street network 道路.")


@app.command()
def build(
    extract: Path = typer.Argument(help="OpenStreetMap extract (.osm.pbf, .osm, .osm.gz/.bz2)."),
    clip: str | None = typer.Option(
        None, help="West,south,east,north in degrees, or a GeoJSON file with a boundary."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the description as JSON."),
) -> None:
    """Build the street network, and check every stored address against it."""
    from mealsvc.roster.upkeep import recheck_places

    runtime = open_runtime()
    with progress_bar("reading the extract") as report:
        info = build_network(runtime, extract, clip=clip, progress=report)
    checked = recheck_places(runtime, actor="cli")
    if as_json:
        print_json({**info.as_dict(), "places": checked.to_dict()})
        return
    _show(info.extract)
    typer.echo(f"street network ready: {runtime.settings.streets_folder}")
    if checked.checked:
        lost = checked.checked - checked.located
        typer.echo(f"addresses checked: {checked.checked}, of which {lost} cannot be used")


@app.command()
def describe(
    extract: Path | None = typer.Argument(
        None, help="An extract; default: the network that is in use."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the description as JSON."),
) -> None:
    """Say what an extract, or the network in use, holds."""
    if extract is None:
        info = open_streets(open_runtime()).info.extract
    else:
        info = describe_extract(extract)
    if as_json:
        print_json(info.as_dict())
    else:
        _show(info)


def _show(info: ExtractInfo) -> None:
    west, south, east, north = info.bounds
    date = f"data of {info.date.date()}" if info.date else "the file does not tell its date"
    typer.echo(f"{info.name}: {date}")
    typer.echo(f"  bounds      {west:.4f} {south:.4f} … {east:.4f} {north:.4f}")
    typer.echo(f"  streets     {info.street_ways}, connected {info.connected_share:.1%}")
    classes = ", ".join(f"{name} {count}" for name, count in info.ways_by_class.items())
    typer.echo(f"  by class    {classes}")
