"""Plans kept aside: the best so far, and the duties that a step of the search may have to undo."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.compiled import lean_kernel
from routing.search.duties import (
    S_ORDER,
    T_STOPS,
    Duties,
    empty_trip,
    fill_trip,
    put_trip,
    schedule,
)
from routing.tables import C_BOXES, C_CANTEEN, C_TRIPS, O_MEALS, Ints, Tables


class Saved(NamedTuple):
    """Duties as lists of orders: enough to bring a plan back.

    Parameters
    ----------
    trips : array of int64, (k,)
        Trips of each courier.
    lengths : array of int64, (k, most trips)
        Stops of each trip.
    orders : array of int64, (k, n)
        Orders of each courier, trip after trip.
    cost : array of float64, (1,)
        Cost of the whole plan.
    stamp, trip_stamp : arrays of int64, (k,) and (n + 1,)
        Last step in which a courier was saved, and a trip was torn.
    looked : array of int64, (n + 2,)
        Number of the last insertion that looked at a trip; the last place counts insertions.
    """

    trips: Ints
    lengths: Ints
    orders: Ints
    cost: npt.NDArray[np.float64]
    stamp: Ints
    trip_stamp: Ints
    looked: Ints


def make_saved(tables: Tables, d: Duties) -> Saved:
    """Return room to save a plan."""
    couriers, orders = len(tables.couriers), len(tables.orders)
    return Saved(
        trips=np.zeros(couriers, dtype=np.int64),
        lengths=np.zeros_like(d.chain),
        orders=np.zeros((couriers, orders), dtype=np.int64),
        cost=np.full(1, np.inf),
        stamp=np.full(couriers, -1, dtype=np.int64),
        trip_stamp=np.full(orders + 1, -1, dtype=np.int64),
        looked=np.zeros(orders + 2, dtype=np.int64),
    )


@lean_kernel
def save_duty(d: Duties, saved: Saved, courier: int) -> None:
    """Save one duty."""
    saved.trips[courier] = d.trips[courier]
    total = 0
    for place in range(d.trips[courier]):
        row = d.chain[courier, place]
        saved.lengths[courier, place] = d.trip[row, T_STOPS]
        for i in range(d.trip[row, T_STOPS]):
            saved.orders[courier, total] = d.stop[row, i, S_ORDER]
            total += 1


@lean_kernel
def clear_duty(t: Tables, d: Duties, courier: int) -> None:
    """Drop all trips of a duty."""
    while d.trips[courier] > 0:
        empty_trip(t, d, d.chain[courier, d.trips[courier] - 1])


@lean_kernel
def load_duty(t: Tables, d: Duties, saved: Saved, courier: int) -> None:
    """Bring one duty back; its orders must be unserved and the duty empty."""
    total = 0
    for place in range(saved.trips[courier]):
        stops = saved.lengths[courier, place]
        fill_trip(t, d, courier, place, saved.orders[courier, total : total + stops])
        total += stops
    schedule(t, d, courier)


@lean_kernel
def save_all(d: Duties, saved: Saved) -> None:
    """Save the whole plan."""
    for courier in range(len(d.trips)):
        save_duty(d, saved, courier)
    saved.cost[0] = d.cost[0]


@lean_kernel
def clear_all(t: Tables, d: Duties) -> None:
    """Drop every trip."""
    for courier in range(len(d.trips)):
        clear_duty(t, d, courier)


@lean_kernel
def load_all(t: Tables, d: Duties, saved: Saved) -> None:
    """Bring the whole saved plan back."""
    clear_all(t, d)
    for courier in range(len(d.trips)):
        load_duty(t, d, saved, courier)


@lean_kernel
def offer_trip(t: Tables, d: Duties, courier: int, place: int, orders: Ints) -> bool:
    """Put a trip into a duty if it keeps every rule there; False when it does not."""
    by, meals = t.couriers[courier], 0
    for order in orders:
        if not t.able[order, courier] or d.where[order] >= 0:
            return False
        meals += t.orders[order, O_MEALS]
    if (
        meals > by[C_BOXES]
        or d.cooked[by[C_CANTEEN]] + meals > t.meals[by[C_CANTEEN]]
        or d.trips[courier] >= min(by[C_TRIPS], d.chain.shape[1] - 1)
        or len(orders) > t.longest
    ):
        return False
    if put_trip(t, d, courier, place, orders):
        return True
    empty_trip(t, d, d.chain[courier, place])
    schedule(t, d, courier)
    return False


@lean_kernel
def touch(d: Duties, undo: Saved, courier: int, step: int) -> None:
    """Save a duty before its first change in a step."""
    if undo.stamp[courier] != step:
        undo.stamp[courier] = step
        save_duty(d, undo, courier)


@lean_kernel
def undo_step(t: Tables, d: Duties, undo: Saved, step: int) -> None:
    """Bring the plan back as it was before the step."""
    for courier in range(len(d.trips)):
        if undo.stamp[courier] == step:
            clear_duty(t, d, courier)
    for courier in range(len(d.trips)):
        if undo.stamp[courier] == step:
            load_duty(t, d, undo, courier)
    d.cost[0] = undo.cost[0]
