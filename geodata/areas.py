"""Travel-time bands to draw: where one is within so many minutes' walk of a site.

A band is drawn from the same walks that decide coverage. A grid is laid over what is near; every
cell takes the time of the way it belongs to, as a home there would; the band's edge runs where the
time passes the limit. So a river without a bridge ends a band, and so does a street that leads
elsewhere. The drawing is true to about half a cell: who is inside is decided from times, not from
shapes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon

from geodata.plane import metres_per_unit, to_degrees, to_plane
from geodata.snapping import DEFAULT_LIMIT_METRES
from geodata.walking.graph import WalkingGraph
from geodata.walking.places import WalkingPlaces, place_on_graph
from geodata.walking.times import ELDERS_PACE, metres_from_nearest

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

_CELL_METRES = 10.0
_MOST_CELLS = 500_000  # larger areas get larger cells
_STEP_METRES = 10.0  # between the points that stand for a way
_HOLE_SQUARE_METRES = 5_000.0  # smaller holes are yards and blocks, not news
_SPECK_SQUARE_METRES = 300.0


def travel_time_bands(
    graph: WalkingGraph,
    sites: WalkingPlaces,
    seconds: Sequence[float],
    *,
    pace: float = ELDERS_PACE,
    limit_metres: float = DEFAULT_LIMIT_METRES,
) -> list[MultiPolygon]:
    """Draw the areas within some walking times of the nearest of some sites.

    Parameters
    ----------
    graph
        The walking graph.
    sites
        Where the walks begin, from `geodata.walking.place_on_graph`; unusable ones have no area.
    seconds
        Walking times, for example 300, 600 and 900.
    pace
        km/h.
    limit_metres
        Farthest that a home may be from its way, as given to `place_on_graph`.

    Returns
    -------
    list[MultiPolygon]
        Valid shapes in degrees, WGS-84, one for each time in the order given; a longer time's
        contains a shorter one's. Holes under half a hectare are filled.
    """
    wanted = sorted(set(seconds))
    if not wanted or not sites.usable.any():
        return [MultiPolygon() for _ in seconds]
    metres = [each * pace / 3.6 for each in wanted]
    field = _walks_near(graph, sites, metres[-1], limit_metres)
    bands: dict[float, MultiPolygon] = {}
    inner = MultiPolygon()
    for each, length in zip(wanted, metres, strict=True):
        inner = _multi(shapely.union(field.contour(length), inner))
        bands[each] = inner
    degrees = _in_degrees(field, list(bands.values()))
    drawn = dict(zip(bands, degrees, strict=True))
    return [drawn[each] for each in seconds]


@dataclass(frozen=True)
class _Field:
    """Metres to walk from the nearest site, on a grid over the plane.

    Attributes
    ----------
    x, y
        Plane units of the columns and rows.
    metres
        Shape ``(rows, columns)``; ``inf`` where nobody gets.
    cell
        Metres from one cell to the next.
    """

    x: Floats
    y: Floats
    metres: Floats
    cell: float

    def contour(self, length: float) -> MultiPolygon:
        """Draw where walks are no longer than this, on the plane."""
        # Times jump where two ways that do not meet lie side by side: between cells the edge is
        # drawn by no more than what one walks in a cell.
        edge = length + self.cell / 2  # half a cell outward: homes at the edge are to lie inside
        level = np.clip(self.metres, edge - self.cell, edge + self.cell)
        lines = contourpy.contour_generator(
            self.x, self.y, level, fill_type=contourpy.FillType.OuterOffset
        ).filled(-np.inf, edge)
        rings = [
            shapely.Polygon(points[cuts[0] : cuts[1]], _holes(points, cuts))
            for points, cuts in zip(*lines, strict=True)
        ]
        return _multi(shapely.union_all(shapely.make_valid(np.array(rings, dtype=object))))


def _holes(points: Floats, cuts: Ints) -> list[Floats]:
    return [points[a:b] for a, b in itertools.pairwise(cuts)]


def _walks_near(
    graph: WalkingGraph, sites: WalkingPlaces, length: float, limit_metres: float
) -> _Field:
    """Measure the walks to a grid of cells around what is reached."""
    feet = np.column_stack(to_plane(*sites.feet[sites.usable].T))
    scale = float(metres_per_unit(feet[:, 1].mean()))
    ways, place = _points_on_ways(graph, feet, length / scale)
    _, walked = metres_from_nearest(graph, sites, ways, length)
    reached = place[walked <= length]
    margin = 3 * _CELL_METRES
    low = reached.min(axis=0) - (limit_metres + margin) / scale
    high = reached.max(axis=0) + (limit_metres + margin) / scale
    area = float(np.prod(high - low)) * scale**2
    cell = max(_CELL_METRES, (area / _MOST_CELLS) ** 0.5)
    x, y = (np.arange(low[k], high[k] + cell / scale, cell / scale) for k in (0, 1))
    cells = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    off, nearest = cKDTree(place).query(cells, distance_upper_bound=limit_metres / scale)
    near = np.flatnonzero(np.isfinite(off))
    metres = np.full(len(cells), np.inf)
    metres[near] = walked[nearest[near]] + off[near] * scale
    across = near[_across(graph, cells[near], place[nearest[near]])]
    # Few: these find the way on their own side, as homes do.
    own_side = place_on_graph(
        graph, np.column_stack(to_degrees(*cells[across].T)), limit_metres=limit_metres
    )
    metres[across] = metres_from_nearest(graph, sites, own_side, length + 2 * cell)[1]
    return _Field(x, y, metres.reshape(len(y), len(x)), cell)


def _points_on_ways(
    graph: WalkingGraph, feet: Floats, reach: float
) -> tuple[WalkingPlaces, Floats]:
    """Put points on all usable ways that may be reached, or lie beside such, every ten metres.

    Returns
    -------
    tuple
        The points as places on the graph, and on the plane.
    """
    beside = reach + 2 * DEFAULT_LIMIT_METRES
    low, high = feet.min(axis=0) - beside, feet.max(axis=0) + beside
    found = graph.usable_index[graph.tree.query(shapely.box(*low, *high))]
    metres = graph.stretches.metres[found]
    count = np.maximum(1, np.ceil(metres / _STEP_METRES)).astype(np.int64)
    stretch = np.repeat(found, count)
    number = np.arange(len(stretch)) - np.repeat(np.cumsum(count) - count, count)
    share = (number + 0.5) / np.repeat(count, count)
    points = shapely.line_interpolate_point(graph.lines[stretch], share, normalized=True)
    place = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    along = share * graph.stretches.metres[stretch]
    feet_of_points = np.column_stack(to_degrees(*place.T))
    return WalkingPlaces(stretch, along, np.zeros(len(stretch)), feet_of_points, {}), place


def _across(graph: WalkingGraph, cells: Floats, ways: Floats) -> Ints:
    """Give the cells that are across water or a railway from their way."""
    if not len(graph.barriers) or not len(cells):
        return np.empty(0, dtype=np.int64)
    lines = shapely.linestrings(np.stack([cells, ways], axis=1))
    return np.unique(graph.barrier_tree.query(lines, predicate="intersects")[0])


def _in_degrees(field: _Field, bands: list[MultiPolygon]) -> list[MultiPolygon]:
    """Fill small holes, simplify, and turn into degrees, one inside the next."""
    scale = float(metres_per_unit(field.y.mean()))
    drawn: list[MultiPolygon] = []
    inner = MultiPolygon()
    for band in bands:
        plain = shapely.simplify(_without_holes(band, scale), field.cell / 4 / scale)
        inner = _multi(shapely.union(plain, inner))
        degrees = shapely.transform(
            inner, lambda xy: np.column_stack(to_degrees(xy[:, 0], xy[:, 1]))
        )
        drawn.append(_multi(shapely.make_valid(degrees)))
    return drawn


def _without_holes(band: MultiPolygon, scale: float) -> MultiPolygon:
    """Fill small holes and leave out specks."""
    kept = []
    for part in band.geoms:
        if part.area * scale**2 < _SPECK_SQUARE_METRES:
            continue
        holes = [
            ring
            for ring in part.interiors
            if shapely.Polygon(ring).area * scale**2 >= _HOLE_SQUARE_METRES
        ]
        kept.append(shapely.Polygon(part.exterior, holes))
    return _multi(shapely.union_all(kept))


def _multi(shape: shapely.Geometry) -> MultiPolygon:
    """Keep the areas of a shape: cuts and unions may leave lines and points behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")]
    return MultiPolygon([one for part in parts for one in shapely.get_parts(part)])
