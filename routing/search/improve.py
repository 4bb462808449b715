"""Large-neighbourhood search on whole duties: tear out what lies together, put it back better.

Ruin and recreate with strings of neighbouring stops and blinking insertion (Christiaens and Vanden
Berghe, *Slack induction by string removals*, Transportation Science 2020), here on trips of duties,
with whole trips, duties and orders left out before as further things to tear or add. Simulated
annealing decides what is kept. Only duties that were touched are saved and restored.
"""

from typing import NamedTuple

import numpy as np

from routing.compiled import kernel, lean_kernel
from routing.search.blocks import move_blocks
from routing.search.dice import Dice, pick, roll
from routing.search.duties import N_ABSENT, Duties
from routing.search.insertion import insert_best, random_sort, sort_orders
from routing.search.ruin import (
    canteen_without,
    ruin_any,
    ruin_costly,
    ruin_duty,
    ruin_strings,
    ruin_trips,
)
from routing.search.saved import Saved, save_all, undo_step
from routing.tables import O_MEALS, Ints, Tables

RETRIES = 8
"""Orders left out earlier that are tried again in one step, beside those near the hole."""


class Habits(NamedTuple):
    """What the search does how often; chances are of a step.

    Parameters
    ----------
    torn : float
        Orders torn out by strings on average.
    blocks, trips, duty, scattered : float
        Chance to give trips to others, to tear whole trips, a whole duty, orders from anywhere.
        Otherwise strings of neighbours are torn.
    left_out : float
        Chance to begin at an order that is left out, if there is one.
    near : float
        Chance to begin at one of the orders that the search is told to keep to, if there are any.
    blink : float
        Chance that a possible place is overlooked.
    later : float
        Where a canteen is full: chance that who was left out before is inserted after all who were
        torn out. Mixed, most steps would change who is served, which seldom pays.
    exchange : float
        Where a canteen is full: chance that a step begun at an order left out also tears out one
        that costs much to bring, and inserts the order left out before all others.
    """

    torn: float = 6.0
    blocks: float = 0.08
    trips: float = 0.06
    duty: float = 0.03
    scattered: float = 0.03
    left_out: float = 0.3
    near: float = 0.0
    blink: float = 0.01
    later: float = 0.8
    exchange: float = 0.5


@kernel
def ruin(
    t: Tables, d: Duties, undo: Saved, step: int, seed: int, habits: Habits, dice: Dice
) -> None:
    """Tear out orders in one of several ways."""
    dealt = roll(dice)
    if dealt < habits.blocks:
        move_blocks(t, d, undo, step, seed, dice, habits.blink)
        return
    dealt -= habits.blocks
    if dealt < habits.trips:
        ruin_trips(t, d, undo, step, seed, 1 + pick(dice, 3))
        return
    dealt -= habits.trips
    if dealt < habits.duty:
        ruin_duty(t, d, undo, step, seed)
    elif dealt < habits.duty + habits.scattered:
        ruin_any(t, d, undo, step, 1 + pick(dice, int(habits.torn)), dice)
    else:
        ruin_strings(t, d, undo, step, seed, habits.torn, dice)


@lean_kernel
def gather(t: Tables, d: Duties, before: int, seed: int, orders: Ints, dice: Dice) -> int:
    """List what to insert: all that was torn out, some of what was left out before."""
    count = 0
    for i in range(before, d.tally[N_ABSENT]):
        orders[count] = d.absent[i]
        count += 1
    if before <= 2 * RETRIES:
        for i in range(before):
            orders[count] = d.absent[i]
            count += 1
        return count
    start = pick(dice, before)
    for i in range(RETRIES):
        orders[count] = d.absent[(start + i) % before]
        count += 1
    tried = 0
    for rank in range(t.near.shape[1]):
        order = t.near[seed, rank]
        place = d.absent_at[order]
        if 0 <= place < before and (place - start) % before >= RETRIES and tried < RETRIES:
            orders[count] = order
            count += 1
            tried += 1
    return count


@kernel
def recreate(
    t: Tables,
    d: Duties,
    undo: Saved,
    step: int,
    before: int,
    seed: int,
    blink: float,
    first: bool,
    later: bool,
    dice: Dice,
) -> None:
    """Insert what was torn out and some of what was left out, each where it costs least.

    Parameters
    ----------
    t, d, undo, step : Tables, Duties, Saved, int
        The problem, the plan, room to undo, and the number of the step.
    before : int
        Orders that were left out before the step.
    seed : int
        Where the step began.
    blink : float
        Chance that a place is overlooked.
    first : bool
        Whether the order that the step began at comes before all others.
    later : bool
        Whether who was left out before comes after who was torn out.
    dice : array
        Random numbers.
    """
    room = d.tally[N_ABSENT] + 2 * RETRIES
    orders, keys = np.empty(room, dtype=np.int64), np.empty(room)
    count = gather(t, d, before, seed, orders, dice)
    front = d.tally[N_ABSENT] - before if later else count
    how = random_sort(dice)
    sort_orders(t, orders, keys, front, how, dice)
    sort_orders(t, orders[front:], keys, count - front, how, dice)
    if first:
        insert_best(t, d, undo, step, seed, blink, dice)
    for i in range(count):
        if d.where[orders[i]] < 0:
            insert_best(t, d, undo, step, orders[i], blink, dice)


@kernel
def take_step(
    t: Tables, d: Duties, undo: Saved, step: int, seed: int, habits: Habits, dice: Dice
) -> None:
    """Tear out and insert again; where a canteen is full, with care for who is served."""
    before, canteen = d.tally[N_ABSENT], -1
    if before > 0:
        absent = seed if d.where[seed] < 0 else d.absent[pick(dice, before)]
        canteen = canteen_without(t, d, absent, dice)
    exchange = canteen >= 0 and d.where[seed] < 0 and roll(dice) < habits.exchange
    later = canteen >= 0 and roll(dice) < habits.later
    ruin(t, d, undo, step, seed, habits, dice)
    if exchange:
        ruin_costly(t, d, undo, step, canteen, t.orders[seed, O_MEALS], dice)
    recreate(t, d, undo, step, before, seed, habits.blink, exchange, later, dice)


@kernel
def search(
    t: Tables,
    d: Duties,
    best: Saved,
    undo: Saved,
    dice: Dice,
    first: int,
    steps: int,
    heat: float,
    habits: Habits,
    near: Ints,
) -> None:
    """Make some steps of the search.

    Parameters
    ----------
    t, d : Tables, Duties
        The problem and the present plan, changed in place.
    best, undo : Saved
        The best plan so far, and room to undo a step; changed in place.
    dice : array
        Random numbers.
    first, steps : int
        Number of the first step (steps are never numbered twice), and how many to make.
    heat : float
        Temperature in units of cost.
    habits : Habits
        What is done how often.
    near : array of int64
        Orders that most steps begin at; none means everywhere alike.
    """
    for step in range(first, first + steps):
        before, cost = d.tally[N_ABSENT], d.cost[0]
        undo.cost[0] = cost
        seed = pick(dice, len(d.where))
        if before > 0 and roll(dice) < habits.left_out:
            seed = d.absent[pick(dice, before)]
        if len(near) > 0 and roll(dice) < habits.near:
            seed = near[pick(dice, len(near))]
        take_step(t, d, undo, step, seed, habits, dice)
        if d.cost[0] < best.cost[0] - 1e-6:
            save_all(d, best)
        elif d.cost[0] >= cost - heat * np.log(max(roll(dice), 1e-300)):
            undo_step(t, d, undo, step)
