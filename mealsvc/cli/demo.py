"""``mealsvc demo-city``: an invented city and roster to try everything on."""

from __future__ import annotations

from pathlib import Path

import typer


def demo_city(
    folder: Path = typer.Argument(help="Folder to write into."),
    seed: int = typer.Option(1, help="Another number makes another city."),
) -> None:
    """Write an invented city and its roster, to try everything on 演示."""
    from geodata.sample import write_sample_city
    from mealsvc.demo import write_demo_roster

    folder.mkdir(parents=True, exist_ok=True)
    city = write_sample_city(folder / "city.osm.pbf", seed=seed)
    write_demo_roster(city, folder, seed=seed)
    homes = sum(len(compound.buildings) for compound in city.compounds)
    typer.echo(f"{city.name}: {len(city.compounds)} compounds, {homes} buildings, in {folder}")
