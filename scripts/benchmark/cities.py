"""Invented cities to plan for: like real ones in what makes planning hard, and made by a seed."""

from dataclasses import dataclass

import numpy as np

from routing import Canteen, Cost, Courier, Instance, Order, Rules
from scripts.benchmark.streets import CROSSING, SPEEDS, Floats, Ints, Streets, lay_streets

SERVICE = 7200
"""Seconds from the first loading to the last hand-over."""
ORDERS_PER_CANTEEN = 75
CANTEEN_SPACING = 1650.0
"""Metres between canteens on average."""
ORDERS_PER_BUILDING = 2.6
COURIERS_PER_ORDER = {False: 0.09, True: 0.042}
"""A plentiful fleet, and a scarce one."""
COOKED = 1.5
"""Portions that all canteens can give, per portion asked for."""
DISTRICT = 2600.0
"""Metres along the side of a district, where districts keep to themselves."""
REACH = 600
"""Seconds by e-bike within which a canteen may cook for an order; the nearest always may."""
WINDOWS = (((0, SERVICE), 0.70), ((1800, 4500), 0.12), ((3600, 6300), 0.13), ((900, 3600), 0.05))
PRIORITIES = ((1, 0.76), (2, 0.16), (4, 0.08))
"""Priority 4 for who lives alone and cannot cook, 2 for who needs help."""
MODES = (("ebike", 12, 0.62), ("bicycle", 8, 0.20), ("foot", 5, 0.18))
"""Travel mode, boxes, part of the couriers."""
SHIFTS = (
    ((0, 7200), 0.40), ((0, 6300), 0.22), ((600, 7200), 0.16),
    ((1200, 7200), 0.14), ((600, 6300), 0.04), ((1200, 6300), 0.04),
)  # fmt: skip
PRICES = Cost(
    unserved_meal=36000,
    outside_circle_meal=3600,
    courier=1800,
    travel_second=1,
    unfamiliar_courier=120,
)


@dataclass(frozen=True, slots=True)
class _Places:
    """Doors and canteens: the crossing each hangs from and its metres from there."""

    crossings: Ints
    inside: Floats


def make_city(
    orders: int, *, seed: int = 0, scarce: bool = False, districts: bool = False
) -> Instance:
    """Return an invented city's lunch.

    Parameters
    ----------
    orders : int
        How many orders; canteens, buildings and streets grow with them.
    seed : int
        The same numbers give the same city.
    scarce : bool
        Whether couriers are too few to bring everything.
    districts : bool
        Whether canteens cook for their own district only, so that districts can be planned apart.

    Returns
    -------
    Instance
        Canteens that share orders, couriers on foot, bicycle and e-bike with their shifts and
        skills, windows, priorities and usual couriers.
    """
    dice = np.random.default_rng([seed, orders, scarce])
    count = max(1, round(orders / ORDERS_PER_CANTEEN))
    streets = lay_streets(CANTEEN_SPACING * count**0.5, dice)
    buildings = max(2, round(orders / ORDERS_PER_BUILDING))
    places = _draw_places(streets, count, buildings, dice)
    travel = {mode: _travel(streets, places, mode) for mode in SPEEDS}
    crowd = dice.lognormal(0.0, 0.8, buildings)
    homes = count + dice.choice(buildings, orders, p=crowd / crowd.sum())
    couriers = _couriers(travel["ebike"], count, homes, scarce, dice)
    spots = (
        streets.points[places.crossings[:count]] // DISTRICT if districts else np.zeros((count, 2))
    )
    allowed = _allowed(travel["ebike"][:count], homes, spots)
    return Instance(
        canteens=_canteens(count, orders),
        orders=_orders(homes, allowed, couriers, dice),
        couriers=couriers,
        travel=travel,
        rules=Rules(circle_seconds=600, max_ride_seconds=1800, cost=PRICES),
        name=f"city-{orders}{'-scarce' if scarce else ''}{'-districts' if districts else ''}",
    )


