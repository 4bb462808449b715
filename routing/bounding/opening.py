"""Prices to begin column generation with, read off a plan: a bound worth having from the start.

What a trip of the plan costs is shared among its stops, meals of a canteen that has none left are
worth what the cheapest order waiting for them pays, and seconds carry the price of a courier. These
prices are too good to be proven, so they are lowered towards prices that any trip pays for, as far
as the bound grows.
"""

from collections.abc import Iterable

import numpy as np

from routing.bounding.crews import Crew
from routing.bounding.master import Column, Prices
from routing.tables import O_MEALS, Floats, Tables

STEPS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
"""How far from the certain prices to those of the plan; the bound is concave along the way."""


def opening_prices(
    t: Tables, crews: list[Crew], trips: Iterable[Column], forced: Floats
) -> list[Prices]:
    """Return prices to try, from certain ones to those of a plan.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : list of Crew
        Who makes trips.
    trips : iterable of Column
        The trips of a plan.
    forced : array of float64, (n,)
        What every order costs at least, however it is brought.
    """
    trips = list(trips)
    portions = _portion_prices(t, crews, trips)
    seconds = np.array([float(t.prices[0]) / max(*crew.spans, 1) for crew in crews])
    cheapest = np.full(len(t.orders), np.inf)
    for crew in crews:
        cheapest[crew.orders] = np.minimum(cheapest[crew.orders], portions[crew.canteen])
    meals = np.where(np.isfinite(cheapest), cheapest, 0.0) * t.orders[:, O_MEALS]
    certain = forced + meals
    full = t.unserved.copy()
    for trip in trips:
        cost = trip.cost + seconds[trip.crew] * trip.seconds - float(forced[trip.orders].sum())
        full[trip.orders] = certain[trip.orders] + max(0.0, cost) / len(trip.orders)
    full = np.maximum(np.minimum(full, t.unserved), certain)
    return [
        Prices(certain + step * (full - certain), portions, seconds, 0.0, np.zeros(0))
        for step in STEPS
    ]


def _portion_prices(t: Tables, crews: list[Crew], trips: list[Column]) -> Floats:
    """Return what a portion of each canteen is worth to those whom it cannot serve.

    Those are known where orders that nobody else can bring ask for more than there is: serving the
    dearest first, the first that does not fit sets the price. Elsewhere the plan tells.
    """
    meals, left = t.orders[:, O_MEALS], t.meals.astype(np.float64)
    waiting = np.ones(len(meals), dtype=np.bool_)
    for trip in trips:
        left[crews[trip.crew].canteen] -= meals[trip.orders].sum()
        waiting[trip.orders] = False
    able = np.zeros((len(meals), len(t.meals)), dtype=np.bool_)
    for crew in crews:
        able[crew.orders, crew.canteen] = True
    worth = t.unserved / meals
    prices = np.zeros(len(t.meals))
    for canteen in range(len(t.meals)):
        alone = np.nonzero(able[:, canteen] & (able.sum(axis=1) == 1))[0]
        alone = alone[np.argsort(-worth[alone], kind="stable")]
        over = np.nonzero(np.cumsum(meals[alone]) > t.meals[canteen])[0]
        short = alone[over[:1]]
        if not len(short):
            short = np.nonzero(able[:, canteen] & waiting & (meals > left[canteen]))[0]
        prices[canteen] = worth[short].min(initial=np.inf) if len(short) else 0.0
    return prices
