"""Prices on their way down, until no trip is worth more than it costs.

Such prices prove their own worth: no crew's trips have a negative reduced cost, so nothing is taken
off the bound for trips that might be made many times over. Prices of a linear programme that
still misses trips are far from that; taking off what its worst trip gains, once for every trip that
a crew could make, leaves nothing of them where crews are many or large. So each trip that gains is
made to pay by those who ride on it: the prices of its orders fall until it gains nothing. What is
lost is what these orders lose, once, and orders elsewhere keep their prices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from routing.bounding.crews import Crew
from routing.bounding.master import Column, Prices
from routing.parts import NO_WAY
from routing.tables import C_MODE, C_PLACE, O_MEALS, O_PLACE, Floats, Ints, Tables
from routing.ways import quickest

SMALLEST = 1e-5
"""A trip that gains no more than this is left alone."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Prices after lowering.

    Parameters
    ----------
    prices : Prices
        At which no trip gains, as far as is known.
    worst : array of float64, (crews,)
        Lower bounds on the reduced cost of each crew's trips; 0 where it is proven that none gains.
    trips : list of Column
        Trips that gained on the way.
    """

    prices: Prices
    worst: Floats
    trips: list[Column]


class Lowering:
    """Order prices that only ever fall, the others staying as they are.

    As no other price changes, a trip that gains nothing never gains again: what was proven of a
    crew stays proven while prices fall for the sake of others.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : list of Crew
        Who makes trips.
    prices : Prices
        To begin with; orders are worth no more than leaving them out costs.
    forced : array of float64, (n,)
        What every order costs at least, however it is brought.
    center : Prices, optional
        At which no trip gains: what orders are worth beyond these prices is given up first.
    """

    def __init__(
        self,
        t: Tables,
        crews: Sequence[Crew],
        prices: Prices,
        forced: Floats,
        center: Prices | None = None,
    ) -> None:
        self._prices = prices
        self._orders = np.minimum(prices.orders, t.unserved)
        self._forced = forced
        certain = certain_prices(t, crews, prices.portions, forced)
        self._floors = [certain]
        if center is not None:
            paid = center.orders - certain_prices(t, crews, center.portions, forced)
            self._floors.insert(0, certain + np.maximum(paid, 0.0))

    @property
    def prices(self) -> Prices:
        """The prices as they are now; they change no more when lowering goes on."""
        return replace(self._prices, orders=self._orders.copy())

    def gains(self, number: int, crew: Crew) -> Floats:
        """Return what bringing each order of a crew is worth, way and loading apart."""
        second = float(self._prices.seconds[number])
        gains: Floats = self.prices.gains(crew) - second * crew.pack - crew.room.unfamiliar
        return gains

    def give_up(self, number: int, crew: Crew) -> None:
        """Lower prices until no trip of a crew gains, whatever its trips are.

        This needs no look at trips: every visit then brings no more than it costs at least.
        """
        least = least_visits(crew, float(self._prices.seconds[number]))
        excess = self.gains(number, crew) - least - self._forced[crew.orders]
        self._orders[crew.orders] -= np.maximum(excess, 0.0)

    def restore(self, prices: Prices) -> None:
        """Go back to the order prices of before."""
        self._orders = prices.orders.copy()

    def charge(self, trips: Iterable[tuple[Ints, float]]) -> int:
        """Lower the prices of trips that gain; return how many trips still did.

        Every order gives in proportion to what it is worth beyond the center, and then beyond
        its certain price.

        Parameters
        ----------
        trips : iterable of (array of int64, float)
            Order rows of trips, and their reduced costs at the present prices.
        """
        before, count = self._orders.copy(), 0
        for rows, cost in trips:
            orders, visits = np.unique(rows, return_counts=True)
            gain = -cost - float(((before - self._orders)[orders] * visits).sum())
            if gain <= SMALLEST:
                continue
            count += self._lower(orders, visits, gain)
        return count

    def _lower(self, orders: Ints, visits: Ints, gain: float) -> bool:
        """Let the orders of a trip give up what it gains; False when they have nothing to give."""
        before = gain
        for floor in self._floors:
            spare = np.maximum(self._orders - floor, 0.0)[orders]
            able = float((spare * visits).sum())
            if gain > 0.0 and able > 0.0:
                self._orders[orders] -= spare * min(1.0, gain / able)
                gain -= able
        return gain < before


def least_visits(crew: Crew, second: float) -> Floats:
    """Return what a visit to each order costs on any trip of a crew, outside prices apart.

    It is the least way there, handing over, and its portions' part of loading and of the least way
    home where the boxes are full; infinite where no way leads there.

    Parameters
    ----------
    crew : Crew
        Who makes the trip.
    second : float
        Price of a courier's second.

    Returns
    -------
    array of float64, (n,)
        What these add up to over the stops of a trip is no more than the trip costs.
    """
    room, home = crew.room, len(crew.orders)
    legs = np.where(room.ride < NO_WAY, room.ride * (room.travel_price + second), np.inf)
    np.fill_diagonal(legs, np.inf)
    shared = second * crew.load + float(legs[:home, home].min())
    least: Floats = legs[:, :home].min(axis=0) + second * room.hand
    least += shared * room.meals / float(room.limits[2])
    return least


def certain_prices(t: Tables, crews: Iterable[Crew], portions: Floats, forced: Floats) -> Floats:
    """Return order prices at which no trip gains, whatever seconds cost.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : iterable of Crew
        Who makes trips.
    portions : array of float64, (canteens,)
        Prices of a canteen's portions.
    forced : array of float64, (n,)
        What every order costs at least, however it is brought.
    """
    cheapest = np.full(len(t.orders), np.inf)
    for crew in crews:
        cheapest[crew.orders] = np.minimum(cheapest[crew.orders], portions[crew.canteen])
    meals: Floats = np.where(np.isfinite(cheapest), cheapest, 0.0) * t.orders[:, O_MEALS]
    return np.minimum(forced + meals, t.unserved)


def least_prices(t: Tables) -> Floats:
    """Return what each order costs at least, served or not.

    That is its stay unserved, or the price outside the circle if every ride, also by way of other
    doors, is longer, whichever is less.
    """
    soonest = np.full(len(t.orders), NO_WAY, dtype=np.int64)
    circle = int(t.limits[1])
    homes = t.couriers[:, [C_MODE, C_PLACE]]
    for mode, home in np.unique(homes, axis=0).tolist():
        staff = (homes == (mode, home)).all(axis=1)
        able = np.nonzero(t.able[:, staff].any(axis=1) & (soonest > circle))[0]
        rides = quickest(t.travel[mode], home, t.orders[able, O_PLACE], circle)
        soonest[able] = np.minimum(soonest[able], rides)
    outside = np.where(soonest > t.limits[1], np.minimum(t.outside, t.unserved), 0.0)
    return np.where(t.able.any(axis=1), outside, t.unserved)
