"""Where an order costs least: every place in every trip, and every new trip, by exact rules.

Used to make a first plan, to repair one, and by the neighbourhood search to rebuild what it tore.
"""

import numpy as np
import numpy.typing as npt

from routing.compiled import kernel
from routing.dice import Dice, pick, roll
from routing.duties import (
    N_ABSENT,
    S_OFFSET,
    S_OPEN_AFTER,
    S_OPEN_BEFORE,
    S_ORDER,
    S_SHUT_AFTER,
    S_SHUT_BEFORE,
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
    hire_price,
    measure,
    open_trip,
    put_stop,
    schedule,
    stranger_price,
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
    O_PRESENT,
    O_TO,
    O_USUAL,
    Tables,
)

NEVER = np.inf
SHARED = 0.1
"""Chance that an order may open a duty that does not pay for it alone."""
SORTS = 5
"""Orders to insert are sorted at random, by weight, from far, from near, or by window."""


@kernel
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


@kernel
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


@kernel
def best_in_trip(
    t: Tables, d: Duties, row: int, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int]:
    """Return the least extra cost below `most` of an order in a trip, and its place there."""
    trip, stop, who = d.trip[row], d.stop[row], t.orders[order]
    courier = t.couriers[trip[T_COURIER]]
    seconds = t.travel[courier[C_MODE]]
    load, count = trip[T_LOAD] + who[O_PACK], trip[T_STOPS]
    stranger = stranger_price(t, order, trip[T_COURIER])
    home, where = courier[C_PLACE], who[O_PLACE]
    best, best_place = most, -1
    here, leave = home, 0
    for place in range(count + 1):
        after = t.orders[stop[place, S_ORDER], O_PLACE] if place < count else home
        there = int(seconds[here, where])
        onward = int(seconds[where, after])
        extra = there + onward - int(seconds[here, after])
        offset, later = leave + there, extra + who[O_HAND]
        cost = stranger + t.prices[1] * extra
        if (
            there < NO_WAY
            and onward < NO_WAY
            and cost < best
            and (blink == 0.0 or roll(dice) > blink)
        ):
            shut = who[O_TO] - offset
            shut_after = stop[place, S_SHUT_AFTER] - later
            opens = max(stop[place, S_OPEN_BEFORE], who[O_FROM] - offset)
            possible = opens <= min(shut, shut_after) and stop[place, S_OPEN_BEFORE] <= shut
            opens = max(opens, stop[place, S_OPEN_AFTER] - later)
            shuts = min(stop[place, S_SHUT_BEFORE], shut, shut_after)
            last = stop[count - 1, S_OFFSET] + later if place < count else offset
            possible &= last <= t.limits[0]
            if possible and fits(
                trip[T_READY], load, trip[T_END] + later, opens, shuts, trip[T_LIMIT]
            ):
                if opens <= shuts and not_waiting(d, row):
                    if offset > t.limits[1]:
                        cost += t.outside[order]
                    if last > t.limits[1]:
                        cost += outside_cost(t, d, row, place, later)
                        cost -= outside_cost(t, d, row, place, 0)
                else:
                    cost += waiting_change(t, d, row, place, order)
                if cost < best:
                    best, best_place = cost, place
        if place < count:
            here = after
            leave = stop[place, S_OFFSET] + t.orders[stop[place, S_ORDER], O_HAND]
    return best, best_place


@kernel
def not_waiting(d: Duties, row: int) -> bool:
    """Return whether a trip can be made without waiting at a door."""
    count = d.trip[row, T_STOPS]
    return bool(d.stop[row, count, S_OPEN_BEFORE] <= d.stop[row, count, S_SHUT_BEFORE])


@kernel
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


