"""What is proven of every group's plans, by how many couriers they use.

Who proves a bound may split the plans of a group by the number of couriers and prove part after
part; another may begin at the other end. No plan of the group costs less than the least of them.
"""

from collections.abc import Buffer, Sequence

import numpy as np

from routing.tables import Floats


class Proven:
    """A row of bounds for each group: of plans with no courier, with one, up to all of them.

    Parameters
    ----------
    couriers : sequence of int
        How many couriers each group has.
    memory : buffer of float64, optional
        Where the rows are kept, for example memory that several processes see; `size_of` tells
        how many figures it must hold. They are only ever raised.
    """

    def __init__(self, couriers: Sequence[int], memory: Buffer | None = None) -> None:
        ends = np.cumsum(np.asarray(couriers, dtype=np.int64) + 1)
        self._ends = ends.tolist()
        self._begins = np.concatenate([np.zeros(1, dtype=np.int64), ends])[:-1]
        self.table: Floats = (
            np.zeros(size_of(couriers)) if memory is None else np.frombuffer(memory)
        )

    def of(self, group: int) -> Floats:
        """Return the row of a group, shape (couriers + 1,)."""
        return self.table[self._begins[group] : self._ends[group]]

    def bound(self, group: int) -> float:
        """Return what no plan of a group costs less than."""
        return float(self.of(group).min())

    def bounds(self) -> list[float]:
        """Return that of every group."""
        if not len(self._begins):
            return []
        least: list[float] = np.minimum.reduceat(self.table, self._begins).tolist()
        return least

    def learn(self, group: int, row: Floats | float) -> None:
        """Take in what is proven of a group, of all its plans or by the number of couriers."""
        own = self.of(group)
        np.maximum(own, row, out=own)

    def learn_all(self, other: "Proven") -> None:
        """Take in all that another knows of the same groups."""
        np.maximum(self.table, other.table, out=self.table)


def size_of(couriers: Sequence[int]) -> int:
    """Return how many figures the rows of groups with so many couriers have."""
    return sum(couriers) + len(couriers)


def is_split(row: Floats) -> bool:
    """Return whether more is proven of some plans of a group than of others."""
    return bool(row.max() > row.min())
