"""Which orders a step of the search tears out: strings of neighbours, trips, duties, dear ones."""

import numpy as np

from routing.compiled import lean_kernel
from routing.search.dice import Dice, pick, roll
from routing.search.duties import (
    N_ABSENT,
    S_OFFSET,
    S_ORDER,
    S_PLACE,
    S_STEP,
    T_COURIER,
    T_STOPS,
    Duties,
    cut_stops,
    empty_trip,
    schedule,
)
from routing.search.saved import Saved, clear_duty, touch
from routing.tables import C_CANTEEN, C_MODE, C_PLACE, O_HAND, O_MEALS, Tables

LONGEST_STRING = 10
"""Most stops torn out of one trip."""
SPLIT = 0.5
"""Chance that a string keeps a piece in its middle."""
COMPARED = 8
"""Served orders of which the one is torn out that costs most to bring."""


@lean_kernel
def stop_of(d: Duties, row: int, order: int) -> int:
    """Return the place of an order in its trip."""
    place = 0
    while d.stop[row, place, S_ORDER] != order:
        place += 1
    return place


@lean_kernel
def tear_string(t: Tables, d: Duties, row: int, order: int, length: int, dice: Dice) -> None:
    """Drop `length` stops of a trip around an order, all together or around a kept middle."""
    count, place = d.trip[row, T_STOPS], stop_of(d, row, order)
    keep = 0
    if length < count and length > 1 and roll(dice) < SPLIT:
        keep = 1
        while length + keep < count and roll(dice) > 0.01 + SPLIT:
            keep += 1
    span = length + keep
    first = max(0, place - span + 1)
    start = first + pick(dice, min(place, count - span) - first + 1)
    if keep == 0:
        cut_stops(t, d, row, start, start + length)
        return
    head = 1 + pick(dice, length - 1) if length > 1 else 1
    cut_stops(t, d, row, start + head + keep, start + span)
    if d.trip[row, T_COURIER] >= 0 and d.where[d.stop[row, start, S_ORDER]] == row:
        cut_stops(t, d, row, start, start + head)


@lean_kernel
def ruin_strings(
    t: Tables, d: Duties, undo: Saved, step: int, seed: int, size: float, dice: Dice
) -> None:
    """Tear strings out of trips near the seed, about `size` orders in all."""
    served = len(d.where) - d.tally[N_ABSENT]
    trips = d.trips.sum()
    if trips == 0:
        return
    longest = min(float(LONGEST_STRING), max(1.0, served / trips))
    strings = 1 + pick(dice, max(1, int(4.0 * size / (1.0 + longest))))
    for rank in range(-1, t.near.shape[1]):
        order = seed if rank < 0 else t.near[seed, rank]
        row = d.where[order]
        if row < 0 or undo.trip_stamp[row] == step:
            continue
        undo.trip_stamp[row] = step
        touch(d, undo, d.trip[row, T_COURIER], step)
        most = min(longest, float(d.trip[row, T_STOPS]))
        tear_string(t, d, row, order, 1 + pick(dice, int(most)), dice)
        strings -= 1
        if strings == 0:
            break


@lean_kernel
def ruin_trips(t: Tables, d: Duties, undo: Saved, step: int, seed: int, trips: int) -> None:
    """Tear out whole trips near the seed."""
    for rank in range(-1, t.near.shape[1]):
        order = seed if rank < 0 else t.near[seed, rank]
        row = d.where[order]
        if row < 0:
            continue
        courier = d.trip[row, T_COURIER]
        touch(d, undo, courier, step)
        empty_trip(t, d, row)
        schedule(t, d, courier)
        trips -= 1
        if trips == 0:
            break


@lean_kernel
def ruin_duty(t: Tables, d: Duties, undo: Saved, step: int, seed: int) -> None:
    """Tear out the whole duty that serves the seed, or any."""
    row = d.where[seed]
    if row >= 0:
        courier = d.trip[row, T_COURIER]
        touch(d, undo, courier, step)
        clear_duty(t, d, courier)


@lean_kernel
def ruin_any(t: Tables, d: Duties, undo: Saved, step: int, count: int, dice: Dice) -> None:
    """Tear out orders from anywhere."""
    for _ in range(count):
        order = pick(dice, len(d.where))
        row = d.where[order]
        if row >= 0:
            touch(d, undo, d.trip[row, T_COURIER], step)
            place = stop_of(d, row, order)
            cut_stops(t, d, row, place, place + 1)


@lean_kernel
def canteen_without(t: Tables, d: Duties, order: int, dice: Dice) -> int:
    """Return a canteen that has too few portions left for an unserved order, or -1.

    Of the couriers who could bring the order one is taken by chance, and that one's canteen.
    """
    first, count = t.able_start[order], t.able_start[order + 1] - t.able_start[order]
    if count == 0:
        return -1
    canteen = int(t.couriers[t.able_couriers[first + pick(dice, count)], C_CANTEEN])
    short = d.cooked[canteen] + t.orders[order, O_MEALS] > t.meals[canteen]
    return canteen if short else -1


@lean_kernel
def portion_gain(t: Tables, d: Duties, row: int, place: int) -> float:
    """Return about how much cheaper the plan becomes, for each portion, without a stop.

    What follows is counted as earlier by the detour and the hand-over; waiting is not looked at.
    """
    order, count = d.stop[row, place, S_ORDER], d.trip[row, T_STOPS]
    by = t.couriers[d.trip[row, T_COURIER]]
    detour = d.stop[row, place, S_STEP] + d.stop[row, place + 1, S_STEP]
    if count > 1:
        here = d.stop[row, place - 1, S_PLACE] if place > 0 else by[C_PLACE]
        detour -= int(t.travel[by[C_MODE], here, d.stop[row, place + 1, S_PLACE]])
    gain = t.prices[1] * detour - t.unserved[order]
    earlier = detour + t.orders[order, O_HAND]
    for i in range(count - 1, place - 1, -1):
        late = d.stop[row, i, S_OFFSET] - t.limits[1]
        if late <= 0:
            break
        if i == place or late <= earlier:
            gain += t.outside[d.stop[row, i, S_ORDER]]
    return float(gain / max(1, t.orders[order, O_MEALS]))


@lean_kernel
def ruin_costly(
    t: Tables, d: Duties, undo: Saved, step: int, canteen: int, meals: int, dice: Dice
) -> None:
    """Tear out orders of a canteen until it has so many portions left, each the dearest of a few.

    Where portions are short somebody stays out, and it had better be who costs most to bring.
    """
    for _ in range(meals):
        if d.cooked[canteen] + meals <= t.meals[canteen]:
            return
        best_row, best_place, most = -1, -1, -np.inf
        for _ in range(COMPARED):
            order = pick(dice, len(d.where))
            row = d.where[order]
            if row >= 0 and t.couriers[d.trip[row, T_COURIER], C_CANTEEN] == canteen:
                place = stop_of(d, row, order)
                gain = portion_gain(t, d, row, place)
                if gain > most:
                    best_row, best_place, most = row, place, gain
        if best_row >= 0:
            touch(d, undo, d.trip[best_row, T_COURIER], step)
            cut_stops(t, d, best_row, best_place, best_place + 1)
