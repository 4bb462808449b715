"""Partial trips, grown stop by stop.

Of two that bring the same orders and stand at the same door, one that is no better in anything
(travel, time, earliest and latest departure) is dropped; so is one that no rest can bring under the
limit on reduced cost. Cuts charge a trip as soon as it visits them the second time, so they drop
it early.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import NOBODY, Rest, Room, least_after
from routing.bounding.labels import Bits, charges
from routing.compiled import inner_kernel, kernel, lean_kernel
from routing.parts import NO_WAY
from routing.tables import Floats, Ints

END = -1
L_ORDER, L_OFFSET, L_EARLIEST, L_LATEST, L_MEALS, L_BEFORE, L_NEXT = range(7)
"""Columns of `Partial.whole`."""


class Partial(NamedTuple):
    """Partial trips, by growing number of stops; row 0 stands at the canteen.

    Parameters
    ----------
    whole : array of int64, (room, 7)
        Order, offset, earliest hand-over, latest departure, portions, row before, and the next row
        of the same hash.
    cost, reduced : arrays of float64, (room,)
        Price of travel and of being outside the circle so far, and reduced cost.
    seen : array of uint64, (room, words)
        The orders brought.
    odd : array of uint64, (room, cut words)
        Cuts of which an odd number of visits was made.
    alive : array of bool, (room,)
        False once another is at least as good.
    slots : array of int64, (a power of two,)
        First row of each hash.
    """

    whole: Ints
    cost: Floats
    reduced: Floats
    seen: Bits
    odd: Bits
    alive: npt.NDArray[np.bool_]
    slots: Ints


class Charged(NamedTuple):
    """What cuts charge a crew's trips.

    Parameters
    ----------
    cuts : array of uint64, (n, cut words)
        Bit set of the cuts that each order belongs to.
    charge : array of float64, (64 · cut words,)
        What each cut charges for every second visit, at least 0.
    """

    cuts: Bits
    charge: Floats


@inner_kernel
def _slot(partial: Partial, row: int) -> int:
    """Return the hash of a row's orders and door."""
    value = np.uint64(partial.whole[row, L_ORDER] + 1) * np.uint64(0x9E3779B97F4A7C15)
    for word in range(partial.seen.shape[1]):
        value = (value ^ partial.seen[row, word]) * np.uint64(0xD6E8FEB86659FD93)
        value ^= value >> np.uint64(32)
    return int(value & np.uint64(len(partial.slots) - 1))


@inner_kernel
def _no_worse(partial: Partial, a: int, b: int) -> bool:
    """Return whether row a is at least as good as row b in everything."""
    one, two = partial.whole[a], partial.whole[b]
    return bool(
        one[L_OFFSET] <= two[L_OFFSET]
        and partial.cost[a] <= partial.cost[b]
        and one[L_EARLIEST] <= two[L_EARLIEST]
        and one[L_LATEST] >= two[L_LATEST]
    )


@lean_kernel
def _keep(partial: Partial, new: int) -> bool:
    """Remember a row unless another is as good; drop those that it makes needless."""
    slot = _slot(partial, new)
    other, last = partial.slots[slot], END
    while other != END:
        following = partial.whole[other, L_NEXT]
        same = partial.whole[other, L_ORDER] == partial.whole[new, L_ORDER]
        for word in range(partial.seen.shape[1]):
            same &= partial.seen[other, word] == partial.seen[new, word]
        if same and _no_worse(partial, other, new):
            return False
        if same and _no_worse(partial, new, other):
            partial.alive[other] = False
            if last == END:
                partial.slots[slot] = following
            else:
                partial.whole[last, L_NEXT] = following
        else:
            last = other
        other = following
    partial.whole[new, L_NEXT] = partial.slots[slot]
    partial.slots[slot] = new
    partial.alive[new] = True
    return True


