"""What a trip maker is told about the rest of the problem, which it does not see."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from routing import Instance

type Ints = npt.NDArray[np.int64]

SCALE = 10
"""Peers count in whole numbers: tenths of a cost."""
FORBIDDEN = 10**6
"""Seconds to a door that a vehicle may not serve: more than any limit."""


@dataclass(frozen=True, slots=True)
class TripPrices:
    """Prices of one round.

    Parameters
    ----------
    second : float
        Of a second of a courier's shift.
    outside : float
        Of a meal on a trip that may leave the circle, as a part of the stated price.
    """

    second: float
    outside: float

    @classmethod
    def first(cls, instance: Instance) -> Self:
        """Return prices that are right when couriers are neither scarce nor idle."""
        shifts = [courier.shift[1] - courier.shift[0] for courier in instance.couriers]
        return cls(instance.rules.cost.courier / max(1.0, float(np.mean(shifts))), 1.0)


@dataclass(frozen=True, slots=True)
class Costs:
    """Matrices of one kind of vehicle over the canteen (0) and its orders (1 …).

    Parameters
    ----------
    travel : array of int64, (n + 1, n + 1)
        Seconds of travel.
    ride : array of int64, (n + 1, n + 1)
        Seconds that a meal rides longer by going on: hand-over at the one, travel to the other;
        0 to the canteen, because no meal rides home.
    price : array of int64, (n + 1, n + 1)
        Travel and time of the shift, in tenths of a cost; ways beyond every shift cost as much as
        the longest shift, because peers that add up prices in 32 bits refuse larger ones.
    late : array of int64, (n + 1,)
        Price of a stop on a trip that may leave the circle, in tenths of a cost. It is 0 for
        orders that are outside on every trip.
    """

    travel: Ints
    ride: Ints
    price: Ints
    late: Ints


def costs_of(
    instance: Instance, mode: str, skills: frozenset[str] | None, prices: TripPrices
) -> Costs:
    """Return the matrices of one canteen's vehicles; `skills` may be None where it is no matter."""
    places = [instance.canteens[0].location, *(order.location for order in instance.orders)]
    travel = np.minimum(instance.travel[mode][np.ix_(places, places)], FORBIDDEN).astype(np.int64)
    for number, order in enumerate(instance.orders, 1):
        if skills is not None and not set(order.needs) <= skills:
            travel[:, number] = FORBIDDEN
    np.fill_diagonal(travel, 0)
    hand = np.array([0, *(order.handover_seconds for order in instance.orders)])
    pack = np.array([0, *(order.pack_seconds for order in instance.orders)])
    ride = travel + hand[:, None]
    longest = max((one.shift[1] - one.shift[0] for one in instance.couriers), default=0)
    within = np.minimum(travel, longest)
    work = within + hand[:, None] + pack[None, :]
    paid = instance.rules.cost.travel_second * within + prices.second * work
    price = np.rint(SCALE * paid).astype(np.int64)
    ride[:, 0] = 0
    np.fill_diagonal(ride, 0)
    np.fill_diagonal(price, 0)
    rules = instance.rules
    weight = np.array([0.0, *(order.weight for order in instance.orders)])
    modes = {courier.mode for courier in instance.couriers}
    soonest = np.min([instance.travel[one][places[0], places] for one in sorted(modes)], axis=0)
    weight[soonest > rules.circle_seconds] = 0.0
    late = np.rint(SCALE * prices.outside * rules.cost.outside_circle_meal * weight)
    return Costs(travel, ride, price, late.astype(np.int64))