def _draw_places(
    streets: Streets, canteens: int, buildings: int, dice: np.random.Generator
) -> _Places:
    """Spread canteens evenly, as towns do, and buildings in quarters of unequal density."""
    spots = streets.points
    middle = np.argsort(np.hypot(*(spots - spots.mean(axis=0)).T), kind="stable")
    chosen = [int(dice.choice(middle[: max(1, len(spots) // 10)]))]
    apart = np.full(len(spots), np.inf)
    while len(chosen) < canteens:
        apart = np.minimum(apart, np.hypot(*(spots - spots[chosen[-1]]).T))
        far = np.flatnonzero(apart >= 0.75 * apart.max())
        chosen.append(int(dice.choice(far)))
    quarter = np.floor(spots / 700.0).astype(np.int64)
    weight = dice.lognormal(0.0, 0.7, quarter.max(axis=0) + 1)[quarter[:, 0], quarter[:, 1]]
    doors = dice.choice(len(spots), buildings, p=weight / weight.sum())
    inside = np.concatenate([np.full(canteens, 15.0), dice.uniform(20.0, 170.0, buildings)])
    return _Places(np.concatenate([chosen, doors]).astype(np.int64), inside)


def _travel(streets: Streets, places: _Places, mode: str) -> Ints:
    """Return whole seconds among places, with the ways from the street to the doors."""
    seconds = streets.seconds(mode, places.crossings)
    gate = places.inside / SPEEDS[mode][0]
    seconds = np.ceil(seconds + gate[:, None] + gate[None, :] + CROSSING[mode])
    np.fill_diagonal(seconds, 0.0)
    return np.minimum(seconds, 65535).astype(np.int64)


def _canteens(count: int, orders: int) -> tuple[Canteen, ...]:
    meals = round(COOKED * orders * 1.15 / count)
    return tuple(Canteen(f"c{n + 1:02}", n, meals, 0, SERVICE, 120) for n in range(count))


def _couriers(
    ebike: Ints, canteens: int, homes: Ints, scarce: bool, dice: np.random.Generator
) -> tuple[Courier, ...]:
    """Give each canteen couriers by how many orders are nearest to it, at least one."""
    demand = np.bincount(ebike[:canteens, homes].argmin(axis=0), minlength=canteens)
    wanted = max(canteens, round(COURIERS_PER_ORDER[scarce] * len(homes)))
    at = np.arange(canteens)
    share = demand + 0.3 * demand.mean()
    more = dice.choice(canteens, wanted - canteens, p=share / share.sum())
    couriers = []
    for number, canteen in enumerate(sorted([*at.tolist(), *more.tolist()])):
        mode, boxes, _ = MODES[_pick([part for *_, part in MODES], dice)]
        shift, _ = SHIFTS[_pick([part for _, part in SHIFTS], dice)]
        skills = ("care",) if dice.random() < 0.66 else ()
        name = f"v{number + 1:03}"
        couriers.append(Courier(name, f"c{canteen + 1:02}", mode, boxes, shift, skills))
    return tuple(couriers)


def _allowed(rides: Ints, homes: Ints, districts: Floats) -> list[tuple[str, ...]]:
    """Return the canteens that may cook for each order: of one district, within reach, three."""
    allowed = []
    for home in homes.tolist():
        near = np.argsort(rides[:, home], kind="stable").tolist()
        first, *others = [c for c in near if (districts[c] == districts[near[0]]).all()][:3]
        within = [c for c in others if rides[c, home] <= REACH]
        allowed.append(tuple(f"c{c + 1:02}" for c in (first, *within)))
    return allowed


def _orders(
    homes: Ints,
    allowed: list[tuple[str, ...]],
    couriers: tuple[Courier, ...],
    dice: np.random.Generator,
) -> tuple[Order, ...]:
    orders = []
    for number, (home, canteens) in enumerate(zip(homes.tolist(), allowed, strict=True)):
        known = [courier.id for courier in couriers if courier.canteen == canteens[0]]
        floor = int(dice.integers(0, 7)) if dice.random() < 0.5 else 0
        usual = str(dice.choice(known)) if dice.random() < 0.3 else None
        orders.append(
            Order(
                id=f"e{number + 1:05}",
                location=home,
                meals=2 if dice.random() < 0.15 else 1,
                window=WINDOWS[_pick([part for _, part in WINDOWS], dice)][0],
                handover_seconds=45 + 12 * floor,
                pack_seconds=4,
                priority=PRIORITIES[_pick([part for _, part in PRIORITIES], dice)][0],
                needs=("care",) if dice.random() < 0.09 else (),
                canteens=canteens,
                usual_courier=usual,
            )
        )
    return tuple(orders)


def _pick(parts: list[float], dice: np.random.Generator) -> int:
    """Return a number drawn by the given parts, which add up to one."""
    return int(dice.choice(len(parts), p=parts))
