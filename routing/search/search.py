"""Runs the compiled neighbourhood search in slices, under a clock or a step limit."""

import time
from collections.abc import Callable, Iterator
from itertools import islice, pairwise

import numpy as np

from routing.budget import Budget
from routing.search.dice import make_dice
from routing.search.duties import N_ABSENT, S_ORDER, T_COURIER, T_STOPS, empty_duties
from routing.search.improve import Habits, search
from routing.search.insertion import SORTS, absent_orders, insert_these
from routing.search.saved import clear_all, load_all, make_saved, offer_trip, save_all
from routing.tables import C_MODE, C_PLACE, O_MEALS, O_PLACE, Ints, Tables

FIRST_SLICE = 50
"""Steps of the first slice; later ones grow until they take their time."""
HABITS = Habits()
"""What the search does how often."""
HOT, HOT_CHOICE = 0.5, 1.0
"""First temperature of a cooling, in prices of what plans differ by: rides and meals outside the
circle, and whom couriers leave out."""
COLD = 0.01
"""Last temperature, in prices of a typical ride and of whom couriers leave out."""
LARGEST_LUMP = 200.0
"""Lumps of the cost count for no more typical rides than this in the temperature."""
CHOSEN = 25.0
"""Where a 25th of the portions must be left out, the price of one counts fully as a lump."""
COOLING_STEPS, FULL_COOLING = 3000, 150
"""Steps per order that one cooling deserves with so many orders, proportionally fewer with fewer;
longer searches cool and heat again."""
LARGEST_POOL = 4000
"""Trips remembered for other methods, the latest."""
MANY_ORDERS = 4000
"""Beyond this one order of insertion is enough for a first plan."""
AT_ONCE = 50
"""So many orders are inserted between two looks at the clock."""
NOWHERE = np.zeros(0, dtype=np.int64)
"""No orders that the search should keep to: it begins everywhere alike."""
MEASURED = 0.02
"""Part of the budget after which the speed is known well enough to decide how often to cool."""

type TripOf = tuple[int, tuple[int, ...]]
"""A courier's row and the order rows of a trip."""
type Duty = list[list[int]]
"""Trips of a courier in the order driven, each a list of order rows."""


