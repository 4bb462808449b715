"""Whole trips as units: given to another courier or another time of the day."""

import numpy as np

from routing.compiled import kernel, lean_kernel
from routing.search.dice import Dice, pick, roll
from routing.search.duties import (
    N_FREE,
    S_ORDER,
    T_BACK,
    T_COURIER,
    T_END,
    T_LATEST,
    T_LOAD,
    T_MEALS,
    T_OPEN,
    T_SHUT,
    T_STOPS,
    Duties,
    empty_trip,
    fits,
    hire_price,
    measure,
    put_trip,
    schedule,
)
from routing.search.saved import Saved, touch
from routing.tables import C_BOXES, C_CANTEEN, C_FROM, C_TO, C_TRIPS, Ints, Tables


@lean_kernel
def all_able(t: Tables, orders: Ints, courier: int) -> bool:
    """Return whether a courier could bring each of these orders."""
    able = True
    for order in orders:
        able &= t.able[order, courier]
    return able


@lean_kernel
def place_block(
    t: Tables, d: Duties, undo: Saved, step: int, orders: Ints, blink: float, dice: Dice
) -> int:
    """Insert unserved orders as one trip where it costs least; return its courier or -1."""
    scratch = d.trip[d.free[0]]
    row = d.free[0]
    best, best_courier, best_place = np.inf, -1, -1
    for index in range(t.able_start[orders[0]], t.able_start[orders[0] + 1]):
        courier = t.able_couriers[index]
        by, count = t.couriers[courier], d.trips[courier]
        if count >= by[C_TRIPS] or count >= d.chain.shape[1] or not all_able(t, orders, courier):
            continue
        scratch[T_COURIER], scratch[T_STOPS] = courier, len(orders)
        for i in range(len(orders)):
            d.stop[row, i, S_ORDER] = orders[i]
        possible = measure(t, d, row)
        meals = scratch[T_MEALS]
        possible &= meals <= by[C_BOXES]
        possible &= d.cooked[by[C_CANTEEN]] + meals <= t.meals[by[C_CANTEEN]]
        cost = d.trip_cost[row] + (hire_price(t, courier) if count == 0 else 0.0)
        if not possible or cost >= best:
            continue
        ready = by[C_FROM]
        for place in range(count + 1):
            limit = d.trip[d.chain[courier, place], T_LATEST] if place < count else by[C_TO]
            if roll(dice) > blink and fits(
                ready, scratch[T_LOAD], scratch[T_END], scratch[T_OPEN], scratch[T_SHUT], limit
            ):
                best, best_courier, best_place = cost, courier, place
                break
            if place < count:
                ready = d.trip[d.chain[courier, place], T_BACK]
    scratch[T_COURIER] = -1
    if best_courier >= 0:
        touch(d, undo, best_courier, step)
        put_trip(t, d, best_courier, best_place, orders)
    return best_courier


@kernel
def lift_trip(t: Tables, d: Duties, undo: Saved, step: int, row: int) -> Ints:
    """Take a trip out and return its orders."""
    courier = d.trip[row, T_COURIER]
    touch(d, undo, courier, step)
    orders = d.stop[row, : d.trip[row, T_STOPS], S_ORDER].copy()
    empty_trip(t, d, row)
    schedule(t, d, courier)
    return orders


@kernel
def move_blocks(
    t: Tables, d: Duties, undo: Saved, step: int, seed: int, dice: Dice, blink: float
) -> None:
    """Lift the seed's trip and some near it, and place each anew where it costs least."""
    first = d.where[seed]
    if first < 0 or d.tally[N_FREE] == 0:
        return
    lifted = [lift_trip(t, d, undo, step, first)]
    more = pick(dice, 4)
    for _ in range(more):
        order = t.near[seed, pick(dice, t.near.shape[1])] if t.near.shape[1] else seed
        if d.where[order] >= 0:
            lifted.append(lift_trip(t, d, undo, step, d.where[order]))
    while len(lifted) > 0:
        orders = lifted.pop(pick(dice, len(lifted)))
        place_block(t, d, undo, step, orders, blink, dice)
