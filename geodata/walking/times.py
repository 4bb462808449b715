"""How long walks take: from sites to homes within a limit, and to the nearest site.

Shortest paths by Dijkstra's algorithm from every source (`scipy.sparse.csgraph`). Sources are taken
in slices of neighbours, and each slice sees only the part of the graph that somebody could reach
from it within the limit, so the work grows with what is near, not with the province.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.plane import metres_per_unit, to_plane
from geodata.walking.graph import WalkingGraph
from geodata.walking.places import NOWHERE, WalkingPlaces

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

ELDERS_PACE = 3.6  # km/h
# A walk takes a second at least: a stored zero would look like a pair out of reach.
_LEAST_SECONDS = 1.0
_SOURCES_PER_SLICE = 64
_SLACK = 1e-6  # metres, so that a place exactly at the limit is within it


class Nearest(NamedTuple):
    """The nearest site of each place.

    Attributes
    ----------
    site
        Its index, or -1 when none can be reached within the limit.
    seconds
        The walk there; ``inf`` when there is none.
    """

    site: Ints
    seconds: Floats


def walking_seconds(
    graph: WalkingGraph,
    sources: WalkingPlaces,
    targets: WalkingPlaces,
    *,
    limit_seconds: float,
    pace: float | Floats = ELDERS_PACE,
    executor: Executor | None = None,
    progress: Callable[[float], None] | None = None,
) -> csr_array:
    """Give the walking times from every source to every target within a limit.

    Parameters
    ----------
    graph
        The walking graph the places were put on.
    sources, targets
        Places from `place_on_graph`. Where both are many, let the fewer be the sources.
    limit_seconds
        Longer walks are left out.
    pace
        km/h; one number, or one for each target (who walks there).
    executor
        Does the slices side by side. Dijkstra's algorithm in scipy holds the interpreter's lock,
        so processes help and threads do not. None: here, one after the other.
    progress
        Called with the share done, 0 to 1.

    Returns
    -------
    scipy.sparse.csr_array
        float32 seconds, shape ``(sources, targets)``, from door to door: along the ways, and
        straight between a place and its way, all at one pace. Absent where the walk is longer than
        the limit or there is none. Never below one second. The way back takes as long.
    """
    tell = progress or (lambda _share: None)
    metres_per_second = _speeds(pace, len(targets))
    reach = limit_seconds * float(metres_per_second.max(initial=0.0))
    slices = list(_slices(graph, sources, targets, reach))
    rows, columns, metres = [], [], []
    answers = executor.map(_walk, slices) if executor else map(_walk, slices)
    for number, (row, column, length) in enumerate(answers, start=1):
        near = length <= limit_seconds * metres_per_second[column] + _SLACK
        rows.append(row[near].astype(np.int32))
        columns.append(column[near].astype(np.int32))
        metres.append(length[near])
        tell(number / len(slices))
    none = np.empty(0, dtype=np.int32)
    column = np.concatenate([none, *columns])
    seconds = np.concatenate([none, *metres]) / metres_per_second[column]
    found = np.maximum(seconds, _LEAST_SECONDS).astype(np.float32)
    shape = (len(sources), len(targets))
    times = csr_array((found, (np.concatenate([none, *rows]), column)), shape=shape)
    times.sort_indices()
    return times


def nearest_site(
    graph: WalkingGraph,
    sites: WalkingPlaces,
    targets: WalkingPlaces,
    *,
    limit_seconds: float = np.inf,
    pace: float | Floats = ELDERS_PACE,
) -> Nearest:
    """Find the nearest site of every place in a single search; see `walking_seconds`.

    Of two sites equally near one is taken, always the same.
    """
    metres_per_second = _speeds(pace, len(targets))
    reach = limit_seconds * float(metres_per_second.max(initial=0.0))
    site, metres = metres_from_nearest(graph, sites, targets, reach)
    within = np.isfinite(metres) & (metres <= limit_seconds * metres_per_second + _SLACK)
    seconds = np.maximum(metres / metres_per_second, _LEAST_SECONDS)
    return Nearest(np.where(within, site, NOWHERE), np.where(within, seconds, np.inf))


def metres_from_nearest(
    graph: WalkingGraph, sites: WalkingPlaces, targets: WalkingPlaces, reach: float
) -> tuple[Ints, Floats]:
    """Find the nearest site of every target, and the metres to walk from it.

    Parameters
    ----------
    graph, sites, targets
        As in `nearest_site`.
    reach
        Longest walk, metres.

    Returns
    -------
    tuple
        Index of the site, -1 for none; metres, ``inf`` for none.
    """
    best: Floats = np.full(len(targets), np.inf)
    site = np.full(len(targets), NOWHERE, dtype=np.int64)
    for piece in _slices(graph, sites, targets, reach, size=max(1, len(sites))):
        metres, whose = piece.from_nearest_source()
        found = metres <= reach + _SLACK
        best[piece.target[found]] = metres[found]
        site[piece.target[found]] = piece.source[whose[found]]
    return site, best


def _speeds(pace: float | Floats, count: int) -> Floats:
    """Give metres per second for every target."""
    speeds = np.broadcast_to(np.asarray(pace, dtype=np.float64) / 3.6, (count,))
    if not (np.isfinite(speeds) & (speeds > 0)).all():
        raise ValueError(f"a pace of {pace} km/h is none: give a number above 0")
    return speeds


@dataclass(frozen=True)
class _Ends:
    """Places as seen from the two crossings of their stretch, as indices into a part of a graph."""

    start: Ints
    end: Ints
    from_start: Floats  # metres from door to crossing
    from_end: Floats
    stretch: Ints
    along: Floats
    off: Floats


@dataclass(frozen=True)
class _Slice:
    """Some sources, the targets that may be in reach of them, and the graph between."""

    source: Ints  # which of all sources
    target: Ints  # which of all targets
    here: _Ends
    there: _Ends
    graph: csr_array
    reach: float  # metres

    def metres(self) -> Floats:
        """Give the length of the walk for each source and target; ``inf`` beyond the reach."""
        first, graph = self._with_sources()
        sources = first + np.arange(len(self.source))
        far = dijkstra(graph, indices=sources, limit=self.reach + _SLACK)
        metres: Floats = np.minimum(
            far[:, self.there.start] + self.there.from_start,
            far[:, self.there.end] + self.there.from_end,
        )
        row, column, length = self._along_one_stretch()
        metres[row, column] = np.minimum(metres[row, column], length)
        metres[metres > self.reach + _SLACK] = np.inf
        return metres

    def from_nearest_source(self) -> tuple[Floats, Ints]:
        """Give for each target the length of the walk to its nearest source, and which it is."""
        first, graph = self._with_sources()
        far, _, nearest = dijkstra(
            graph,
            indices=first + np.arange(len(self.source)),
            limit=self.reach + _SLACK,
            min_only=True,
            return_predecessors=True,
        )
        by_start = far[self.there.start] + self.there.from_start
        by_end = far[self.there.end] + self.there.from_end
        metres: Floats = np.minimum(by_start, by_end)
        crossing = np.where(by_start <= by_end, self.there.start, self.there.end)
        whose = np.where(np.isfinite(metres), nearest[crossing] - first, 0)
        row, column, length = self._along_one_stretch()
        # Longest first, so that the shortest is written last and stays.
        order = np.argsort(-length, kind="stable")
        row, column, length = row[order], column[order], length[order]
        nearer = length < metres[column]
        metres[column[nearer]], whose[column[nearer]] = length[nearer], row[nearer]
        return metres, whose

    def _with_sources(self) -> tuple[int, csr_array]:
        """Add a node for each source, with a way out to both ends of its stretch and none in."""
        first, count = self.graph.shape[0], len(self.source)
        out = np.column_stack([self.here.start, self.here.end])
        metres = np.column_stack([self.here.from_start, self.here.from_end])
        # A loop has one end: keep the shorter way to it, for a sparse row would add up both.
        loop = self.here.start == self.here.end
        metres[loop, 0] = metres[loop].min(axis=1)
        keep = np.column_stack([np.ones(count, dtype=bool), ~loop])
        ways_out = np.cumsum(keep.sum(axis=1))
        pointers = [self.graph.indptr, self.graph.indptr[-1] + ways_out]
        graph = csr_array(
            (
                # A door on a crossing is a hair away from it: a zero would be no way at all.
                np.concatenate([self.graph.data, np.maximum(metres[keep], 1e-9)]),
                np.concatenate([self.graph.indices, out[keep]]),
                np.concatenate(pointers),
            ),
            shape=(first + count, first + count),
        )
        return first, graph

    def _along_one_stretch(self) -> tuple[Ints, Ints, Floats]:
        """Give pairs on one stretch: who lives between two crossings need not go to either."""
        order = np.argsort(self.there.stretch, kind="stable")
        stretches = self.there.stretch[order]
        low = np.searchsorted(stretches, self.here.stretch, side="left")
        many = np.searchsorted(stretches, self.here.stretch, side="right") - low
        row = np.repeat(np.arange(len(many)), many)
        column = order[np.arange(len(row)) + np.repeat(low - np.cumsum(many) + many, many)]
        between = np.abs(self.there.along[column] - self.here.along[row])
        return row, column, between + self.there.off[column] + self.here.off[row]


def _walk(piece: _Slice) -> tuple[Ints, Ints, Floats]:
    """Do one slice; a function of its own so that another process can."""
    metres = piece.metres()
    row, column = np.nonzero(np.isfinite(metres))
    return piece.source[row], piece.target[column], metres[row, column]


def _slices(
    graph: WalkingGraph,
    sources: WalkingPlaces,
    targets: WalkingPlaces,
    reach: float,
    *,
    size: int = _SOURCES_PER_SLICE,
) -> Iterator[_Slice]:
    """Cut the sources into slices of neighbours, each with its part of graph and targets.

    Whatever is passed on a walk of a length is, as the crow flies, within that length of where the
    walk began.
    """
    feet_of_sources = np.column_stack(to_plane(*sources.feet.T))
    feet_of_targets = np.column_stack(to_plane(*targets.feet.T))
    for chosen in _neighbours(feet_of_sources, np.flatnonzero(sources.usable), size):
        around = feet_of_sources[chosen]
        low, high = around.min(axis=0), around.max(axis=0)
        margin = (reach + 1.0) / float(metres_per_unit(np.abs([low[1], high[1]]).max()))
        margin *= 1.01  # a unit is shorter a little further from the equator
        kept = np.flatnonzero(_inside(graph.crossings, low - margin, high + margin))
        near = _inside(feet_of_targets, low - margin, high + margin)
        target = np.flatnonzero(near & targets.usable)
        whole = len(kept) == len(graph.crossings)
        part = graph.matrix if whole else graph.matrix[kept][:, kept]
        number = np.full(len(graph.crossings), NOWHERE, dtype=np.int64)
        number[kept] = np.arange(len(kept))
        # Two more nodes without ways stand for crossings out of reach: one for each direction, so
        # that nobody walks out of reach and back.
        nodes = len(kept) + 2
        pointers = np.concatenate([part.indptr, np.repeat(part.indptr[-1], 2)])
        yield _Slice(
            source=chosen,
            target=target,
            here=_ends(graph, sources, chosen, np.where(number == NOWHERE, nodes - 2, number)),
            there=_ends(graph, targets, target, np.where(number == NOWHERE, nodes - 1, number)),
            graph=csr_array((part.data, part.indices, pointers), shape=(nodes, nodes)),
            reach=reach,
        )


def _neighbours(places: Floats, usable: Ints, size: int) -> Iterator[Ints]:
    """Group places by halving them along their longer side until the groups are small."""
    waiting = [usable]
    while waiting:
        group = waiting.pop()
        if len(group) > size:
            spread = np.ptp(places[group], axis=0)
            order = group[np.argsort(places[group, int(spread[1] > spread[0])], kind="stable")]
            waiting += [order[len(order) // 2 :], order[: len(order) // 2]]
        elif len(group):
            yield np.sort(group)


def _inside(points: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = ((points >= low) & (points <= high)).all(axis=1)
    return inside


def _ends(graph: WalkingGraph, places: WalkingPlaces, chosen: Ints, number: Ints) -> _Ends:
    stretch, along, off = places.stretch[chosen], places.along[chosen], places.off[chosen]
    rest = np.maximum(graph.stretches.metres[stretch] - along, 0.0)
    return _Ends(
        start=number[graph.stretches.start[stretch]],
        end=number[graph.stretches.end[stretch]],
        from_start=along + off,
        from_end=rest + off,
        stretch=stretch,
        along=along,
        off=off,
    )
