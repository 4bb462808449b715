"""The plan while it is being made: duties of couriers as arrays, with exact times.

A trip with its stops in order has *offsets*: T_i, the seconds from departure to hand-over i when
nothing waits. With windows [e_i, l_i], leaving at d ≥ D = max(e_i − T_i) waits nowhere, leaving
after L = min(l_i − T_i, closing) is too late, and leaving before D gains nothing: the return is
at T_end + max(d, D) either way, only the meals ride longer. So a trip leaves at
max(ready, min(D, L)), and what it costs does not depend on the trips around it. A duty is then a
chain of trips, each known by (loading, T_end, D, L), and checking a change costs a few additions.
"""

from typing import NamedTuple

import numpy as np

from routing.compiled import inner_kernel, lean_kernel
from routing.parts import NO_WAY
from routing.tables import (
    C_CANTEEN,
    C_CLOSE,
    C_FROM,
    C_LOAD,
    C_MODE,
    C_PAID,
    C_PLACE,
    C_TO,
    FAR,
    O_FROM,
    O_HAND,
    O_MEALS,
    O_PACK,
    O_PLACE,
    O_PRESENT,
    O_TO,
    O_USUAL,
    Floats,
    Ints,
    Tables,
)

# Columns of `Duties.trip`.
(
    T_COURIER,  # who makes it, -1 when the row is free
    T_STOPS,  # number of stops
    T_MEALS,  # portions carried
    T_LOAD,  # loading seconds
    T_END,  # seconds from departure to return when nothing waits
    T_OPEN,  # D: leaving earlier gains nothing
    T_SHUT,  # L: leaving later is too late
    T_READY,  # earliest start of loading
    T_BACK,  # earliest return
    T_LIMIT,  # latest return that leaves the rest of the duty possible
    T_LATEST,  # latest start of loading likewise
    T_SLACK,  # seconds that the trip may take longer, loading included
) = range(12)
TRIP_COLUMNS = 12
# Columns of `Duties.stop`; the row after the last stop is the return: it has the canteen's place,
# the way home and the end of the trip, and closes the lists of minima and maxima.
(
    S_ORDER,  # who is visited
    S_PLACE,  # where
    S_STEP,  # travel seconds from the stop before, or from the canteen
    S_OFFSET,  # seconds from departure when nothing waits
    S_OPEN_BEFORE,  # max(e - T) of the stops before
    S_SHUT_BEFORE,  # min(l - T) of the stops before, and the canteen's closing
    S_OPEN_AFTER,  # max(e - T) from here on
    S_SHUT_AFTER,  # min(l - T) from here on
) = range(8)
STOP_COLUMNS = 8
# Places of `Duties.tally`.
N_FREE, N_ABSENT = range(2)


class Duties(NamedTuple):
    """All duties; at most n + 1 trips of at most `Tables.longest` stops.

    Parameters
    ----------
    trip : array of int64, (n + 1, 12)
        Figures of every trip, see the column names.
    stop : array of int64, (n + 1, longest + 1, 8)
        Figures of every stop, see the column names.
    trip_cost : array of float64, (n + 1,)
        Travel, outside circle and unfamiliar couriers of a trip.
    trips, chain : arrays of int64, (k,) and (k, most trips)
        Number of trips of a courier, and their rows in the order driven.
    where : array of int64, (n,)
        Trip of an order, -1 when unserved.
    cooked : array of int64, (c,)
        Portions taken from each canteen.
    free : array of int64, (n + 1,)
        Free trip rows, a stack.
    absent, absent_at : arrays of int64, (n,)
        Unserved orders, and where each stands among them (-1 when served).
    tally : array of int64, (2,)
        Number of free rows, number of unserved orders.
    cost : array of float64, (1,)
        Cost of the whole plan.
    """

    trip: Ints
    stop: Ints
    trip_cost: Floats
    trips: Ints
    chain: Ints
    where: Ints
    cooked: Ints
    free: Ints
    absent: Ints
    absent_at: Ints
    tally: Ints
    cost: Floats


