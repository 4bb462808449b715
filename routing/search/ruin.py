"""Which orders a step of the search tears out: strings of neighbours, trips, duties, any."""

from routing.compiled import lean_kernel
from routing.search.dice import Dice, pick, roll
from routing.search.duties import (
    N_ABSENT,
    S_ORDER,
    T_COURIER,
    T_STOPS,
    Duties,
    cut_stops,
    empty_trip,
    schedule,
)
from routing.search.saved import Saved, clear_duty, touch
from routing.tables import Tables

LONGEST_STRING = 10
"""Most stops torn out of one trip."""
SPLIT = 0.5
"""Chance that a string keeps a piece in its middle."""


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
