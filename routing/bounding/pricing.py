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
visit to three orders. A label knows of which cuts it has made an odd number of visits; one label
beats another only if it does so after paying for the cuts that it alone may be charged for next.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import NOBODY, Rest, Room, least_after
from routing.compiled import inner_kernel, kernel, lean_kernel
from routing.instance import NO_WAY
from routing.tables import Floats, Ints

type Bits = npt.NDArray[np.uint64]
"""Bit sets, one a row."""

SPREAD = np.uint64(0x03F79D71B4CB0A89)
"""A de Bruijn number: times a single bit, its six highest bits tell which bit it was."""
PLACE_OF_BIT = np.zeros(64, dtype=np.int64)
for _place in range(64):
    PLACE_OF_BIT[(0x03F79D71B4CB0A89 << _place & (1 << 64) - 1) >> 58] = _place

TINY = 1e-6
"""Reduced costs above minus this count as not negative."""
END = -1


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


class Labels(NamedTuple):
    """Partial trips; column meanings are the names below.

    Parameters
    ----------
    whole : array of int64, (room, 9)
        Order, offset, earliest hand-over, latest departure, portions, label before, alive,
        next of the same order, next of the same bucket.
    cost : array of float64, (room,)
        Reduced cost so far.
    seen : array of uint64, (room, words)
        Memory of orders.
    odd : array of uint64, (room, cut words)
        Cuts of which an odd number of visits was made.
    """

    whole: Ints
    cost: Floats
    seen: Bits
    odd: Bits


ORDER, OFFSET, EARLIEST, LATEST, MEALS, BEFORE, ALIVE, NEXT_HERE, NEXT_TIME = range(9)


def make_labels(capacity: int, words: int, cut_words: int) -> Labels:
    """Return room for labels."""
    return Labels(
        np.zeros((capacity, 9), dtype=np.int64),
        np.zeros(capacity),
        np.zeros((capacity, words), dtype=np.uint64),
        np.zeros((capacity, cut_words), dtype=np.uint64),
    )


def part_of(labels: Labels, capacity: int, words: int, cut_words: int) -> Labels:
    """Return the same room as fewer or narrower labels."""
    return Labels(
        labels.whole[:capacity],
        labels.cost[:capacity],
        labels.seen.reshape(-1)[: capacity * words].reshape(capacity, words),
        labels.odd.reshape(-1)[: capacity * cut_words].reshape(capacity, cut_words),
    )


@inner_kernel
def contains(labels: Labels, small: int, large: int) -> bool:
    """Return whether a label remembers no order that another does not."""
    outside = np.uint64(0)
    for word in range(labels.seen.shape[1]):
        outside |= labels.seen[small, word] & ~labels.seen[large, word]
    return bool(outside == np.uint64(0))


@inner_kernel
def charges(charge: Floats, cuts: np.uint64, word: int) -> float:
    """Return what the cuts of one word of a bit set charge."""
    total = 0.0
    while cuts != np.uint64(0):
        lowest = cuts & (~cuts + np.uint64(1))
        total += charge[64 * word + PLACE_OF_BIT[(lowest * SPREAD) >> np.uint64(58)]]
        cuts ^= lowest
    return total


@inner_kernel
def cheaper(labels: Labels, charge: Floats, one: int, two: int) -> bool:
    """Return whether a label stays no dearer than another, whatever cuts charge it later."""
    cost = labels.cost[one]
    for word in range(labels.odd.shape[1]):
        if cost > labels.cost[two]:
            return False
        cost += charges(charge, labels.odd[one, word] & ~labels.odd[two, word], word)
    return bool(cost <= labels.cost[two])


@inner_kernel
def beats(labels: Labels, charge: Floats, one: int, two: int, by_memory: bool) -> bool:
    """Return whether a label is at least as good as another at the same order."""
    a, b = labels.whole[one], labels.whole[two]
    return bool(
        a[OFFSET] <= b[OFFSET]
        and a[EARLIEST] <= b[EARLIEST]
        and a[LATEST] >= b[LATEST]
        and a[MEALS] <= b[MEALS]
        and (not by_memory or contains(labels, one, two))
        and cheaper(labels, charge, one, two)
    )


@inner_kernel
def visit_cuts(worth: Worth, labels: Labels, at: int, j: int, new: int) -> float:
    """Write which cuts are odd after a visit to order j; return what is charged for it."""
    total = 0.0
    for word in range(labels.odd.shape[1]):
        before, here = labels.odd[at, word], worth.cuts[j, word]
        total += charges(worth.charge, before & here, word)
        labels.odd[new, word] = before ^ here
    return total


@lean_kernel
def dominated(
    labels: Labels, charge: Floats, heads: Ints, new: int, by_memory: bool, work: Ints
) -> bool:
    """Return whether a label is no better than another at its order; kill those it beats.

    Comparisons are counted in `work`.
    """
    order, cost = labels.whole[new, ORDER], labels.cost[new]
    other, last = heads[order], END
    while other != END:
        work[0] += 1
        following = labels.whole[other, NEXT_HERE]
        if labels.cost[other] <= cost:
            if beats(labels, charge, other, new, by_memory):
                return True
            last = other
        elif beats(labels, charge, new, other, by_memory):
            labels.whole[other, ALIVE] = 0
            if last == END:
                heads[order] = following
            else:
                labels.whole[last, NEXT_HERE] = following
        else:
            last = other
        other = following
    return False


@inner_kernel
def holds(labels: Labels, at: int, j: int) -> bool:
    """Return whether a label remembers an order."""
    return bool((labels.seen[at, j // 64] >> np.uint64(j % 64)) & np.uint64(1))


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


@kernel
def trail(labels: Labels, end: int) -> Ints:
    """Return the orders of a label's trip, first to last."""
    count, at = 0, end
    while at != 0:
        count += 1
        at = labels.whole[at, BEFORE]
    orders = np.empty(count, dtype=np.int64)
    at = end
    while at != 0:
        count -= 1
        orders[count] = labels.whole[at, ORDER]
        at = labels.whole[at, BEFORE]
    return orders
