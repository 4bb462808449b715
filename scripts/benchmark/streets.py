"""Invented streets: a town's grid with gaps, main roads, one-way lanes and a river with bridges."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

BLOCK = 160.0
"""Metres between crossings."""
MAIN_ROAD = 4
"""Every so many lines of the grid one is a main road."""
GAP = 0.16
"""Part of the small streets that are missing: walls of compounds, schools, canals."""
ONE_WAY = 0.12
"""Part of the small streets that may be ridden in one direction only."""
BRIDGES = 7
"""Every so many lines of the grid one crosses the river."""
SPEEDS = {"foot": (1.05, 1.05), "bicycle": (3.3, 3.6), "ebike": (4.4, 5.4)}
"""Metres per second on small streets and on main roads."""
CROSSING = {"foot": 6.0, "bicycle": 6.0, "ebike": 7.0}
"""Seconds lost at every crossing."""


@dataclass(frozen=True, slots=True)
class Streets:
    """A street graph of c crossings and s streets.

    Parameters
    ----------
    points : array of float, (c, 2)
        Crossings, metres from a corner.
    ends : array of int, (s, 2)
        Crossings at the ends of each street.
    main, one_way : arrays of bool, (s,)
        Which are main roads, and which may be ridden from the first end to the second only.
    """

    points: Floats
    ends: Ints
    main: npt.NDArray[np.bool_]
    one_way: npt.NDArray[np.bool_]

    def seconds(self, mode: str, crossings: Ints) -> Floats:
        """Return travel seconds among crossings, shape (n, n), ``[from][to]``."""
        metres = np.hypot(*(self.points[self.ends[:, 0]] - self.points[self.ends[:, 1]]).T)
        small, large = SPEEDS[mode]
        there = metres / np.where(self.main, large, small) + CROSSING[mode]
        # Against a one-way street a bicycle is pushed.
        back = np.where(self.one_way, metres / SPEEDS["foot"][0] + CROSSING[mode], there)
        rows = np.concatenate([self.ends[:, 0], self.ends[:, 1]])
        columns = np.concatenate([self.ends[:, 1], self.ends[:, 0]])
        size = len(self.points)
        graph = coo_array((np.concatenate([there, back]), (rows, columns)), shape=(size, size))
        found, place = np.unique(crossings, return_inverse=True)
        among: Floats = dijkstra(graph.tocsr(), indices=found)[:, found]
        return among[np.ix_(place, place)]


def lay_streets(side: float, dice: np.random.Generator) -> Streets:
    """Return the streets of a square town.

    Parameters
    ----------
    side : float
        Metres.
    dice : Generator
        Random numbers.
    """
    lines = max(4, round(side / BLOCK) + 1)
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(lines), np.arange(lines)))
    points = np.column_stack([column, row]) * BLOCK + dice.normal(0.0, BLOCK / 8, (lines**2, 2))
    number = np.arange(lines**2)
    east, north = column < lines - 1, row < lines - 1
    ends = np.concatenate(
        [
            np.column_stack([number[east], number[east] + 1]),
            np.column_stack([number[north], number[north] + lines]),
        ]
    )
    line = np.concatenate([row[east], column[north]])
    main = line % MAIN_ROAD == 0
    kept = main | (dice.random(len(ends)) >= GAP)
    kept &= ~_drowned(points, ends, line, side)
    ends, main = ends[kept], main[kept]
    one_way = ~main & (dice.random(len(ends)) < ONE_WAY)
    turned = dice.random(len(ends)) < 0.5
    ends[turned] = ends[turned][:, ::-1]
    return _connected(Streets(points, ends, main, one_way))


def _drowned(points: Floats, ends: Ints, line: Ints, side: float) -> npt.NDArray[np.bool_]:
    """Return which streets would cross the river where there is no bridge."""
    bank = 0.45 * side + 0.08 * side * np.sin(points[:, 0] / max(side, 1.0) * 6.0)
    beyond = points[:, 1] > bank
    crosses = beyond[ends[:, 0]] != beyond[ends[:, 1]]
    drowned: npt.NDArray[np.bool_] = crosses & (line % BRIDGES != 0)
    return drowned


def _connected(streets: Streets) -> Streets:
    """Return the largest part of the streets that hangs together."""
    size = len(streets.points)
    graph = coo_array((np.ones(len(streets.ends)), streets.ends.T), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    inside = label == np.bincount(label).argmax()
    number = np.cumsum(inside) - 1
    kept = inside[streets.ends[:, 0]]
    return Streets(
        streets.points[inside],
        number[streets.ends[kept]],
        streets.main[kept],
        streets.one_way[kept],
    )
