"""What an order costs at a place of a trip, or as a trip of its own, by the exact rules.

Most places are dismissed by their travel alone; only where that is cheap and the duty has the
seconds are windows, ride limit and circle looked at.
"""

import numpy as np

from routing.compiled import inner_kernel, lean_kernel
from routing.parts import NO_WAY
from routing.search.dice import Dice, roll
from routing.search.duties import (
    S_OFFSET,
    S_OPEN_AFTER,
    S_OPEN_BEFORE,
    S_ORDER,
    S_PLACE,
    S_SHUT_AFTER,
    S_SHUT_BEFORE,
    S_STEP,
    T_BACK,
    T_COURIER,
    T_END,
    T_LATEST,
    T_LIMIT,
    T_LOAD,
    T_READY,
    T_SLACK,
    T_STOPS,
    Duties,
    fits,
    hire_price,
    stranger_price,
)
from routing.tables import (
    C_CLOSE,
    C_FROM,
    C_LOAD,
    C_MODE,
    C_PLACE,
    C_TO,
    C_TRIPS,
    O_FROM,
    O_HAND,
    O_PACK,
    O_PLACE,
    O_TO,
    Tables,
)

NEVER = np.inf


@lean_kernel
def waiting_cost(t: Tables, d: Duties, row: int, place: int, order: int) -> float:
    """Return the price of being outside the circle, by walking the whole trip with the order in it.

    For trips that must wait at a door; `NEVER` when a ride would be too long.
    """
    stop, count = d.stop[row], d.trip[row, T_STOPS]
    courier = t.couriers[d.trip[row, T_COURIER]]
    seconds = t.travel[courier[C_MODE]]
    shuts = courier[C_CLOSE]
    clock, here = 0, courier[C_PLACE]
    for i in range(count + 1):
        one = order if i == place else stop[i - (i > place), S_ORDER]
        clock += int(seconds[here, t.orders[one, O_PLACE]])
        shuts = min(shuts, t.orders[one, O_TO] - clock)
        clock += t.orders[one, O_HAND]
        here = t.orders[one, O_PLACE]
    clock, here, cost = shuts, courier[C_PLACE], 0.0
    for i in range(count + 1):
        one = order if i == place else stop[i - (i > place), S_ORDER]
        clock += int(seconds[here, t.orders[one, O_PLACE]])
        clock = max(clock, t.orders[one, O_FROM])
        if clock - shuts > t.limits[0]:
            return NEVER
        if clock - shuts > t.limits[1]:
            cost += t.outside[one]
        clock += t.orders[one, O_HAND]
        here = t.orders[one, O_PLACE]
    return cost


@lean_kernel
def outside_cost(t: Tables, d: Duties, row: int, start: int, later: int) -> float:
    """Return what stops from `start` on cost outside the circle, all `later` seconds later.

    Offsets grow along a trip, so only its tail is read.
    """
    cost = 0.0
    for i in range(d.trip[row, T_STOPS] - 1, start - 1, -1):
        if d.stop[row, i, S_OFFSET] + later <= t.limits[1]:
            break
        cost += t.outside[d.stop[row, i, S_ORDER]]
    return cost


@inner_kernel
def best_in_trip(
    t: Tables, d: Duties, row: int, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int]:
    """Return the least extra cost below `most` of an order in a trip, and its place there."""
    stop, courier = d.stop, d.trip[row, T_COURIER]
    mode, where, hand = (
        t.couriers[courier, C_MODE],
        t.orders[order, O_PLACE],
        t.orders[order, O_HAND],
    )
    most_extra = d.trip[row, T_SLACK] - t.orders[order, O_PACK] - hand
    best, best_place = most, -1
    if most_extra < 0:  # only a short cut by way of the order could make room for it
        return best, best_place
    stranger = stranger_price(t, order, courier)
    here = t.couriers[courier, C_PLACE]
    for place in range(d.trip[row, T_STOPS] + 1):
        after = stop[row, place, S_PLACE]
        there = int(t.back[mode, where, here])
        onward = int(t.travel[mode, where, after])
        here = after
        extra = there + onward - stop[row, place, S_STEP]
        cost = stranger + t.prices[1] * extra
        if cost >= best or extra > most_extra or there >= NO_WAY or onward >= NO_WAY:
            continue
        if blink > 0.0 and roll(dice) <= blink:
            continue
        offset = stop[row, place, S_OFFSET] - stop[row, place, S_STEP] + there
        cost += place_cost(t, d, row, place, order, offset, extra + hand)
        if cost < best:
            best, best_place = cost, place
    return best, best_place


