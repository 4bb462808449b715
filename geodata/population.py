"""How many people live where, from a file: points, a grid, or areas with a number of people.

The rows are kept as they are; `demand_points` makes of them the points that are asked for walking
times. People of an area do not all live at its middle: they are spread over the buildings in it,
or, where none are mapped, along the ways that can be walked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.map_cells import Cell, as_number, as_text
from geodata.map_files import MapFile, read_map_file
from geodata.map_findings import Finding, Problem
from geodata.plane import to_degrees, to_plane
from geodata.walking.graph import WalkingGraph

type Floats = NDArray[np.float64]
type Shapes = NDArray[np.object_]

GROUPS = ("age_band", "care_level", "hardship")
_STEP_METRES = 50.0  # between points along a way
_MOST_POINTS = 60  # of one area; larger areas get longer steps


class Spread(StrEnum):
    """How the people of a row are spread."""

    AS_GIVEN = "as_given"  # a point
    BUILDINGS = "buildings"  # by area of the buildings inside
    STREETS = "streets"  # by length of the ways inside
    INNER_POINT = "inner_point"  # neither is there: one point inside


@dataclass(frozen=True)
class Population:
    """People by row of a file.

    Attributes
    ----------
    name
        Name of the file.
    rows
        Number of each row in the file (`geodata.map_files.MapFile.rows`).
    shapes
        Points or areas in degrees, WGS-84.
    people
        How many live there.
    names
        Name or code of each row, where the file has them.
    groups
        ``age_band``, ``care_level`` and ``hardship`` of each row, as far as the file has them.
    findings
        Rows refused or mended, and what else a person should know.
    """

    name: str
    rows: list[int]
    shapes: Shapes
    people: Floats
    names: list[str | None]
    groups: dict[str, list[str | None]]
    findings: list[Finding]


@dataclass(frozen=True)
class DemandPoints:
    """Points that stand for the people of a `Population`.

    Attributes
    ----------
    points
        Longitude and latitude in degrees, WGS-84, shape ``(n, 2)``.
    people
        How many people each stands for; not always a whole number. Their sum is the population's.
    row
        Index into the rows of the population.
    spread
        How each *row* of the population was spread.
    """

    points: Floats
    people: Floats
    row: NDArray[np.int64]
    spread: list[Spread]


def read_population(
    path: Path,
    *,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
    layer: str | None = None,
) -> Population:
    """Read people from a file; the parameters are those of `geodata.map_files.read_map_file`.

    Rows with a number of people that is missing, no number or below 0 are refused and said; all
    others are kept, also those with 0 and those outside the streets. Without a column for the
    number each row counts as one, and a finding says so.

    Raises
    ------
    MapFileError
        The file cannot be read or does not say its coordinate system.
    """
    file = read_map_file(path, crs=crs, columns=columns, layer=layer)
    people, good, findings = _count(file)
    kept = np.flatnonzero(good)
    names = [a or b for a, b in zip(file.texts("name"), file.texts("id"), strict=True)]
    present = [group for group in GROUPS if group in file.purposes]
    return Population(
        name=file.name,
        rows=[file.rows[k] for k in kept],
        shapes=file.shapes[kept],
        people=people[kept],
        names=[names[k] for k in kept],
        groups={group: _pick(file.texts(group), kept) for group in present},
        findings=sorted([*file.findings, *findings], key=lambda finding: finding.row or 0),
    )


def _pick(cells: list[str | None], kept: NDArray[np.int64]) -> list[str | None]:
    return [cells[k] for k in kept]


def _count(file: MapFile) -> tuple[Floats, NDArray[np.bool_], list[Finding]]:
    """Read the numbers of people, and which rows have one."""
    cells = file.cells("people")
    if cells is None:
        every = np.ones(len(file.rows), dtype=bool)
        alone = Finding(file.name, None, None, None, Problem.ASSUMED_ONE_EACH, kept=True)
        return np.ones(len(file.rows)), every, [alone]
    people, good = np.zeros(len(cells)), np.zeros(len(cells), dtype=bool)
    findings = []
    for k, cell in enumerate(cells):
        number = as_number(cell)
        problem = _wrong_with(cell, number)
        if problem is None and number is not None:
            people[k], good[k] = number, True
        elif problem is not None:
            heading = file.purposes["people"]
            value = as_text(cell)
            findings.append(Finding(file.name, file.rows[k], heading, value, problem, kept=False))
    return people, good, findings


def _wrong_with(cell: Cell, number: float | None) -> Problem | None:
    if as_text(cell) is None:
        return Problem.COUNT_MISSING
    if number is None:
        return Problem.COUNT_NOT_A_NUMBER
    return Problem.COUNT_NEGATIVE if number < 0 else None


def demand_points(
    population: Population, graph: WalkingGraph, *, buildings: Shapes | None = None
) -> DemandPoints:
    """Make points of a population: as given, or spread over the homes of an area.

    Parameters
    ----------
    population
        From `read_population`.
    graph
        The walking graph.
    buildings
        Outlines of buildings in degrees, WGS-84 (for example those that
        `geodata.streets.Streets.ways_within` gives). An area with any of them is spread by their
        ground area; others, and all without this, by length of the ways in them, a point every
        50 m. All ways are taken alike, so a wide road without homes gets its share, too.
    """
    spread = [Spread.AS_GIVEN] * len(population.shapes)
    points: list[Floats] = []
    people: list[Floats] = []
    row: list[NDArray[np.int64]] = []
    areas = shapely.get_dimensions(population.shapes) == 2
    places = _places_in(graph, population.shapes, areas, buildings)
    for k, shape in enumerate(population.shapes):
        if areas[k]:
            spread[k], where, share = next(places)
        else:
            where, share = _given(shape)
        points.append(where)
        people.append(share * population.people[k])
        row.append(np.full(len(where), k, dtype=np.int64))
    empty = np.empty((0, 2))
    return DemandPoints(
        np.concatenate([empty, *points]),
        np.concatenate([empty[:, 0], *people]),
        np.concatenate([np.empty(0, dtype=np.int64), *row]),
        spread,
    )


def _given(shape: shapely.Geometry) -> tuple[Floats, Floats]:
    """Give the points of a row, alike."""
    where = shapely.get_coordinates(shape)
    return where, np.full(len(where), 1 / len(where))


def _places_in(
    graph: WalkingGraph, shapes: Shapes, areas: NDArray[np.bool_], buildings: Shapes | None
) -> Iterator[tuple[Spread, Floats, Floats]]:
    """Give, area by area, how it is spread, over which points, and the share of each."""
    houses = buildings if buildings is not None else np.empty(0, dtype=object)
    doors = shapely.point_on_surface(houses)
    house_tree = shapely.STRtree(doors)
    ground = shapely.area(houses)
    for area in shapes[areas]:
        inside = np.sort(house_tree.query(area, predicate="contains"))
        if len(inside) and ground[inside].sum() > 0:
            share = ground[inside] / ground[inside].sum()
            yield Spread.BUILDINGS, shapely.get_coordinates(doors[inside]), share
            continue
        where, share = _along_ways(graph, area)
        if len(where):
            yield Spread.STREETS, where, share
        else:
            middle = shapely.get_coordinates(shapely.point_on_surface(area))
            yield Spread.INNER_POINT, middle, np.ones(1)


def _along_ways(graph: WalkingGraph, area: shapely.Geometry) -> tuple[Floats, Floats]:
    """Give points along the ways in an area, and the share of the length each stands for."""
    plane = shapely.transform(area, lambda xy: np.column_stack(to_plane(xy[:, 0], xy[:, 1])))
    shapely.prepare(plane)
    found = np.sort(graph.tree.query(plane, predicate="intersects"))
    stretch = graph.usable_index[found]
    parts, whose = shapely.get_parts(
        shapely.intersection(graph.lines[stretch], plane), return_index=True
    )
    metres = shapely.length(parts) * graph.units_to_metres[stretch[whose]]
    parts, metres = parts[metres > 0], metres[metres > 0]
    step = max(_STEP_METRES, float(metres.sum()) / _MOST_POINTS)
    many = np.maximum(1, np.rint(metres / step)).astype(np.int64)
    part = np.repeat(np.arange(len(parts)), many)
    number = np.arange(len(part)) - np.repeat(np.cumsum(many) - many, many)
    points = shapely.line_interpolate_point(
        parts[part], (number + 0.5) / many[part], normalized=True
    )
    where = np.column_stack(to_degrees(shapely.get_x(points), shapely.get_y(points)))
    return where, (metres / many)[part] / max(float(metres.sum()), 1e-9)
