"""Good choices quickly, where every site has room: greedy additions, then one site for another.

What each exchange would change is counted for all pairs of rows at once (the fast interchange of
Whitaker 1983, as Resende and Werneck 2007 split it: what a row adds, what a site's loss costs, and
what the row saves of that loss).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.budget import Budget
from routing.sites.rules import Rules
from routing.sites.task import Task
from routing.tables import Floats, Ints

TINY = 1e-9
"""Relative gains below this are none."""


@dataclass(frozen=True, slots=True)
class _Levels:
    """What elements get: the best and second best of the chosen rows, and whose the best is."""

    best: Floats
    owner: Ints
    second: Floats


class Exchange:
    """Searches among permitted choices of a task without capacities.

    Parameters
    ----------
    task, rules : Task, Rules
        What is chosen from.
    """

    def __init__(self, task: Task, rules: Rules) -> None:
        self.task, self.rules = task, rules
        value = task.value
        self._row = np.repeat(np.arange(value.shape[0]), np.diff(value.indptr))

    def value(self, chosen: Sequence[int]) -> float:
        """Return what a choice gives."""
        return self.task.base + float(self._levels(chosen).best.sum())

    def prices(self, chosen: Sequence[int]) -> Floats:
        """Return what each element gets."""
        return self._levels(chosen).best

    def adding(self, chosen: Sequence[int]) -> Floats:
        """Return what each row would add."""
        best = self._levels(chosen).best
        value = self.task.value
        more = np.maximum(value.data - best[value.indices], 0.0)
        return np.bincount(self._row, weights=more, minlength=value.shape[0])

    def changes(self, chosen: Sequence[int]) -> Floats:
        """Return by how much the value changes when a row takes a chosen site's place.

        Returns
        -------
        array of float64, (rows, chosen)
            The changes, whether permitted or not.
        """
        levels, value, k = self._levels(chosen), self.task.value, len(chosen)
        best, second = levels.best[value.indices], levels.second[value.indices]
        owner = levels.owner[value.indices]
        more = np.maximum(value.data - best, 0.0)
        saved = np.maximum(np.minimum(value.data, best) - second, 0.0)
        mine = owner >= 0
        keys = self._row[mine] * k + owner[mine]
        rows = value.shape[0]
        table = np.bincount(keys, weights=saved[mine], minlength=rows * k).reshape(rows, k)
        table += np.bincount(self._row, weights=more, minlength=rows)[:, None]
        held = levels.owner >= 0
        loss = (levels.best - levels.second)[held]
        table -= np.bincount(levels.owner[held], weights=loss, minlength=k)[None, :]
        return table

    def grow(self, chosen: Sequence[int], aim: float = np.inf) -> list[int]:
        """Add the row that adds the most, again and again.

        Parameters
        ----------
        chosen : sequence of int
            Rows to begin with.
        aim : float
            Value at which enough are chosen.
        """
        some, value = list(chosen), self.value(chosen)
        while value < aim:
            more = np.where(self.rules.addable(some), self.adding(some), 0.0)
            row = int(np.argmax(more)) if len(more) else -1
            if row < 0 or more[row] <= TINY * max(1.0, value):
                break
            some.append(row)
            value += float(more[row])
        return some

    def improve(self, chosen: Sequence[int], budget: Budget, aim: float = np.inf) -> list[int]:
        """Exchange one site for another while that gains, then fill up.

        Parameters
        ----------
        chosen : sequence of int
            A permitted choice.
        budget : Budget
            Ends it early.
        aim : float
            Value that is enough.
        """
        some = self.grow(chosen, aim)
        value = self.value(some)
        while some and value < aim and budget.left() > 0:
            table = np.where(self.rules.swappable(some), self.changes(some), -np.inf)
            row, place = divmod(int(np.argmax(table)), len(some))
            if table[row, place] <= TINY * max(1.0, value):
                break
            some[place] = row
            some = self.grow(some, aim)
            value = self.value(some)
        return some

    def _levels(self, chosen: Sequence[int]) -> _Levels:
        value = self.task.value
        elements = value.shape[1]
        some = np.asarray(list(chosen), dtype=np.int64)
        part = value[some] if len(some) else value[:0]
        place = np.repeat(np.arange(len(some)), np.diff(part.indptr))
        order = np.lexsort((place, -part.data, part.indices))
        element, worth, place = part.indices[order], part.data[order], place[order]
        first = np.concatenate([[True], element[1:] != element[:-1]])[: len(element)]
        follows = np.concatenate([[False], first[:-1]])[: len(element)] & ~first
        best, second = np.zeros(elements), np.zeros(elements)
        owner = np.full(elements, -1, dtype=np.int64)
        best[element[first]] = worth[first]
        owner[element[first]] = place[first]
        second[element[follows]] = worth[follows]
        return _Levels(best, owner, second)
