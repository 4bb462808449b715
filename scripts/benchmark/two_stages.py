"""Trips first, duties second: how solvers that know no second trip are driven."""

import time
from collections.abc import Callable

from routing import Instance
from routing.search.search import Duty, Search
from routing.tables import make_tables
from scripts.benchmark.duties import choose_duties
from scripts.benchmark.trip_prices import TripPrices

type TripMaker = Callable[[Instance, TripPrices, float, int, int], list[list[int]]]
"""Makes the trips of one canteen at given prices within given seconds, with a seed and the number
of the round."""

ROUNDS = (
    (1.0, 1.0, 0.16), (2.0, 1.0, 0.2), (1.0, 0.5, 0.25), (1.0, 1.0, 0.4), (4.0, 1.0, 0.5),
    (0.5, 0.7, 0.5),
)  # fmt: skip
"""Factors on the prices of a second and of the circle, and the part of the time left that is used.

Repeated while time remains.
"""
SCARCER = 5.0
"""Where couriers were short, their time is dearer by so much in the next round."""
SETTLING = 0.4
"""Seconds kept for the duties of a round."""
SHORTEST_ROUND = 0.2


def plan_canteen(
    instance: Instance, make_trips: TripMaker, seconds: float, seed: int, *, ends_itself: bool
) -> list[Duty]:
    """Return the best duties of several rounds, each at other prices of couriers' time.

    Parameters
    ----------
    instance : Instance
        One canteen's problem.
    make_trips : callable
        The peer.
    seconds : float
        Wall time.
    seed : int
        Of the random numbers.
    ends_itself : bool
        Whether the peer stops when it finds nothing more: then every round may take all the time.
    """
    ends, best, number = time.monotonic() + seconds, Search(make_tables(instance), seed), 0
    prices, scarcity = TripPrices.first(instance), 1.0
    while number == 0 or ends - time.monotonic() > SETTLING + SHORTEST_ROUND:
        second, outside, share = ROUNDS[number % len(ROUNDS)]
        left = max(SHORTEST_ROUND, ends - time.monotonic() - SETTLING)
        part = 1.0 if ends_itself else share
        now = TripPrices(prices.second * second * scarcity, prices.outside * outside)
        trips = make_trips(instance, now, max(SHORTEST_ROUND, part * left), seed, number)
        settle = max(SETTLING, min(ends - time.monotonic(), 0.2 * left))
        found = Search(make_tables(instance), seed)
        duties = choose_duties(instance, trips, settle)
        found.take(duties)
        short = sum(map(len, duties)) < len(trips)
        scarcity = scarcity * SCARCER if short else max(1.0, scarcity / SCARCER)
        best = min(best, found, key=lambda search: search.cost)
        number += 1
    return best.duties()
