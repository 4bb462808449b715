"""Runs the compiled neighbourhood search in slices, under a clock or a step limit."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from routing.dice import make_dice
from routing.duties import empty_duties
from routing.improve import search
from routing.insertion import SORTS, insert_all
from routing.saved import clear_all, load_all, make_saved, offer_trip, save_all
from routing.tables import C_MODE, C_PLACE, O_PLACE, Tables

SLICE_SECONDS = 0.1
"""The search looks at the clock about this often."""
FIRST_SLICE = 50
"""Steps of the first slice; later ones grow until they take their time."""
TORN = 10.0
"""Orders torn out per step on average."""
HOT, COLD = 0.5, 0.002
"""First and last temperature, in prices of an average ride."""

type Duty = list[list[int]]
"""Trips of a courier in the order driven, each a list of order rows."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is.

    Parameters
    ----------
    seconds : float
        Wall time since its start.
    cost : float
        Cost of the best plan so far.
    bound : float or None
        Best proven lower bound so far.
    phase : str
        What is being done.
    """

    seconds: float
    cost: float
    bound: float | None
    phase: str


class Search:
    """A neighbourhood search that keeps its best plan.

    Parameters
    ----------
    tables : Tables
        The problem.
    seed : int
        Of the random numbers; the same seed and number of steps give the same plan.
    """

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

    @property
    def steps(self) -> int:
        """Steps made so far."""
        return self._step

    def insert(self) -> None:
        """Make a first plan by insertion, the best of several orders of insertion."""
        for how in range(SORTS):
            self._step += 1
            insert_all(self._tables, self._duties, self._undo, self._step, how, self._dice)
            if self._duties.cost[0] < self._best.cost[0]:
                save_all(self._duties, self._best)
            clear_all(self._tables, self._duties)
        load_all(self._tables, self._duties, self._best)

    def improve(self, until: Callable[[int], float]) -> None:
        """Search until the limit says so.

        Parameters
        ----------
        until : callable
            Given the steps made, how much of the search is done: 0 at its start, 1 at its end.
        """
        if not len(self._tables.able_couriers):
            return
        unit = _ride_price(self._tables)
        steps, began = FIRST_SLICE, self._step
        while (done := until(self._step - began)) < 1.0:
            heat = unit * HOT * (COLD / HOT) ** done
            started = time.monotonic()
            search(
                self._tables, self._duties, self._best, self._undo, self._dice,
                self._step + 1, steps, heat, TORN,
            )  # fmt: skip
            self._step += steps
            if time.monotonic() - started < SLICE_SECONDS / 2:
                steps *= 2

    def duties(self) -> list[Duty]:
        """Return the best plan as rows of orders."""
        result = []
        for courier, count in enumerate(self._best.trips.tolist()):
            lengths = self._best.lengths[courier, :count].tolist()
            ends = np.cumsum([0, *lengths]).tolist()
            orders = self._best.orders[courier].tolist()
            result.append([orders[a:b] for a, b in pairwise(ends)])
        return result

    def start_from(self, duties: list[Duty]) -> None:
        """Take over the trips of a plan that still keep every rule; the rest is left out."""
        for courier, duty in enumerate(duties):
            for trip in duty:
                place = int(self._duties.trips[courier])
                offer_trip(
                    self._tables, self._duties, courier, place, np.array(trip, dtype=np.int64)
                )
        self._step += 1
        insert_all(self._tables, self._duties, self._undo, self._step, 1, self._dice)
        if self._duties.cost[0] < self._best.cost[0]:
            save_all(self._duties, self._best)
        load_all(self._tables, self._duties, self._best)


def _ride_price(tables: Tables) -> float:
    """Return the price of a typical ride to a door, the unit of temperature."""
    rows = np.repeat(np.arange(len(tables.orders)), np.diff(tables.able_start))
    couriers = tables.couriers[tables.able_couriers]
    rides = tables.travel[couriers[:, C_MODE], couriers[:, C_PLACE], tables.orders[rows, O_PLACE]]
    return max(1.0, float(tables.prices[1]) * float(np.median(rides)))
