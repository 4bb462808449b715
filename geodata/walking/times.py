"""How long walks take: from sites to homes within a limit, and to the nearest site.

The searches themselves are in `geodata.walking.slices`; here limits, paces and slices of work meet.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.walking.graph import WalkingGraph
from geodata.walking.places import NOWHERE, WalkingPlaces
from geodata.walking.slices import SLACK, Slice, cut_slices

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

ELDERS_PACE = 3.6  # km/h
# A walk takes a second at least: a stored zero would look like a pair out of reach.
_LEAST_SECONDS = 1.0


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
    slices = list(cut_slices(graph, sources, targets, reach))
    rows, columns, metres = [], [], []
    answers = executor.map(_walk, slices) if executor else map(_walk, slices)
    for number, (row, column, length) in enumerate(answers, start=1):
        near = length <= limit_seconds * metres_per_second[column] + SLACK
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
    within = np.isfinite(metres) & (metres <= limit_seconds * metres_per_second + SLACK)
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
    for piece in cut_slices(graph, sites, targets, reach, size=max(1, len(sites))):
        metres, whose = piece.from_nearest_source()
        found = metres <= reach + SLACK
        best[piece.target[found]] = metres[found]
        site[piece.target[found]] = piece.source[whose[found]]
    return site, best


def _speeds(pace: float | Floats, count: int) -> Floats:
    """Give metres per second for every target."""
    speeds = np.broadcast_to(np.asarray(pace, dtype=np.float64) / 3.6, (count,))
    if not (np.isfinite(speeds) & (speeds > 0)).all():
        raise ValueError(f"a pace of {pace} km/h is none: give a number above 0")
    return speeds


def _walk(piece: Slice) -> tuple[Ints, Ints, Floats]:
    """Do one slice; a function of its own so that another process can."""
    metres = piece.metres()
    row, column = np.nonzero(np.isfinite(metres))
    return piece.source[row], piece.target[column], metres[row, column]
