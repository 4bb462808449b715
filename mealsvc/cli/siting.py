"""``mealsvc siting``: coverage, scenarios, comparison, effect, and the map files behind them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console

from mealsvc.cli.console import print_json, progress_bar
from mealsvc.cli.days import DAY_HELP, day_of
from mealsvc.cli.siting_tables import (
    number_text,
    print_best,
    print_comparison,
    print_coverage,
    print_texts,
    table_of,
)
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.store import transaction
from mealsvc.vocabulary import JobKind, MapSetKind, Meal

if TYPE_CHECKING:
    from mealsvc.siting.coverage import Coverage

app = typer.Typer(no_args_is_help=True, help="Who is in walking reach, and what-if 覆盖与布点.")

_ACTOR = "cli"

SCENARIO = typer.Option(None, "--scenario", help="Name of a scenario 方案; default: the present.")
POPULATION = typer.Option(None, "--population", help="An imported population 人口 instead.")
BOUNDARIES = typer.Option(None, "--boundaries", help="Imported areas 边界; default: the newest.")
JSON = typer.Option(False, "--json", help="Print every number as JSON.")
NAME = typer.Argument(metavar="NAME", help="Name of the scenario.")


@app.command()
def coverage(
    scenario: str | None = SCENARIO,
    population: str | None = POPULATION,
    boundaries: str | None = BOUNDARIES,
    as_json: bool = JSON,
    out: Path | None = typer.Option(
        None, "--out", help="Write the layers to this .gpkg, or the sites to .geojson or .csv."
    ),
) -> None:
    """Show who walks how long to the nearest open site."""
    from mealsvc.siting.disclosure import EXACT
    from mealsvc.siting.figures import figures

    runtime = open_runtime()
    cover = _measured(runtime, scenario, population, boundaries)
    shown = figures(cover, EXACT, runtime.settings.language)
    if out is not None:
        _write(runtime, cover, out)
    if as_json:
        print_json(asdict(shown))
        return
    print_coverage(shown)


@app.command()
def compare(
    before: str = typer.Argument(metavar="BEFORE", help="A scenario, or - for the present."),
    after: str = typer.Argument(metavar="AFTER", help="A scenario, or - for the present."),
    population: str | None = POPULATION,
    boundaries: str | None = BOUNDARIES,
    as_json: bool = JSON,
) -> None:
    """Show two scenarios side by side: newly inside, already, no longer, still outside."""
    from mealsvc.siting.comparing import compare as compared
    from mealsvc.siting.disclosure import EXACT

    runtime = open_runtime()
    covers = [
        _measured(runtime, None if name == "-" else name, population, boundaries)
        for name in (before, after)
    ]
    shown = compared(covers[0], covers[1], EXACT, runtime.settings.language)
    if as_json:
        print_json(asdict(shown))
        return
    print_comparison(shown)


@app.command()
def scenarios(as_json: bool = JSON) -> None:
    """List the scenarios, last changed first."""
    from mealsvc.siting.scenarios import list_scenarios

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        rows = list_scenarios(session, limit=1000)[0]
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        at = row.updated_at.astimezone(runtime.settings.zone)
        count = len(row.content["changes"])
        typer.echo(
            f"{row.name}: version {row.version}, {count} changes, {row.updated_by} {at:%F %R}"
        )


@app.command()
def save(
    name: str = NAME,
    file: Path = typer.Argument(
        metavar="CONTENT.json", help='{"assumptions": {…}, "changes": [{"do": "add", …}, …]}'
    ),
    version: int | None = typer.Option(
        None, "--version", min=1, help="Version that the file was made from 依据的版本."
    ),
) -> None:
    """Save a scenario from a file: a new one, or the next version of one that is there.

    For one that is there say which version the file was made from, so that nobody's work is lost.
    """
    from mealsvc.siting.changes import Content, require_applicable
    from mealsvc.siting.scenarios import (
        Edit,
        create_scenario,
        edit_scenario,
        find_if_any,
        require_version,
    )
    from mealsvc.siting.sites import read_sites

    runtime = open_runtime()
    content = _read_json(file, Content)
    with transaction(runtime.engine) as session:
        require_applicable(read_sites(session, content.assumptions.meal), content)
        present = find_if_any(session, name)
        if present is None:
            saved = create_scenario(session, runtime, name, content, actor=_ACTOR)
        else:
            edit, number = Edit(content=content), present.id or 0
            made_from = require_version(present, version)
            saved = edit_scenario(session, runtime, number, made_from, edit, actor=_ACTOR)
    typer.echo(f"{saved.name}: version {saved.version}")


@app.command()
def copy(
    name: str = NAME, to: str = typer.Argument(metavar="COPY", help="name of the copy 副本名称.")
) -> None:
    """Copy a scenario under another name."""
    from mealsvc.siting.scenarios import copy_scenario, find_scenario

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        found = find_scenario(session, name)
        copy_scenario(session, runtime, found.id or 0, to, actor=_ACTOR)


@app.command()
def delete(name: str = NAME) -> None:
    """Delete a scenario with its versions and results."""
    from mealsvc.siting.scenarios import delete_scenario, find_scenario

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        found = find_scenario(session, name)
        delete_scenario(session, runtime, found.id or 0, actor=_ACTOR)


@app.command()
def effect(
    name: str = NAME,
    day: str = typer.Argument(metavar="DATE", help=DAY_HELP),
    meal: Meal = typer.Option(Meal.LUNCH, "--meal", help="lunch 午餐 or dinner 晚餐."),
    seconds: float | None = typer.Option(
        None, "--seconds", min=0.1, help="For each of the two plans; default: the setting."
    ),
    as_json: bool = JSON,
) -> None:
    """Plan a service without and with a scenario, and show what becomes of the deliveries."""
    from mealsvc.siting.effect import delivery_effect
    from mealsvc.siting.scenarios import find_scenario, keep_result

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        found = find_scenario(session, name)
    with progress_bar("collecting orders") as progress:
        worked_out = delivery_effect(
            runtime,
            found.id or 0,
            day_of(day, runtime),
            meal,
            seconds=seconds,
            progress=progress,
        )
    result = worked_out.to_dict()
    with transaction(runtime.engine) as session:
        keep_result(
            session,
            found,
            worked_out.version,
            JobKind.EFFECT,
            result,
            at=runtime.clock(),
            actor=_ACTOR,
        )
    if as_json:
        print_json(result)
        return
    table = table_of("", "before", "after", "difference")
    for field, value in result["before"].items():
        table.add_row(
            field, *(number_text(one) for one in (
                value, result["after"][field], result["difference"].get(field)
            ))
        )  # fmt: skip
    Console(highlight=False).print(table)
    for note in result["notes"]:
        typer.echo(note["zh" if runtime.settings.language == "zh" else "en"])


@app.command()
def best(
    name: str = typer.Argument(metavar="NAME", help="Name of the scenario to be made."),
    file: Path | None = typer.Argument(
        None, metavar="WISH.json", help='{"goal": …, "sites": 3, "candidates": […], …}'
    ),
    sites: int = typer.Option(3, "--sites", min=1, help="New sites, without a file."),
    candidates: Path | None = typer.Option(
        None, "--candidates", help="A map file or .csv of candidates 候选点; may have costs."
    ),
    crs: str | None = typer.Option(None, "--crs", help="Of that file, where it does not say."),
    scenario: str | None = SCENARIO,
    population: str | None = POPULATION,
    as_json: bool = JSON,
) -> None:
    """Choose the best of many candidates with a proven gap, and save them as a scenario."""
    from mealsvc.siting.asking import Asked, measured, said
    from mealsvc.siting.best import best_sites
    from mealsvc.siting.candidate_files import read_candidates
    from mealsvc.siting.changes import Content
    from mealsvc.siting.disclosure import EXACT
    from mealsvc.siting.scenarios import create_scenario, require_free
    from mealsvc.siting.wishes import SiteWish

    runtime = open_runtime()
    wish = SiteWish(sites=sites) if file is None else _read_json(file, SiteWish)
    base = _number_of(runtime, scenario)
    with transaction(runtime.engine) as session:
        require_free(session, name)
        present = said(session, base)
    language = runtime.settings.language
    bench, cover = measured(runtime, Asked(base, population), language=language)
    if candidates is not None:
        read = read_candidates(candidates, bench.walks, crs=crs)
        print_texts(read.findings, language)
        wish = wish.model_copy(update={"candidates": read.spots})
    with progress_bar("travel times") as progress:
        found = best_sites(
            bench,
            cover,
            wish,
            EXACT,
            hours=runtime.settings.hours(cover.terms.meal),
            progress=progress,
            seed=runtime.settings.seed,
            language=language,
        )
    changes = (*present.changes, *found.changes)
    content = Content(assumptions=present.assumptions, changes=changes)
    with transaction(runtime.engine) as session:
        create_scenario(session, runtime, name, content, actor=_ACTOR)
    if as_json:
        print_json(found.result)
        return
    print_best(found.result, language)


@app.command("import-map")
def import_map(
    kind: MapSetKind = typer.Argument(help="boundaries 边界 or population 人口."),
    file: Path = typer.Argument(metavar="FILE", help="CSV, GeoJSON, GeoPackage, Shapefile, .zip."),
    name: str | None = typer.Option(None, "--name", help="Default: the name of the file."),
    crs: str | None = typer.Option(
        None, "--crs", help="EPSG:4490, GCJ02 …, where the file does not say."
    ),
) -> None:
    """Import streets and communities, or how many people live where."""
    from mealsvc.siting import map_sets

    runtime = open_runtime()
    read_file = {
        MapSetKind.BOUNDARIES: map_sets.import_boundaries,
        MapSetKind.POPULATION: map_sets.import_population,
    }[kind]
    with transaction(runtime.engine) as session:
        kept = read_file(session, runtime, name or file.stem, file, actor=_ACTOR, crs=crs)
    for finding in kept.findings[:20]:
        typer.echo(finding["zh" if runtime.settings.language == "zh" else "en"])
    people = "" if kept.people is None else f", {kept.people:,.0f} people"
    typer.echo(f"{kept.name}: {kept.rows} rows{people}, {len(kept.findings)} findings")


@app.command()
def maps() -> None:
    """List the imported map files, newest first."""
    from mealsvc.siting.map_sets import list_sets

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        for kept in list_sets(session):
            typer.echo(f"{kept.name}: {kept.kind.value}, {kept.rows} rows of {kept.source}")


def _measured(
    runtime: Runtime, scenario: str | None, population: str | None, boundaries: str | None
) -> Coverage:
    from mealsvc.siting.asking import Asked, measured

    asked = Asked(_number_of(runtime, scenario), population, boundaries)
    return measured(runtime, asked, language=runtime.settings.language)[1]


def _number_of(runtime: Runtime, scenario: str | None) -> int | None:
    from mealsvc.siting.scenarios import find_scenario

    if scenario is None:
        return None
    with transaction(runtime.engine) as session:
        return find_scenario(session, scenario).id


def _read_json[Shape: BaseModel](file: Path, shape: type[Shape]) -> Shape:
    """Read a file of JSON; what is wrong with it is said with its place."""
    try:
        return shape.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{file}, line {error.lineno}: {error.msg}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{file}, {where}: {first['msg']}") from error


def _write(runtime: Runtime, cover: Coverage, out: Path) -> None:
    from mealsvc.siting import exporting
    from mealsvc.siting.disclosure import EXACT
    from mealsvc.siting.layers import band_layer, cell_layer, site_layer
    from mealsvc.siting.workbench import workbench_for

    sites = site_layer(cover, EXACT, runtime.settings.language)
    match out.suffix:
        case ".geojson":
            content = exporting.geojson(sites)
        case ".csv":
            content = exporting.table(sites)
        case ".gpkg":
            cells = cell_layer(cover, EXACT, 250.0)
            bands = band_layer(workbench_for(runtime), cover)
            content = exporting.geopackage({"sites": sites, "cells": cells, "bands": bands})
        case other:
            raise InvalidInput(f"{out}: files end in .gpkg, .geojson or .csv, not {other!r}")
    out.write_bytes(content)
