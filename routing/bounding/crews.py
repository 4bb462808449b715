"""Couriers taken together for the lower bound: a crew may do at least what each member may.

A crew is the couriers of one canteen with one travel mode, one number of boxes and one loading
time. It has the longest of their shifts and all their skills, so every trip of a member is a trip
of the crew, and what is proven of crews holds for couriers. Crews may also be made of couriers who
are alike in everything, which proves more and takes longer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.bounding.completions import Room, least_detours
from routing.budget import Budget
from routing.parts import NO_WAY
from routing.tables import (
    C_BOXES,
    C_CANTEEN,
    C_CLOSE,
    C_FROM,
    C_KIND,
    C_LOAD,
    C_MODE,
    C_PLACE,
    C_TO,
    C_TRIPS,
    O_FROM,
    O_HAND,
    O_MEALS,
    O_PACK,
    O_PLACE,
    O_TO,
    O_USUAL,
    Ints,
    Tables,
)
from routing.ways import quickest

NEAR = 8
"""Orders that an order keeps in a trip's memory."""
MOST_BUCKETS = 2000
"""More buckets of offsets than this are not worth their completion bounds."""
MOST_LEVELS = 25
"""Boxes that hold more portions than this seldom bind."""
MOST_CELLS = 150_000_000
"""Pairs of orders times buckets times levels that completion bounds may look at."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Members of a crew who are alike in everything; whoever an elder knows is alone in one.

    Parameters
    ----------
    key : int
        Row of the first courier.
    count : int
        How many they are.
    span : int
        Seconds of working time of each.
    elders : array of int64
        Rows of the orders of elders who know them, where other members are strangers to these.
    """

    key: int
    count: int
    span: int
    elders: Ints


@dataclass(frozen=True, slots=True)
class Crew:
    """One crew.

    Parameters
    ----------
    canteen : int
        Row of its canteen.
    members : array of int64
        Rows of its couriers.
    orders : array of int64, (n,)
        Rows of the orders that a member can bring; `room` counts in these.
    room : Room
        What its trips may be.
    load : int
        Loading seconds of a trip, without packing.
    pack : array of int64, (n,)
        Packing seconds.
    spans : dict of int to int
        Seconds of working time, and how many members have as much.
    most_trips : int
        All members together cannot make more.
    units : tuple of Unit
        The members by whom they are.
    known : array of bool, (n,)
        Whether the order's elder knows one of several members.
    """

    canteen: int
    members: Ints
    orders: Ints
    room: Room
    load: int
    pack: Ints
    spans: dict[int, int]
    most_trips: int
    units: tuple[Unit, ...]
    known: npt.NDArray[np.bool_]


def make_crews(t: Tables, alike: bool = False, budget: Budget | None = None) -> list[Crew]:
    """Return the crews of an instance that can bring anything.

    Parameters
    ----------
    t : Tables
        The problem.
    alike : bool
        Whether members must be alike in shift, skills and most trips too, and somebody whom an
        elder knows be a crew of one.
    budget : Budget, optional
        When to give up: then there are no crews.
    """
    keys = t.couriers[:, [C_PLACE, C_CANTEEN, C_MODE, C_BOXES, C_CLOSE, C_LOAD]]
    if alike:
        keys = _who(t)
    _, label = np.unique(keys, axis=0, return_inverse=True)
    crews = []
    for one in range(int(label.max(initial=-1)) + 1):
        rows = np.nonzero((label == one) & t.able.any(axis=0))[0]
        if budget is not None and budget.left() <= 0.0:
            return []
        if len(rows):
            crews.append(_crew(t, rows))
    return crews


def _who(t: Tables) -> Ints:
    """Return what couriers who are alike in everything have in common, and nobody else has."""
    couriers = np.arange(len(t.couriers))
    known = np.isin(couriers, t.orders[:, O_USUAL]) & (t.prices[2] > 0.0)
    return np.column_stack([t.couriers[:, C_KIND], np.where(known, couriers, -1)])


def _units(t: Tables, rows: Ints, orders: Ints) -> tuple[Unit, ...]:
    """Return the units of a crew."""
    _, label = np.unique(_who(t)[rows], axis=0, return_inverse=True)
    units = []
    for one in range(int(label.max()) + 1):
        alike = rows[label == one]
        first, several = int(alike[0]), len(alike) < len(rows) and t.prices[2] > 0.0
        elders = orders[(t.orders[orders, O_USUAL] == first) & several]
        span = int(t.couriers[first, C_TO] - t.couriers[first, C_FROM])
        units.append(Unit(first, len(alike), span, elders))
    return tuple(units)


