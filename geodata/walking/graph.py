"""The walking graph of an extract: crossings, and the stretches of way between them.

It is made once for each build of a street network and kept beside it; a new extract is a new build
and gets its own. All that is asked later (where a place meets the ways, how long a walk takes, how
far one gets) is asked of the arrays here, so they are plain and few.
"""

from __future__ import annotations

import itertools
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geodata.kept_arrays import kept_arrays
from geodata.plane import metres_per_unit, to_plane
from geodata.snapping import LEAST_REACH
from geodata.walking.reading import WalkedWays, read_barriers, read_walked_ways

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Shapes = NDArray[np.object_]

_FORMAT = 1  # raise when other ways are read, or kept in another form
_SHORTEST = 1e-6  # metres; a zero in a sparse matrix is easily lost
_SCALE = 1e7  # whole ten-millionths of a degree, as in OSM files


class Stretches(NamedTuple):
    """Ways between two crossings.

    Attributes
    ----------
    start, end
        The crossings, by index; the same for a loop.
    metres
        Length.
    """

    start: Ints
    end: Ints
    metres: Floats


class WalkingGraph:
    """Crossings and stretches of way, both directions alike. Safe to use from several threads.

    Attributes
    ----------
    stretches
        Start, end and length of every stretch.
    crossings
        Place of every crossing on the plane (`geodata.plane`), shape ``(crossings, 2)``.
    lines
        The course of every stretch on the plane, an array of shapely lines.
    units_to_metres
        Metres for each plane unit along a stretch.
    usable
        Which stretches lead anywhere: their piece of the network has 50 crossings or more, or is
        the largest there is.
    barriers
        Water and railways in the plane, an array of shapely geometries.
    """

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        """Use `open_walking_graph`."""
        degrees = arrays["points"].astype(np.float64) / _SCALE
        x, y = to_plane(degrees[:, 0], degrees[:, 1])
        plane = np.column_stack([x, y])
        ends = arrays["ends"].astype(np.int64)
        sizes = np.diff(ends, prepend=0)
        first, last = ends - sizes, ends - 1
        owner = np.repeat(np.arange(len(ends)), sizes)
        self.lines: Shapes = np.asarray(shapely.linestrings(plane, indices=owner), dtype=object)
        start = arrays["starts_at"].astype(np.int64)
        end = arrays["ends_at"].astype(np.int64)
        self.units_to_metres: Floats = metres_per_unit((plane[first, 1] + plane[last, 1]) / 2)
        self.stretches = Stretches(start, end, shapely.length(self.lines) * self.units_to_metres)
        self.crossings = np.zeros((int(max(start.max(initial=-1), end.max(initial=-1))) + 1, 2))
        self.crossings[start] = plane[first]
        self.crossings[end] = plane[last]
        self.usable = self._usable()
        barriers = shapely.from_wkb(_split(arrays["barriers"], arrays["barrier_ends"]))
        self.barriers: Shapes = shapely.transform(
            barriers, lambda xy: np.column_stack(to_plane(xy[:, 0], xy[:, 1]))
        )

    def _usable(self) -> NDArray[np.bool_]:
        _, piece = connected_components(self.matrix, directed=False)
        size = np.bincount(piece, minlength=1)
        leads_on = size >= min(LEAST_REACH, int(size.max()))
        usable: NDArray[np.bool_] = leads_on[piece[self.stretches.start]]
        return usable

    @cached_property
    def matrix(self) -> csr_array:
        """Metres between neighbouring crossings, both ways; the shortest of parallel stretches."""
        start, end, metres = self.stretches
        low, high = np.minimum(start, end), np.maximum(start, end)
        order = np.lexsort([metres, high, low])
        low, high, metres = low[order], high[order], metres[order]
        first = np.ones(len(low), dtype=bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        low, high, metres = low[first], high[first], np.maximum(metres[first], _SHORTEST)
        count = len(self.crossings)
        both = (np.concatenate([low, high]), np.concatenate([high, low]))
        return csr_array((np.concatenate([metres, metres]), both), shape=(count, count))

    @cached_property
    def tree(self) -> shapely.STRtree:
        """An index of the usable stretches; `usable_index` gives their numbers."""
        return shapely.STRtree(self.lines[self.usable_index])

    @cached_property
    def usable_index(self) -> Ints:
        """Numbers of the usable stretches."""
        return np.flatnonzero(self.usable)

    @cached_property
    def islands(self) -> shapely.STRtree:
        """An index of the stretches that lead nowhere."""
        return shapely.STRtree(self.lines[~self.usable])

    @cached_property
    def barrier_tree(self) -> shapely.STRtree:
        """An index of the barriers."""
        return shapely.STRtree(self.barriers)

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """Least and greatest place of a crossing on the plane, east and north."""
        if not len(self.crossings):
            return np.zeros(2), np.zeros(2)
        return self.crossings.min(axis=0), self.crossings.max(axis=0)

    @property
    def kilometres(self) -> float:
        """Length of all ways that can be walked."""
        return float(self.stretches.metres.sum()) / 1000

    @classmethod
    def read(cls, extract: Path) -> Self:
        """Read the walking graph of an extract, without keeping it.

        Raises
        ------
        ExtractError
            The extract cannot be read.
        """
        return cls(_arrays(extract))


def open_walking_graph(build: Path) -> WalkingGraph:
    """Open the walking graph in the folder of a build; make it where it is missing.

    Parameters
    ----------
    build
        Folder with the extract, as `geodata.network` lays it out.

    Raises
    ------
    ExtractError
        The extract of the build cannot be read.
    """
    path, lock = build / f"walking-{_FORMAT}.npz", build / "walking.lock"
    return WalkingGraph(kept_arrays(path, lock, lambda: _arrays(build / "extract.osm.pbf")))


def _arrays(extract: Path) -> dict[str, NDArray[np.generic]]:
    barriers = [shapely.to_wkb(shape) for shape in read_barriers(extract)]
    return {
        **_stretches(read_walked_ways(extract)),
        "barriers": np.frombuffer(b"".join(barriers), dtype=np.uint8),
        "barrier_ends": np.cumsum([len(wkb) for wkb in barriers], dtype=np.int64),
    }


def _stretches(ways: WalkedWays) -> dict[str, NDArray[np.generic]]:
    """Cut ways at crossings: nodes that several ways share, or one way passes twice, and ends."""
    names, node = np.unique(ways.nodes, return_inverse=True)
    last = np.zeros(len(node), dtype=bool)
    last[np.cumsum(ways.sizes) - 1] = True
    first = np.zeros(len(node), dtype=bool)
    first[np.cumsum(ways.sizes) - ways.sizes] = True
    crossing = np.bincount(node, minlength=len(names)) > 1
    crossing[node[first | last]] = True
    cut = np.flatnonzero(crossing[node])
    inside = ~last[cut[:-1]]  # from here to the next cut the way goes on
    starts, ends = cut[:-1][inside], cut[1:][inside]
    sizes = ends - starts + 1
    total = np.cumsum(sizes)
    at = np.arange(total[-1] if len(total) else 0) - np.repeat(total - sizes, sizes)
    at += np.repeat(starts, sizes)
    number = np.cumsum(crossing) - 1
    degrees = np.column_stack([ways.lons[at], ways.lats[at]])
    return {
        "points": np.rint(degrees * _SCALE).astype(np.int32),
        "ends": total,
        "starts_at": number[node[starts]],
        "ends_at": number[node[ends]],
    }


def _split(blob: NDArray[np.generic], ends: NDArray[np.generic]) -> list[bytes]:
    content, cuts = blob.tobytes(), [0, *ends.tolist()]
    return [content[a:b] for a, b in itertools.pairwise(cuts)]
