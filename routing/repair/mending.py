"""Improves a plan that is already carried out, above all near what has changed.

The same steps as the nightly search, but from a plan that is nearly right and for a second or two:
hardly any heat, and most steps begin near one of the orders that lost their place.
"""

from collections.abc import Iterable

import numpy as np

from routing.budget import Budget
from routing.search.duties import empty_trip, schedule
from routing.search.improve import Habits
from routing.search.insertion import SORTS, insert_all
from routing.search.saved import load_all, make_saved, offer_trip, save_all
from routing.search.search import FIRST_SLICE, Duty, Search
from routing.tables import Ints

HABITS = Habits(torn=8.0, left_out=0.0, near=0.7)
"""Steps tear out a little more than at night, as there are few, and most begin near a change."""
WARM, COLD = 60.0, 2.0
"""First and last temperature, in seconds of travel at their price,"""
UPHEAVAL = 4000.0
"""and the first where more is at stake: this times the part of the orders that lost their place."""
REACH = 30
"""How many neighbours of an order that lost its place count as near."""
ENOUGH = 150
"""Steps per order that is left after which a repair that somebody waits for may end,"""
ENOUGH_ABSENT = 3000
"""and so many more, times the part of the orders that have no place in the beginning."""


class Soon(Budget):
    """Time for a repair that somebody waits for: it ends sooner where little is at stake.

    Parameters
    ----------
    seconds : float
        Wall time, in any case.
    orders : int
        How many are left to plan.
    absent : int
        So many of them have no place: they lost it, are new, or were not served before.
    """

    def __init__(self, seconds: float, orders: int, absent: int) -> None:
        super().__init__(seconds)
        self._enough = max(1.0, ENOUGH * orders + ENOUGH_ABSENT * absent)

    def used(self, steps: int) -> float:
        """Return how much is used after so many steps: of the time or of the steps."""
        return max(super().used(steps), steps / self._enough)


class Mender(Search):
    """A plan under repair; it keeps the best one found.

    Parameters
    ----------
    tables : Tables
        The problem that is left, with the prices of the plan in force.
    seed : int
        Of the random numbers.
    """

    slice_seconds = 0.05

    def keep(self, duties: Iterable[tuple[int, Duty]]) -> list[int]:
        """Put trips of the plan in force back, as much of them as fits.

        Of a trip that breaks a rule one stop after the other is left out, each time the one without
        which the plan costs least.

        Parameters
        ----------
        duties : iterable of (int, Duty)
            Courier rows with their trips in the order driven.

        Returns
        -------
        list of int
            Order rows that lost their place.
        """
        lost: list[int] = []
        for courier, duty in duties:
            for trip in duty:
                kept = self._keep_trip(courier, trip)
                lost.extend(row for row in trip if row not in kept)
        save_all(self._duties, self._best)
        return lost

    def mend(self, budget: Budget, near: Ints, lost: float = 0.0) -> None:
        """Serve who is left out, then search until the budget is used.

        Parameters
        ----------
        budget : Budget
            Time, or steps counted from this call.
        near : array of int64
            Order rows around which most steps begin; none means everywhere alike.
        lost : float
            Part of the orders that lost their place: the more, the hotter the search begins.
        """
        if not len(self._tables.able_couriers):
            return
        self._insert_absent()
        began, size = self._step, FIRST_SLICE
        second, warm = max(float(self._tables.prices[1]), 1e-9), max(WARM, UPHEAVAL * lost)
        while (done := budget.used(self._step - began)) < 1.0:
            if budget.iterations is not None:
                size = min(FIRST_SLICE, budget.iterations - (self._step - began))
            size = self._make_steps(size, second * warm * (COLD / warm) ** done, HABITS, near)
        self.complete()

    def _insert_absent(self) -> None:
        """Insert who is left out in several orders of insertion, and go on from the best plan."""
        kept = make_saved(self._tables, self._duties)
        save_all(self._duties, kept)
        for how in range(SORTS):
            load_all(self._tables, self._duties, kept)
            self._step += 1
            insert_all(self._tables, self._duties, self._undo, self._step, how, self._dice)
            if self._duties.cost[0] < self._best.cost[0]:
                save_all(self._duties, self._best)
        load_all(self._tables, self._duties, self._best)

    def _keep_trip(self, courier: int, trip: list[int]) -> list[int]:
        """Append a trip, or what can be kept of it; return its rows."""
        able, where = self._tables.able, self._duties.where
        rest = [row for row in trip if able[row, courier] and where[row] < 0]
        while rest:
            if self._offer(courier, rest):
                return rest
            rest = self._shorter(courier, rest)
        return []

    def _offer(self, courier: int, trip: list[int]) -> bool:
        """Append a trip if it keeps every rule there."""
        place, rows = int(self._duties.trips[courier]), np.array(trip, dtype=np.int64)
        return offer_trip(self._tables, self._duties, courier, place, rows)

    def _shorter(self, courier: int, trip: list[int]) -> list[int]:
        """Return the trip without one stop: the one without which it fits at the least cost."""
        t, d = self._tables, self._duties
        best, cheapest = trip[:-1], np.inf
        for out in range(len(trip)):
            rest = trip[:out] + trip[out + 1 :]
            if rest and self._offer(courier, rest):
                if d.cost[0] < cheapest:
                    best, cheapest = rest, float(d.cost[0])
                empty_trip(t, d, d.chain[courier, d.trips[courier] - 1])
                schedule(t, d, courier)
        return best
