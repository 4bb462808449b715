"""Every trip worth having is listed, and nothing that another makes needless."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from routing import Instance
from routing.bounding.completions import no_rest
from routing.bounding.crews import make_crews
from routing.exact.listing import list_trips
from routing.tables import make_tables


@pytest.fixture
def crew(town):
    town["orders"] = town["orders"][::2][:5]
    town["canteens"], town["couriers"] = town["canteens"][:1], town["couriers"][:1]
    return make_crews(make_tables(Instance.from_dict(town)))[0]


def listed(crew, gain=None, most=np.inf, capacity=9999):
    gain = np.zeros(len(crew.orders)) if gain is None else gain
    return list_trips(crew, gain, 0.0, no_rest(), most, capacity)


def routes(trips):
    first, orders = trips.first.tolist(), trips.orders.tolist()
    return [tuple(orders[a:b]) for a, b in pairwise(first)]


def work(crew, route):
    """(cost, seconds, return when early, latest loading) of a route; None if it breaks a rule."""
    room, n = crew.room, len(crew.orders)
    here, clock, cost, opens, shuts = n, 0, 0.0, room.limits[3], room.limits[4]
    for order in route:
        clock += int(room.step[here, order])
        cost += room.travel_price * room.ride[here, order]
        cost += room.outside[order] if clock > room.limits[1] else 0.0
        opens, shuts = max(opens, room.opens[order] - clock), min(shuts, room.shuts[order] - clock)
        here = order
    meals = sum(room.meals[order] for order in route)
    ride = clock + max(0, opens - shuts)
    if meals > room.limits[2] or ride > room.limits[0] or opens + clock > room.shuts[here]:
        return None
    loading = crew.load + sum(crew.pack[order] for order in route)
    back = clock + int(room.step[here, n])
    seconds = loading + back + max(0, opens - shuts)
    cost += room.travel_price * room.ride[here, n]
    return cost, seconds, min(opens, shuts) - loading + seconds, shuts - loading


def test_no_route_is_better_in_anything_than_the_listed_ones_with_its_orders(crew):
    found = listed(crew)
    best = {}
    for number in range(len(found.cost)):
        orders = frozenset(routes(found)[number])
        back = found.earliest[number] + found.seconds[number]
        row = (found.cost[number], found.seconds[number], back, found.latest[number])
        best.setdefault(orders, []).append(row)
    for size in range(1, len(crew.orders) + 1):
        for route in permutations(range(len(crew.orders)), size):
            figures = work(crew, route)
            if figures is not None:
                cost, seconds, back, latest = figures
                assert any(
                    row[0] <= cost and row[1] <= seconds and row[2] <= back and row[3] >= latest
                    for row in best[frozenset(crew.orders[list(route)].tolist())]
                )


def test_a_listed_trip_has_the_figures_of_its_route(crew):
    found = listed(crew)
    rows = {order: row for row, order in enumerate(crew.orders.tolist())}
    assert len(found.cost) > 10
    for number, route in enumerate(routes(found)):
        figures = work(crew, [rows[order] for order in route])
        back = found.earliest[number] + found.seconds[number]
        assert figures == (found.cost[number], found.seconds[number], back, found.latest[number])


def test_dear_trips_are_left_out_and_no_others(crew):
    gain = np.linspace(300.0, 900.0, len(crew.orders))
    all_of_them, some = listed(crew, gain), listed(crew, gain, most=200.0)
    cheap = {r for r, c in zip(routes(all_of_them), all_of_them.reduced, strict=True) if c <= 200}
    assert 0 < len(some.cost) < len(all_of_them.cost)
    assert set(routes(some)) == cheap


def test_too_many_trips_are_said_to_be_too_many(crew):
    assert listed(crew, capacity=5) is None