@inner_kernel
def _extend(
    room: Room, gain: Floats, second: float, charged: Charged, rest: Rest, most: float,
    partial: Partial, at: int, j: int, new: int,
) -> bool:  # fmt: skip
    """Write a row's extension to order j as row `new`; False if impossible or too dear."""
    n = len(room.meals)
    old, one = partial.whole[at], partial.whole[new]
    i = n if at == 0 else old[L_ORDER]
    bit = np.uint64(1) << np.uint64(j % 64)
    if room.ride[i, j] >= NO_WAY or partial.seen[at, j // 64] & bit:
        return False
    step = room.step[i, j]
    offset, meals = old[L_OFFSET] + step, old[L_MEALS] + room.meals[j]
    if offset > room.limits[0] or meals > room.limits[2]:
        return False
    outside = room.outside[j] if offset > room.limits[1] else 0.0
    cost = room.travel_price * room.ride[i, j] + outside
    partial.cost[new] = partial.cost[at] + cost
    reduced = partial.reduced[at] + cost + second * step - gain[j]
    for word in range(partial.odd.shape[1]):
        before, here = partial.odd[at, word], charged.cuts[j, word]
        reduced += charges(charged.charge, before & here, word)
        partial.odd[new, word] = before ^ here
    partial.reduced[new] = reduced
    if rest.best.size:
        came = NOBODY if at == 0 else i
        if reduced + least_after(room, rest, j, offset, meals, came) > most:
            return False
    earliest = max(old[L_EARLIEST] + step, room.opens[j])
    latest = min(old[L_LATEST], room.shuts[j] - offset)
    if (
        earliest > room.shuts[j]
        or max(offset, earliest - latest) > room.limits[0]
        or earliest + room.homeward[j] > room.limits[5]
    ):
        return False
    one[L_ORDER], one[L_OFFSET], one[L_EARLIEST], one[L_LATEST] = j, offset, earliest, latest
    one[L_MEALS], one[L_BEFORE] = meals, at
    for word in range(partial.seen.shape[1]):
        partial.seen[new, word] = partial.seen[at, word]
    partial.seen[new, j // 64] |= bit
    return True


@lean_kernel
def grow(
    room: Room, gain: Floats, second: float, charged: Charged, rest: Rest, most: float,
    partial: Partial,
) -> int:  # fmt: skip
    """Fill in all partial trips worth having; return how many, or -1 when there is no room left.

    Parameters
    ----------
    room : Room
        The crew.
    gain : array of float64, (n,)
        What bringing each order is worth.
    second : float
        Price of a second.
    charged : Charged
        What cuts charge.
    rest : Rest
        Least costs of rests at these prices; may be empty.
    most : float
        Largest reduced cost.
    partial : Partial
        Empty, with row 0 filled in.
    """
    n, count, at = len(room.meals), 1, 0
    partial.slots[:] = END
    while at < count:
        if partial.alive[at]:
            for j in range(n):
                if _extend(
                    room, gain, second, charged, rest, most, partial, at, j, count
                ) and _keep(partial, count):
                    count += 1
                    if count >= len(partial.cost) - 1:
                        return -1
        at += 1
    return count


@kernel
def rows_of(partial: Partial, end: int, orders: Ints) -> int:
    """Write the orders of a row's trip, first to last; return how many."""
    count, at = 0, end
    while at != 0:
        count += 1
        at = partial.whole[at, L_BEFORE]
    at = end
    for place in range(count - 1, -1, -1):
        orders[place] = partial.whole[at, L_ORDER]
        at = partial.whole[at, L_BEFORE]
    return count


def empty_room(room: Room, loading: float, capacity: int, cut_words: int) -> Partial:
    """Return room for partial trips, with the one at the canteen; its loading costs so much."""
    words = len(room.meals) // 64 + 1
    slots = 1 << max(4, (capacity - 1).bit_length())
    partial = Partial(
        np.zeros((capacity, 7), dtype=np.int64), np.zeros(capacity), np.zeros(capacity),
        np.zeros((capacity, words), dtype=np.uint64),
        np.zeros((capacity, cut_words), dtype=np.uint64), np.zeros(capacity, dtype=np.bool_),
        np.empty(slots, dtype=np.int64),
    )  # fmt: skip
    partial.whole[0, L_EARLIEST], partial.whole[0, L_LATEST] = room.limits[3], room.limits[4]
    partial.reduced[0] = loading
    partial.alive[0] = True
    return partial


def longest(partial: Partial, count: int) -> int:
    """Return a number of stops that no listed trip exceeds: that of the last ones grown."""
    stops, at = 0, count - 1
    while at > 0:
        stops, at = stops + 1, int(partial.whole[at, L_BEFORE])
    return max(1, stops)
