"""What a caller is told while a solve goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from routing.budget import Budget

TELL_SECONDS = 0.1
"""Callers are told at most this often."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is.

    Parameters
    ----------
    seconds : float
        Wall time since its start.
    cost : float
        Cost of the best plan so far.
    bound : float
        Best proven lower bound so far.
    phase : str
        What is being done: ``bound`` or ``search``.
    """

    seconds: float
    cost: float
    bound: float
    phase: str


class Board:
    """Adds up what the groups report and tells the caller.

    Parameters
    ----------
    budget : Budget
        The solve's budget, for the time.
    hopeless : float
        Price of the orders that nobody can bring, part of every cost and bound.
    costs, bounds : list of float
        What is known of each group at the start.
    told : callable or None
        The caller.
    """

    def __init__(
        self,
        budget: Budget,
        hopeless: float,
        costs: list[float],
        bounds: list[float],
        told: Callable[[Progress], None] | None,
    ) -> None:
        self._budget = budget
        self._hopeless = hopeless
        self._costs = list(costs)
        self._bounds = list(bounds)
        self._told = told
        self._last = -TELL_SECONDS

    def report(self, group: int, cost: float, bound: float, phase: str) -> None:
        """Take a group's figures and pass the sums on."""
        self._costs[group] = min(self._costs[group], cost)
        self._bounds[group] = max(self._bounds[group], bound)
        now = self._budget.elapsed()
        if self._told is not None and now - self._last >= TELL_SECONDS:
            self._last = now
            cost, bound = sum(self._costs), sum(self._bounds)
            self._told(Progress(now, self._hopeless + cost, self._hopeless + bound, phase))