def empty_duties(tables: Tables) -> Duties:
    """Return a plan that serves nobody."""
    orders, couriers = len(tables.orders), len(tables.couriers)
    return Duties(
        trip=np.full((orders + 1, TRIP_COLUMNS), -1, dtype=np.int64),
        stop=np.zeros((orders + 1, tables.longest + 1, STOP_COLUMNS), dtype=np.int64),
        trip_cost=np.zeros(orders + 1),
        trips=np.zeros(couriers, dtype=np.int64),
        chain=np.zeros((couriers, _most_trips(tables) + 1), dtype=np.int64),
        where=np.full(orders, -1, dtype=np.int64),
        cooked=np.zeros(len(tables.meals), dtype=np.int64),
        free=np.arange(orders, -1, -1, dtype=np.int64),
        absent=np.arange(orders, dtype=np.int64),
        absent_at=np.arange(orders, dtype=np.int64),
        tally=np.array([orders + 1, orders], dtype=np.int64),
        cost=np.array([tables.unserved.sum()]),
    )


def _most_trips(tables: Tables) -> int:
    """Return how many trips a courier can make at most: each takes loading and hand-over."""
    if not len(tables.orders) or not len(tables.couriers):
        return 1
    spans = tables.couriers[:, C_TO] - tables.couriers[:, C_FROM]
    briefest = (
        tables.couriers[:, C_LOAD].min()
        + (tables.orders[:, O_PACK] + tables.orders[:, O_HAND]).min()
    )
    by_time = int(spans.max()) // max(int(briefest), 1) + 1
    return max(1, min(len(tables.orders), by_time))


@inner_kernel
def stranger_price(t: Tables, order: int, courier: int) -> float:
    """Return what it costs that this courier is not the usual or not the present one."""
    usual, present = t.orders[order, O_USUAL], t.orders[order, O_PRESENT]
    price = 0.0
    if usual >= 0 and usual != courier:
        price += t.prices[2]
    if present >= 0 and present != courier:
        price += t.prices[3]
    return price


@inner_kernel
def hire_price(t: Tables, courier: int) -> float:
    """Return what the first trip of a courier costs, beside the trip."""
    return 0.0 if t.couriers[courier, C_PAID] else t.prices[0]


@lean_kernel
def measure(t: Tables, d: Duties, row: int) -> bool:
    """Refresh the figures of a changed trip; False when the trip itself breaks a rule."""
    stop, orders = d.stop, t.orders
    courier, count = d.trip[row, T_COURIER], d.trip[row, T_STOPS]
    mode, home = t.couriers[courier, C_MODE], t.couriers[courier, C_PLACE]
    here, clock, travel, meals, load = home, 0, 0, 0, t.couriers[courier, C_LOAD]
    opens, shuts, cost, possible = -FAR, t.couriers[courier, C_CLOSE], 0.0, True
    for i in range(count):
        order = stop[row, i, S_ORDER]
        place = orders[order, O_PLACE]
        step = int(t.travel[mode, here, place])
        possible &= bool(step < NO_WAY)
        travel += step
        clock += step
        stop[row, i, S_PLACE], stop[row, i, S_STEP], stop[row, i, S_OFFSET] = place, step, clock
        stop[row, i, S_OPEN_BEFORE], stop[row, i, S_SHUT_BEFORE] = opens, shuts
        opens = max(opens, orders[order, O_FROM] - clock)
        shuts = min(shuts, orders[order, O_TO] - clock)
        possible &= bool(opens <= orders[order, O_TO] - clock)
        meals += orders[order, O_MEALS]
        load += orders[order, O_PACK]
        cost += stranger_price(t, order, courier)
        clock += orders[order, O_HAND]
        here = place
    back = int(t.travel[mode, here, home])
    stop[row, count, S_PLACE], stop[row, count, S_STEP] = home, back
    stop[row, count, S_OFFSET] = clock + back
    stop[row, count, S_OPEN_BEFORE], stop[row, count, S_SHUT_BEFORE] = opens, shuts
    close_lists(t, d, row)
    leave = min(opens, shuts)
    for i in range(count):
        ride = stop[row, i, S_OFFSET] + max(0, stop[row, i + 1, S_OPEN_BEFORE] - leave)
        possible &= bool(ride <= t.limits[0])
        if ride > t.limits[1]:
            cost += t.outside[stop[row, i, S_ORDER]]
    d.trip[row, T_MEALS], d.trip[row, T_LOAD], d.trip[row, T_END] = meals, load, clock + back
    d.trip[row, T_OPEN], d.trip[row, T_SHUT] = opens, shuts
    d.trip_cost[row] = cost + t.prices[1] * (travel + back)
    return possible and back < NO_WAY


