"""Which canteen cooks what: the first step of every peer, as a transportation problem.

Peers take one travel matrix per kind of vehicle, so that a city with forty canteens would need
hundreds of them; planned canteen by canteen they are also far better in the same time.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from routing import Instance
from routing.districts.groups import part_of
from routing.tables import C_CANTEEN, C_MODE, C_PLACE, O_HAND, O_MEALS, O_PACK, O_PLACE, make_tables

TRIP_ORDERS = 5
"""Orders that a trip is taken to bring, for sharing loading and the ride to the quarter."""
STEP_SECONDS = 60
"""Travel from one door to the next."""
USABLE = 0.92
"""Part of the shifts that trips can fill."""
SOLVE_SECONDS = 5.0


def assign(instance: Instance) -> list[Instance]:
    """Return one problem per canteen: its couriers, and the orders that it had best cook.

    Least ride and price outside the circle, within the portions of the canteens and the time of
    their couriers; what is too much for both is left out.
    """
    t = make_tables(instance)
    count = len(instance.canteens)
    pairs, costs, times = [], [], []
    for canteen in range(count):
        staff = np.flatnonzero(t.couriers[:, C_CANTEEN] == canteen)
        if not len(staff):
            continue
        able = t.able[:, staff]
        rows = np.flatnonzero(able.any(axis=1))
        rides = t.travel[
            t.couriers[staff, C_MODE][None, :],
            t.couriers[staff, C_PLACE][None, :],
            t.orders[rows, O_PLACE][:, None],
        ]
        ride = np.where(able[rows], rides, 10**6).min(axis=1)
        load = instance.canteens[canteen].load_seconds
        time = (2.0 * ride + load) / TRIP_ORDERS + STEP_SECONDS
        time += t.orders[rows, O_HAND] + t.orders[rows, O_PACK]
        pairs.append(np.column_stack([rows, np.full(len(rows), canteen)]))
        costs.append(ride + np.where(ride > t.limits[1], t.outside[rows], 0.0) - t.unserved[rows])
        times.append(time)
    if not pairs:
        return []
    chosen = _choose(instance, np.concatenate(pairs), np.concatenate(costs), np.concatenate(times))
    return [
        part_of(instance, {canteen.id}, np.sort(chosen[chosen[:, 1] == number, 0]).tolist())
        for number, canteen in enumerate(instance.canteens)
        if (chosen[:, 1] == number).any()
    ]


def _choose(
    instance: Instance, pairs: np.ndarray, costs: np.ndarray, times: np.ndarray
) -> np.ndarray:
    """Return the pairs (order, canteen) of the cheapest assignment."""
    t = make_tables(instance)
    count, column = len(t.meals), np.arange(len(pairs))
    shape = (len(t.orders), len(pairs))
    once = coo_array((np.ones(len(pairs)), (pairs[:, 0], column)), shape=shape)
    shape = (count, len(pairs))
    meals = coo_array((t.orders[pairs[:, 0], O_MEALS], (pairs[:, 1], column)), shape=shape)
    busy = coo_array((times, (pairs[:, 1], column)), shape=shape)
    shifts = np.zeros(count)
    for courier in instance.couriers:
        row = next(n for n, c in enumerate(instance.canteens) if c.id == courier.canteen)
        shifts[row] += USABLE * (courier.shift[1] - courier.shift[0])
    found = milp(
        costs,
        integrality=np.ones(len(pairs), dtype=np.int64),
        bounds=Bounds(0.0, 1.0),
        constraints=[
            LinearConstraint(once.tocsr(), ub=1),
            LinearConstraint(meals.tocsr(), ub=t.meals),
            LinearConstraint(busy.tocsr(), ub=shifts),
        ],
        options={"time_limit": SOLVE_SECONDS, "mip_rel_gap": 1e-3},
    )
    if found.x is None:
        return np.empty((0, 2), dtype=np.int64)
    chosen: np.ndarray = pairs[found.x > 0.5]
    return chosen
