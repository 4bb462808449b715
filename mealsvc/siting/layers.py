"""Coverage as map layers: sites, hexagons of people, streets and communities, walking bands.

Every layer is a list of features, a shape in degrees WGS-84 with plain properties, so that a map,
a spreadsheet and a geographic information system are given the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from mealsvc.siting.coverage import Coverage, Ints
from mealsvc.siting.disclosure import Disclosure
from mealsvc.siting.figures import figures
from mealsvc.siting.people import Floats, People
from mealsvc.siting.workbench import Workbench
from mealsvc.vocabulary import Grouping

_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Feature:
    """A shape in degrees WGS-84 and what is told of it."""

    shape: Any
    properties: dict[str, Any]


def site_layer(cover: Coverage, told: Disclosure, language: str) -> list[Feature]:
    """Return the sites as points with their figures."""
    return [
        Feature(
            shapely.Point(site.lon, site.lat),
            {
                "code": site.code,
                "name": site.name,
                "kind": site.kind.value,
                "capacity": site.capacity,
                "nearest": site.nearest,
                "taken": site.taken,
                "load": site.load,
                "mean_minutes": site.mean_minutes,
                "unreached": site.unreached,
            },
        )
        for site in figures(cover, told, language).sites
    ]


def cell_layer(cover: Coverage, told: Disclosure, metres: float) -> list[Feature]:
    """Return the people by hexagon; a hexagon with too few of them is left out.

    Parameters
    ----------
    cover
        The coverage.
    told
        How exactly people are counted for the reader.
    metres
        Width of a hexagon between two parallel sides.
    """
    if not len(cover.people):
        return []
    mesh = _Mesh.over(cover.people.lonlat, metres)
    column, row = mesh.cells(cover.people.lonlat)
    cells, which = np.unique(np.column_stack([column, row]), axis=0, return_inverse=True)
    which = which.reshape(-1)
    people = np.bincount(which, weights=cover.people.weight)
    inside = np.bincount(which, weights=cover.people.weight * cover.inside())
    return [
        Feature(
            mesh.shape(int(cell[0]), int(cell[1])),
            {
                "people": told.count(people[number]),
                "inside": told.count(inside[number]),
                "share": told.share(inside[number], people[number]),
            },
        )
        for number, cell in enumerate(cells)
        if not isinstance(told.count(people[number]), str)
    ]


def inhabited_middles(people: People, metres: float) -> list[tuple[float, float]]:
    """Return the middle of every hexagon in which somebody lives, degrees WGS-84.

    Middles are the same wherever in a hexagon people live, so they tell no home.
    """
    if not len(people):
        return []
    mesh = _Mesh.over(people.lonlat, metres)
    cells = np.unique(np.column_stack(mesh.cells(people.lonlat)), axis=0)
    return [mesh.middle(int(column), int(row)) for column, row in cells]


def nearest_to_middles(lonlat: Floats, metres: float) -> Ints:
    """Return of every hexagon with points the index of the one nearest to its middle.

    Parameters
    ----------
    lonlat
        Points, degrees WGS-84, shape (n, 2).
    metres
        Width of a hexagon.
    """
    if not len(lonlat):
        return np.empty(0, dtype=np.int64)
    mesh = _Mesh.over(lonlat, metres)
    column, row = mesh.cells(lonlat)
    aside = mesh.aside(lonlat, column, row)
    order = np.lexsort([aside, row, column])
    cells = np.column_stack([column, row])[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    chosen: Ints = order[first]
    return chosen


def area_layer(
    cover: Coverage, shapes: Sequence[tuple[str, Any]], told: Disclosure
) -> list[Feature]:
    """Return streets or communities with the people who live there.

    Parameters
    ----------
    cover
        The coverage of people whose areas are known (`mealsvc.siting.people.with_areas`).
    shapes
        Name and shape of every area.
    told
        How exactly people are counted for the reader.
    """
    members, inside = cover.people.members(Grouping.AREA), cover.inside()
    nobody: Ints = np.empty(0, dtype=np.int64)

    def properties(name: str) -> dict[str, Any]:
        here = members.get(name, nobody)
        people = float(cover.people.weight[here].sum())
        covered = float(cover.people.weight[here][inside[here]].sum())
        return {
            "name": name,
            "people": told.count(people),
            "inside": told.count(covered),
            "share": told.share(covered, people),
        }

    return [Feature(shape, properties(name)) for name, shape in shapes]


def band_layer(bench: Workbench, cover: Coverage) -> list[Feature]:
    """Draw how far one walks from the nearest site, longest first; for drawing only.

    Whoever is inside is decided from times (`Coverage.inside`), not from these shapes. They are
    drawn at the pace of people of unknown care level.
    """
    where = np.array([(site.lon, site.lat) for site in cover.sites], dtype=np.float64)
    placed = bench.walks.place(where.reshape(-1, 2))
    limits = cover.terms.bands[::-1]
    shapes = bench.walks.bands(placed, limits, pace=cover.terms.pace[None])
    return [
        Feature(shape, {"seconds": limit, "minutes": round(limit / 60, 1)})
        for limit, shape in zip(limits, shapes, strict=True)
        if not shape.is_empty
    ]


@dataclass(frozen=True)
class _Mesh:
    """Hexagons with a point up; the same wherever one begins, so that they do not give away homes.

    Attributes
    ----------
    width
        Between two parallel sides, degrees of latitude.
    squeeze
        Degrees of latitude per degree of longitude.
    """

    width: float
    squeeze: float

    @classmethod
    def over(cls, lonlat: Floats, metres: float) -> _Mesh:
        """Return the mesh for a region; whole degrees of latitude share one."""
        middle = round(float(np.median(lonlat[:, 1])))
        return cls(metres / _METRES_PER_DEGREE, float(np.cos(np.radians(middle))))

    @property
    def _height(self) -> float:
        return self.width * 3**0.5 / 2

    def cells(self, lonlat: Floats) -> tuple[Ints, Ints]:
        """Return column and row of the hexagon of each point: the one whose middle is nearest."""
        x, y = lonlat[:, 0] * self.squeeze, lonlat[:, 1]
        row = np.floor(y / self._height).astype(np.int64)
        best = np.full(len(x), np.inf)
        columns, rows = np.zeros(len(x), dtype=np.int64), row.copy()
        for tried in (row, row + 1):
            shift = (tried % 2) * 0.5
            column = np.rint(x / self.width - shift).astype(np.int64)
            apart = ((column + shift) * self.width - x) ** 2 + (tried * self._height - y) ** 2
            nearer = apart < best
            best[nearer], columns[nearer], rows[nearer] = (
                apart[nearer], column[nearer], tried[nearer],
            )  # fmt: skip
        return columns, rows

    def aside(self, lonlat: Floats, column: Ints, row: Ints) -> Floats:
        """Return how far points are from the middles of these cells, squared."""
        x, y = (column + (row % 2) * 0.5) * self.width, row * self._height
        far: Floats = (lonlat[:, 0] * self.squeeze - x) ** 2 + (lonlat[:, 1] - y) ** 2
        return far

    def shape(self, column: int, row: int) -> shapely.Polygon:
        """Return the hexagon of a cell, degrees WGS-84."""
        x, y = self._plane(column, row)
        return shapely.Polygon(list(self._corners(x, y)))

    def middle(self, column: int, row: int) -> tuple[float, float]:
        """Return the middle of a cell, degrees WGS-84."""
        x, y = self._plane(column, row)
        return x / self.squeeze, y

    def _plane(self, column: int, row: int) -> tuple[float, float]:
        return (column + (row % 2) * 0.5) * self.width, row * self._height

    def _corners(self, x: float, y: float) -> Iterator[tuple[float, float]]:
        radius = self.width / 3**0.5
        for turn in np.radians(np.arange(30, 390, 60)):
            yield (x + radius * np.cos(turn)) / self.squeeze, y + radius * np.sin(turn)