@inner_kernel
def close_lists(t: Tables, d: Duties, row: int) -> None:
    """Refresh the minima and maxima from each stop of a trip on."""
    opens, shuts = -FAR, FAR
    for i in range(d.trip[row, T_STOPS], -1, -1):
        if i < d.trip[row, T_STOPS]:
            order, offset = d.stop[row, i, S_ORDER], d.stop[row, i, S_OFFSET]
            opens = max(opens, t.orders[order, O_FROM] - offset)
            shuts = min(shuts, t.orders[order, O_TO] - offset)
        d.stop[row, i, S_OPEN_AFTER], d.stop[row, i, S_SHUT_AFTER] = opens, shuts


@inner_kernel
def fits(ready: int, load: int, end: int, opens: int, shuts: int, limit: int) -> bool:
    """Return whether a trip whose loading starts at `ready` or later can be back by `limit`."""
    depart = max(ready + load, min(opens, shuts))
    return depart <= shuts and end + max(depart, opens) <= limit


@lean_kernel
def schedule(t: Tables, d: Duties, courier: int) -> bool:
    """Refresh the times of a duty; False when a trip no longer fits."""
    trip, ready, possible = d.trip, t.couriers[courier, C_FROM], True
    count = d.trips[courier]
    for place in range(count):
        row = d.chain[courier, place]
        trip[row, T_READY] = ready
        ready = max(ready + trip[row, T_LOAD], min(trip[row, T_OPEN], trip[row, T_SHUT]))
        possible &= bool(ready <= trip[row, T_SHUT])
        ready = trip[row, T_END] + max(ready, trip[row, T_OPEN])
        trip[row, T_BACK] = ready
    limit = t.couriers[courier, C_TO]
    for place in range(count - 1, -1, -1):
        row = d.chain[courier, place]
        trip[row, T_LIMIT] = limit
        trip[row, T_SLACK] = limit - trip[row, T_END] - trip[row, T_READY] - trip[row, T_LOAD]
        possible &= bool(trip[row, T_BACK] <= limit)
        limit = min(trip[row, T_SHUT], limit - trip[row, T_END]) - trip[row, T_LOAD]
        trip[row, T_LATEST] = limit
    return possible


@lean_kernel
def open_trip(t: Tables, d: Duties, courier: int, place: int) -> int:
    """Put an empty trip into a duty and return its row; the caller fills and measures it."""
    d.tally[N_FREE] -= 1
    row = int(d.free[d.tally[N_FREE]])
    for i in range(d.trips[courier], place, -1):
        d.chain[courier, i] = d.chain[courier, i - 1]
    d.chain[courier, place] = row
    if d.trips[courier] == 0:
        d.cost[0] += hire_price(t, courier)
    d.trips[courier] += 1
    d.trip[row, T_COURIER] = courier
    d.trip[row, T_STOPS] = 0
    d.trip_cost[row] = 0.0
    return row


@lean_kernel
def close_trip(t: Tables, d: Duties, row: int) -> None:
    """Take an empty trip out of its duty."""
    courier = d.trip[row, T_COURIER]
    place = 0
    while d.chain[courier, place] != row:
        place += 1
    d.trips[courier] -= 1
    for i in range(place, d.trips[courier]):
        d.chain[courier, i] = d.chain[courier, i + 1]
    if d.trips[courier] == 0:
        d.cost[0] -= hire_price(t, courier)
    d.trip[row, T_COURIER] = -1
    d.free[d.tally[N_FREE]] = row
    d.tally[N_FREE] += 1


