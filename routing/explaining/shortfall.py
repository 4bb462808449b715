"""What every place in a plan lacks to take one more order: the compiled part of explanations.

The plan stays as it is: every other order keeps its trip and its place among the others, only
times may move. For each place where the order could be put (in every trip, and as a trip of its
own before, between and after them) the rules that stand in the way are listed, each with the least
amount that would let the order in: portions, boxes, a skill, seconds of a window. Relaxing a limit
never makes a place impossible or dearer, so least amounts are found by halving.
"""

import numpy as np

from routing.compiled import kernel
from routing.explaining.wishes import (
    BARELY,
    BOXES,
    CANTEEN,
    COURIER,
    E_BOX,
    E_CANTEEN,
    E_COURIER,
    E_COURIER_SECOND,
    E_PORTION,
    E_SKILL,
    E_TRIP,
    F_AT,
    F_BACK,
    F_BEGIN,
    F_BOXES,
    F_COURIER,
    F_NEW,
    F_PORTIONS,
    F_SECONDS,
    F_TRIP,
    FIGURES,
    FOUND_COLUMNS,
    HOURS_EARLIER,
    HOURS_LATER,
    P_END,
    P_LOAD,
    P_MEALS,
    P_OPEN,
    P_SHUT,
    PORTIONS,
    RIDE,
    SHIFT_EARLIER,
    SHIFT_LATER,
    SKILL,
    TIMES,
    TRIP,
    WINDOW_EARLIER,
    WINDOW_LATER,
    Found,
    Limits,
    Present,
    Wish,
)
from routing.parts import NO_WAY
from routing.tables import (
    C_BOXES,
    C_CANTEEN,
    C_CLOSE,
    C_FROM,
    C_LOAD,
    C_MODE,
    C_PLACE,
    C_TO,
    C_TRIPS,
    FAR,
    O_FROM,
    O_HAND,
    O_MEALS,
    O_PACK,
    O_PLACE,
    O_TO,
    O_USUAL,
    Ints,
    Tables,
)


@kernel
def walk(
    t: Tables, courier: int, stops: Ints, order: int, figures: Ints
) -> tuple[bool, float, float, int]:
    """Follow a trip; return whether it can be made, its price, the part for others outside, a ride.

    The ride is that of `order`, and the price leaves out what its own ride costs outside the
    circle. `figures` takes a row of `Present.figures`.
    """
    who = t.couriers[courier]
    seconds = t.travel[who[C_MODE]]
    here, clock, travel, price = who[C_PLACE], 0, 0, 0.0
    load, meals, opens, shuts, possible = who[C_LOAD], 0, -FAR, FAR, True
    for stop in stops:
        row = t.orders[stop]
        step = int(seconds[here, row[O_PLACE]])
        possible &= step < NO_WAY
        clock += step
        travel += step
        opens = max(opens, row[O_FROM] - clock)
        shuts = min(shuts, row[O_TO] - clock)
        possible &= bool(opens <= row[O_TO] - clock)
        load += row[O_PACK]
        meals += row[O_MEALS]
        if row[O_USUAL] >= 0 and row[O_USUAL] != courier:
            price += t.prices[2]
        clock += row[O_HAND]
        here = row[O_PLACE]
    back = int(seconds[here, who[C_PLACE]])
    possible &= back < NO_WAY
    figures[P_LOAD], figures[P_END], figures[P_MEALS] = load, clock + back, meals
    figures[P_OPEN], figures[P_SHUT] = opens, shuts
    leave = min(opens, shuts, who[C_CLOSE])
    here, clock, wait, outside, own = who[C_PLACE], 0, -FAR, 0.0, 0
    for stop in stops:
        row = t.orders[stop]
        clock += int(seconds[here, row[O_PLACE]])
        wait = max(wait, row[O_FROM] - clock)
        ride = clock + max(0, wait - leave)
        possible &= bool(ride <= t.limits[0])
        if stop == order:
            own = ride
        elif ride > t.limits[1]:
            outside += t.outside[stop]
        clock += row[O_HAND]
        here = row[O_PLACE]
    return possible, price + t.prices[1] * (travel + back) + outside, outside, own


