"""Put places onto the walking graph: each to the nearest point of a way, or a reason why not.

The same rules as for trips (`geodata.snapping`): no farther from a way than a limit, no islands.
And one more, because coverage is about who lives on which side: the straight line from a door to
its way crosses neither a river nor a railway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.plane import metres_per_unit, to_degrees, to_plane
from geodata.snapping import DEFAULT_LIMIT_METRES, LonLat
from geodata.walking.graph import WalkingGraph

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]

NOWHERE = -1  # stands for the stretch of a place that meets none
# Who is in the water, but this near to a way, is on a bridge or a quay: maps are drawn no finer.
_QUAY_METRES = 20.0


class OffGraph(StrEnum):
    """Why nobody can walk from a place or to it."""

    NOT_A_NUMBER = "not_a_number"
    OUTSIDE_EXTRACT = "outside_extract"
    TOO_FAR_FROM_STREET = "too_far_from_street"
    ISLAND = "island"
    IN_WATER = "in_water"
    ACROSS_BARRIER = "across_barrier"

    def explain(self, language: str = "en") -> str:
        """Say in a sentence what is wrong and what to do (``"en"`` or ``"zh"``)."""
        return _SENTENCES[self][0 if language == "en" else 1]


_SENTENCES = {
    OffGraph.NOT_A_NUMBER: (
        "longitude or latitude is missing or not a number; enter both in degrees",
        "经度或纬度缺失或不是数字，请以度为单位填写",
    ),
    OffGraph.OUTSIDE_EXTRACT: (
        (
            "outside the imported streets; check the place and its coordinate system, "
            "or import a larger extract"
        ),
        "不在已导入的道路范围内，请核对位置和坐标系，或导入更大范围的地图",
    ),
    OffGraph.TOO_FAR_FROM_STREET: (
        (
            "no way one can walk near enough, or in water that the imported map does not show; "
            "check the place, or add the missing path to the map"
        ),
        "附近没有可步行的道路（也可能在地图未标出的水面上），请核对位置，或在地图中补充缺失的道路",
    ),
    OffGraph.ISLAND: (
        (
            "the ways near it are not connected to the others, as on an island without a bridge; "
            "check the place, or add the missing bridge or path to the map"
        ),
        "附近道路与路网不连通（如无桥的小岛），请核对位置，或在地图中补充缺失的桥或道路",
    ),
    OffGraph.IN_WATER: (
        "in the water; move it to the bank it belongs to",
        "该点位于水面上，请移到所在的岸边",
    ),
    OffGraph.ACROSS_BARRIER: (
        (
            "every way near enough is on the other side of water or a railway; "
            "check the place, or add the missing path to the map"
        ),
        "附近的道路都在河流或铁路对面，请核对位置，或在地图中补充缺失的道路",
    ),
}


@dataclass(frozen=True)
class WalkingPlaces:
    """Where places meet the walking graph.

    Attributes
    ----------
    stretch
        Number of the stretch of way that each place meets, or -1.
    along
        Metres from the start of the stretch to the place's foot on it.
    off
        Metres from the place to its foot; ``nan`` where there is none.
    feet
        Longitude and latitude of the foot, or of the place itself, shape ``(n, 2)``.
    reasons
        Why a place meets none, by index.
    """

    stretch: Ints
    along: Floats
    off: Floats
    feet: Floats
    reasons: dict[int, OffGraph]

    def __len__(self) -> int:
        return len(self.stretch)

    @property
    def usable(self) -> Flags:
        """Say of each place whether walks can start and end there."""
        usable: Flags = self.stretch != NOWHERE
        return usable

    def take(self, chosen: Ints) -> Self:
        """Give some of the places, in the order wanted."""
        reasons = {k: self.reasons[i] for k, i in enumerate(chosen.tolist()) if i in self.reasons}
        picked = (self.stretch[chosen], self.along[chosen], self.off[chosen], self.feet[chosen])
        return type(self)(*picked, reasons)


def place_on_graph(
    graph: WalkingGraph,
    points: Sequence[LonLat] | Floats,
    *,
    limit_metres: float = DEFAULT_LIMIT_METRES,
) -> WalkingPlaces:
    """Find where places meet the ways that can be walked.

    Parameters
    ----------
    graph
        The walking graph.
    points
        Longitude and latitude in degrees, WGS-84, shape ``(n, 2)``.
    limit_metres
        Farthest that a place may be from its way.

    Returns
    -------
    WalkingPlaces
        One for each point, in order. The foot is on the nearest stretch that leads anywhere and
        is not across water or a railway; `WalkingPlaces.reasons` tells of those that have none.
    """
    lonlat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    count = len(lonlat)
    stretch = np.full(count, NOWHERE, dtype=np.int64)
    along, off = np.zeros(count), np.full(count, np.nan)
    # Poles and beyond have no place on the plane.
    real = np.isfinite(lonlat).all(axis=1)
    on_plane = real & (np.abs(lonlat[:, 0]) <= 180) & (np.abs(lonlat[:, 1]) < 89)
    plane = np.zeros((count, 2))
    plane[on_plane] = np.column_stack(to_plane(*lonlat[on_plane].T))
    spots = _Spots(graph, plane, limit_metres)
    asked = np.flatnonzero(on_plane)
    nearest = spots.nearest(asked)
    doubtful = asked[spots.crosses_barrier(asked, nearest)]
    nearest[np.isin(asked, doubtful)] = NOWHERE
    stretch[asked] = nearest
    stretch[doubtful] = spots.nearest_this_side(doubtful)
    good = np.flatnonzero(stretch != NOWHERE)
    feet = lonlat.copy()
    along[good], off[good], feet[good] = spots.feet(good, stretch[good])
    reasons = {int(k): OffGraph.NOT_A_NUMBER for k in np.flatnonzero(~real)}
    reasons |= {int(k): OffGraph.OUTSIDE_EXTRACT for k in np.flatnonzero(real & ~on_plane)}
    reasons |= spots.explain(asked[stretch[asked] == NOWHERE], set(doubtful.tolist()))
    return WalkingPlaces(stretch, along, off, feet, dict(sorted(reasons.items())))


class _Spots:
    """Points on the plane, and the questions asked of them."""

    def __init__(self, graph: WalkingGraph, plane: Floats, limit_metres: float) -> None:
        self._graph = graph
        self._plane = plane
        self._points = np.asarray(shapely.points(plane), dtype=object)
        self._scale = metres_per_unit(plane[:, 1])
        self._limit = limit_metres

    def nearest(self, chosen: Ints) -> Ints:
        """Give the nearest stretch within the limit."""
        found = np.full(len(chosen), NOWHERE, dtype=np.int64)
        if not len(chosen) or not len(self._graph.usable_index):
            return found
        reach = self._limit / float(self._scale[chosen].min())
        (which, line), distance = self._graph.tree.query_nearest(
            self._points[chosen], max_distance=reach, return_distance=True, all_matches=False
        )
        near = distance * self._scale[chosen[which]] <= self._limit
        found[which[near]] = self._graph.usable_index[line[near]]
        return found

    def crosses_barrier(self, chosen: Ints, stretch: Ints) -> Flags:
        """Tell whose straight line to its stretch crosses water or a railway."""
        blocked = np.zeros(len(chosen), dtype=bool)
        some = np.flatnonzero(stretch != NOWHERE)
        if len(some) and len(self._graph.barriers):
            lines = self._ways_there(chosen[some], stretch[some])
            hit = self._graph.barrier_tree.query(lines, predicate="intersects")[0]
            far = shapely.length(lines) * self._scale[chosen[some]] > _QUAY_METRES
            blocked[some[hit]] = True
            blocked[some] &= far | ~self._in_water(chosen[some])
        return blocked

    def nearest_this_side(self, chosen: Ints) -> Ints:
        """Give the nearest stretch within the limit that is on the same side of every barrier."""
        found = np.full(len(chosen), NOWHERE, dtype=np.int64)
        if not len(chosen):
            return found
        reach = self._limit / self._scale[chosen]
        which, line = self._graph.tree.query(
            self._points[chosen], predicate="dwithin", distance=reach
        )
        stretch = self._graph.usable_index[line]
        lines = self._ways_there(chosen[which], stretch)
        clear = np.ones(len(lines), dtype=bool)
        clear[self._graph.barrier_tree.query(lines, predicate="intersects")[0]] = False
        # Farthest first, so that the nearest is written last and stays.
        order = np.argsort(-shapely.length(lines[clear]), kind="stable")
        found[which[clear][order]] = stretch[clear][order]
        return found

    def _ways_there(self, chosen: Ints, stretch: Ints) -> NDArray[np.object_]:
        lines: NDArray[np.object_] = shapely.shortest_line(
            self._points[chosen], self._graph.lines[stretch]
        )
        return lines

    def _in_water(self, chosen: Ints) -> Flags:
        wet = np.zeros(len(chosen), dtype=bool)
        wet[self._graph.barrier_tree.query(self._points[chosen], predicate="within")[0]] = True
        return wet

    def feet(self, chosen: Ints, stretch: Ints) -> tuple[Floats, Floats, Floats]:
        """Give metres along the stretch, metres off it, and the foot in degrees."""
        lines = self._graph.lines[stretch]
        units = shapely.line_locate_point(lines, self._points[chosen])
        foot = shapely.line_interpolate_point(lines, units)
        off = shapely.distance(foot, self._points[chosen]) * self._scale[chosen]
        degrees = np.column_stack(to_degrees(shapely.get_x(foot), shapely.get_y(foot)))
        return units * self._graph.units_to_metres[stretch], off, degrees

    def explain(self, lost: Ints, doubtful: set[int]) -> dict[int, OffGraph]:
        """Find why places meet no way."""
        reasons = dict.fromkeys(lost.tolist(), OffGraph.TOO_FAR_FROM_STREET)
        if not len(lost):
            return reasons
        low, high = self._graph.bounds
        beyond = ((self._plane[lost] < low) | (self._plane[lost] > high)).any(axis=1)
        reasons |= dict.fromkeys(lost[beyond].tolist(), OffGraph.OUTSIDE_EXTRACT)
        reach = self._limit / self._scale[lost]
        on_island = self._graph.islands.query(
            self._points[lost], predicate="dwithin", distance=reach
        )[0]
        reasons |= dict.fromkeys(lost[on_island].tolist(), OffGraph.ISLAND)
        reasons |= {k: OffGraph.ACROSS_BARRIER for k in reasons if k in doubtful}
        wet = lost[self._in_water(lost)]
        return reasons | dict.fromkeys(wet.tolist(), OffGraph.IN_WATER)
