"""Where an order costs least: every place in every trip, and every new trip, by exact rules.

Used to make a first plan, to repair one, and by the neighbourhood search to rebuild what it tore.
"""

import numpy as np
import numpy.typing as npt

from routing.compiled import inner_kernel, kernel, lean_kernel
from routing.dice import Dice, pick, roll
from routing.duties import (
    N_ABSENT,
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
    T_MEALS,
    T_READY,
    T_STOPS,
    Duties,
    fits,
    measure,
    open_trip,
    put_stop,
    schedule,
    take_order,
)
from routing.instance import NO_WAY
from routing.saved import Saved, touch
from routing.tables import (
    C_BOXES,
    C_CANTEEN,
    C_CLOSE,
    C_FROM,
    C_KIND,
    C_LOAD,
    C_MODE,
    C_PLACE,
    C_TO,
    C_TRIPS,
    O_FROM,
    O_HAND,
    O_MEALS,
    O_PACK,
    O_PLACE,
    O_TO,
    O_USUAL,
    Tables,
)

NEVER = np.inf
SHARED = 0.1
"""Chance that an order may open a duty that does not pay for it alone."""
NEARBY = 8
"""Neighbours whose trips are tried before all others."""
SORTS = 5
"""Orders to insert are sorted at random, by weight, from far, from near, or by window."""


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
    load = d.trip[row, T_LOAD] + t.orders[order, O_PACK]
    unfamiliar = 0.0
    if t.orders[order, O_USUAL] >= 0 and t.orders[order, O_USUAL] != courier:
        unfamiliar = t.prices[2]
    most_extra = d.trip[row, T_LIMIT] - d.trip[row, T_END] - d.trip[row, T_READY] - load - hand
    best, best_place = most, -1
    here = t.couriers[courier, C_PLACE]
    for place in range(d.trip[row, T_STOPS] + 1):
        after = stop[row, place, S_PLACE]
        there = int(t.back[mode, where, here])
        onward = int(t.travel[mode, where, after])
        here = after
        extra = there + onward - stop[row, place, S_STEP]
        cost = unfamiliar + t.prices[1] * extra
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
    if last > t.limits[1]:
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
    cost = t.prices[1] * (there + back)
    if count == 0:
        cost += t.prices[0]
    if t.orders[order, O_USUAL] >= 0 and t.orders[order, O_USUAL] != courier:
        cost += t.prices[2]
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


@lean_kernel
def best_nearby(
    t: Tables, d: Duties, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int, int]:
    """Return the best cost, trip and place in the trips of the nearest orders.

    A good place found early spares looking closely at most others.
    """
    best, best_row, best_place, before = most, -1, -1, -1
    meals = t.orders[order, O_MEALS]
    for rank in range(min(NEARBY, t.near.shape[1])):
        row = d.where[t.near[order, rank]]
        if row < 0 or row == before:
            continue
        before, courier = row, d.trip[row, T_COURIER]
        canteen = t.couriers[courier, C_CANTEEN]
        if (
            t.able[order, courier]
            and d.trip[row, T_MEALS] + meals <= t.couriers[courier, C_BOXES]
            and d.cooked[canteen] + meals <= t.meals[canteen]
        ):
            cost, at = best_in_trip(t, d, row, order, blink, dice, best)
            if at >= 0:
                best, best_row, best_place = cost, row, at
    return best, best_row, best_place


@lean_kernel
def insert_best(
    t: Tables, d: Duties, undo: Saved, step: int, order: int, blink: float, dice: Dice
) -> bool:
    """Insert an unserved order where it costs least; False when that is nowhere below its price.

    Now and then the price of a courier is not counted, as others may follow and share it.
    """
    most = t.unserved[order]
    if blink > 0.0 and roll(dice) < SHARED:
        most += t.prices[0]
    best, best_row, best_place = best_nearby(t, d, order, blink, dice, most)
    best_courier, meals, tried_kind = -1, t.orders[order, O_MEALS], -1
    for index in range(t.able_start[order], t.able_start[order + 1]):
        courier = t.able_couriers[index]
        canteen, boxes = t.couriers[courier, C_CANTEEN], t.couriers[courier, C_BOXES]
        if d.cooked[canteen] + meals > t.meals[canteen]:
            continue
        for place in range(d.trips[courier]):
            row = d.chain[courier, place]
            if d.trip[row, T_MEALS] + meals <= boxes:
                cost, at = best_in_trip(t, d, row, order, blink, dice, best)
                if at >= 0:
                    best, best_row, best_place = cost, row, at
        if d.trips[courier] == 0:  # of idle couriers of one kind, the first stands for all
            if t.couriers[courier, C_KIND] == tried_kind and t.orders[order, O_USUAL] != courier:
                continue
            tried_kind = t.couriers[courier, C_KIND]
        cost, at = best_new_trip(t, d, courier, order, blink, dice, best)
        if at >= 0:
            best, best_row, best_courier, best_place = cost, -1, courier, at
    if best_place < 0:
        return False
    if best_row >= 0:
        touch(d, undo, d.trip[best_row, T_COURIER], step)
        put_stop(t, d, order, best_row, best_place)
    else:
        touch(d, undo, best_courier, step)
        start_trip(t, d, order, best_courier, best_place)
    return True


@lean_kernel
def start_trip(t: Tables, d: Duties, order: int, courier: int, place: int) -> None:
    """Insert a trip for one order at a place of a duty found possible."""
    row = open_trip(t, d, courier, place)
    d.stop[row, 0, S_ORDER] = order
    d.trip[row, T_STOPS] = 1
    take_order(t, d, order, row)
    measure(t, d, row)
    d.cost[0] += d.trip_cost[row]
    schedule(t, d, courier)


@lean_kernel
def sort_orders(
    t: Tables,
    orders: npt.NDArray[np.int64],
    keys: npt.NDArray[np.float64],
    count: int,
    how: int,
    dice: Dice,
) -> None:
    """Sort the first `count` orders for insertion in one of `SORTS` ways."""
    for i in range(count):
        order, key = orders[i], roll(dice)
        if how == 1:
            key -= t.unserved[order]
        elif how in (2, 3) and t.able_start[order] < t.able_start[order + 1]:
            courier = t.couriers[t.able_couriers[t.able_start[order]]]
            far = np.float64(t.travel[courier[C_MODE], courier[C_PLACE], t.orders[order, O_PLACE]])
            key += far if how == 3 else -far
        elif how == 4:
            key += t.orders[order, O_TO] - t.orders[order, O_FROM]
        place = i
        while place > 0 and keys[place - 1] > key:
            keys[place], orders[place] = keys[place - 1], orders[place - 1]
            place -= 1
        keys[place], orders[place] = key, order


@kernel
def insert_all(t: Tables, d: Duties, undo: Saved, step: int, how: int, dice: Dice) -> None:
    """Insert every unserved order, one after the other, without chance in the places."""
    count = d.tally[N_ABSENT]
    orders, keys = d.absent[:count].copy(), np.empty(count)
    sort_orders(t, orders, keys, count, how, dice)
    for i in range(count):
        insert_best(t, d, undo, step, orders[i], 0.0, dice)


@lean_kernel
def random_sort(dice: Dice) -> int:
    """Return a way of sorting: at random and by weight are the usual ones."""
    dealt = pick(dice, 12)
    return 0 if dealt < 4 else 1 if dealt < 7 else 2 if dealt < 9 else 3 if dealt < 10 else 4
