"""Where an order costs least: every place in every trip, and every new trip, by exact rules.

Used to make a first plan, to repair one, and by the neighbourhood search to rebuild what it tore.
"""

import numpy as np
import numpy.typing as npt

from routing.compiled import kernel, lean_kernel
from routing.search.dice import Dice, pick, roll
from routing.search.duties import (
    N_ABSENT,
    S_ORDER,
    T_COURIER,
    T_MEALS,
    T_SLACK,
    T_STOPS,
    Duties,
    measure,
    open_trip,
    put_stop,
    schedule,
    take_order,
)
from routing.search.places import best_in_trip, best_new_trip
from routing.search.saved import Saved, touch
from routing.tables import (
    C_BOXES,
    C_CANTEEN,
    C_KIND,
    C_MODE,
    C_PLACE,
    O_FROM,
    O_HAND,
    O_MEALS,
    O_PACK,
    O_PLACE,
    O_PRESENT,
    O_TO,
    O_USUAL,
    Ints,
    Tables,
)

SHARED = 0.1
"""Chance that an order may open a duty that does not pay for it alone."""
NEARBY = 16
"""Neighbours whose trips are tried before all others."""
WIDE = 0.2
"""Chance that all other trips are tried too, where one of those nearby has a place.

Seldom is a place far from all neighbours the cheapest, and looking for it takes most of a step.
"""
SORTS = 5
"""Orders to insert are sorted at random, by weight, from far, from near, or by window."""


@lean_kernel
def best_nearby(
    t: Tables, d: Duties, looked: Ints, order: int, blink: float, dice: Dice, most: float
) -> tuple[float, int, int]:
    """Return the best cost, trip and place in the trips of the nearest orders.

    A good place found early spares looking closely at most others. `looked` is that of `Saved`.
    """
    best, best_row, best_place = most, -1, -1
    meals, longer = t.orders[order, O_MEALS], t.orders[order, O_HAND] + t.orders[order, O_PACK]
    for rank in range(min(NEARBY, t.near.shape[1])):
        row = d.where[t.near[order, rank]]
        if row < 0 or looked[row] == looked[-1]:
            continue
        looked[row] = looked[-1]
        courier = d.trip[row, T_COURIER]
        canteen = t.couriers[courier, C_CANTEEN]
        if (
            d.trip[row, T_SLACK] >= longer
            and t.able[order, courier]
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

    With `blink` the trips of far neighbours are mostly spared where a near one has a place, and now
    and then the price of a courier is not counted, as others may follow and share it.
    """
    most = t.unserved[order]
    if blink > 0.0 and roll(dice) < SHARED:
        most += t.prices[0]
    looked = undo.looked
    looked[-1] += 1
    best, best_row, best_place = best_nearby(t, d, looked, order, blink, dice, most)
    wide = best_place < 0 or blink == 0.0 or roll(dice) < WIDE
    best_courier, meals, tried_kind = -1, t.orders[order, O_MEALS], -1
    longer = t.orders[order, O_HAND] + t.orders[order, O_PACK]
    for index in range(t.able_start[order], t.able_start[order + 1]):
        courier = t.able_couriers[index]
        canteen, boxes = t.couriers[courier, C_CANTEEN], t.couriers[courier, C_BOXES]
        if d.cooked[canteen] + meals > t.meals[canteen]:
            continue
        for place in range(d.trips[courier] if wide else 0):
            row = d.chain[courier, place]
            if (
                looked[row] != looked[-1]
                and d.trip[row, T_SLACK] >= longer
                and d.trip[row, T_MEALS] + meals <= boxes
            ):
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
def absent_orders(t: Tables, d: Duties, how: int, dice: Dice) -> npt.NDArray[np.int64]:
    """Return the unserved orders, sorted for insertion in one of `SORTS` ways."""
    count = d.tally[N_ABSENT]
    orders, keys = d.absent[:count].copy(), np.empty(count)
    sort_orders(t, orders, keys, count, how, dice)
    return orders


@kernel
def insert_these(
    t: Tables, d: Duties, undo: Saved, step: int, orders: npt.NDArray[np.int64], dice: Dice
) -> None:
    """Insert unserved orders, one after the other, without chance in the places."""
    for order in orders:
        insert_best(t, d, undo, step, order, 0.0, dice)


@kernel
def insert_all(t: Tables, d: Duties, undo: Saved, step: int, how: int, dice: Dice) -> None:
    """Insert every unserved order in one of `SORTS` ways."""
    insert_these(t, d, undo, step, absent_orders(t, d, how, dice), dice)


@lean_kernel
def random_sort(dice: Dice) -> int:
    """Return a way of sorting: at random and by weight are the usual ones."""
    dealt = pick(dice, 12)
    return 0 if dealt < 4 else 1 if dealt < 7 else 2 if dealt < 9 else 3 if dealt < 10 else 4