@lean_kernel
def place_cost(
    t: Tables, d: Duties, row: int, place: int, order: int, offset: int, later: int
) -> float:
    """Return the price of what is outside the circle by an insertion; `NEVER` if impossible.

    Parameters
    ----------
    t, d : Tables, Duties
        The problem and the plan.
    row, place : int
        The trip, and the stop before which the order is inserted.
    order : int
        Who is inserted.
    offset, later : int
        When the order would be handed over, in seconds from departure, and by how much what
        follows would be later.
    """
    stop, count = d.stop, d.trip[row, T_STOPS]
    last = stop[row, count - 1, S_OFFSET] + later if place < count else offset
    if last > t.limits[0]:
        return NEVER
    before, shut = stop[row, place, S_OPEN_BEFORE], t.orders[order, O_TO] - offset
    shut_after = stop[row, place, S_SHUT_AFTER] - later
    opens = max(before, t.orders[order, O_FROM] - offset)
    if opens > min(shut, shut_after) or before > shut:
        return NEVER
    opens = max(opens, stop[row, place, S_OPEN_AFTER] - later)
    shuts = min(stop[row, place, S_SHUT_BEFORE], shut, shut_after)
    load, end = d.trip[row, T_LOAD] + t.orders[order, O_PACK], d.trip[row, T_END] + later
    if not fits(d.trip[row, T_READY], load, end, opens, shuts, d.trip[row, T_LIMIT]):
        return NEVER
    if opens > shuts or not not_waiting(d, row):
        return waiting_change(t, d, row, place, order)
    cost = 0.0
    if offset > t.limits[1]:
        cost += t.outside[order]
    if last > t.limits[1] or last - later > t.limits[1]:  # a detour may be a short cut
        cost += outside_cost(t, d, row, place, later)
        cost -= outside_cost(t, d, row, place, 0)
    return cost


@lean_kernel
def not_waiting(d: Duties, row: int) -> bool:
    """Return whether a trip can be made without waiting at a door."""
    count = d.trip[row, T_STOPS]
    return bool(d.stop[row, count, S_OPEN_BEFORE] <= d.stop[row, count, S_SHUT_BEFORE])


@lean_kernel
def waiting_change(t: Tables, d: Duties, row: int, place: int, order: int) -> float:
    """Return the change of the outside price when trip or order have to wait at a door."""
    count = d.trip[row, T_STOPS]
    leave = min(d.stop[row, count, S_OPEN_BEFORE], d.stop[row, count, S_SHUT_BEFORE])
    before = 0.0
    for i in range(count):
        ride = d.stop[row, i, S_OFFSET] + max(0, d.stop[row, i + 1, S_OPEN_BEFORE] - leave)
        if ride > t.limits[1]:
            before += t.outside[d.stop[row, i, S_ORDER]]
    return waiting_cost(t, d, row, place, order) - before


@inner_kernel
def best_new_trip(
    t: Tables, d: Duties, courier: int, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int]:
    """Return the cost below `most` of a trip for this order alone, and its place in the duty."""
    count, mode = d.trips[courier], t.couriers[courier, C_MODE]
    where, home = t.orders[order, O_PLACE], t.couriers[courier, C_PLACE]
    there, back = int(t.back[mode, where, home]), int(t.travel[mode, where, home])
    cost = t.prices[1] * (there + back) + stranger_price(t, order, courier)
    if count == 0:
        cost += hire_price(t, courier)
    if cost >= most or count >= t.couriers[courier, C_TRIPS] or count >= d.chain.shape[1]:
        return most, -1
    opens = t.orders[order, O_FROM] - there
    shuts = min(t.orders[order, O_TO] - there, t.couriers[courier, C_CLOSE])
    ride = there + max(0, opens - shuts)
    if ride > t.limits[1]:
        cost += t.outside[order]
    if cost >= most or max(there, back) >= NO_WAY or ride > t.limits[0]:
        return most, -1
    load = t.couriers[courier, C_LOAD] + t.orders[order, O_PACK]
    end = there + t.orders[order, O_HAND] + back
    ready = t.couriers[courier, C_FROM]
    for place in range(count + 1):
        limit = t.couriers[courier, C_TO]
        if place < count:
            limit = d.trip[d.chain[courier, place], T_LATEST]
        if fits(ready, load, end, opens, shuts, limit) and (blink == 0.0 or roll(dice) > blink):
            return cost, place
        if place < count:
            ready = d.trip[d.chain[courier, place], T_BACK]
    return most, -1
