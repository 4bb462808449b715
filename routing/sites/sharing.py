"""Good choices where capacities matter: who goes where is a programme of its own.

For given sites the people are shared out by a linear programme (a transport problem). Its prices λ
say what one more row would bring at most, ρ_j(λ) as in `prices`, so only promising rows are tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.budget import Budget
from routing.sites.prices import Worths
from routing.sites.problem import Matrix
from routing.sites.programme import Programme, solve_linear
from routing.sites.rules import Rules
from routing.sites.search import TINY
from routing.sites.task import Task
from routing.tables import Floats

TRIED = 3
"""Rows tried for each site that could leave."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How people are shared out among open sites.

    Parameters
    ----------
    value : float
        What all get.
    prices : array of float64, (elements,)
        What one more complete element is worth.
    people : array of float64, (stored values,)
        People of each pair, in the order of the stored values.
    """

    value: float
    prices: Floats
    people: Floats


def share_out(each: Matrix, size: Floats, capacity: Floats) -> Shares:
    """Share people out so that they get the most.

    Parameters
    ----------
    each : sparse array, (sites, elements)
        What a site gives one person of an element.
    size : array of float64, (elements,)
        People.
    capacity : array of float64, (sites,)
        Room; ``inf`` without limit.
    """
    if not each.nnz:
        return Shares(0.0, np.zeros(len(size)), np.zeros(0))
    site = np.repeat(np.arange(each.shape[0]), np.diff(each.indptr))
    touched, element = np.unique(each.indices, return_inverse=True)
    pairs = np.arange(each.nnz)
    programme = Programme(each.data, np.full(each.nnz, np.inf), np.zeros(each.nnz, dtype=bool))
    lines = programme.rows(size[touched])
    programme.put(lines[element], pairs, 1.0)
    tight = np.isfinite(capacity)
    doors = np.zeros(len(capacity), dtype=np.int64)
    doors[tight] = programme.rows(capacity[tight])
    held = tight[site]
    programme.put(doors[site[held]], pairs[held], 1.0)
    found = solve_linear(programme)
    prices = np.zeros(len(size))
    prices[touched] = np.maximum(found.duals[: len(touched)], 0.0) * size[touched]
    return Shares(found.gain, prices, found.values)


class Sharing:
    """Searches among permitted choices of a task with capacities.

    Parameters
    ----------
    task, rules : Task, Rules
        What is chosen from.
    """

    def __init__(self, task: Task, rules: Rules) -> None:
        self.task, self.rules = task, rules
        self._worths = Worths(task)
        self._kept = np.nonzero(task.kept)[0].tolist()
        self._each = task.value.copy()
        self._each.data = task.value.data / task.size[task.value.indices]
        self._known: dict[tuple[int, ...], Shares] = {}

    def value(self, chosen: Sequence[int]) -> float:
        """Return what a choice gives."""
        return self.task.base + self._shares(chosen).value

    def prices(self, chosen: Sequence[int]) -> Floats:
        """Return what one more complete element would be worth."""
        return self._shares(chosen).prices

    def adding(self, chosen: Sequence[int]) -> Floats:
        """Return what each row would add at most."""
        return self._worths.at(self.prices(chosen))[0]

    def grow(self, chosen: Sequence[int], aim: float = np.inf) -> list[int]:
        """Add the row that promises the most, again and again, until the value is `aim`."""
        some = list(chosen)
        value = self.value(some)
        while value < aim:
            more = np.where(self.rules.addable(some), self.adding(some), 0.0)
            row = int(np.argmax(more)) if len(more) else -1
            if row < 0 or more[row] <= TINY * max(1.0, value):
                break
            grown = self.value([*some, row])
            if grown <= value * (1 + TINY):
                break
            some, value = [*some, row], grown
        return some

    def improve(self, chosen: Sequence[int], budget: Budget, aim: float = np.inf) -> list[int]:
        """Exchange one site for another while that gains, then fill up; see `Exchange.improve`."""
        some = self.grow(chosen, aim)
        value, still = self.value(some), 0
        while some and still < len(some) and value < aim and budget.left() > 0:
            rest = some[1:]
            better = self._instead(some, rest, value)
            if better is None:
                some, still = [*rest, some[0]], still + 1
                continue
            some, still = self.grow([*rest, better], aim), 0
            value = self.value(some)
        return some

    def _instead(self, some: list[int], rest: list[int], value: float) -> int | None:
        """Return a row that is better than the first of the chosen, if one is found."""
        promised = self.value(rest) + self.adding(rest)
        promised[~self.rules.swappable(some)[:, 0]] = -np.inf
        enough = value * (1 + TINY) + TINY
        for row in np.argsort(-promised, kind="stable")[:TRIED].tolist():
            if promised[row] <= enough:
                return None
            if self.value([*rest, row]) > enough:
                return int(row)
        return None

    def _shares(self, chosen: Sequence[int]) -> Shares:
        key = tuple(sorted(chosen))
        if key not in self._known:
            rows = [*self._kept, *key]
            self._known[key] = share_out(self._each[rows], self.task.size, self.task.capacity[rows])
        return self._known[key]