@kernel
def fits_duty(
    t: Tables, p: Present, courier: int, trip: int, new: bool, figures: Ints
) -> tuple[bool, int, int]:
    """Return whether a duty can be driven with a changed or new trip; its loading and return."""
    ready, begin, back, possible = t.couriers[courier, C_FROM], 0, 0, True
    count = p.duty[courier + 1] - p.duty[courier]
    for place in range(count + new):
        changed = place == trip
        before = place - (new and place > trip)
        one = figures if changed else p.figures[p.duty[courier] + before]
        shuts = min(one[P_SHUT], t.couriers[courier, C_CLOSE])
        leave = max(ready + one[P_LOAD], min(one[P_OPEN], shuts))  # soon, but not only to wait
        possible &= bool(leave <= shuts)
        ready = one[P_END] + max(leave, one[P_OPEN])
        if changed:
            begin, back = leave - one[P_LOAD], ready
    return possible and ready <= t.couriers[courier, C_TO], begin, back


@kernel
def move_limit(t: Tables, courier: int, wish: Wish, limit: int, seconds: int) -> None:
    """Move a limit in time, outwards by so many seconds, or back by a negative number."""
    if limit == WINDOW_EARLIER:
        t.orders[wish.order, O_FROM] -= seconds
    elif limit == WINDOW_LATER:
        t.orders[wish.order, O_TO] += seconds
    elif limit == RIDE:
        t.limits[1 if wish.inside else 0] += seconds
    elif limit in (SHIFT_EARLIER, HOURS_EARLIER):
        t.couriers[courier, C_FROM] -= seconds
    elif limit == SHIFT_LATER:
        t.couriers[courier, C_TO] += seconds
    elif limit == HOURS_LATER:
        t.couriers[courier, C_CLOSE] += seconds


@kernel
def weigh(
    t: Tables, p: Present, wish: Wish, where: Ints, stops: Ints, figures: Ints
) -> tuple[bool, float, int, int]:
    """Return whether a place grants the wish, what the plan then costs more, loading and return."""
    courier, trip, new = where[F_COURIER], where[F_TRIP], bool(where[F_NEW])
    possible, price, outside, ride = walk(t, courier, stops, wish.order, figures)
    late = ride > t.limits[1]
    if not possible or (wish.inside and late):
        return False, 0.0, 0, 0
    if late:
        price += t.outside[wish.order]
    if not new:
        row = p.duty[courier] + trip
        price -= p.price[row]
        outside -= p.outside[row]
    elif p.duty[courier + 1] == p.duty[courier]:
        price += t.prices[0]
    if price >= wish.most - BARELY or (wish.kind and outside > BARELY):
        return False, 0.0, 0, 0
    fits, begin, back = fits_duty(t, p, courier, trip, new, figures)
    return fits, price, begin, back


@kernel
def least_seconds(
    t: Tables,
    p: Present,
    wish: Wish,
    where: Ints,
    stops: Ints,
    figures: Ints,
    limit: int,
    most: int,
) -> int:
    """Return by how little a limit in time must move for a place to grant the wish; -1 if more."""
    courier = where[F_COURIER]
    move_limit(t, courier, wish, limit, most)
    granted = weigh(t, p, wish, where, stops, figures)[0]
    move_limit(t, courier, wish, limit, -most)
    if not granted:
        return -1
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        move_limit(t, courier, wish, limit, middle)
        granted = weigh(t, p, wish, where, stops, figures)[0]
        move_limit(t, courier, wish, limit, -middle)
        if granted:
            high = middle
        else:
            low = middle
    return high


@kernel
def note(
    found: Found, which: int, effort: float, saves: float, where: Ints, begin: int, back: int
) -> None:
    """Keep a place if it is the best of its set of changes."""
    better = effort < found.effort[which] - BARELY
    same = effort <= found.effort[which] + BARELY and saves > found.saves[which] + BARELY
    if better or same:
        found.effort[which], found.saves[which] = effort, saves
        found.what[which] = where
        found.what[which, F_BEGIN], found.what[which, F_BACK] = begin, back


