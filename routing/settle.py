"""The way from a plan and a bound of a group to the exact answer, where the group is small enough.

Prices at which column generation ended tell which trips a cheaper plan could contain; if those can
be listed, `routing.exact` chooses among them.
"""

from collections.abc import Callable

import numpy as np

from routing.budget import Budget
from routing.exact import Exact
from routing.generation import Generation
from routing.listing import Trips, list_for_prices
from routing.master import Prices
from routing.tables import Tables
from routing.teams import make_choices

CAPACITY = 400_000
"""Partial trips of a crew that are listed at most."""
MOST_TRIPS = 60_000
"""So many trips of teams are too many to choose among."""
TRIES = 3
"""Times that trips are listed, each time up to a larger reduced cost."""


def settle(
    t: Tables, root: Generation | None, cost: float, budget: Budget, *, whole: bool,
    better: Callable[[float], None],
) -> Exact | None:  # fmt: skip
    """Choose exactly among all trips of a group; None where there are too many.

    Parameters
    ----------
    t : Tables
        The problem.
    root : Generation or None
        Column generation of all plans, ended or interrupted.
    cost : float
        Of the best plan known.
    budget : Budget
        When to stop.
    whole : bool
        Whether every plan costs a whole number.
    better : callable
        Told every better bound.
    """
    prices = None if root is None else root.center
    if root is None or prices is None or budget.left() <= 0.0:
        return None
    listed, bound = _listed(root, prices, cost)
    if listed is None:
        return None
    better(bound)
    choices = make_choices(t, root.crews, listed)
    if len(choices.cost) > MOST_TRIPS:
        return None
    exact = Exact(t, choices, bound, cost, whole=whole, better=better)
    exact.run(budget)
    return exact


def _listed(root: Generation, prices: Prices, cost: float) -> tuple[list[Trips] | None, float]:
    """Return all trips that a plan cheaper than `cost` could contain, and what the prices prove.

    The bound at the prices is known only when all trips of negative reduced cost are, so the limit
    on reduced cost is a guess at first.
    """
    bound = root.best
    for _ in range(TRIES):
        most = cost - bound
        listed: list[Trips] = []
        for number, crew in enumerate(root.crews):
            trips = list_for_prices(crew, number, prices, most, CAPACITY)
            if trips is None:
                return None, root.best
            listed.append(trips)
        worst = np.array([trips.reduced.min(initial=0.0) for trips in listed])
        bound = root.master.bound(prices, worst)
        if cost - bound <= most + 1e-6 * max(1.0, cost):
            return listed, bound
    return None, root.best
