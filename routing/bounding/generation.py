"""Column generation over trips: a linear programme that grows by the trips that its prices ask for.

Every round proves a lower bound (`master`), since every round knows a lower bound on the
reduced cost of any trip: from the rests of trips alone (`completions`) while trips are
looked for quickly, from label setting (`pricing`) later, also where that is cut short.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from routing.bounding.completions import completions, least_trip, no_rest, useful
from routing.bounding.crews import Crew
from routing.bounding.cuts import MOST_WORDS, broken, charged_visits
from routing.bounding.labels import END, make_labels, part_of, trail
from routing.bounding.master import Column, Master, Prices, Staff
from routing.bounding.pricing import TINY, Worth, price_trips
from routing.budget import Budget
from routing.search.search import TripOf
from routing.tables import Floats, Tables

MOST_LABELS = 300_000
"""Partial trips of one pricing; beyond, only the coarse bound on reduced costs is used."""
WORK_PER_SECOND = 50_000_000
"""Comparisons of partial trips that a slow machine makes in a second."""
STEPS_PER_COMPARISON = 2
"""Tries to extend a partial trip that take as long as a comparison of two."""
QUICK_SECONDS = 0.1
"""Work that a round of quick pricing may take."""
NEARLY = 0.02
"""Relative distance of what looks like the bound that ends quick pricing."""
LATER_NEARLY = 0.001
"""The same after cuts were added, when there is a good bound already."""
SMOOTH, LEAST_SMOOTH, MOST_SMOOTH = 0.8, 0.3, 0.95
"""How far priced duals stay with those of the best bound so far: at first, at least, at most."""
EXACT_PART = 4
"""Of the seconds left, one in so many may go into one exact pricing of a crew."""
EXACT_SECONDS = 0.4
"""Work that an exact pricing of a crew may take at first; twice as much after it was cut short."""
INHERITED = 30
"""Columns for each order that a case takes over at most."""
COLUMNS = 60
"""Trips added per crew and round."""
CUTS = 30
"""Cuts added at a time."""
NEGLIGIBLE = 0.01
"""Part of what is missing to the cost that is not worth more rounds."""
BEHIND = 1e-3
"""Relative distance at which a bound that grows no more is not that of the programme."""
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
    """

    def __init__(
        self, t: Tables, crews: list[Crew], least: int, most: int, staff: Staff | None = None
    ) -> None:
        self.t = t
        self.crews = crews
        self.least, self.most = least, most
        self.staff = staff or {}
        self.master = Master(t, crews, least, most, self.staff)
        self.best = -math.inf
        self._center: Prices | None = None
        self._exact = False
        self._nearly = NEARLY
        self._patience = EXACT_SECONDS
        self._columns: list[Column] = []
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
            columns.append(self._column_of(number, self.crews[number], rows))
            self._add(columns[-1])
        return columns

    def try_prices(self, prices: Prices, better: Callable[[float], None]) -> bool:
        """Prove what can be proven at some prices by the rests of trips; False when it is less."""
        value = self.look(prices)
        if value < self.best:
            return False
        self._center = prices
        self.prove(value, better)
        return True

    def inherit(self, other: "Generation", budget: Budget) -> None:
        """Start with another's cuts and best columns, near its best prices.

        The crews may be parts of the other's; a column goes to every part that can run the trip.
        """
        self.best, self._nearly = other.best, LATER_NEARLY
        crew_of = {c: number for number, crew in enumerate(other.crews) for c in crew.members}
        parents = [crew_of[crew.members[0]] for crew in self.crews]
        center = other._center  # noqa: SLF001 - of its own class
        if center is not None:
            self._center = replace(center, seconds=center.seconds[parents])
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
                    self._add(self._column_of(number, crew, rows))

    def _is_idle(self, number: int) -> bool:
        """Return whether nobody of a crew is used, so that it has no trips."""
        return all(self.staff.get(unit.key, (0, 1))[1] == 0 for unit in self.crews[number].units)

    def run(self, budget: Budget, better: Callable[[float], None], enough: float) -> bool:
        """Generate until nothing is missing or the bound is `enough`; False when given up.

        Quick pricing comes first; exact pricing, which alone proves a bound, when that finds
        little. Pricing is done at prices between the programme's own and those of the best bound
        (or what looks like it), which calms them (Wentges, *Weighted Dantzig-Wolfe decomposition
        for linear mixed-integer programming*, International Transactions in Operational Research
        1997).
        """
        smooth, guess = SMOOTH, self.best
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
            added, seeming, proven = self._price(trial, self._exact, budget)
            value = self.master.bound(trial, seeming)
            grown = value > guess
            if grown:
                guess, self._center = value, trial
            self.prove(self.master.bound(trial, proven), better)
            nearly = self.master.value - guess <= self._nearly * abs(self.master.value)
            if not self._exact and (nearly or not added):
                self._exact, guess = True, self.best
            elif added:
                smooth = max(LEAST_SMOOTH, smooth - 0.1) if grown else (1.0 + 2.0 * smooth) / 3.0
                smooth = min(smooth, MOST_SMOOTH)
            elif trial is not prices:
                smooth = smooth / 2 if smooth > 0.1 else 0.0
            else:  # where label setting is cut short, the bound stays behind the programme
                return goal - self.best <= BEHIND * max(1.0, abs(goal))
        return False

    def cut(self) -> bool:
        """Add the cuts that the programme's solution breaks most; False when it breaks none."""
        trips = [(orders, share) for _, orders, share in self.master.shares()]
        new = broken(trips, self.master.cuts)[:CUTS]
        for cut, _ in new:
            self.master.cut(cut)
        self._exact, self._nearly = False, LATER_NEARLY
        return bool(new)

    def prove(self, value: float, better: Callable[[float], None]) -> None:
        """Take a proven bound."""
        if value > self.best:
            self.best = value
            better(value)

    def look(self, prices: Prices) -> float:
        """Return the bound that prices prove by the rests of trips alone."""
        least = [
            0.0
            if self._is_idle(number)
            else self._worth(number, crew, prices)[1]
            if crew.room.width
            else -math.inf
            for number, crew in enumerate(self.crews)
        ]
        return self.master.bound(prices, np.array(least))

    def _price(self, prices: Prices, exact: bool, budget: Budget) -> tuple[int, Floats, Floats]:
        """Add trips of negative reduced cost.

        Return how many, and the least reduced cost of each crew: as it seems, and as is proven.
        """
        added = 0
        seeming, proven = np.zeros(len(self.crews)), np.full(len(self.crews), -math.inf)
        for number, crew in enumerate(self.crews):
            left = budget.left()
            if left <= 0.0:
                return added, proven, proven
            if self._is_idle(number):
                proven[number] = 0.0
                continue
            exact_seconds = min(left / EXACT_PART, self._patience)
            seconds = exact_seconds if exact else min(left / 4, QUICK_SECONDS)
            work = int(seconds * WORK_PER_SECOND / (1 if exact else len(self.crews)))
            columns, seeming[number], proven[number] = self._price_crew(
                number, crew, prices, exact, work
            )
            added += sum(self._add(column) for column in columns)
        return added, seeming, proven

    def _worth(self, number: int, crew: Crew, prices: Prices) -> tuple[Worth, float]:
        """Return what trips of a crew are worth, and how little any costs by their rests alone."""
        room, second = crew.room, float(prices.seconds[number])
        gain = prices.gains(crew) - second * crew.pack - room.unfamiliar
        start = second * crew.load
        cuts = charged_visits(self.master.cuts, prices.cuts, crew.orders)
        wanted = useful(room, gain, second)
        if not room.width:
            return Worth(gain, second, start, no_rest(), wanted, *cuts), -math.inf
        rest = completions(room, gain, second)
        least = start + least_trip(room, rest, gain, second)
        return Worth(gain, second, start, rest, wanted, *cuts), least

    def _price_crew(
        self, number: int, crew: Crew, prices: Prices, exact: bool, work: int
    ) -> tuple[list[Column], float, float]:
        """Return a crew's best new trips, and the least reduced cost as it seems and proven."""
        room = crew.room
        worth, coarse = self._worth(number, crew, prices)
        if coarse >= -TINY:
            return [], 0.0, 0.0
        orders, words = len(room.meals), room.near.shape[1]
        capacity = min(len(self._labels.cost), 2 + work * STEPS_PER_COMPARISON // orders)
        cut_words = worth.cuts.shape[1]
        labels = part_of(self._labels, capacity, words, cut_words)
        ends, costs = np.empty(orders, dtype=np.int64), np.empty(orders)
        least, ended = price_trips(room, worth, labels, exact, work, ends, costs)
        if exact and not ended:
            self._patience *= 2.0
        proven = max(coarse, least)
        chosen = np.argsort(costs, kind="stable")[:COLUMNS]
        columns = [
            self._column_of(number, crew, trail(labels, int(ends[end])))
            for end in chosen.tolist()
            if ends[end] != END
        ]
        return columns, proven if exact else float(costs.min()), proven

    def _column_of(self, number: int, crew: Crew, orders: np.ndarray) -> Column:
        """Return the column of a trip; it costs and takes no more than the trip really does."""
        room, home = crew.room, len(crew.orders)
        here, offset, travel, cost = home, 0, 0, 0.0
        earliest, latest = int(room.limits[3]), int(room.limits[4])
        for order in orders.tolist():
            step = int(room.step[here, order])
            offset, travel = offset + step, travel + int(room.ride[here, order])
            earliest = max(earliest + step, int(room.opens[order]))
            latest = min(latest, int(room.shuts[order]) - offset)
            cost += float(room.unfamiliar[order])
            if offset > room.limits[1]:
                cost += float(room.outside[order])
            here = order
        seconds = offset + int(room.step[here, home]) + max(0, earliest - offset - latest)
        travel += int(room.ride[here, home])
        return Column(
            crew=number,
            orders=crew.orders[orders],
            cost=cost + room.travel_price * travel,
            seconds=float(seconds + crew.load + int(crew.pack[orders].sum())),
        )

    def _add(self, column: Column) -> bool:
        """Add a column to the programme, and remember it for cases."""
        new = self.master.add(column)
        if new:
            self._columns.append(column)
        return new
