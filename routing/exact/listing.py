"""All trips of a crew that a plan cheaper than the best one known could contain.

Trips are grown stop by stop. Of two partial trips that bring the same orders and stand at the same
door, one that is no better in anything (travel, time, earliest and latest departure) is dropped; so
is one that no rest can bring under the limit on reduced cost: a plan with a trip of reduced cost r
costs at least the bound that the prices prove, plus r. Of finished trips with the same orders those
remain that are best in cost, in seconds, in earliest return, or in latest start.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import NOBODY, Rest, Room, completions, least_after, no_rest
from routing.bounding.crews import Crew
from routing.bounding.cuts import Cut
from routing.bounding.master import Prices
from routing.compiled import kernel
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
    alive : array of bool, (room,)
        False once another is at least as good.
    slots : array of int64, (a power of two,)
        First row of each hash.
    """

    whole: Ints
    cost: Floats
    reduced: Floats
    seen: npt.NDArray[np.uint64]
    alive: npt.NDArray[np.bool_]
    slots: Ints


class Trips(NamedTuple):
    """Finished trips of one crew, each a piece of work that its courier does without a pause.

    Parameters
    ----------
    first : array of int64, (count + 1,)
        The orders of trip i are ``orders[first[i]:first[i + 1]]``, in the order visited.
    orders : array of int64
        Rows of `Tables.orders`.
    cost : array of float64, (count,)
        Price of travel and of meals outside the circle.
    reduced : array of float64, (count,)
        Reduced cost at the prices they were listed with.
    seconds : array of int64, (count,)
        From the start of loading to the return.
    earliest, latest : arrays of int64, (count,)
        When loading may start; starting before the one gains nothing, after the other is too late.
    """

    first: Ints
    orders: Ints
    cost: Floats
    reduced: Floats
    seconds: Ints
    earliest: Ints
    latest: Ints

    def take(self, rows: Ints) -> "Trips":
        """Return some of the trips."""
        counts = np.diff(self.first)[rows]
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        picks = np.repeat(self.first[rows] - first[:-1], counts) + np.arange(first[-1])
        return Trips(
            first, self.orders[picks], self.cost[rows], self.reduced[rows],
            self.seconds[rows], self.earliest[rows], self.latest[rows],
        )  # fmt: skip


@kernel
def _slot(partial: Partial, row: int) -> int:
    """Return the hash of a row's orders and door."""
    value = np.uint64(partial.whole[row, L_ORDER] + 1) * np.uint64(0x9E3779B97F4A7C15)
    for word in range(partial.seen.shape[1]):
        value = (value ^ partial.seen[row, word]) * np.uint64(0xD6E8FEB86659FD93)
        value ^= value >> np.uint64(32)
    return int(value & np.uint64(len(partial.slots) - 1))


@kernel
def _no_worse(partial: Partial, a: int, b: int) -> bool:
    """Return whether row a is at least as good as row b in everything."""
    one, two = partial.whole[a], partial.whole[b]
    return bool(
        one[L_OFFSET] <= two[L_OFFSET]
        and partial.cost[a] <= partial.cost[b]
        and one[L_EARLIEST] <= two[L_EARLIEST]
        and one[L_LATEST] >= two[L_LATEST]
    )


@kernel
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


