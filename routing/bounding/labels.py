"""Partial trips of label setting: how they are kept, and which of two is the better one.

Of the cuts that may charge a trip, a label knows those of which it has made an odd number of
visits; it beats another only if it does so after paying for the cuts that it alone may be charged
for next.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.compiled import inner_kernel, kernel, lean_kernel
from routing.tables import Floats, Ints

type Bits = npt.NDArray[np.uint64]
"""Bit sets, one a row."""

SPREAD = np.uint64(0x03F79D71B4CB0A89)
"""A de Bruijn number: times a single bit, its six highest bits tell which bit it was."""
PLACE_OF_BIT = np.zeros(64, dtype=np.int64)
for _place in range(64):
    PLACE_OF_BIT[(0x03F79D71B4CB0A89 << _place & (1 << 64) - 1) >> 58] = _place

END = -1
"""No label."""


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
