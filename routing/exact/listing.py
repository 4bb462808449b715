"""All trips of a crew that a plan cheaper than the best one known could contain.

They are grown stop by stop (`growing`) up to a limit on reduced cost: a plan with a trip of reduced
cost r costs at least the bound that the prices prove, plus r. Of finished trips with the same
orders those remain that are best in cost, in seconds, in earliest return, or in latest start.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import Rest, Room, completions, no_rest
from routing.bounding.crews import Crew
from routing.bounding.cuts import Cut, charged_visits
from routing.bounding.master import Prices
from routing.compiled import kernel
from routing.exact.growing import (
    L_EARLIEST,
    L_LATEST,
    L_OFFSET,
    L_ORDER,
    Charged,
    Partial,
    empty_room,
    grow,
    longest,
    rows_of,
)
from routing.parts import NO_WAY
from routing.tables import Floats, Ints


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
    charged = Charged(*charged_visits(list(cuts), prices.cuts, crew.orders, len(cuts)))
    return list_trips(crew, gain, second, rest, most, capacity, charged)


def list_trips(
    crew: Crew, gain: Floats, second: float, rest: Rest, most: float, capacity: int,
    charged: Charged | None = None,
) -> Trips | None:  # fmt: skip
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
    charged : Charged, optional
        What cuts charge; there are none if it is left out.
    """
    room = crew.room
    if charged is None:
        charged = Charged(*charged_visits([], np.zeros(0), crew.orders))
    partial = empty_room(room, second * crew.load, capacity, charged.cuts.shape[1])
    count = grow(room, gain, second, charged, rest, most, partial)
    if count < 0:
        return None
    numbers, prices = np.zeros((count, 4), dtype=np.int64), np.zeros((count, 2))
    first = np.zeros(count + 1, dtype=np.int64)
    orders = np.zeros(count * longest(partial, count), dtype=np.int64)
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
