"""One way down: prices are lowered crew by crew until no trip gains, as far as the time allows.

A crew's trips are looked for quickly first, then exactly, which alone proves that no trip gains.
Whoever is not reached in time has the prices of all the orders that the crew might bring fall to
what is certain (`Lowering.give_up`): so a way down proves something wherever it is left, and it
can be gone on with.
"""

import math
from collections.abc import Sequence

import numpy as np

from routing.bounding.completions import completions, least_trip, no_rest, useful
from routing.bounding.crews import Crew
from routing.bounding.cuts import Cut, charged_visits
from routing.bounding.labels import END, Labels, part_of, trail
from routing.bounding.lowering import SMALLEST, Lowered, Lowering
from routing.bounding.master import Column
from routing.bounding.pricing import TINY, Worth, price_trips
from routing.bounding.walks import cheapest_walks
from routing.budget import Budget
from routing.tables import Floats, Ints

WORK_PER_SECOND = 50_000_000
"""Comparisons of partial trips that a slow machine makes in a second."""
STEPS_PER_COMPARISON = 2
"""Tries to extend a partial trip that take as long as a comparison of two."""
MOST_PASSES = 16
"""Pricings of a crew in one round."""
STALE = 3
"""Pricings after which rests of trips, which stay true while prices fall, are worth renewing."""
WORN = 0.002
"""Rests of trips are renewed for exact pricing once orders are worth this part less than then."""
FEW = 3
"""Trips found quickly; when it is fewer, memories of visits are heeded."""
COLUMNS = 100
"""Trips that a pricing of a crew may return."""


class Descent:
    """Prices on their way down.

    Parameters
    ----------
    crews : list of Crew
        Who makes trips.
    queue : sequence of int
        Rows of the crews to be looked at, in this order; the others make no trips.
    lowering : Lowering
        The prices to begin with.
    cuts : list of Cut
        Those that have prices.
    labels : Labels
        Room to work in.
    """

    def __init__(
        self, crews: list[Crew], queue: Sequence[int], lowering: Lowering, cuts: list[Cut],
        labels: Labels,
    ) -> None:  # fmt: skip
        self._crews = crews
        self._waiting = list(reversed(queue))
        self._lowering = lowering
        self._cuts = cuts
        self._labels = labels
        self._worst = np.zeros(len(crews))
        self._trips: list[Column] = []
        self.is_cut_short = False  # whether label setting was, of a crew that was looked at

    @property
    def is_done(self) -> bool:
        """Whether all crews were looked at."""
        return not self._waiting

    def run(self, work: int, budget: Budget) -> None:
        """Go on until the time is over, with so many comparisons of labels at a time."""
        while self._waiting:
            worst = self._lower_for(self._waiting[-1], work, budget)
            if worst is None:
                return
            self._worst[self._waiting.pop()] = worst

    @property
    def lowered(self) -> Lowered:
        """The prices at which no trip gains, as far as is known."""
        before = self._lowering.prices
        for number in self._waiting:
            self._lowering.give_up(number, self._crews[number])
        prices = self._lowering.prices
        self._lowering.restore(before)
        return Lowered(prices, self._worst.copy(), list(self._trips))

    def _lower_for(self, number: int, work: int, budget: Budget) -> float | None:
        """Lower prices for one crew; return its least reduced cost, None when time is over."""
        crew, lowering = self._crews[number], self._lowering
        exact, age, least, fresh = False, STALE, -math.inf, 0.0
        for _ in range(MOST_PASSES):
            if budget.left() <= 0.0:
                return None
            if age == STALE:
                worth, coarse = self._worth(number)
                least, age, fresh = max(least, coarse), 0, float(worth.gain.sum())
                if least >= -TINY:
                    return 0.0
            else:
                worth = worth._replace(gain=self._gain(number))
            usable = min(work, int(budget.left() * WORK_PER_SECOND / 4))
            found, proven = self._price_crew(number, worth, exact, usable)
            least, age = max(least, proven), age + 1
            self._trips += [trip for trip, _ in found]
            charged = lowering.charge((trip.orders, cost) for trip, cost in found)
            if exact and not charged:
                break
            if exact or charged < FEW:
                lost = fresh - float(self._gain(number).sum())
                exact, age = True, STALE if lost > WORN * abs(fresh) else 0
        self.is_cut_short |= least < -SMALLEST
        if least < -SMALLEST and crew.room.width:
            least = self._lower_walks(number, least, budget)
        if least < -SMALLEST:
            least = self._lower_to_certain(number, least)
        return min(0.0, least)

    def _lower_walks(self, number: int, least: float, budget: Budget) -> float:
        """Lower prices until no walk of a crew gains; return the least reduced cost.

        That proves more than label setting that was cut short, unless the prices lose more by it.
        """
        crew, lowering = self._crews[number], self._lowering
        before, risk = lowering.prices, -least * crew.most_trips
        for _ in range(MOST_PASSES):
            worth, coarse = self._worth(number)
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

    def _lower_to_certain(self, number: int, least: float) -> float:
        """Give up a crew's trips where that loses less than all of them may gain."""
        crew, before = self._crews[number], self._lowering.prices
        self._lowering.give_up(number, crew)
        lost = float((before.orders - self._lowering.prices.orders).sum())
        if lost <= -least * crew.most_trips:
            return 0.0
        self._lowering.restore(before)
        return least

    def _worth(self, number: int) -> tuple[Worth, float]:
        """Return what trips of a crew are worth, and how little any costs by their rests alone."""
        crew, prices = self._crews[number], self._lowering.prices
        room, second = crew.room, float(prices.seconds[number])
        gain = self._gain(number)
        start = second * crew.load
        cuts = charged_visits(self._cuts, prices.cuts, crew.orders)
        wanted = useful(room, gain, second)
        if not room.width:
            return Worth(gain, second, start, no_rest(), wanted, *cuts), -math.inf
        rest = completions(room, gain, second)
        least = start + least_trip(room, rest, gain, second)
        return Worth(gain, second, start, rest, wanted, *cuts), least

    def _gain(self, number: int) -> Floats:
        """Return what bringing each order of a crew is worth, way and loading apart."""
        return self._lowering.gains(number, self._crews[number])

    def _price_crew(
        self, number: int, worth: Worth, exact: bool, work: int
    ) -> tuple[list[tuple[Column, float]], float]:
        """Return a crew's best trips with their reduced costs, and the least that is proven."""
        crew = self._crews[number]
        room, orders, words = crew.room, len(crew.orders), crew.room.near.shape[1]
        capacity = min(len(self._labels.cost), 2 + work * STEPS_PER_COMPARISON // orders)
        cut_words = worth.cuts.shape[1]
        labels = part_of(self._labels, capacity, words, cut_words)
        ends, costs = np.empty(orders, dtype=np.int64), np.empty(orders)
        proven, _ = price_trips(room, worth, labels, exact, work, ends, costs)
        chosen = [end for end in np.argsort(costs, kind="stable").tolist() if ends[end] != END]
        found = [
            (column_of(number, crew, trail(labels, int(ends[end]))), float(costs[end]))
            for end in chosen[:COLUMNS]
        ]
        return found, proven


def column_of(number: int, crew: Crew, orders: Ints) -> Column:
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
