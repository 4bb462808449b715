"""Lower bounds on the cost of any feasible plan.

First one that looks at each order alone, then column generation over trips (`routing.master`,
`routing.pricing`), then branching on the number of couriers.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np

from routing.budget import Budget
from routing.crews import Crew, make_crews
from routing.instance import NO_WAY
from routing.master import Column, Master, Prices
from routing.pricing import END, TINY, Worth, completions, make_labels, price_trips, trail
from routing.search import TripOf
from routing.tables import C_MODE, C_PLACE, O_PLACE, Floats, Tables
from routing.ways import quickest

MOST_LABELS = 300_000
"""Partial trips of one pricing; beyond, only the coarse bound on reduced costs is used."""
WORK_PER_SECOND = 50_000_000
"""Comparisons of partial trips that a slow machine makes in a second."""
QUICK_SECONDS = 0.1
"""Work that a round of quick pricing may take."""
NEARLY = 0.02
"""Relative distance of what looks like the bound that ends quick pricing."""
SMOOTH = 0.7
"""How far priced duals stay with those of the best bound so far."""
COLUMNS = 60
"""Trips added per crew and round."""
CLOSE = 1e-6
"""Relative distance of bound and linear programme that ends column generation."""


def simple_bound(t: Tables) -> float:
    """Return a bound from single orders.

    Each order costs at least its stay unserved, or the price outside the circle if every ride, also
    by way of other doors, is longer, whichever is less.
    """
    if not len(t.orders):
        return 0.0
    soonest = np.full(len(t.orders), NO_WAY, dtype=np.int64)
    homes = {(int(c[C_MODE]), int(c[C_PLACE])) for c in t.couriers}
    for mode, home in sorted(homes):
        rows = (t.couriers[:, C_MODE] == mode) & (t.couriers[:, C_PLACE] == home)
        rides = quickest(t.travel[mode], home, False)[t.orders[:, O_PLACE]]
        able = t.able[:, rows].any(axis=1)
        soonest[able] = np.minimum(soonest, rides)[able]
    outside = np.where(soonest > t.limits[1], np.minimum(t.outside, t.unserved), 0.0)
    return float(np.where(t.able.any(axis=1), outside, t.unserved).sum())


def lower_bound(
    t: Tables, budget: Budget, better: Callable[[float], None], pool: Iterable[TripOf], cost: float
) -> None:
    """Tighten the bound until it cannot be or the time is over.

    Parameters
    ----------
    t : Tables
        The problem.
    budget : Budget
        When to stop.
    better : callable
        Told every bound that is proven.
    pool : iterable of trips
        Good trips, the first columns.
    cost : float
        Of a plan: no case needs a higher bound.
    """
    whole = whole_prices(t)

    def rounded(value: float) -> None:
        better(math.ceil(value - CLOSE * max(1.0, abs(value))) if whole else value)

    rounded(simple_bound(t))
    crews = make_crews(t)
    if not crews or budget.left() <= 0.0:
        return
    everybody = sum(sum(crew.spans.values()) for crew in crews)
    root = Generation(t, crews, 0, everybody)
    root.start(pool)
    if root.run(budget, rounded, cost) and t.prices[0] > 0.0 and root.best < cost:
        branch(root, budget, rounded, cost, everybody)


def whole_prices(t: Tables) -> bool:
    """Return whether every plan costs a whole number, so that bounds may be rounded up."""
    every = np.concatenate([t.unserved, t.outside, t.prices])
    return bool((every == np.floor(every)).all())


def branch(
    root: "Generation",
    budget: Budget,
    better: Callable[[float], None],
    cost: float,
    everybody: int,
) -> None:
    """Tighten by cases: at most so many couriers, or more, as the root leaves a fraction of one."""
    few = math.floor(root.master.used + TINY)
    if root.master.used - few < 0.01:
        return
    cases = [(0, few), (few + 1, everybody)]
    proven = [root.best, root.best]
    for number, (least, most) in reversed(list(enumerate(cases))):
        case = Generation(root.t, root.crews, least, most)
        case.inherit(root)

        def tell(value: float, number: int = number) -> None:
            proven[number] = max(proven[number], value)
            better(min(proven))

        case.run(budget.part(0.5 if number else 1.0), tell, cost)


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
    """

    def __init__(self, t: Tables, crews: list[Crew], least: int, most: int) -> None:
        self.t = t
        self.crews = crews
        self.master = Master(t, crews, least, most)
        self.best = -math.inf
        self._center: Prices | None = None
        self._columns: list[Column] = []
        words = max(crew.room.near.shape[1] for crew in crews)
        self._labels = make_labels(MOST_LABELS, words)

    def start(self, pool: Iterable[TripOf]) -> None:
        """Start with known trips."""
        crew_of = {
            c: number for number, crew in enumerate(self.crews) for c in crew.members.tolist()
        }
        row_of = [
            {order: row for row, order in enumerate(crew.orders.tolist())} for crew in self.crews
        ]
        for courier, trip in sorted(pool):
            number = crew_of[courier]
            rows = np.array([row_of[number][order] for order in trip], dtype=np.int64)
            self._add(self._column_of(number, self.crews[number], rows))

    def inherit(self, other: "Generation") -> None:
        """Start with another's columns."""
        for column in other._columns:  # noqa: SLF001 - of its own class
            self._add(column)

    def run(self, budget: Budget, better: Callable[[float], None], enough: float) -> bool:
        """Generate until nothing is missing or the bound is `enough`; False when time is over.

        Quick pricing comes first; exact pricing, which alone proves a bound, when that finds
        little. Pricing is done at prices between the programme's own and those of the best bound
        (or what looks like it), which calms them (Wentges, *Weighted Dantzig-Wolfe decomposition
        for linear mixed-integer programming*, International Transactions in Operational Research
        1997).
        """
        exact, smooth, guess = False, SMOOTH, -math.inf
        while budget.left() > 0.0:
            prices = self.master.solve()
            if prices is None:
                return False
            goal = min(enough, self.master.value)
            if goal - self.best <= CLOSE * max(1.0, abs(goal)):
                return True
            trial = prices
            if smooth > 0.0 and self._center is not None:
                trial = prices.towards(self._center, smooth)
            added, worst = self._price(trial, exact, budget)
            value = self.master.bound(trial, worst)
            if value > guess:
                guess, self._center = value, trial
            if exact and value > self.best:
                self.best = value
                better(value)
            nearly = self.master.value - guess <= NEARLY * abs(self.master.value)
            if not exact and (nearly or not added):
                exact, guess = True, self.best
            elif added:
                smooth = SMOOTH
            elif trial is not prices:
                smooth = smooth / 2 if smooth > 0.1 else 0.0
            else:
                return True
        return False

    def _price(self, prices: Prices, exact: bool, budget: Budget) -> tuple[int, Floats]:
        """Add trips of negative reduced cost; return how many, and the least one of each crew."""
        added, worst = 0, np.zeros(len(self.crews))
        for number, crew in enumerate(self.crews):
            seconds = budget.left() / 2 if exact else min(budget.left() / 4, QUICK_SECONDS)
            work = int(seconds * WORK_PER_SECOND / (1 if exact else len(self.crews)))
            columns, worst[number] = self._price_crew(number, crew, prices, exact, work)
            added += sum(self._add(column) for column in columns)
        return added, worst

    def _price_crew(
        self, number: int, crew: Crew, prices: Prices, exact: bool, work: int
    ) -> tuple[list[Column], float]:
        """Return the best new trips of a crew and a lower bound on the reduced cost of any."""
        room, second = crew.room, float(prices.seconds[number])
        gain = prices.orders[crew.orders] - prices.portions[crew.canteen] * room.meals
        gain -= second * crew.pack + room.unfamiliar
        start = second * crew.load
        rest = completions(room, gain, second) if room.width else np.zeros((0, 0))
        coarse = start + _first_steps(crew, gain, second, rest)
        if coarse >= -TINY:
            return [], 0.0
        capacity, words = len(self._labels.cost), room.near.shape[1]
        labels = self._labels._replace(
            seen=self._labels.seen.reshape(-1)[: capacity * words].reshape(capacity, words)
        )
        ends, costs = np.empty(len(gain), dtype=np.int64), np.empty(len(gain))
        worth = Worth(gain, second, start, rest)
        whole = price_trips(room, worth, labels, exact, work, ends, costs)
        chosen = np.argsort(costs, kind="stable")[:COLUMNS]
        columns = [
            self._column_of(number, crew, trail(labels, int(ends[end])))
            for end in chosen.tolist()
            if ends[end] != END
        ]
        return columns, float(costs.min()) if whole or not exact else coarse

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


def _first_steps(crew: Crew, gain: Floats, second: float, rest: Floats) -> float:
    """Return how little any trip can cost, loading apart; minus infinity when nothing is known."""
    if not rest.size:
        return -math.inf
    room = crew.room
    offset = room.step[-1, :-1]
    near = offset <= room.limits[0]
    if not near.any():
        return 0.0
    cost = room.travel_price * room.ride[-1, :-1] + second * offset - gain
    cost += np.where(offset > room.limits[1], room.outside, 0.0)
    bucket = np.minimum(offset // room.width, rest.shape[1] - 1)
    return float((cost + rest[np.arange(len(gain)), bucket])[near].min())
