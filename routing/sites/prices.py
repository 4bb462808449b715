"""The bound: a price on serving each element, moved until the promise of a best choice is least.

Lagrangian relaxation (Fisher 1981; for the p-median Cornuejols, Fisher and Nemhauser 1977): let
every site serve all that it reaches and pay λ_e for each element e. Then the sites no longer
compete, a row's worth is ρ_j(λ) = most Σ (v_ej − λ_e) y_ej within its capacity, and for any λ ≥ 0

    base + Σ λ_e + most Σ ρ_j x_j over permitted x

is at least the value of every permitted choice. Subgradients with Polyak's step lower it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from routing.budget import Budget
from routing.sites.rules import Ceiling, Rules
from routing.sites.task import Task
from routing.tables import Floats

PATIENCE = 12
"""Rounds without a lower bound before the step is halved."""
SMALLEST_STEP = 0.005
ENOUGH = 1e-9
"""Relative difference of bound and value at which they count as equal."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What prices prove.

    Parameters
    ----------
    prices : array of float64, (elements,)
        The prices with the least bound.
    bound : float
        No permitted choice gives more.
    having : array of float64, (rows,)
        No permitted choice with this row gives more.
    """

    prices: Floats
    bound: float
    having: Floats


class Worths:
    """What the rows are worth at prices.

    Parameters
    ----------
    task : Task
        The task.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        value = task.value
        self._row = np.repeat(np.arange(value.shape[0]), np.diff(value.indptr))
        self._limit = task.capacity[self._row]
        self._tight = np.nonzero(np.isfinite(self._limit))[0]

    def at(self, prices: Floats) -> tuple[Floats, Floats]:
        """Return the worth of every row, and the share of each element that it would serve.

        Returns
        -------
        array of float64, (rows,)
            Worths.
        array of float64, (stored values,)
            Shares, in the order of the stored values.
        """
        value = self._task.value
        surplus = value.data - prices[value.indices]
        share = (surplus > 0.0).astype(np.float64)
        if len(self._tight):
            share[self._tight] = self._fitting(surplus[self._tight])
        worth = np.bincount(self._row, weights=surplus * share, minlength=value.shape[0])
        return worth, share

    def _fitting(self, surplus: Floats) -> Floats:
        """Return the shares that fit into limited rows: the dearest person first."""
        where = self._tight
        size = self._task.size[self._task.value.indices[where]]
        order = np.lexsort((-surplus / size, self._row[where]))
        row, wanted = self._row[where][order], np.where(surplus > 0.0, size, 0.0)[order]
        running = np.cumsum(wanted)
        first = np.concatenate([[True], row[1:] != row[:-1]])
        before = running - wanted
        start = np.maximum.accumulate(np.where(first, before, 0.0))
        room = self._limit[where][order] - (before - start)
        share = np.zeros(len(where))
        share[order] = np.clip(room, 0.0, wanted) / size[order]
        return share


def lower(
    task: Task, rules: Rules, start: Floats | None, budget: Budget, rounds: int,
    wanted: Callable[[Promise, Floats, int], float | None],
) -> Promise:  # fmt: skip
    """Lower the bound.

    Parameters
    ----------
    task, rules : Task, Rules
        What is chosen from.
    start : array of float64 or None
        Prices to begin with; None begins with shared values.
    budget : Budget
        Ends it early.
    rounds : int
        Most rounds.
    wanted : callable
        Told what is proven so far, the rows taken and the number of the round; returns the value to
        reach, or None to stop.
    """
    worths, highest = Worths(task), task.highest
    prices = _shared(task, rules) if start is None else np.minimum(start, highest)
    best = Promise(prices, np.inf, np.full(len(task.sites), np.inf))
    step, waited, heading = 1.0, 0, np.zeros(len(prices))
    for number in range(rounds):
        ceiling, slope = _look(task, rules, worths, prices)
        bound = task.base + float(prices.sum()) + ceiling.value
        having = np.minimum(best.having, ceiling.having - ceiling.value + bound)
        waited = 0 if bound < best.bound * (1 - 1e-6) else waited + 1
        lowest = prices if bound < best.bound else best.prices
        best = Promise(lowest, min(bound, best.bound), having)
        aim = wanted(best, ceiling.taken, number)
        if aim is None or budget.left() <= 0:
            break
        if waited >= PATIENCE:
            step, waited, prices = step / 2, 0, best.prices.copy()
            heading[:] = 0.0
            if step < SMALLEST_STEP:
                break
            continue
        heading = slope + 0.3 * heading
        scaled = highest * heading
        length = float(slope @ (highest * slope))
        if length <= ENOUGH:
            break
        move = step * max(bound - aim, ENOUGH * abs(bound)) / length
        prices = np.clip(prices - move * scaled, 0.0, highest)
    return best


def _look(task: Task, rules: Rules, worths: Worths, prices: Floats) -> tuple[Ceiling, Floats]:
    """Return the best choice at prices, and how the bound changes with each of them."""
    worth, share = worths.at(prices)
    ceiling = rules.ceiling(worth)
    value = task.value
    slope = np.ones(len(prices))
    for row in np.nonzero(ceiling.taken > 0)[0].tolist():
        cells = slice(value.indptr[row], value.indptr[row + 1])
        slope[value.indices[cells]] -= ceiling.taken[row] * share[cells]
    return ceiling, slope


def _shared(task: Task, rules: Rules) -> Floats:
    """Return first prices: half of what an element is worth where many sites reach it."""
    highest = task.highest
    reached = np.bincount(task.value.indices, minlength=len(highest))
    crowd = min(1.0, (rules.most + task.kept.sum()) / max(1, len(task.sites)))
    return np.asarray(highest * np.clip(reached * crowd, 0.0, 1.0) * 0.5)
