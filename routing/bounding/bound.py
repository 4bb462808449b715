"""Lower bounds on the cost of any feasible plan.

First one that looks at each order alone, then one at prices read off a plan (`opening`),
then column generation over trips (`generation`), then a closer look (`cases`).
"""

import math
from collections.abc import Callable, Iterable

import numpy as np

from routing.bounding.cases import Cases
from routing.bounding.crews import Crew, make_crews
from routing.bounding.generation import CLOSE, Generation
from routing.bounding.lowering import least_prices
from routing.bounding.opening import opening_prices
from routing.budget import Budget
from routing.search.search import Duty, TripOf
from routing.tables import Tables


def simple_bound(t: Tables) -> float:
    """Return a bound from single orders."""
    return float(least_prices(t).sum()) if len(t.orders) else 0.0


class LowerBound:
    """The proof of one group, which may be taken up again when there is more time.

    Parameters
    ----------
    t : Tables
        The problem.
    better : callable
        Told every bound that is proven.
    """

    def __init__(self, t: Tables, better: Callable[[float], None]) -> None:
        self._t = t
        self._tell = better
        self.whole = whole_prices(t)
        self._crews: list[Crew] = []
        self._root: Generation | None = None
        self._cases: Cases | None = None
        self.best = 0.0

    def _better(self, value: float) -> None:
        if not math.isfinite(value):
            return
        whole = math.ceil(value - CLOSE * max(1.0, abs(value))) if self.whole else value
        self.best = max(self.best, whole)
        self._tell(whole)

    def open(self, plan: list[Duty], pool: Iterable[TripOf], budget: Budget) -> None:
        """Begin with a bound at the prices of a plan, and with known trips as first columns.

        Parameters
        ----------
        plan : list of Duty
            A good plan.
        pool : iterable of trips
            Other good trips.
        budget : Budget
            When to stop.
        """
        forced = least_prices(self._t)
        self._better(float(forced.sum()))
        self._crews = make_crews(self._t, budget=budget)
        if not self._crews:
            return
        everybody = sum(sum(crew.spans.values()) for crew in self._crews)
        root = Generation(self._t, self._crews, 0, everybody)
        trips = [(c, tuple(trip)) for c, duty in enumerate(plan) for trip in duty]
        columns = root.start(trips)
        root.open(opening_prices(self._t, self._crews, columns, forced), budget, self._better)
        root.start(pool)
        self._root = root

    def cases(self) -> list[Generation]:
        """Return the cases that together hold every plan; none before the proof is open."""
        if self._root is None:
            return []
        return [self._root] if self._cases is None else self._cases.all()

    @property
    def is_open(self) -> bool:
        """Whether the proof has begun; without time or trips it can only be begun again."""
        return self._root is not None

    @property
    def is_complete(self) -> bool:
        """Whether no trip is missing in the bound of all plans together."""
        return self._cases is not None

    def complete(self, budget: Budget, cost: float) -> bool:
        """Tighten the bound of all plans together until no trip is missing; False when given up.

        Parameters
        ----------
        budget : Budget
            When to stop.
        cost : float
            Of a plan: nothing needs a higher bound.
        """
        root = self._root
        if root is None or self._cases is not None:
            return self._cases is not None
        if budget.left() <= 0.0 or not root.run(budget, self._better, cost) or root.best >= cost:
            return False
        self._cases = Cases(root, make_crews(self._t, alike=True))
        return True

    def tighten(self, budget: Budget, cost: float) -> None:
        """Tighten the bound, then that of cases, until it cannot be or the time is over.

        Parameters
        ----------
        budget : Budget
            When to stop.
        cost : float
            Of a plan: no case needs a higher bound.
        """
        if self.complete(budget, cost) and self._cases is not None:
            self._cases.run(budget, self._better, cost)


def whole_prices(t: Tables) -> bool:
    """Return whether every plan costs a whole number, so that bounds may be rounded up."""
    every = np.concatenate([t.unserved, t.outside, t.prices])
    return bool((every == np.floor(every)).all())
