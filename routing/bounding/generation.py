"""Column generation over trips: a linear programme that grows by the trips that its prices ask for.

Every round proves a lower bound (`master`): the prices of the programme are lowered crew by crew
until no trip gains (`lowering`), and the trips that did are added. That none gains is known
from the rests of trips alone (`completions`) or from label setting (`pricing`); where label
setting is cut short, it still tells how much a trip could gain.
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
from routing.bounding.lowering import (
    SMALLEST,
    Lowered,
    Lowering,
    certain_prices,
    least_prices,
)
from routing.bounding.master import Column, Master, Prices, Staff
from routing.bounding.pricing import TINY, Worth, price_trips
from routing.bounding.walks import cheapest_walks
from routing.budget import Budget
from routing.search.search import TripOf
from routing.tables import Floats, Tables

MOST_LABELS = 300_000
"""Partial trips of one pricing; beyond, only the coarse bound on reduced costs is used."""
WORK_PER_SECOND = 50_000_000
"""Comparisons of partial trips that a slow machine makes in a second."""
STEPS_PER_COMPARISON = 2
"""Tries to extend a partial trip that take as long as a comparison of two."""
MOST_WORK = 10_000_000
"""Comparisons that one label setting may make at first."""
MORE_WORK = 100_000_000
"""The same where everything else is done."""
MOST_PASSES = 16
"""Pricings of a crew in one round."""
STALE = 3
"""Pricings after which rests of trips, which stay true while prices fall, are worth renewing."""
FEW = 3
"""Trips found quickly; when it is fewer, memories of visits are heeded."""
SMOOTH, USUAL_SMOOTH, LEAST_SMOOTH = 0.8, 0.5, 0.1
"""How far trial prices stay with the best ones so far: at first, later, and when at all."""
COLUMNS = 100
"""Trips that a pricing of a crew may return."""
INHERITED = 30
"""Columns for each order that a case takes over at most."""
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
        self._seeming = -math.inf
        self._forced = least_prices(t)
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

    def open(self, prices: Prices, budget: Budget, better: Callable[[float], None]) -> None:
        """Prove what certain prices prove, and what some prices do when they are lowered.

        Certain prices share the other prices, and need no look at trips.
        """
        orders = certain_prices(self.t, self.crews, prices.portions, self._forced)
        certain = replace(prices, orders=orders)
        self._take(certain, np.zeros(len(self.crews)), better)
        lowered = self._lower(prices, MOST_WORK, budget)
        if lowered is not None:
            self._take(lowered.prices, lowered.worst, better)
            self._add_all(lowered.trips)

    def inherit(self, other: "Generation", budget: Budget) -> None:
        """Start with another's cuts and best columns, near its best prices.

        The crews may be parts of the other's; a column goes to every part that can run the trip.
        """
        self.best = other.best
        crew_of = {c: number for number, crew in enumerate(other.crews) for c in crew.members}
        parents = [crew_of[crew.members[0]] for crew in self.crews]
        center = other._center  # noqa: SLF001 - of its own class
        if center is not None:
            self._center = replace(center, seconds=center.seconds[parents])
            self._seeming = self.best
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

        Trips are looked for at prices between the programme's own and those of the best bound (or
        what looks like it), which calms them (Wentges, *Weighted Dantzig-Wolfe decomposition
        for linear mixed-integer programming*, International Transactions in Operational Research
        1997), and which are lowered until no trip gains.
        """
        smooth, work = SMOOTH, MOST_WORK
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
            lowered = self._lower(trial, work, budget)
            if lowered is None:
                return False
            grown = self._take(lowered.prices, lowered.worst, better)
            if self._add_all(lowered.trips):
                smooth = max(USUAL_SMOOTH, smooth - 0.1) if grown else (1.0 + smooth) / 2.0
                smooth = min(smooth, SMOOTH)
            elif trial is not prices:
                smooth = smooth / 2 if smooth > LEAST_SMOOTH else 0.0
            elif lowered.is_cut_short and work < MORE_WORK:
                work = MORE_WORK
            else:  # where label setting is cut short, the bound stays behind the programme
                return goal - self.best <= BEHIND * max(1.0, abs(goal))
        return False

    def cut(self) -> bool:
        """Add the cuts that the programme's solution breaks most; False when it breaks none."""
        trips = [(orders, share) for _, orders, share in self.master.shares()]
        new = broken(trips, self.master.cuts)[:CUTS]
        for cut, _ in new:
            self.master.cut(cut)
        return bool(new)

    def prove(self, value: float, better: Callable[[float], None]) -> None:
        """Take a proven bound."""
        if value > self.best:
            self.best = value
            better(value)

    def _take(self, prices: Prices, worst: Floats, better: Callable[[float], None]) -> bool:
        """Prove a bound; keep prices of what looks like the best one, and return whether it is."""
        seeming = self.master.bound(prices, np.zeros(len(self.crews)))
        grown = self._center is None or seeming > self._seeming
        if grown:
            self._center, self._seeming = prices, seeming
        self.prove(self.master.bound(prices, worst), better)
        return grown

    def _lower(self, prices: Prices, work: int, budget: Budget) -> Lowered | None:
        """Lower prices until no crew has a trip that gains; None when the time is over."""
        lowering = Lowering(self.t, self.crews, prices, self._forced, self._center)
        worst, trips = np.zeros(len(self.crews)), []
        for number, crew in enumerate(self.crews):
            if self._is_idle(number):
                continue
            ended = self._lower_for(number, crew, lowering, work, budget)
            if ended is None:
                return None
            worst[number] = ended[0]
            trips += ended[1]
        return Lowered(lowering.prices, worst, trips)

    def _lower_for(
        self, number: int, crew: Crew, lowering: Lowering, work: int, budget: Budget
    ) -> tuple[float, list[Column]] | None:
        """Lower prices for one crew; return its least reduced cost and the trips found.

        Quick pricing comes first; then exact pricing, which alone proves that no trip gains.
        """
        trips: list[Column] = []
        exact, age, least = False, STALE, -math.inf
        for _ in range(MOST_PASSES):
            if budget.left() <= 0.0:
                return None
            if age == STALE:
                worth, coarse = self._worth(number, crew, lowering.prices)
                least, age = max(least, coarse), 0
                if least >= -TINY:
                    return 0.0, trips
            else:
                worth = worth._replace(gain=self._gain(number, crew, lowering.prices))
            usable = min(work, int(budget.left() * WORK_PER_SECOND / 4))
            found, proven = self._price_crew(number, crew, worth, exact, usable)
            least, age = max(least, proven), age + 1
            trips += [trip for trip, _ in found]
            charged = lowering.charge((trip.orders, cost) for trip, cost in found)
            if exact and not charged:
                break
            if exact or charged < FEW:
                exact, age = True, STALE
        if least < -SMALLEST and crew.room.width:
            least = self._lower_walks(number, crew, lowering, least, budget)
        return min(0.0, least), trips

    def _lower_walks(
        self, number: int, crew: Crew, lowering: Lowering, least: float, budget: Budget
    ) -> float:
        """Lower prices until no walk of a crew gains; return the least reduced cost.

        That proves more than label setting that was cut short, unless the prices lose more by it.
        """
        before, risk = lowering.prices, -least * crew.most_trips
        for _ in range(MOST_PASSES):
            worth, coarse = self._worth(number, crew, lowering.prices)
            lost = float((before.orders - lowering.prices.orders).sum())
            lost -= min(0.0, coarse) * crew.most_trips
            if coarse >= -SMALLEST or budget.left() <= 0.0:
                break
            walks = cheapest_walks(crew.room, worth.rest, worth.gain, worth.second, COLUMNS)
            if not lowering.charge((crew.orders[rows], cost + worth.start) for rows, cost in walks):
                break
        if lost > risk:
            lowering.restore(before)
            return least
        return coarse

    def _worth(self, number: int, crew: Crew, prices: Prices) -> tuple[Worth, float]:
        """Return what trips of a crew are worth, and how little any costs by their rests alone."""
        room, second = crew.room, float(prices.seconds[number])
        gain = self._gain(number, crew, prices)
        start = second * crew.load
        cuts = charged_visits(self.master.cuts, prices.cuts, crew.orders)
        wanted = useful(room, gain, second)
        if not room.width:
            return Worth(gain, second, start, no_rest(), wanted, *cuts), -math.inf
        rest = completions(room, gain, second)
        least = start + least_trip(room, rest, gain, second)
        return Worth(gain, second, start, rest, wanted, *cuts), least

    def _gain(self, number: int, crew: Crew, prices: Prices) -> Floats:
        """Return what bringing each order of a crew is worth, way and loading apart."""
        second = float(prices.seconds[number])
        return prices.gains(crew) - second * crew.pack - crew.room.unfamiliar

    def _price_crew(
        self, number: int, crew: Crew, worth: Worth, exact: bool, work: int
    ) -> tuple[list[tuple[Column, float]], float]:
        """Return a crew's best trips with their reduced costs, and the least that is proven."""
        room = crew.room
        orders, words = len(room.meals), room.near.shape[1]
        capacity = min(len(self._labels.cost), 2 + work * STEPS_PER_COMPARISON // orders)
        cut_words = worth.cuts.shape[1]
        labels = part_of(self._labels, capacity, words, cut_words)
        ends, costs = np.empty(orders, dtype=np.int64), np.empty(orders)
        proven, _ = price_trips(room, worth, labels, exact, work, ends, costs)
        chosen = [end for end in np.argsort(costs, kind="stable").tolist() if ends[end] != END]
        found = [
            (self._column_of(number, crew, trail(labels, int(ends[end]))), float(costs[end]))
            for end in chosen[:COLUMNS]
        ]
        return found, proven

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

    def _add_all(self, columns: Iterable[Column]) -> int:
        """Add columns; return how many are new."""
        return sum(self._add(column) for column in columns)

    def _add(self, column: Column) -> bool:
        """Add a column to the programme, and remember it for cases."""
        new = self.master.add(column)
        if new:
            self._columns.append(column)
        return new
