"""How little the rest of a trip can cost: makes label setting quick, and bounds worth having early.

A recursion from the end of a trip over orders, buckets of offsets and portions still in the boxes.
It forgets windows and what was visited, except that a trip never goes straight back to the order
that it came from (2-cycle elimination: Christofides, Mingozzi and Toth, *Exact algorithms for the
vehicle routing problem*, Mathematical Programming 1981). For that it keeps the least cost, the
order visited first, and the least cost with any other order first.

Orders that are worth less than the way to them are left out of it (`useful`): a trip without them
keeps every rule and is no dearer, so the cheapest trip has none. Beyond the circle few are left.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.compiled import inner_kernel, lean_kernel
from routing.parts import NO_WAY
from routing.tables import Floats, Ints

HOME = -1
NOBODY = -2
"""No order: for the first trip from the canteen, or where what came before is not known."""
FAR = 1 << 24
"""Seconds beyond every way; four and five of them still fit 32 bits, in which minima are quick."""


class Room(NamedTuple):
    """What one class of couriers can do, in rows of the orders that it can bring.

    Parameters
    ----------
    step : array of int64, (n + 1, n + 1)
        Seconds from hand-over start to hand-over start, hand-over included; row and column n
        are the canteen.
    ride : array of int64, (n + 1, n + 1)
        Travel seconds alone.
    meals, opens, shuts : arrays of int64, (n,)
        Portions and window of the orders.
    homeward : array of int64, (n,)
        Seconds from hand-over start to the canteen by the quickest way, other doors allowed.
    outside, unfamiliar : arrays of float64, (n,)
        Price outside the circle, and of the courier being a stranger.
    near : array of uint64, (n, words)
        Bit sets: which orders an order keeps in memory.
    detour : array of float64, (n,)
        Travel seconds that leaving the order out of a trip saves at least; minus infinity where
        that could make a trip longer or impossible.
    hand : array of int64, (n,)
        Seconds of handing over.
    limits : array of int64, (6,)
        Ride limit, circle, boxes, earliest departure, latest departure, latest return.
    travel_price : float
        Per second.
    width : int
        Seconds of a bucket of offsets; no step is shorter, 0 when steps take no time.
    levels : int
        Boxes + 1 where the rest of a trip heeds boxes, 1 where it does not.
    """

    step: Ints
    ride: Ints
    meals: Ints
    opens: Ints
    shuts: Ints
    homeward: Ints
    outside: Floats
    unfamiliar: Floats
    near: npt.NDArray[np.uint64]
    detour: Floats
    hand: Ints
    limits: Ints
    travel_price: float
    width: int
    levels: int


class Rest(NamedTuple):
    """Least costs of what follows an order, by bucket of its offset and free portions.

    Parameters
    ----------
    best : array of float64, (n, buckets, levels)
        Least cost.
    first : array of int32, (n, buckets, levels)
        The order visited first at that cost, or `HOME`.
    other : array of float64, (n, buckets, levels)
        Least cost when another comes first.
    """

    best: Floats
    first: npt.NDArray[np.int32]
    other: Floats


def no_rest() -> Rest:
    """Return what stands for not knowing anything."""
    empty = np.zeros((0, 0, 0))
    return Rest(empty, np.zeros((0, 0, 0), dtype=np.int32), empty)


def least_detours(ride: Ints, hand: Ints) -> Floats:
    """Return the travel seconds that leaving each order out of any trip saves at least.

    Parameters
    ----------
    ride : array of int64, (n + 1, n + 1)
        Travel seconds; row and column n are the canteen.
    hand : array of int64, (n,)
        Seconds of handing over.

    Returns
    -------
    array of float64, (n,)
        Minus infinity where a trip without the order could be later at the doors that follow, or
        has no way to them.
    """
    count, way = len(hand), ride < NO_WAY
    detour = np.empty(count)
    direct = np.where(way, ride, FAR).astype(np.int32)
    np.fill_diagonal(direct, -FAR)  # nobody is visited before and after the same order
    direct[count, count] = 0
    legs = np.where(way, ride, 4 * FAR).astype(np.int32)
    np.fill_diagonal(legs, 4 * FAR)
    onward = np.empty_like(direct)
    for order in range(count):
        np.subtract(legs[order], direct, out=onward)
        saved = int((legs[:, order] + onward.min(axis=1)).min())
        if saved > FAR // 2:  # on no trip
            detour[order] = np.inf
        else:
            detour[order] = saved if saved + hand[order] >= 0 else -np.inf
    return detour


def useful(room: Room, gain: Floats, second: float) -> npt.NDArray[np.bool_]:
    """Return which orders the cheapest trip may visit: inside the circle, and beyond it.

    Leaving a stop out of a trip that visits no order twice makes later hand-overs earlier, waits
    no longer, and counts in no more cuts. So where a stop brings less than the way to it costs, the
    trip without it is no dearer.

    Parameters
    ----------
    room : Room
        The crew.
    gain : array of float64, (n,)
        What bringing each order is worth.
    second : float
        Price of a courier's second.

    Returns
    -------
    array of bool, (2, n)
    """
    known = np.isfinite(room.detour)
    saved = (room.travel_price + second) * np.where(known, room.detour, 0.0) + second * room.hand
    return np.stack([gain > saved, gain > saved + room.outside]) | ~known


def completions(room: Room, gain: Floats, second: float) -> Rest:
    """Return the least costs of what follows each order.

    Parameters
    ----------
    room : Room
        The crew; its width must not be 0.
    gain : array of float64, (n,)
        What bringing each order is worth.
    second : float
        Price of a courier's second.
    """
    shape = (len(room.meals), int(room.limits[0]) // room.width + 1, room.levels)
    rest = Rest(np.empty(shape), np.full(shape, HOME, dtype=np.int32), np.full(shape, np.inf))
    inside, beyond = useful(room, gain, second)
    _fill(room, gain, second, np.nonzero(inside)[0], np.nonzero(beyond)[0], rest)
    return rest


@lean_kernel
def _fill(room: Room, gain: Floats, second: float, inside: Ints, beyond: Ints, rest: Rest) -> None:
    """Write the least costs, from the longest offsets to the shortest."""
    n, width, circle = len(room.meals), room.width, room.limits[1]
    for bucket in range(rest.best.shape[1] - 1, -1, -1):
        start = bucket * width
        for i in range(n):
            home = room.travel_price * room.ride[i, n] + second * room.step[i, n]
            for left in range(room.levels):
                rest.best[i, bucket, left] = home
            if start <= circle:
                for place in range(len(inside)):
                    j = inside[place]
                    if start + room.step[i, j] <= circle:
                        _go_on(room, rest, i, bucket, j, second, gain[j])
            for place in range(len(beyond)):
                j = beyond[place]
                if start + room.step[i, j] > circle:
                    _go_on(room, rest, i, bucket, j, second, gain[j] - room.outside[j])


@inner_kernel
def _go_on(room: Room, rest: Rest, i: int, bucket: int, j: int, second: float, gain: float) -> None:
    """Take in that order j may come after order i."""
    offset = bucket * room.width + room.step[i, j]
    if j == i or offset > room.limits[0] or room.ride[i, j] >= NO_WAY:
        return
    cost = room.travel_price * room.ride[i, j] + second * room.step[i, j] - gain
    then = offset // room.width
    need = room.meals[j] if room.levels > 1 else 0
    for left in range(need, room.levels):
        back = rest.first[j, then, left - need] == i
        value = rest.other[j, then, left - need] if back else rest.best[j, then, left - need]
        value += cost
        least = rest.best[i, bucket, left]
        rest.best[i, bucket, left] = min(value, least)
        rest.other[i, bucket, left] = min(rest.other[i, bucket, left], max(value, least))
        if value < least:
            rest.first[i, bucket, left] = j


@inner_kernel
def least_after(room: Room, rest: Rest, order: int, offset: int, meals: int, came: int) -> float:
    """Return how little the rest of a trip can cost; infinite when the boxes are overfull.

    Parameters
    ----------
    room, rest : Room, Rest
        The crew and its least costs.
    order, offset, meals : int
        Where the trip is, when, and what it carries in all.
    came : int
        Order that must not come next, or `NOBODY`.
    """
    left = 0
    if room.levels > 1:
        left = room.limits[2] - meals
        if left < 0:
            return np.inf
    bucket = offset // room.width
    if rest.first[order, bucket, left] == came:
        return float(rest.other[order, bucket, left])
    return float(rest.best[order, bucket, left])


@lean_kernel
def least_trip(room: Room, rest: Rest, gain: Floats, second: float) -> float:
    """Return how little any trip can cost, loading apart; 0 when there is none below."""
    n, least = len(room.meals), 0.0
    for j in range(n):
        offset = room.step[n, j]
        if offset > room.limits[0] or room.ride[n, j] >= NO_WAY:
            continue
        cost = room.travel_price * room.ride[n, j] + second * offset - gain[j]
        if offset > room.limits[1]:
            cost += room.outside[j]
        least = min(least, cost + least_after(room, rest, j, offset, room.meals[j], NOBODY))
    return float(least)