@kernel
def try_place(
    t: Tables, p: Present, wish: Wish, limits: Limits, found: Found,
    where: Ints, bits: int, effort: float, stops: Ints, figures: Ints,
) -> None:  # fmt: skip
    """Find the least change in time, if any is needed, that makes a place grant the wish."""
    courier = where[F_COURIER]
    granted, price, begin, back = weigh(t, p, wish, where, stops, figures)
    if granted:
        if limits.new[courier]:
            effort += limits.effort[E_COURIER_SECOND] * (back - begin)
        note(found, bits, effort, wish.gain - price, where, begin, back)
        return
    if not wish.changes:
        return
    for limit in range(1, TIMES):
        unit = max(limits.effort[limit], 1e-9)
        worth = (found.effort[bits | limit] - effort) / unit
        most = min(limits.most[courier, limit], np.int64(min(worth, 1e9)))
        if most < 1:
            continue
        seconds = least_seconds(t, p, wish, where, stops, figures, limit, most)
        if seconds < 0:
            continue
        move_limit(t, courier, wish, limit, seconds)
        _, price, begin, back = weigh(t, p, wish, where, stops, figures)
        move_limit(t, courier, wish, limit, -seconds)
        whole = effort + unit * seconds
        if limits.new[courier]:
            whole += limits.effort[E_COURIER_SECOND] * (back - begin)
        where[F_SECONDS] = seconds
        note(found, bits | limit, whole, wish.gain - price, where, begin, back)
        where[F_SECONDS] = 0


@kernel
def try_trip(
    t: Tables, p: Present, wish: Wish, limits: Limits, found: Found,
    where: Ints, bits: int, effort: float,
) -> None:  # fmt: skip
    """Try the order at every place of one trip, or as a trip of its own."""
    courier, row = where[F_COURIER], p.duty[where[F_COURIER]] + where[F_TRIP]
    figures = np.zeros(FIGURES, dtype=np.int64)
    start, stop, held = p.first[row], p.first[row], np.int64(0)
    if where[F_NEW]:
        if p.duty[courier + 1] - p.duty[courier] >= t.couriers[courier, C_TRIPS]:
            bits, effort = bits | TRIP, effort + limits.effort[E_TRIP]
    else:
        stop, held = p.first[row + 1], p.figures[row, P_MEALS]
    boxes = held + t.orders[wish.order, O_MEALS] - t.couriers[courier, C_BOXES]
    where[F_BOXES] = 0
    if boxes > 0 and not limits.new[courier]:  # newcomers come with boxes large enough
        bits, effort = bits | BOXES, effort + boxes * limits.effort[E_BOX]
        where[F_BOXES] = boxes
    if bits and not wish.changes:
        return
    count = stop - start + 1
    stops = np.empty(count, dtype=np.int64)
    for at in range(count):
        stops[:at] = p.stops[start : start + at]
        stops[at] = wish.order
        stops[at + 1 :] = p.stops[start + at : stop]
        where[F_AT] = at
        try_place(t, p, wish, limits, found, where, bits, effort, stops, figures)


@kernel
def find_places(t: Tables, p: Present, wish: Wish, limits: Limits, found: Found) -> None:
    """Look at every place of a plan and keep the best of each set of changes.

    Parameters
    ----------
    t : Tables
        The problem; limits are moved in place and moved back.
    p : Present
        The plan, without the order.
    wish, limits : Wish, Limits
        What is wanted, and what stands in its way.
    found : Found
        Takes the places.
    """
    where = np.zeros(FOUND_COLUMNS, dtype=np.int64)
    for courier in range(len(t.couriers)):
        canteen = t.couriers[courier, C_CANTEEN]
        lacking = p.cooked[canteen] + t.orders[wish.order, O_MEALS] - t.meals[canteen]
        bits, effort = 0, 0.0
        if lacking > 0:
            bits, effort = bits | PORTIONS, effort + lacking * limits.effort[E_PORTION]
        if not limits.skilled[courier]:
            bits, effort = bits | SKILL, effort + limits.effort[E_SKILL]
        if not limits.allowed[courier]:
            bits, effort = bits | CANTEEN, effort + limits.effort[E_CANTEEN]
        if limits.new[courier]:
            bits, effort = bits | COURIER, effort + limits.effort[E_COURIER]
        where[F_COURIER], where[F_PORTIONS] = courier, max(0, lacking)
        count = p.duty[courier + 1] - p.duty[courier]
        for trip in range(count + 1):
            where[F_TRIP], where[F_NEW] = trip, 1
            try_trip(t, p, wish, limits, found, where, bits, effort)
            if trip < count:
                where[F_NEW] = 0
                try_trip(t, p, wish, limits, found, where, bits, effort)