@kernel
def _extend(
    room: Room, gain: Floats, second: float, rest: Rest, most: float,
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
    partial.reduced[new] = partial.reduced[at] + cost + second * step - gain[j]
    if rest.best.size:
        came = NOBODY if at == 0 else i
        if partial.reduced[new] + least_after(room, rest, j, offset, meals, came) > most:
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
    partial.seen[new] = partial.seen[at]
    partial.seen[new, j // 64] |= bit
    return True


@kernel
def grow(room: Room, gain: Floats, second: float, rest: Rest, most: float, partial: Partial) -> int:
    """Fill in all partial trips worth having; return how many, or -1 when there is no room left.

    Parameters
    ----------
    room : Room
        The crew.
    gain : array of float64, (n,)
        What bringing each order is worth.
    second : float
        Price of a second.
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
                if _extend(room, gain, second, rest, most, partial, at, j, count) and _keep(
                    partial, count
                ):
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


@kernel
def close(
    room: Room, pack: Ints, load: int, second: float, most: float, count: int, partial: Partial,
    numbers: Ints, prices: Floats, first: Ints, orders: Ints,
) -> int:  # fmt: skip
    """Finish the partial trips that may return home; return how many.

    Fills `numbers` with row, seconds, earliest and latest start of loading, and `prices` with cost
    and reduced cost.
    """
    n, done = len(room.meals), 0
    for at in range(1, count):
        row = partial.whole[at]
        i = row[L_ORDER]
        if not partial.alive[at] or room.ride[i, n] >= NO_WAY:
            continue
        depart = row[L_EARLIEST] - row[L_OFFSET]
        wait = max(0, depart - row[L_LATEST])
        travel = room.travel_price * room.ride[i, n]
        reduced = partial.reduced[at] + travel + second * (room.step[i, n] + wait)
        if reduced > most:
            continue
        stops = rows_of(partial, at, orders[first[done] :])
        loading = load
        for k in range(first[done], first[done] + stops):
            loading += pack[orders[k]]
        first[done + 1] = first[done] + stops
        numbers[done, 0] = at
        numbers[done, 1] = loading + row[L_OFFSET] + room.step[i, n] + wait
        numbers[done, 2] = min(depart, row[L_LATEST]) - loading
        numbers[done, 3] = row[L_LATEST] - loading
        prices[done, 0], prices[done, 1] = partial.cost[at] + travel, reduced
        done += 1
    return done


@kernel
def needless(
    group: Ints, cost: Floats, seconds: Ints, earliest: Ints, latest: Ints, gone: Ints
) -> None:
    """Mark trips that another trip with the same orders makes needless; `group` is sorted."""
    start = 0
    while start < len(group):
        stop = start
        while stop < len(group) and group[stop] == group[start]:
            stop += 1
        for a in range(start, stop):
            for b in range(start, stop):
                if a != b and not gone[b] and not gone[a]:
                    gone[a] = (
                        cost[b] <= cost[a]
                        and seconds[b] <= seconds[a]
                        and earliest[b] + seconds[b] <= earliest[a] + seconds[a]
                        and latest[b] >= latest[a]
                    )
        start = stop


def list_for_prices(
    crew: Crew, number: int, prices: Prices, cuts: Sequence[Cut], most: float, capacity: int
) -> Trips | None:
    """Return a crew's trips up to a reduced cost at shadow prices; None when there are too many.

    Parameters
    ----------
    crew, number : Crew, int
        Who makes them, and its place in `Prices.seconds`.
    prices : Prices
        Of orders, portions, seconds and cuts.
    cuts : sequence of Cut
        Those priced; the last may have no price.
    most : float
        Largest reduced cost.
    capacity : int
        Room for partial trips.
    """
    room, second = crew.room, float(prices.seconds[number])
    gain = prices.gains(crew) - second * crew.pack - room.unfamiliar
    rest = completions(room, gain, second) if room.width else no_rest()
    trips = list_trips(crew, gain, second, rest, most, capacity)
    return None if trips is None else _charged(trips, prices.cuts, cuts, most)


def _charged(trips: Trips, prices: Floats, cuts: Sequence[Cut], most: float) -> Trips:
    """Return the trips that are cheap enough when the cuts charge them, too."""
    reduced = trips.reduced.copy()
    for price, cut in zip(prices.tolist(), cuts, strict=False):
        if price > 0.0 and len(reduced):
            visits = np.add.reduceat(np.isin(trips.orders, cut), trips.first[:-1], dtype=np.int64)
            reduced += price * (visits // 2)
    return trips._replace(reduced=reduced).take(np.nonzero(reduced <= most)[0])


def list_trips(
    crew: Crew, gain: Floats, second: float, rest: Rest, most: float, capacity: int
) -> Trips | None:
    """Return the trips of a crew up to a reduced cost; None when there are too many.

    Parameters
    ----------
    crew : Crew
        Who makes them.
    gain : array of float64, (n,)
        What bringing each of the crew's orders is worth.
    second : float
        Price of a second of work, loading included.
    rest : Rest
        From `completions` at these prices, or `no_rest`.
    most : float
        Largest reduced cost.
    capacity : int
        Room for partial trips.
    """
    room = crew.room
    partial = _start(room, second * crew.load, capacity)
    count = grow(room, gain, second, rest, most, partial)
    if count < 0:
        return None
    numbers, prices = np.zeros((count, 4), dtype=np.int64), np.zeros((count, 2))
    first = np.zeros(count + 1, dtype=np.int64)
    orders = np.zeros(count * _longest(partial, count), dtype=np.int64)
    done = close(
        room, crew.pack, crew.load, second, most, count, partial, numbers, prices, first, orders
    )
    trips = Trips(
        first[: done + 1], crew.orders[orders[: first[done]]], prices[:done, 0], prices[:done, 1],
        numbers[:done, 1], numbers[:done, 2], numbers[:done, 3],
    )  # fmt: skip
    return trips.take(_best_of_same(trips, partial.seen[numbers[:done, 0]]))


def _best_of_same(trips: Trips, seen: npt.NDArray[np.uint64]) -> Ints:
    """Return the rows of trips that no trip with the same orders makes needless."""
    _, same = np.unique(seen, axis=0, return_inverse=True)
    rank = np.argsort(same.reshape(-1), kind="stable")
    gone = np.zeros(len(rank), dtype=np.int64)
    needless(
        same.reshape(-1)[rank].astype(np.int64), trips.cost[rank], trips.seconds[rank],
        trips.earliest[rank], trips.latest[rank], gone,
    )  # fmt: skip
    return np.sort(rank[gone == 0])


def _start(room: Room, loading: float, capacity: int) -> Partial:
    """Return room for partial trips, with the one at the canteen."""
    words = len(room.meals) // 64 + 1
    slots = 1 << max(4, (capacity - 1).bit_length())
    partial = Partial(
        np.zeros((capacity, 7), dtype=np.int64), np.zeros(capacity), np.zeros(capacity),
        np.zeros((capacity, words), dtype=np.uint64), np.zeros(capacity, dtype=np.bool_),
        np.empty(slots, dtype=np.int64),
    )  # fmt: skip
    partial.whole[0, L_EARLIEST], partial.whole[0, L_LATEST] = room.limits[3], room.limits[4]
    partial.reduced[0] = loading
    partial.alive[0] = True
    return partial


def _longest(partial: Partial, count: int) -> int:
    """Return a number of stops that no listed trip exceeds: that of the last ones grown."""
    stops, at = 0, count - 1
    while at > 0:
        stops, at = stops + 1, int(partial.whole[at, L_BEFORE])
    return max(1, stops)
