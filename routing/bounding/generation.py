"""Column generation over trips: a linear programme that grows by the trips that its prices ask for.

Every round proves a lower bound (`master`): the prices of the programme are lowered crew by crew
until no trip gains (`lowering`, `descent`), and the trips that did are added. That none gains is
known from the rests of trips alone (`completions`) or from label setting (`pricing`); where label
setting is cut short, it still tells how much a trip could gain.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from routing.bounding.crews import Crew
from routing.bounding.cuts import MOST_WORDS, broken
from routing.bounding.descent import Descent, column_of
from routing.bounding.labels import make_labels
from routing.bounding.lowering import Lowering, certain_prices, least_prices
from routing.bounding.master import Column, Master, Prices, Staff
from routing.bounding.opening import neighbours_in_turn
from routing.budget import Budget
from routing.search.search import TripOf
from routing.tables import Floats, Tables

MOST_LABELS = 300_000
"""Partial trips of one pricing; beyond, only the coarse bound on reduced costs is used."""
MOST_WORK = 10_000_000
"""Comparisons that one label setting may make at first."""
MORE_WORK = 100_000_000
"""The same once a bound did not grow because that was too few."""
SMOOTH, USUAL_SMOOTH, LEAST_SMOOTH = 0.8, 0.5, 0.1
"""How far trial prices stay with the best ones so far: at first, later, and when at all."""
INHERITED = 30
"""Columns for each order that a case takes over at most."""
CUTS, ORDERS_PER_CUT = 30, 16
"""Cuts added at a time: so many, and where there are many orders one for each so many."""
NEGLIGIBLE = 0.01
"""Part of what is missing to the cost that is not worth more rounds."""
BEHIND = 1e-3
"""Relative distance at which a bound that grows no more is not that of the programme."""
VAIN = 6
"""Ways down in a row without a better bound after which new cuts promise more."""
CLOSE = 1e-6
"""Relative distance of bound and linear programme that ends column generation."""


class Generation:
    """Column generation for one range of the number of couriers.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : list of Crew
        Who makes trips.
    least, most : int
        Fewest and most couriers used.
    staff : mapping of int to (int, int)
        Who of them is used.
    idle : array of float64, (crews,), optional
        Prices of seconds are at least this.
    """

    def __init__(
        self, t: Tables, crews: list[Crew], least: int, most: int, staff: Staff | None = None,
        idle: Floats | None = None,
    ) -> None:  # fmt: skip
        self.t = t
        self.crews = crews
        self.least, self.most = least, most
        self.staff = staff or {}
        self.master = Master(t, crews, least, most, self.staff, idle)
        self.best = -math.inf
        self._center: Prices | None = None
        self._seeming = -math.inf
        self._forced = least_prices(t)
        self._columns: list[Column] = []
        self._begun: Descent | None = None
        self._work = MOST_WORK
        words = max(crew.room.near.shape[1] for crew in crews)
        self._labels = make_labels(MOST_LABELS, words, MOST_WORDS)

    @property
    def center(self) -> Prices | None:
        """The prices of what looks like the best bound; None before there are any."""
        return self._center

    def start(self, trips: Iterable[TripOf]) -> list[Column]:
        """Start with known trips; return them as columns."""
        crew_of = {
            c: number for number, crew in enumerate(self.crews) for c in crew.members.tolist()
        }
        row_of = [
            {order: row for row, order in enumerate(crew.orders.tolist())} for crew in self.crews
        ]
        columns = []
        for courier, trip in trips:
            number = crew_of[courier]
            rows = np.array([row_of[number][order] for order in trip], dtype=np.int64)
            columns.append(column_of(number, self.crews[number], rows))
            self._add(columns[-1])
        return columns

    def open(self, prices: Prices, budget: Budget, better: Callable[[float], None]) -> None:
        """Prove what certain prices prove, and what some prices do when they are lowered.

        Certain prices share the other prices, and need no look at trips. Where the time is over
        before all crews were looked at, `run` goes on there.
        """
        orders = certain_prices(self.t, self.crews, prices.portions, self._forced)
        certain = replace(prices, orders=orders)
        self._take(certain, np.zeros(len(self.crews)), better)
        order = neighbours_in_turn(self.crews, len(self.t.orders))
        self._begun = self._descend(prices, order)
        self._go_down(self._begun, MOST_WORK, budget, better)

    def inherit(self, other: "Generation", budget: Budget) -> None:
        """Start with another's bound, cuts and best columns, near its best prices.

        The crews may be parts of the other's; a column goes to every part that can run the trip.
        """
        self.best = other.best
        center = other._center  # noqa: SLF001 - of its own class
        if center is not None:
            self._center = replace(center, seconds=center.seconds[self._parents(other)])
            self._seeming = self.best
        self.follow(other, budget)

    def _parents(self, other: "Generation") -> list[int]:
        """Return which of another's crews each crew is a part of."""
        crew_of = {c: number for number, crew in enumerate(other.crews) for c in crew.members}
        return [crew_of[crew.members[0]] for crew in self.crews]

    def follow(self, other: "Generation", budget: Budget) -> None:
        """Start with another's cuts and best columns, at this problem's own prices."""
        center, parents = other._center, self._parents(other)  # noqa: SLF001
        for cut in other.master.cuts:
            self.master.cut(cut)
        parts: dict[int, list[int]] = defaultdict(list)
        for number, parent in enumerate(parents):
            parts[parent].append(number)
        columns, most = other._columns, INHERITED * len(self.t.orders)  # noqa: SLF001
        if center is not None:
            rank = np.argsort(other.master.reduced(columns, center), kind="stable")
            columns = [columns[number] for number in rank.tolist()]
        for column in columns:
            if budget.left() <= 0.0 or len(self._columns) >= most:
                return
            for number in parts[column.crew]:
                if self._is_idle(number):
                    continue
                crew = self.crews[number]
                rows = np.searchsorted(crew.orders, column.orders)
                rows = np.minimum(rows, len(crew.orders) - 1)
                if (crew.orders[rows] == column.orders).all():
                    self._add(column_of(number, crew, rows))

    def _is_idle(self, number: int) -> bool:
        """Return whether nobody of a crew is used, so that it has no trips."""
        return all(self.staff.get(unit.key, (0, 1))[1] == 0 for unit in self.crews[number].units)

    def run(self, budget: Budget, better: Callable[[float], None], enough: float) -> bool:
        """Generate until nothing is missing or the bound is `enough`; False when given up.

        Trips are looked for at prices between the programme's own and those of the best bound (or
        what looks like it), which calms them (Wentges, *Weighted Dantzig-Wolfe decomposition
        for linear mixed-integer programming*, International Transactions in Operational Research
        1997), and which are lowered until no trip gains.
        """
        if self._begun is not None and not self._begun.is_done:
            self._go_down(self._begun, MOST_WORK, budget, better)
        smooth, vain = SMOOTH, 0
        while budget.left() > 0.0:
            prices = self.master.solve(budget.left())
            if prices is None:
                return False
            goal = min(enough, self.master.value)
            near = CLOSE * max(1.0, abs(goal))
            if math.isfinite(enough):
                near = max(near, NEGLIGIBLE * (enough - goal))
            if goal - self.best <= near:
                return True
            trial = prices
            if smooth > 0.0 and self._center is not None:
                trial = prices.towards(self._center, smooth)
            descent = self._descend(trial, range(len(self.crews)))
            grown, new = self._go_down(descent, self._work, budget, better)
            if not descent.is_done:
                return False
            if descent.is_cut_short and not grown and self._work < MORE_WORK:
                self._work = MORE_WORK
                continue
            vain = 0 if grown else vain + 1
            if vain == VAIN and self.master.cuts:
                return True
            if new:
                smooth = max(USUAL_SMOOTH, smooth - 0.1) if grown else (1.0 + smooth) / 2.0
                smooth = min(smooth, SMOOTH)
            elif trial is not prices:
                smooth = smooth / 2 if smooth > LEAST_SMOOTH else 0.0
            else:  # where label setting is cut short, the bound stays behind the programme
                return goal - self.best <= BEHIND * max(1.0, abs(goal))
        return False

    def cut(self) -> bool:
        """Add the cuts that the programme's solution breaks most; False when it breaks none."""
        trips = [(orders, share) for _, orders, share in self.master.shares()]
        most = max(CUTS, len(self.t.orders) // ORDERS_PER_CUT)
        new = broken(trips, self.master.cuts)[:most]
        for cut, _ in new:
            self.master.cut(cut)
        return bool(new)

    def prove(self, value: float, better: Callable[[float], None]) -> None:
        """Take a proven bound."""
        if value > self.best:
            self.best = value
            better(value)

    def _descend(self, prices: Prices, order: Iterable[int]) -> Descent:
        """Return the way down from some prices, crew by crew."""
        lowering = Lowering(self.t, self.crews, prices, self._forced, self._center)
        queue = [number for number in order if not self._is_idle(number)]
        return Descent(self.crews, queue, lowering, self.master.cuts, self._labels)

    def _go_down(
        self, descent: Descent, work: int, budget: Budget, better: Callable[[float], None]
    ) -> tuple[bool, int]:
        """Lower prices as far as the time allows; prove what they prove, and add what gained.

        Returns whether that looks like the best bound so far, and how many trips are new.
        """
        descent.run(work, budget)
        lowered = descent.lowered
        return self._take(lowered.prices, lowered.worst, better), self._add_all(lowered.trips)

    def _take(self, prices: Prices, worst: Floats, better: Callable[[float], None]) -> bool:
        """Prove a bound; keep prices of what looks like the best one, and return whether it is."""
        seeming = self.master.bound(prices, np.zeros(len(self.crews)))
        grown = self._center is None or seeming > self._seeming
        if grown:
            self._center, self._seeming = prices, seeming
        self.prove(self.master.bound(prices, worst), better)
        return grown

    def _add_all(self, columns: Iterable[Column]) -> int:
        """Add columns; return how many are new."""
        return sum(self._add(column) for column in columns)

    def _add(self, column: Column) -> bool:
        """Add a column to the programme, and remember it for cases."""
        new = self.master.add(column)
        if new:
            self._columns.append(column)
        return new
