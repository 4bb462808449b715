"""How little the rest of a trip can cost: makes label setting quick, and bounds worth having early.

A recursion from the end of a trip over orders, buckets of offsets and portions still in the boxes.
It forgets windows and what was visited, except that a trip never goes straight back to the order
that it came from (2-cycle elimination: Christofides, Mingozzi and Toth, *Exact algorithms for the
vehicle routing problem*, Mathematical Programming 1981). For that it keeps the least cost, the
order visited first, and the least cost with any other order first.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.compiled import kernel
from routing.instance import NO_WAY
from routing.tables import Floats, Ints

HOME = -1
NOBODY = -2
"""No order: for the first trip from the canteen, or where what came before is not known."""


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


@kernel
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
    n, levels = len(room.meals), room.levels
    buckets = room.limits[0] // room.width + 1
    best = np.empty((n, buckets, levels))
    other = np.full((n, buckets, levels), np.inf)
    first = np.full((n, buckets, levels), HOME, dtype=np.int32)
    for bucket in range(buckets - 1, -1, -1):
        start = bucket * room.width
        for i in range(n):
            best[i, bucket] = room.travel_price * room.ride[i, n] + second * room.step[i, n]
            for j in range(n):
                offset = start + room.step[i, j]
                if j == i or offset > room.limits[0] or room.ride[i, j] >= NO_WAY:
                    continue
                cost = room.travel_price * room.ride[i, j] + second * room.step[i, j] - gain[j]
                if offset > room.limits[1]:
                    cost += room.outside[j]
                then = offset // room.width
                need = room.meals[j] if levels > 1 else 0
                for left in range(need, levels):
                    value = best[j, then, left - need]
                    if first[j, then, left - need] == i:
                        value = other[j, then, left - need]
                    value += cost
                    if value < best[i, bucket, left]:
                        other[i, bucket, left] = best[i, bucket, left]
                        best[i, bucket, left] = value
                        first[i, bucket, left] = j
                    elif value < other[i, bucket, left]:
                        other[i, bucket, left] = value
    return Rest(best, first, other)


@kernel
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


@kernel
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