class Search:
    """A neighbourhood search that keeps its best plan.

    Parameters
    ----------
    tables : Tables
        The problem.
    seed : int
        Of the random numbers; the same seed and number of steps give the same plan.
    """

    slice_seconds = 0.1
    """The search looks at the clock about this often."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self._tables = tables
        self._duties = empty_duties(tables)
        self._best = make_saved(tables, self._duties)
        self._undo = make_saved(tables, self._duties)
        self._dice = make_dice(seed)
        self._step = 0
        save_all(self._duties, self._best)

    @property
    def cost(self) -> float:
        """Cost of the best plan."""
        return float(self._best.cost[0])

    def insert(self, budget: Budget | None = None) -> None:
        """Make a first plan by insertion, the best of as many orders of insertion as time allows.

        Parameters
        ----------
        budget : Budget, optional
            When to stop; by default all are tried.
        """
        for how in range(SORTS if len(self._tables.orders) <= MANY_ORDERS else 1):
            self._insert_missing(how, budget)
            if self._duties.cost[0] < self._best.cost[0]:
                save_all(self._duties, self._best)
            clear_all(self._tables, self._duties)
        load_all(self._tables, self._duties, self._best)

    def improve(
        self, budget: Budget, enough: Callable[[], bool], pool: dict[TripOf, None] | None = None
    ) -> None:
        """Search until the budget is used or the plan is good enough.

        Parameters
        ----------
        budget : Budget
            Time, or steps counted from this call.
        enough : callable
            Asked between slices; True ends the search.
        pool : dict, optional
            Takes the trips that the search passes by, as keys.
        """
        if not len(self._tables.able_couriers):
            return
        heats = temperatures(self._tables, self._left_out())
        cooling = Cooling(*heats, len(self._tables.orders))
        began, size = self._step, FIRST_SLICE
        while (done := budget.used(self._step - began)) < 1.0 and not enough():
            heat = cooling.heat(done, self._step - began)
            if cooling.begins_anew():
                self._start_anew(budget)
            if budget.iterations is not None:
                size = min(FIRST_SLICE, budget.iterations - (self._step - began))
            size = self._make_steps(size, heat, HABITS, NOWHERE)
            if pool is not None:
                pool.update(dict.fromkeys(self._present_trips()))
                for old in list(islice(pool, max(0, len(pool) - LARGEST_POOL))):
                    del pool[old]

    def _make_steps(self, size: int, heat: float, habits: Habits, near: Ints) -> int:
        """Make so many steps; return how many fit a slice of time, judged by these."""
        started = time.monotonic()
        search(
            self._tables, self._duties, self._best, self._undo, self._dice,
            self._step + 1, size, heat, habits, near,
        )  # fmt: skip
        self._step += size
        return size if time.monotonic() - started >= self.slice_seconds / 2 else 2 * size

    def _left_out(self) -> float:
        """Return the part of the portions that the best plan leaves though canteens have them."""
        meals, able = self._tables.orders[:, O_MEALS], self._tables.able.any(axis=1)
        served = [order for duty in self.duties() for trip in duty for order in trip]
        asked, brought = int(meals[able].sum()), int(meals[served].sum())
        cooked = min(asked, int(self._tables.meals.sum()))
        return max(0, cooked - brought) / max(1, asked)

    def complete(self, budget: Budget | None = None) -> None:
        """Serve whoever the best plan leaves out and could serve at a fair price.

        The search overlooks places by chance; here none is, until nobody more can be inserted.

        Parameters
        ----------
        budget : Budget, optional
            When to stop all the same.
        """
        load_all(self._tables, self._duties, self._best)
        left = -1
        while left != self._duties.tally[N_ABSENT]:
            left = self._duties.tally[N_ABSENT]
            self._insert_missing(1, budget)
        if self._duties.cost[0] < self._best.cost[0]:
            save_all(self._duties, self._best)

    def _start_anew(self, budget: Budget) -> None:
        """Leave the present plan for a fresh one by insertion; the best is kept."""
        clear_all(self._tables, self._duties)
        self._insert_missing(0, budget)

    def _insert_missing(self, how: int, budget: Budget | None) -> None:
        """Insert who is unserved in one of `SORTS` ways, as far as the time allows."""
        self._step += 1
        orders = absent_orders(self._tables, self._duties, how, self._dice)
        for first in range(0, len(orders), AT_ONCE):
            if budget is not None and budget.left() <= 0.0:
                return
            some = orders[first : first + AT_ONCE]
            insert_these(self._tables, self._duties, self._undo, self._step, some, self._dice)

    def _present_trips(self) -> Iterator[TripOf]:
        """Return the trips of the present plan, which need not be the best."""
        d = self._duties
        for row in np.nonzero(d.trip[:, T_COURIER] >= 0)[0].tolist():
            orders = d.stop[row, : d.trip[row, T_STOPS], S_ORDER].tolist()
            yield int(d.trip[row, T_COURIER]), tuple(orders)

    def duties(self) -> list[Duty]:
        """Return the best plan as rows of orders."""
        result = []
        for courier, count in enumerate(self._best.trips.tolist()):
            lengths = self._best.lengths[courier, :count].tolist()
            ends = np.cumsum([0, *lengths]).tolist()
            orders = self._best.orders[courier].tolist()
            result.append([orders[a:b] for a, b in pairwise(ends)])
        return result

    def take(self, duties: list[Duty], budget: Budget | None = None) -> None:
        """Take over the trips of a plan that keep every rule, and insert what it leaves out.

        Parameters
        ----------
        duties : list of Duty
            Per courier the trips in the order driven.
        budget : Budget, optional
            When to stop inserting; by default everybody is tried.
        """
        for courier, duty in enumerate(duties):
            for trip in duty:
                place = int(self._duties.trips[courier])
                offer_trip(
                    self._tables, self._duties, courier, place, np.array(trip, dtype=np.int64)
                )
        self._insert_missing(1, budget)
        if self._duties.cost[0] < self._best.cost[0]:
            save_all(self._duties, self._best)
        load_all(self._tables, self._duties, self._best)


class Cooling:
    """The temperature of the search: falls once, or several times when there is time to.

    Parameters
    ----------
    hot, cold : float
        First and last temperature.
    orders : int
        Size of the problem.
    """

    def __init__(self, hot: float, cold: float, orders: int) -> None:
        self._hot = hot
        self._cold = cold
        self._deserved = COOLING_STEPS * orders * min(1.0, orders / FULL_COOLING)
        self._times = 0
        self._wave = 0
        self._anew = False

    def heat(self, done: float, steps: int) -> float:
        """Return the temperature when part `done` of the search is over, after so many steps."""
        if not self._times and done >= MEASURED:
            expected = steps / done
            self._times = max(1, round(expected / self._deserved))
        wave, cooled = divmod(done * max(1, self._times), 1.0)
        self._anew = wave > self._wave and wave % 2 == 1
        self._wave = int(max(wave, self._wave))
        return float(self._hot * (self._cold / self._hot) ** cooled)

    def begins_anew(self) -> bool:
        """Return whether a cooling just began that should start from another plan: every second."""
        return self._anew


def temperatures(tables: Tables, left_out: float = 0.0) -> tuple[float, float]:
    """Return the first and the last temperature of a cooling.

    Plans differ by rides, by meals that leave the circle and, where couriers cannot bring all, by
    whom they leave out; the search must get over each of these.

    Parameters
    ----------
    tables : Tables
        The problem.
    left_out : float
        Part of the portions that couriers leave though canteens have them.
    """
    rows = np.repeat(np.arange(len(tables.orders)), np.diff(tables.able_start))
    couriers = tables.couriers[tables.able_couriers]
    rides = tables.travel[couriers[:, C_MODE], couriers[:, C_PLACE], tables.orders[rows, O_PLACE]]
    ride = max(1.0, float(tables.prices[1]) * float(np.median(rides)))
    most = LARGEST_LUMP * ride
    choice = min(most, min(1.0, CHOSEN * left_out) * float(np.median(tables.unserved)))
    outside = 0.0
    if tables.limits[1] < tables.limits[0]:
        outside = min(most, float(np.median(tables.outside)))
    return HOT * (ride + outside) + HOT_CHOICE * choice, COLD * (ride + choice)
