"""An instance as plain arrays, the form that compiled loops read.

Orders, couriers and canteens become row numbers; ids come back in `plan_from_duties`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.instance import Instance
from routing.parts import NO_WAY
from routing.ways import quickest

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

# Columns of `Tables.orders`.
O_PLACE, O_MEALS, O_FROM, O_TO, O_HAND, O_PACK, O_USUAL, O_PRESENT = range(8)
ORDER_COLUMNS = 8
# Columns of `Tables.couriers`.
(
    C_PLACE, C_CANTEEN, C_MODE, C_BOXES, C_FROM, C_TO, C_CLOSE, C_LOAD, C_TRIPS, C_PAID, C_KIND,
) = range(11)  # fmt: skip
COURIER_COLUMNS = 11

NEIGHBOURS = 100
"""How many near orders each order knows."""
FAR = 1 << 40
"""An integer beyond every time, small enough to add to."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What a plan that is already carried out adds to a problem.

    Parameters
    ----------
    present : mapping of str to str
        Order id to the id of the courier who has it in that plan.
    moved_order : float
        Price of giving such an order to another courier.
    paid : frozenset of str
        Couriers (ids) whose price is spent already, because they were out before.
    locked : frozenset of str
        Orders (ids) that nobody but their present courier may bring.
    """

    present: Mapping[str, str] = field(default_factory=dict)
    moved_order: float = 0.0
    paid: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()


NOTHING_IN_FORCE = InForce()


class Tables(NamedTuple):
    """The instance in arrays; n orders, k couriers, c canteens, p places, m modes.

    Parameters
    ----------
    orders : array of int64, (n, 8)
        Place, meals, window start and end, hand-over, packing, usual courier (or -1), courier in
        the plan in force (or -1).
    couriers : array of int64, (k, 11)
        Canteen's place, canteen, mode, boxes, earliest loading, latest return, canteen's close,
        loading seconds, most trips, whether its price is spent already, kind (couriers of one kind
        are alike in everything).
    travel : array of int32, (m, p, p)
        Seconds; `NO_WAY` where there is none.
    back : array of uint16, (m, p, p)
        The same from the second place to the first: rows of both are read side by side.
    meals : array of int64, (c,)
        Portions of each canteen.
    able : array of bool, (n, k)
        Whether the courier could bring this order on any trip at all, by every rule of one trip and
        the quickest ways. Where travel times obey the triangle inequality, a trip of its own does.
    able_start, able_couriers : arrays of int64
        The same as lists: those of order o are ``able_couriers[able_start[o]:able_start[o + 1]]``.
    unserved, outside : arrays of float64, (n,)
        Price of leaving the order unserved, and of handing it over outside the circle.
    near : array of int64, (n, up to 100)
        Nearest other orders, nearest first.
    limits : array of int64, (2,)
        Ride limit and circle, seconds.
    prices : array of float64, (4,)
        Courier, travel second, unfamiliar courier, order moved to another courier.
    longest : int
        No trip has more stops.
    """

    orders: Ints
    couriers: Ints
    travel: npt.NDArray[np.int32]
    back: npt.NDArray[np.uint16]
    meals: Ints
    able: npt.NDArray[np.bool_]
    able_start: Ints
    able_couriers: Ints
    unserved: Floats
    outside: Floats
    near: Ints
    limits: Ints
    prices: Floats
    longest: int


def make_tables(
    instance: Instance,
    in_force: InForce = NOTHING_IN_FORCE,
    *,
    search: bool = True,
    near: bool = True,
) -> Tables:
    """Return the arrays of an instance, with the prices of a plan in force if there is one.

    Parameters
    ----------
    instance : Instance
        The problem.
    in_force : InForce
        The plan that is being carried out.
    search : bool
        Whether a search will read them; without, nobody is able to bring anything and no orders
        are near, which saves most of the time.
    near : bool
        Whether it is found out which orders are near each other; a search wants to know.
    """
    modes = sorted({courier.mode for courier in instance.couriers})
    cells = [np.minimum(instance.travel[mode], NO_WAY).astype(np.int32) for mode in modes]
    travel = np.stack(cells) if cells else np.zeros((1, 0, 0), dtype=np.int32)
    back = np.ascontiguousarray(travel.astype(np.uint16).transpose(0, 2, 1))
    orders, couriers = _orders(instance, in_force), _couriers(instance, modes, in_force)
    weight = np.array([order.weight for order in instance.orders], dtype=np.float64)
    price = instance.rules.cost
    limits = np.array(
        [instance.rules.max_ride_seconds, instance.rules.circle_seconds], dtype=np.int64
    )
    able = np.zeros((len(orders), len(couriers)), dtype=np.bool_)
    if search:
        able = _able(instance, orders, couriers, (travel, back), int(limits[0]))
        locked = np.array(
            [order.id in in_force.locked for order in instance.orders], dtype=np.bool_
        )
        able &= ~locked[:, None] | (orders[:, O_PRESENT, None] == np.arange(len(couriers)))
    counts = able.sum(axis=1)
    return Tables(
        orders=orders,
        couriers=couriers,
        travel=travel,
        back=back,
        meals=np.array([canteen.meals for canteen in instance.canteens], dtype=np.int64),
        able=able,
        able_start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        able_couriers=np.nonzero(able)[1].astype(np.int64),
        unserved=price.unserved_meal * weight,
        outside=price.outside_circle_meal * weight,
        near=_near(orders, travel, back)
        if search and near
        else np.zeros((len(orders), 0), dtype=np.int64),
        limits=limits,
        prices=np.array(
            [
                price.courier,
                price.travel_second,
                price.unfamiliar_courier,
                in_force.moved_order,
            ],
            dtype=np.float64,
        ),
        longest=_longest(orders, couriers, int(limits[0])),
    )


def _orders(instance: Instance, in_force: InForce) -> Ints:
    courier_row = {courier.id: row for row, courier in enumerate(instance.couriers)}
    absent = len(instance.couriers)  # a usual courier who is not there: nobody is familiar
    table = np.zeros((len(instance.orders), ORDER_COLUMNS), dtype=np.int64)
    for row, order in enumerate(instance.orders):
        usual = order.usual_courier
        table[row, O_PLACE] = order.location
        table[row, O_MEALS] = order.meals
        table[row, O_FROM], table[row, O_TO] = order.window
        table[row, O_HAND] = order.handover_seconds
        table[row, O_PACK] = order.pack_seconds
        table[row, O_USUAL] = -1 if usual is None else courier_row.get(usual, absent)
        present = in_force.present.get(order.id)
        table[row, O_PRESENT] = -1 if present is None else courier_row.get(present, absent)
    return table


def _couriers(instance: Instance, modes: list[str], in_force: InForce) -> Ints:
    canteen_row = {canteen.id: row for row, canteen in enumerate(instance.canteens)}
    kinds: dict[tuple[object, ...], int] = {}
    table = np.zeros((len(instance.couriers), COURIER_COLUMNS), dtype=np.int64)
    for row, courier in enumerate(instance.couriers):
        canteen = instance.canteen_by_id[courier.canteen]
        table[row, C_PLACE] = canteen.location
        table[row, C_CANTEEN] = canteen_row[canteen.id]
        table[row, C_MODE] = modes.index(courier.mode)
        table[row, C_BOXES] = courier.boxes
        table[row, C_FROM] = max(courier.shift[0], canteen.open)
        table[row, C_TO] = courier.shift[1]
        table[row, C_CLOSE] = canteen.close
        table[row, C_LOAD] = canteen.load_seconds
        table[row, C_TRIPS] = (
            len(instance.orders) if courier.max_trips is None else courier.max_trips
        )
        table[row, C_PAID] = courier.id in in_force.paid
        kind = (*table[row, :C_KIND].tolist(), frozenset(courier.skills))
        table[row, C_KIND] = kinds.setdefault(kind, len(kinds))
    return table


def _able(
    instance: Instance,
    orders: Ints,
    couriers: Ints,
    ways: tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]],
    limit: int,
) -> npt.NDArray[np.bool_]:
    """Return who could bring what on any trip, by the quickest ways.

    These are looked for as far as the ride limit, and back only where the straight way takes too
    long for a shift.
    """
    able = matches(instance)
    able &= orders[:, O_MEALS, None] <= couriers[None, :, C_BOXES]
    able &= couriers[None, :, C_TRIPS] > 0
    homes = couriers[:, [C_MODE, C_PLACE]]
    for mode, home in np.unique(homes, axis=0).tolist():
        staff = np.nonzero((homes == (mode, home)).all(axis=1))[0]
        asked = np.nonzero(able[:, staff].any(axis=1))[0]
        doors = orders[asked, O_PLACE]
        there = quickest(ways[0][mode], home, doors, limit)
        back = ways[1][mode, home, doors].astype(np.int64)
        fits = _fitting(orders[asked], couriers[staff], there, back, limit)
        if (fits != _fitting(orders[asked], couriers[staff], there, 0 * back, limit)).any():
            back = quickest(ways[1][mode], home, doors, NO_WAY)
            fits = _fitting(orders[asked], couriers[staff], there, back, limit)
        able[np.ix_(asked, staff)] &= fits
    return able


def _fitting(
    orders: Ints, couriers: Ints, there: Ints, back: Ints, limit: int
) -> npt.NDArray[np.bool_]:
    """Return which orders (rows) fit the clock of which couriers (columns) who start together."""
    passable = (there < NO_WAY) & (back < NO_WAY)
    fits = [passable & single_fits(orders, one, there, back, limit) for one in couriers]
    return np.stack(fits, axis=1)


def single_fits(
    orders: Ints, courier: Ints, there: Ints, back: Ints, limit: int
) -> npt.NDArray[np.bool_]:
    """Return which orders fit the clock when a courier goes to each and back.

    Parameters
    ----------
    orders, courier : arrays
        Rows of `Tables.orders`, one row of `Tables.couriers`.
    there, back : arrays of int64, (n,)
        Travel seconds to each door and back.
    limit : int
        Ride limit (seconds).
    """
    ready = courier[C_FROM] + courier[C_LOAD] + orders[:, O_PACK]
    latest = np.minimum(orders[:, O_TO] - there, courier[C_CLOSE])
    depart = np.maximum(ready, np.minimum(orders[:, O_FROM] - there, latest))
    arrive = np.maximum(depart + there, orders[:, O_FROM])
    fits: npt.NDArray[np.bool_] = (
        (depart <= latest)
        & (arrive - depart <= limit)
        & (arrive + orders[:, O_HAND] + back <= courier[C_TO])
    )
    return fits


def matches(instance: Instance) -> npt.NDArray[np.bool_]:
    """Return whether canteen and skills allow order (row) and courier (column) together."""
    able = np.ones((len(instance.orders), len(instance.couriers)), dtype=np.bool_)
    homes = np.array([courier.canteen for courier in instance.couriers], dtype=object)
    skills = [frozenset(courier.skills) for courier in instance.couriers]
    skilled: dict[tuple[str, ...], npt.NDArray[np.bool_]] = {}
    allowed: dict[tuple[str, ...], npt.NDArray[np.bool_]] = {}
    for row, order in enumerate(instance.orders):
        if order.canteens is not None:
            if order.canteens not in allowed:
                allowed[order.canteens] = np.isin(homes, np.array(order.canteens, dtype=object))
            able[row] &= allowed[order.canteens]
        if order.needs not in skilled:
            needs = frozenset(order.needs)
            skilled[order.needs] = np.array([needs <= has for has in skills], dtype=np.bool_)
        able[row] &= skilled[order.needs]
    return able


def _near(orders: Ints, travel: npt.NDArray[np.int32], back: npt.NDArray[np.uint16]) -> Ints:
    """Return the nearest orders of each order, by the fastest mode there and back."""
    count = len(orders)
    width = min(NEIGHBOURS, max(count - 1, 0))
    near = np.zeros((count, width), dtype=np.int64)
    if not width or not travel.size:
        return near[:, :0]
    door, rows = orders[:, O_PLACE], np.arange(count)
    for place in np.unique(door):
        both_ways = travel[:, place].min(axis=0).astype(np.int64) + back[:, place].min(axis=0)
        apart = both_ways[door] * count + rows  # of equals the first
        close = np.argpartition(apart, width)[: width + 1] if width + 1 < count else rows
        close = close[np.argsort(apart[close])]
        for row in np.nonzero(door == place)[0]:
            near[row] = close[close != row][:width]
    return near


def _longest(orders: Ints, couriers: Ints, limit: int) -> int:
    """Return a number of stops that boxes and hand-over times let no trip exceed."""
    if not len(orders) or not len(couriers):
        return 1
    meals = np.cumsum(np.sort(orders[:, O_MEALS]))
    hands = np.cumsum(np.sort(orders[:, O_HAND]))
    by_boxes = int(np.searchsorted(meals, couriers[:, C_BOXES].max(), side="right"))
    by_ride = int(np.searchsorted(hands, limit, side="right")) + 1
    return max(1, min(by_boxes, by_ride))
