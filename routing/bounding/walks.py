"""The cheapest walks of a crew: trips as their rests see them, without windows and memory.

Where label setting is cut short, these tell whose prices make a trip look too good: once no walk
gains, no trip does.
"""

import numpy as np

from routing.bounding.completions import HOME, NOBODY, Rest, Room
from routing.parts import NO_WAY
from routing.tables import Floats, Ints


def cheapest_walks(
    room: Room, rest: Rest, gain: Floats, second: float, most: int
) -> list[tuple[Ints, float]]:
    """Return the cheapest walks below zero that begin at different orders, cheapest first.

    Parameters
    ----------
    room, rest : Room, Rest
        The crew and its least costs.
    gain : array of float64, (n,)
        What bringing each order is worth.
    second : float
        Price of a courier's second.
    most : int
        How many at most.

    Returns
    -------
    list of (array of int64, float)
        Rows of the orders, which may come more than once, and what the walk costs, loading apart.
    """
    n = len(room.meals)
    orders = np.arange(n)
    free = room.limits[2] - room.meals if room.levels > 1 else np.zeros(n, dtype=np.int64)
    offset = room.step[n, :n]
    able = (offset <= room.limits[0]) & (room.ride[n, :n] < NO_WAY) & (free >= 0)
    orders = orders[able]
    values = _legs(room, gain, second, n, orders, offset[able])
    values += rest.best[orders, offset[able] // room.width, free[able]]
    chosen = np.argsort(values, kind="stable")[:most]
    return [
        _walk(room, rest, gain, second, int(orders[row])) for row in chosen if values[row] < 0.0
    ]


def _legs(
    room: Room, gain: Floats, second: float, here: int, orders: Ints, offsets: Ints
) -> Floats:
    """Return what going from one place to orders costs, handed over at these offsets."""
    cost = room.travel_price * room.ride[here, orders] + second * room.step[here, orders]
    late = np.where(offsets > room.limits[1], room.outside[orders], 0.0)
    result: Floats = cost - gain[orders] + late
    return result


def _walk(room: Room, rest: Rest, gain: Floats, second: float, first: int) -> tuple[Ints, float]:
    """Follow the least costs from one order home."""
    n = len(room.meals)
    here, came, offset = first, NOBODY, int(room.step[n, first])
    left = int(room.limits[2] - room.meals[first]) if room.levels > 1 else 0
    cost = float(_legs(room, gain, second, n, np.array([first]), np.array([offset]))[0])
    rows = [first]
    while True:
        bucket = offset // room.width
        following = int(rest.first[here, bucket, left])
        start = bucket * room.width
        if following == came:
            following = _second_best(room, rest, gain, second, (here, came, start, left))
        if following == HOME:
            home = room.travel_price * room.ride[here, n] + second * room.step[here, n]
            return np.array(rows), cost + float(home)
        offset = start + int(room.step[here, following])
        cost += float(_legs(room, gain, second, here, np.array([following]), np.array([offset]))[0])
        left -= int(room.meals[following]) if room.levels > 1 else 0
        here, came = following, here
        rows.append(following)


def _second_best(
    room: Room, rest: Rest, gain: Floats, second: float, at: tuple[int, int, int, int]
) -> int:
    """Return what comes next at least cost, except going straight back.

    `at` is where the walk is, where it came from, the start of its bucket, and free portions.
    """
    here, came, start, left = at
    n = len(room.meals)
    offsets = start + room.step[here, :n]
    need = room.meals if room.levels > 1 else np.zeros(n, dtype=np.int64)
    able = (offsets <= room.limits[0]) & (room.ride[here, :n] < NO_WAY) & (need <= left)
    able[[here, came]] = False
    orders = np.nonzero(able)[0]
    cells = orders, offsets[orders] // room.width, left - need[orders]
    values = np.where(rest.first[cells] == here, rest.other[cells], rest.best[cells])
    values += _legs(room, gain, second, here, orders, offsets[orders])
    home = room.travel_price * room.ride[here, n] + second * room.step[here, n]
    return int(orders[np.argmin(values)]) if values.min(initial=np.inf) < home else HOME
