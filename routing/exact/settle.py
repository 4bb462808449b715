"""The way from a plan and a bound of a group to the exact answer, where the group is small enough.

Prices at which column generation ended tell which trips a cheaper plan could contain; if those can
be listed, `exact` chooses among them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from routing.bounding.generation import Generation
from routing.budget import Budget
from routing.exact.choice import Case
from routing.exact.exact import Exact
from routing.exact.listing import Trips, list_for_prices
from routing.exact.teams import make_choices
from routing.search.search import Duty
from routing.tables import Tables

CAPACITY = 400_000
"""Partial trips of a crew that are listed at most."""
MOST_TRIPS = 60_000
"""So many trips of teams are too many to choose among."""
TRIES = 3
"""Times that trips are listed, each time up to a larger reduced cost."""


@dataclass(slots=True)
class Settled:
    """What the exact choice found.

    Parameters
    ----------
    bound : float
        No plan costs less.
    cost : float
        The least cost known.
    duties : list of Duty or None
        A plan of that cost; None where it was known before, or somebody else found it.
    listed : bool
        Whether the trips of every case that was looked at were few enough to be listed.
    """

    bound: float
    cost: float
    duties: list[Duty] | None = None
    listed: bool = True


def settle(
    t: Tables, cases: list[Generation], cost: float, budget: Budget, *, whole: bool,
    better: Callable[[float], None], known: Callable[[], float],
) -> Settled:  # fmt: skip
    """Choose exactly among all trips of a group, case by case, as far as they can be listed.

    Parameters
    ----------
    t : Tables
        The problem.
    cases : list of Generation
        Column generation, ended or interrupted, of cases that together hold every plan.
    cost : float
        Of the best plan known.
    budget : Budget
        When to stop.
    whole : bool
        Whether every plan costs a whole number.
    better : callable
        Told every better bound.
    known : callable
        Asked for the cost of the best plan that anybody knows meanwhile.
    """
    proven = {number: case.best for number, case in enumerate(cases)}
    result = Settled(min(proven.values(), default=0.0), cost)
    for number in sorted(proven, key=lambda number: proven[number]):
        if budget.left() <= 0.0:
            break

        def tell(value: float, number: int = number) -> None:
            proven[number] = max(proven[number], value)
            better(min(proven.values()))

        if proven[number] < result.cost:
            _settle_case(t, cases[number], result, budget, whole=whole, tell=tell, known=known)
    result.bound = min(result.cost, *proven.values()) if proven else result.bound
    return result


def _settle_case(
    t: Tables, case: Generation, result: Settled, budget: Budget, *, whole: bool,
    tell: Callable[[float], None], known: Callable[[], float],
) -> None:  # fmt: skip
    """Settle one case; a cheaper plan goes into the result."""
    listed, bound = list_case(case, result.cost)
    choices = None if listed is None else make_choices(t, case.crews, listed)
    if choices is None or len(choices.cost) > MOST_TRIPS:
        result.listed = False
        return
    limits = Case(case.least, case.most)
    exact = Exact(t, choices, limits, bound, result.cost, whole=whole, better=tell, known=known)
    exact.run(budget)
    if exact.cost < result.cost:
        result.cost, result.duties = exact.cost, exact.duties


def list_case(case: Generation, cost: float) -> tuple[list[Trips] | None, float]:
    """Return all trips that a plan cheaper than `cost` could contain, and what the prices prove.

    The bound at the prices is known only when all trips of negative reduced cost are, so the limit
    on reduced cost is a guess at first.
    """
    bound, prices = case.best, case.center
    if prices is None:
        return None, bound
    for _ in range(TRIES):
        most = cost - bound
        listed: list[Trips] = []
        for number, crew in enumerate(case.crews):
            trips = list_for_prices(crew, number, prices, case.master.cuts, most, CAPACITY)
            if trips is None:
                return None, bound
            listed.append(trips)
        worst = np.array([trips.reduced.min(initial=0.0) for trips in listed])
        bound = case.master.bound(prices, worst)
        if cost - bound <= most + 1e-6 * max(1.0, cost):
            return listed, bound
    return None, bound
