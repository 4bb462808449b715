"""Search the walking graph by slices: some sources, what they may reach, and the ways between.

Shortest paths by Dijkstra's algorithm (`scipy.sparse.csgraph`). Sources are taken in slices of
neighbours, and each slice sees only the part of the graph that somebody could reach from it within
the limit, so the work grows with what is near, not with the province.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.plane import metres_per_unit, to_plane
from geodata.walking.graph import WalkingGraph
from geodata.walking.places import NOWHERE, WalkingPlaces

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

SOURCES_PER_SLICE = 64
SLACK = 1e-6  # metres, so that a place exactly at the limit is within it


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
class Slice:
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
        far = dijkstra(graph, indices=sources, limit=self.reach + SLACK)
        metres: Floats = np.minimum(
            far[:, self.there.start] + self.there.from_start,
            far[:, self.there.end] + self.there.from_end,
        )
        row, column, length = self._along_one_stretch()
        metres[row, column] = np.minimum(metres[row, column], length)
        metres[metres > self.reach + SLACK] = np.inf
        return metres

    def from_nearest_source(self) -> tuple[Floats, Ints]:
        """Give for each target the length of the walk to its nearest source, and which it is."""
        first, graph = self._with_sources()
        far, _, nearest = dijkstra(
            graph,
            indices=first + np.arange(len(self.source)),
            limit=self.reach + SLACK,
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


def cut_slices(
    graph: WalkingGraph,
    sources: WalkingPlaces,
    targets: WalkingPlaces,
    reach: float,
    *,
    size: int | None = None,
) -> Iterator[Slice]:
    """Cut the sources into slices of neighbours, each with its part of graph and targets.

    Whatever is passed on a walk of a length is, as the crow flies, within that length of where the
    walk began.
    """
    feet_of_sources = np.column_stack(to_plane(*sources.feet.T))
    feet_of_targets = np.column_stack(to_plane(*targets.feet.T))
    for chosen in _neighbours(
        feet_of_sources, np.flatnonzero(sources.usable), size or SOURCES_PER_SLICE
    ):
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
        # One more node, without ways, stands for all crossings out of reach: beyond the limit from
        # every source, so nobody gets there.
        nodes = len(kept) + 1
        number[number == NOWHERE] = len(kept)
        pointers = np.append(part.indptr, part.indptr[-1])
        yield Slice(
            source=chosen,
            target=target,
            here=_ends(graph, sources, chosen, number),
            there=_ends(graph, targets, target, number),
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
