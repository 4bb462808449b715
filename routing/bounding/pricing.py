"""The cheapest trips for given shadow prices: label setting, which proves how cheap they can be.

A label is a partial trip, with the exact clock of `routing.search.duties`: offset T, the earliest
hand-over A at its last stop, the latest departure L, portions, reduced cost, and a memory of stops
that must not come again. The memory is that of ng-routes (Baldacci, Mingozzi and Roberti, *New
route relaxation and pricing strategies for the vehicle routing problem*, Operations Research 2011):
an order is remembered as long as the trip stays among orders that count it as near, so few labels
differ only by it. Trips that visit an order twice far apart slip through, which makes the bound
lower, never wrong.

Subset-row cuts (Jepsen, Petersen, Spoorendonk and Pisinger, *Subset-row inequalities applied to the
vehicle-routing problem with time windows*, Operations Research 2008) charge a trip for every second
visit to three orders (`labels`).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import NOBODY, Rest, Room, least_after
from routing.bounding.labels import (
    ALIVE,
    BEFORE,
    EARLIEST,
    END,
    LATEST,
    MEALS,
    NEXT_HERE,
    NEXT_TIME,
    OFFSET,
    ORDER,
    Bits,
    Labels,
    charges,
    dominated,
    holds,
)
from routing.compiled import inner_kernel, lean_kernel
from routing.parts import NO_WAY
from routing.tables import Floats, Ints

TINY = 1e-6
"""Reduced costs above minus this count as not negative."""


class Worth(NamedTuple):
    """Shadow prices as one crew sees them.

    Parameters
    ----------
    gain : array of float64, (n,)
        What bringing each order is worth, less its prices that do not depend on the trip.
    second, start : float
        Shadow price of a courier's second, and price of loading for a trip.
    rest : Rest
        From `completions`; empty to do without.
    useful : array of bool, (2, n)
        Orders that the cheapest trip may visit inside the circle, and beyond it.
    cuts : array of uint64, (n, cut words)
        Bit set of the cuts that each order belongs to.
    charge : array of float64, (64 · cut words,)
        What each cut charges for every second visit, at least 0.
    """

    gain: Floats
    second: float
    start: float
    rest: Rest
    useful: npt.NDArray[np.bool_]
    cuts: Bits
    charge: Floats


@inner_kernel
def visit_cuts(worth: Worth, labels: Labels, at: int, j: int, new: int) -> float:
    """Write which cuts are odd after a visit to order j; return what is charged for it."""
    total = 0.0
    for word in range(labels.odd.shape[1]):
        before, here = labels.odd[at, word], worth.cuts[j, word]
        total += charges(worth.charge, before & here, word)
        labels.odd[new, word] = before ^ here
    return total


@inner_kernel
def extend(room: Room, labels: Labels, at: int, j: int, new: int) -> bool:
    """Write a label's extension to order j into row `new`, cost apart; False if impossible."""
    n = len(room.meals)
    old, one = labels.whole[at], labels.whole[new]
    step = room.step[n if at == 0 else old[ORDER], j]
    offset = old[OFFSET] + step
    earliest = max(old[EARLIEST] + step, room.opens[j])
    latest = min(old[LATEST], room.shuts[j] - offset)
    if (
        old[MEALS] + room.meals[j] > room.limits[2]
        or earliest > room.shuts[j]
        or max(offset, earliest - latest) > room.limits[0]
        or earliest + room.homeward[j] > room.limits[5]
    ):
        return False
    one[ORDER], one[OFFSET], one[EARLIEST], one[LATEST] = j, offset, earliest, latest
    one[MEALS], one[BEFORE], one[ALIVE] = old[MEALS] + room.meals[j], at, 1
    for w in range(labels.seen.shape[1]):
        labels.seen[new, w] = labels.seen[at, w] & room.near[j, w]
    labels.seen[new, j // 64] |= np.uint64(1) << np.uint64(j % 64)
    return True


@inner_kernel
def promising(room: Room, worth: Worth, labels: Labels, at: int, j: int, new: int) -> bool:
    """Extend a label to order j as row `new`; False if impossible or no cheap trip can follow."""
    n = len(room.meals)
    i = n if at == 0 else labels.whole[at, ORDER]
    offset = labels.whole[at, OFFSET] + room.step[i, j]
    beyond = offset > room.limits[1]
    if offset > room.limits[0] or not worth.useful[int(beyond), j]:
        return False
    if room.ride[i, j] >= NO_WAY or holds(labels, at, j):
        return False
    cost = labels.cost[at] + room.travel_price * room.ride[i, j] - worth.gain[j]
    cost += worth.second * room.step[i, j]
    if beyond:
        cost += room.outside[j]
    cost += visit_cuts(worth, labels, at, j, new)
    labels.cost[new] = cost
    if worth.rest.best.size:
        # Only what is remembered at j may be ruled out as the next stop: a label with another
        # past, which rules this one out, has to be pruned by nothing that this one is not.
        came = i if at != 0 and remembers(room, j, i) else NOBODY
        meals = labels.whole[at, MEALS] + room.meals[j]
        if cost + least_after(room, worth.rest, j, offset, meals, came) >= -TINY:
            return False
    return extend(room, labels, at, j, new)


@inner_kernel
def remembers(room: Room, j: int, other: int) -> bool:
    """Return whether order j keeps another in a trip's memory."""
    return bool((room.near[j, other // 64] >> np.uint64(other % 64)) & np.uint64(1))


@lean_kernel
def unfinished(room: Room, worth: Worth, labels: Labels, buckets: Ints, at: int) -> float:
    """Return how little any trip can cost that goes on from a label not yet looked at.

    Label `at` is the one at work; minus infinity when nothing is known.
    """
    if at == 0 or worth.rest.best.size == 0:
        return -np.inf
    least = np.inf
    for bucket in range(-1, len(buckets)):
        label = at if bucket < 0 else buckets[bucket]
        while label != END:
            one = labels.whole[label]
            if one[ALIVE] != 0 or bucket < 0:
                rest = least_after(room, worth.rest, one[ORDER], one[OFFSET], one[MEALS], NOBODY)
                least = min(least, labels.cost[label] + rest)
            label = END if bucket < 0 else one[NEXT_TIME]
    return least


@inner_kernel
def close_trip_cost(room: Room, worth: Worth, labels: Labels, at: int) -> float:
    """Return the reduced cost of a label's trip that goes straight home; infinite if it cannot."""
    one, n = labels.whole[at], len(room.meals)
    if one[EARLIEST] + room.step[one[ORDER], n] > room.limits[5]:
        return np.inf
    wait = max(0, one[EARLIEST] - one[OFFSET] - one[LATEST])
    seconds = room.step[one[ORDER], n] + wait
    return float(
        labels.cost[at] + room.travel_price * room.ride[one[ORDER], n] + worth.second * seconds
    )


def price_trips(
    room: Room,
    worth: Worth,
    labels: Labels,
    by_memory: bool,
    most_work: int,
    ends: Ints,
    costs: Floats,
) -> tuple[float, bool]:
    """Find trips of negative reduced cost; return how little any can cost, as far as is proven.

    That is minus infinity where nothing is proven. A search that is cut short still proves
    something: every trip is either found, or goes on from a label that waits.

    Parameters
    ----------
    room, worth : Room, Worth
        The crew and the shadow prices.
    labels : Labels
        Room to work in.
    by_memory : bool
        Whether memories count when labels are compared. Without, it is quick and may miss trips.
    most_work : int
        Comparisons of labels after which the search is cut short.
    ends, costs : arrays, (n,)
        Filled with the last label of the best trip ending at each order, and its reduced cost.

    Returns
    -------
    float
        No trip costs less.
    bool
        False when `most_work` cut the search short.
    """
    n, span = len(room.meals), max(room.width, 1)
    heads = np.full(n, END, dtype=np.int64)
    buckets = np.full(room.limits[0] // span + 1, END, dtype=np.int64)
    ends[:] = END
    costs[:] = -TINY
    work = np.array([0, most_work])
    least = _set_labels(room, worth, labels, by_memory, work, heads, buckets, ends, costs)
    return float(least), bool(work[0] <= most_work)


@lean_kernel
def _set_labels(
    room: Room, worth: Worth, labels: Labels, by_memory: bool,
    work: Ints, heads: Ints, buckets: Ints, ends: Ints, costs: Floats,
) -> float:  # fmt: skip
    """Do the work of `price_trips`: shortest offsets first, until no label waits.

    In `work` are the comparisons done and those allowed, in `heads` the first label of each order,
    in `buckets` the first that waits with each offset.
    """
    n, span = len(room.meals), max(room.width, 1)
    first = labels.whole[0]
    first[OFFSET], first[EARLIEST], first[LATEST] = 0, room.limits[3], room.limits[4]
    first[MEALS], first[ALIVE], first[NEXT_TIME] = 0, 1, END
    labels.cost[0] = worth.start
    labels.seen[0, :] = 0
    labels.odd[0, :] = 0
    buckets[0] = 0
    count, least = 1, -TINY
    for bucket in range(len(buckets)):
        while buckets[bucket] != END:
            at = buckets[bucket]
            buckets[bucket] = labels.whole[at, NEXT_TIME]
            if labels.whole[at, ALIVE] == 0:
                continue
            for j in range(n):
                if not promising(room, worth, labels, at, j, count):
                    continue
                if dominated(labels, worth.charge, heads, count, by_memory, work):
                    continue
                one = labels.whole[count]
                then = one[OFFSET] // span
                one[NEXT_HERE], heads[j] = heads[j], count
                one[NEXT_TIME], buckets[then] = buckets[then], count
                total = close_trip_cost(room, worth, labels, count)
                if total < costs[j]:
                    costs[j], ends[j] = total, count
                    least = min(least, total)
                count += 1
                if count >= len(labels.cost) - 1 or work[0] > work[1]:
                    if not by_memory:
                        return -np.inf
                    return min(least, unfinished(room, worth, labels, buckets, at))
    return least if by_memory else -np.inf