def _crew(t: Tables, rows: Ints) -> Crew:
    members = t.couriers[rows]
    first, orders = members[0], np.nonzero(t.able[:, rows].any(axis=1))[0]
    table = t.orders[orders]
    step, ride = _steps(t, int(first[C_MODE]), int(first[C_PLACE]), table)
    homeward = quickest(t.back[first[C_MODE]], int(first[C_PLACE]), table[:, O_PLACE], NO_WAY)
    usual = table[:, O_USUAL]
    spans = (members[:, C_TO] - members[:, C_FROM]).tolist()
    # The first leg and the last need not belong to one order: some doors lie only on the way.
    legs = step[-1, :-1].min() + step[:-1, -1].min()
    briefest = int(first[C_LOAD] + table[:, O_PACK].min() + legs)
    trips = np.minimum(members[:, C_TRIPS], np.array(spans) // max(briefest, 1))
    units = _units(t, rows, orders)
    limits = [
        t.limits[0],
        t.limits[1],
        first[C_BOXES],
        members[:, C_FROM].min() + first[C_LOAD] + table[:, O_PACK].min(),
        first[C_CLOSE],
        members[:, C_TO].max(),
    ]
    width = _width(step, ride, int(t.limits[0]))
    levels = _levels(table[:, O_MEALS], int(first[C_BOXES]))
    cells = len(orders) ** 2 * (int(t.limits[0]) // max(width, 1) + 1)
    room = Room(
        step=step,
        ride=ride,
        meals=np.ascontiguousarray(table[:, O_MEALS]),
        opens=np.ascontiguousarray(table[:, O_FROM]),
        shuts=np.ascontiguousarray(table[:, O_TO]),
        homeward=table[:, O_HAND] + homeward,
        outside=t.outside[orders],
        unfamiliar=np.where((usual >= 0) & ~np.isin(usual, rows), t.prices[2], 0.0),
        near=_memory(step),
        detour=least_detours(ride, table[:, O_HAND]),
        hand=np.ascontiguousarray(table[:, O_HAND]),
        limits=np.array(limits, dtype=np.int64),
        travel_price=float(t.prices[1]),
        width=width if cells <= MOST_CELLS else 0,
        levels=levels if cells * levels <= MOST_CELLS else 1,
    )
    return Crew(
        canteen=int(first[C_CANTEEN]),
        members=rows,
        orders=orders,
        room=room,
        load=int(first[C_LOAD]),
        pack=np.ascontiguousarray(table[:, O_PACK]),
        spans={span: spans.count(span) for span in sorted(set(spans))},
        most_trips=int(min(trips.sum(), len(orders))),
        units=units,
        known=np.isin(orders, np.concatenate([unit.elders for unit in units])),
    )


def _steps(t: Tables, mode: int, home: int, table: Ints) -> tuple[Ints, Ints]:
    """Return seconds between hand-overs, and of travel alone; the last row is the canteen."""
    places = np.append(table[:, O_PLACE], home)
    ride = t.travel[mode][np.ix_(places, places)].astype(np.int64)
    return ride + np.append(table[:, O_HAND], 0)[:, None], ride


def _memory(step: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """Return the bit sets of the orders that each order keeps in memory, itself included."""
    count = len(step) - 1
    near = np.zeros((count, count // 64 + 1), dtype=np.uint64)
    for row in range(count):
        apart = step[row, :count] + step[:count, row]
        apart[row] = -1
        for other in np.argsort(apart, kind="stable")[:NEAR].tolist():
            near[row, other // 64] |= np.uint64(1 << (other % 64))
    return near


def _width(step: Ints, ride: Ints, limit: int) -> int:
    """Return the width of offset buckets: the shortest step, 0 where steps take too little."""
    inner = step[:-1, :-1][ride[:-1, :-1] < NO_WAY]
    shortest = int(inner.min(initial=limit + 1))
    return shortest if shortest * MOST_BUCKETS >= limit else 0


def _levels(meals: Ints, boxes: int) -> int:
    """Return the levels of free portions worth telling apart, 1 when boxes do not matter."""
    return boxes + 1 if boxes < min(MOST_LEVELS, int(meals.sum())) else 1