@kernel
def best_new_trip(
    t: Tables, d: Duties, courier: int, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int]:
    """Return the cost below `most` of a trip for this order alone, and its place in the duty."""
    who, by = t.orders[order], t.couriers[courier]
    count = d.trips[courier]
    if count >= by[C_TRIPS] or count >= d.chain.shape[1]:
        return most, -1
    there = int(t.travel[by[C_MODE], by[C_PLACE], who[O_PLACE]])
    back = int(t.travel[by[C_MODE], who[O_PLACE], by[C_PLACE]])
    opens, shuts = who[O_FROM] - there, min(who[O_TO] - there, by[C_CLOSE])
    ride = there + max(0, opens - shuts)
    if max(there, back) >= NO_WAY or ride > t.limits[0]:
        return most, -1
    cost = t.prices[1] * (there + back) + stranger_price(t, order, courier)
    if count == 0:
        cost += hire_price(t, courier)
    if ride > t.limits[1]:
        cost += t.outside[order]
    if cost >= most:
        return most, -1
    load, end = by[C_LOAD] + who[O_PACK], there + who[O_HAND] + back
    ready = by[C_FROM]
    for place in range(count + 1):
        limit = d.trip[d.chain[courier, place], T_LATEST] if place < count else by[C_TO]
        if fits(ready, load, end, opens, shuts, limit) and (blink == 0.0 or roll(dice) > blink):
            return cost, place
        if place < count:
            ready = d.trip[d.chain[courier, place], T_BACK]
    return most, -1


@kernel
def insert_best(
    t: Tables, d: Duties, undo: Saved, step: int, order: int, blink: float, dice: Dice
) -> bool:
    """Insert an unserved order where it costs least; False when that is nowhere below its price.

    Now and then the price of a courier is not counted, as others may follow and share it.
    """
    best, best_row, best_courier, best_place = t.unserved[order], -1, -1, -1
    if blink > 0.0 and roll(dice) < SHARED:
        best += t.prices[0]
    meals, tried_kind = t.orders[order, O_MEALS], -1
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
            if (
                t.couriers[courier, C_KIND] == tried_kind
                and t.orders[order, O_USUAL] != courier
                and t.orders[order, O_PRESENT] != courier
            ):
                continue
            tried_kind = t.couriers[courier, C_KIND]
        cost, at = best_new_trip(t, d, courier, order, blink, dice, best)
        if at >= 0:
            best, best_row, best_courier, best_place = cost, -1, courier, at
    if best_place < 0:
        return False
    touch(d, undo, best_courier if best_row < 0 else d.trip[best_row, T_COURIER], step)
    if best_row >= 0:
        put_stop(t, d, order, best_row, best_place)
        return True
    row = open_trip(t, d, best_courier, best_place)
    d.stop[row, 0, S_ORDER] = order
    d.trip[row, T_STOPS] = 1
    take_order(t, d, order, row)
    measure(t, d, row)
    d.cost[0] += d.trip_cost[row]
    schedule(t, d, best_courier)
    return True


@kernel
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
        order = orders[i]
        key = roll(dice)
        if how == 1:
            key -= t.unserved[order]
        elif how in (2, 3) and t.able_start[order] < t.able_start[order + 1]:
            courier = t.couriers[t.able_couriers[t.able_start[order]]]
            far = np.float64(t.travel[courier[C_MODE], courier[C_PLACE], t.orders[order, O_PLACE]])
            key += far if how == 3 else -far
        elif how == 4:
            key += t.orders[order, O_TO] - t.orders[order, O_FROM]
        keys[i] = key
    ranks = np.argsort(keys[:count])
    orders[:count] = orders[:count][ranks]


@kernel
def insert_all(t: Tables, d: Duties, undo: Saved, step: int, how: int, dice: Dice) -> None:
    """Insert every unserved order, one after the other, without chance in the places."""
    count = d.tally[N_ABSENT]
    orders, keys = d.absent[:count].copy(), np.empty(count)
    sort_orders(t, orders, keys, count, how, dice)
    for i in range(count):
        insert_best(t, d, undo, step, orders[i], 0.0, dice)


@kernel
def random_sort(dice: Dice) -> int:
    """Return a way of sorting: at random and by weight are the usual ones."""
    dealt = pick(dice, 12)
    return 0 if dealt < 4 else 1 if dealt < 7 else 2 if dealt < 9 else 3 if dealt < 10 else 4