@inner_kernel
def drop_order(t: Tables, d: Duties, order: int) -> None:
    """Mark an order as unserved; its stop must be gone already."""
    canteen = t.couriers[d.trip[d.where[order], T_COURIER], C_CANTEEN]
    d.cooked[canteen] -= t.orders[order, O_MEALS]
    d.where[order] = -1
    d.absent[d.tally[N_ABSENT]] = order
    d.absent_at[order] = d.tally[N_ABSENT]
    d.tally[N_ABSENT] += 1
    d.cost[0] += t.unserved[order]


@inner_kernel
def take_order(t: Tables, d: Duties, order: int, row: int) -> None:
    """Mark an order as served by a trip; its stop must be there already."""
    d.cooked[t.couriers[d.trip[row, T_COURIER], C_CANTEEN]] += t.orders[order, O_MEALS]
    d.where[order] = row
    d.tally[N_ABSENT] -= 1
    last, place = d.absent[d.tally[N_ABSENT]], d.absent_at[order]
    d.absent[place] = last
    d.absent_at[last] = place
    d.absent_at[order] = -1
    d.cost[0] -= t.unserved[order]


@lean_kernel
def put_stop(t: Tables, d: Duties, order: int, row: int, place: int) -> None:
    """Insert an order into a trip at a place found possible; duty times are refreshed."""
    for i in range(d.trip[row, T_STOPS], place, -1):
        d.stop[row, i, S_ORDER] = d.stop[row, i - 1, S_ORDER]
    d.stop[row, place, S_ORDER] = order
    d.trip[row, T_STOPS] += 1
    take_order(t, d, order, row)
    d.cost[0] -= d.trip_cost[row]
    measure(t, d, row)
    d.cost[0] += d.trip_cost[row]
    schedule(t, d, d.trip[row, T_COURIER])


@lean_kernel
def empty_trip(t: Tables, d: Duties, row: int) -> None:
    """Drop all orders of a trip and the trip itself; duty times are left stale."""
    for i in range(d.trip[row, T_STOPS]):
        drop_order(t, d, d.stop[row, i, S_ORDER])
    d.cost[0] -= d.trip_cost[row]
    close_trip(t, d, row)


@lean_kernel
def cut_stops(t: Tables, d: Duties, row: int, start: int, stop: int) -> None:
    """Drop the orders of a trip from `start` up to `stop` and refresh trip and duty.

    Where travel times break the triangle inequality what remains may be impossible; then the whole
    trip goes.
    """
    courier, count = d.trip[row, T_COURIER], d.trip[row, T_STOPS]
    if stop - start >= count:
        empty_trip(t, d, row)
        schedule(t, d, courier)
        return
    for i in range(start, stop):
        drop_order(t, d, d.stop[row, i, S_ORDER])
    for i in range(stop, count):
        d.stop[row, start + i - stop, S_ORDER] = d.stop[row, i, S_ORDER]
    d.trip[row, T_STOPS] = count - (stop - start)
    d.cost[0] -= d.trip_cost[row]
    possible = measure(t, d, row)
    d.cost[0] += d.trip_cost[row]
    if not possible or not schedule(t, d, courier):
        empty_trip(t, d, row)
        schedule(t, d, courier)


@lean_kernel
def fill_trip(t: Tables, d: Duties, courier: int, place: int, orders: Ints) -> bool:
    """Put a whole trip of unserved orders into a duty, whose times are left stale.

    Returns False when the trip itself breaks a rule.
    """
    row = open_trip(t, d, courier, place)
    for i in range(len(orders)):
        d.stop[row, i, S_ORDER] = orders[i]
        take_order(t, d, orders[i], row)
    d.trip[row, T_STOPS] = len(orders)
    possible = measure(t, d, row)
    d.cost[0] += d.trip_cost[row]
    return possible


@lean_kernel
def put_trip(t: Tables, d: Duties, courier: int, place: int, orders: Ints) -> bool:
    """Put a whole trip of unserved orders into a duty; False when it breaks a rule."""
    possible = fill_trip(t, d, courier, place, orders)
    return schedule(t, d, courier) and possible
