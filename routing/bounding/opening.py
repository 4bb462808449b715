"""Prices to begin column generation with, read off a plan: a bound worth having from the start.

What a trip of the plan costs is shared among its stops, meals of a canteen that has none left are
worth what the cheapest order waiting for them pays, and seconds carry the price of a courier. These
prices are too good to be proven, so they are lowered (`lowering`).
"""

from collections.abc import Iterable

import numpy as np

from routing.bounding.crews import Crew
from routing.bounding.lowering import certain_prices
from routing.bounding.master import Column, Prices
from routing.tables import O_MEALS, Floats, Tables


def opening_prices(t: Tables, crews: list[Crew], trips: Iterable[Column], forced: Floats) -> Prices:
    """Return prices that a plan suggests.

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
    certain = certain_prices(t, crews, portions, forced)
    full = t.unserved.copy()
    for trip in trips:
        cost = trip.cost + seconds[trip.crew] * trip.seconds - float(forced[trip.orders].sum())
        full[trip.orders] = certain[trip.orders] + max(0.0, cost) / len(trip.orders)
    full = np.maximum(np.minimum(full, t.unserved), certain)
    return Prices(full, portions, seconds, 0.0, np.zeros(0))


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


def neighbours_in_turn(crews: list[Crew], orders: int) -> list[int]:
    """Return the rows of crews, canteen by canteen, so that orders are soon done with.

    The next canteen is always one whose orders have the fewest others to wait for: where the time
    is over before all crews were looked at, few orders wait for one of them.

    Parameters
    ----------
    crews : list of Crew
        Who makes trips.
    orders : int
        How many orders there are.
    """
    rows: dict[int, list[int]] = {}
    for number, crew in enumerate(crews):
        rows.setdefault(crew.canteen, []).append(number)
    able = {canteen: np.zeros(orders, dtype=np.bool_) for canteen in rows}
    for crew in crews:
        able[crew.canteen][crew.orders] = True
    waiting = np.sum(list(able.values()), axis=0)
    turn: list[int] = []
    while able:
        canteen = max(able, key=lambda one: float((1.0 / waiting[able[one]]).mean()))
        turn += rows[canteen]
        waiting[able.pop(canteen)] -= 1
    return turn
