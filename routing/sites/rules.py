"""Which sets of sites may be chosen: how many, at what cost, how near each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from routing.sites.problem import Matrix
from routing.sites.task import Flags, Task
from routing.tables import Floats, Ints

HALVINGS = 50
"""Steps in the search for the price of money."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a permitted set can be worth, each row having a worth of its own.

    Parameters
    ----------
    value : float
        No permitted set is worth more.
    taken : array of float64, (rows,)
        The set that is worth it, or a mixture of two; kept rows are 1.
    having : array of float64, (rows,)
        No permitted set that has this row is worth more.
    """

    value: float
    taken: Floats
    having: Floats


@dataclass(frozen=True, eq=False)
class Rules:
    """What limits the choice among the rows of a task.

    Parameters
    ----------
    most : int
        New sites at most.
    cost : array of float64, (rows,)
        What each costs; 0 for kept rows.
    budget : float
        What they may cost together; ``inf`` without limit.
    clash : sparse array, (rows, rows)
        Pairs that cannot both be chosen, in both directions.
    kept : array of bool, (rows,)
        Rows that are open in every choice.
    clique : array of int64, (rows,)
        A grouping of the rows such that all within a group exclude each other.
    """

    most: int
    cost: Floats
    budget: float
    clash: Matrix
    kept: Flags
    clique: Ints

    def with_most(self, most: int) -> "Rules":
        """Return the same rules for another number of sites."""
        return replace(self, most=most)

    def only(self, rows: Flags) -> "Rules":
        """Return the rules for these rows only."""
        some = np.nonzero(rows)[0]
        return Rules(
            self.most, self.cost[rows], self.budget, self.clash[some][:, some],
            self.kept[rows], self.clique[rows],
        )  # fmt: skip

    def excluded(self) -> list[set[int]]:
        """Return for every row the rows that it excludes."""
        return _excluded(self.clash)

    def permit(self, chosen: Sequence[int]) -> bool:
        """Return whether these new sites may be chosen together."""
        some = list(chosen)
        dear = float(self.cost[some].sum()) > self.budget * (1 + 1e-12)
        return len(some) <= self.most and not dear and not self.clash[some][:, some].nnz

    def addable(self, chosen: Sequence[int]) -> Flags:
        """Return the rows that may join these."""
        some = list(chosen)
        if len(some) >= self.most:
            return np.zeros(len(self.cost), dtype=bool)
        free = ~self.kept & (self._near(some) == 0)
        free[some] = False
        result: Flags = free & (self.cost <= self._left(some) + self._slack)
        return result

    def swappable(self, chosen: Sequence[int]) -> Flags:
        """Return, by row and position in `chosen`, whether the row may take that site's place."""
        some = list(chosen)
        free = ~self.kept
        free[some] = False
        each = self.clash[:, some].toarray() if self.clash.nnz else np.zeros((1, len(some)))
        alone = each.sum(axis=1, keepdims=True) - each == 0
        room = self._left(some) + self.cost[some] + self._slack
        result: Flags = free[:, None] & alone & (self.cost[:, None] <= room[None, :])
        return result

    @property
    def _slack(self) -> float:
        return 1e-12 * self.budget if np.isfinite(self.budget) else 0.0

    def _left(self, chosen: list[int]) -> float:
        return self.budget - float(self.cost[chosen].sum())

    def _near(self, chosen: list[int]) -> Floats:
        """Return how many of the chosen each row excludes."""
        marks = np.zeros(len(self.cost))
        marks[chosen] = 1.0
        result: Floats = self.clash @ marks
        return result

    def ceiling(self, worth: Floats) -> Ceiling:
        """Return the most that a permitted set can be worth.

        Of rows that exclude each other only those of one group are held apart, and a budget has a
        price per unit of cost, the one that makes the ceiling least: both only raise it.

        Parameters
        ----------
        worth : array of float64, (rows,)
            What each row is worth.
        """
        best = self._best(worth, 0.0)
        if float(self.cost @ best.taken) <= self.budget:
            return best
        free = ~self.kept & (self.cost > 0)
        low, high = 0.0, float((worth[free] / self.cost[free]).max()) + 1.0
        over, under = best, self._best(worth, high)
        for _ in range(HALVINGS):
            price = (low + high) / 2
            middle = self._best(worth, price)
            if float(self.cost @ middle.taken) > self.budget:
                low, over = price, middle
            else:
                high, under = price, middle
            best = min(best, middle, key=lambda ceiling: ceiling.value)
        spent = float(self.cost @ over.taken), float(self.cost @ under.taken)
        share = (self.budget - spent[1]) / (spent[0] - spent[1])
        return replace(best, taken=share * over.taken + (1 - share) * under.taken)

    def _best(self, worth: Floats, price: float) -> Ceiling:
        """Return the ceiling at a price of money."""
        net = np.where(self.kept, -np.inf, worth - (price * self.cost if price else 0.0))
        order = np.argsort(-net, kind="stable")
        leads = order[np.sort(np.unique(self.clique[order], return_index=True)[1])]
        taken = leads[: self.most]
        taken = taken[net[taken] > 0]
        whole = float(net[taken].sum() + worth[self.kept].sum())
        whole += price * self.budget if price else 0.0
        last = float(net[taken[-1]]) if len(taken) == self.most and self.most else 0.0
        instead = np.full(int(self.clique.max(initial=0)) + 1, last)
        instead[self.clique[taken]] = net[taken]
        having = np.where(self.kept, whole, whole + net - instead[self.clique])
        marks = self.kept.astype(np.float64)
        marks[taken] = 1.0
        return Ceiling(whole, marks, having)


def make_rules(
    task: Task, most: int, costs: Floats | None, budget: float | None, apart: Matrix | None
) -> Rules:
    """Return the rules for the rows of a task.

    Parameters
    ----------
    task : Task
        Its rows are meant.
    most : int
        New sites at most.
    costs, budget, apart
        As in `SiteProblem`.
    """
    rows = len(task.sites)
    cost = np.zeros(rows) if costs is None else np.where(task.kept, 0.0, costs[task.sites])
    clash = csr_array((rows, rows))
    if apart is not None:
        free = _diagonal(~task.kept)
        clash = csr_array(free @ apart[task.sites][:, task.sites] @ free)
        clash.eliminate_zeros()
    return Rules(
        most, cost, np.inf if budget is None else budget, clash, task.kept, _cliques(clash)
    )


def _diagonal(marks: Flags) -> Matrix:
    where = np.nonzero(marks)[0]
    return csr_array((np.ones(len(where)), (where, where)), shape=(len(marks), len(marks)))


def _excluded(clash: Matrix) -> list[set[int]]:
    ends = clash.indptr.tolist()
    return [set(clash.indices[begin:end].tolist()) for begin, end in pairwise(ends)]


def _cliques(clash: Matrix) -> Ints:
    """Group the rows greedily so that all within a group exclude each other."""
    rows = clash.shape[0]
    group = np.full(rows, -1, dtype=np.int64)
    near = _excluded(clash)
    for row in range(rows):
        if group[row] >= 0:
            continue
        group[row] = row
        common = {other for other in near[row] if group[other] < 0}
        while common:
            nearest = max(common, key=lambda other: (len(near[other] & common), -other))
            group[nearest] = row
            common &= near[nearest]
    return group
