"""Departures: no earlier than anything is gained, no later than a closing window asks."""

import pytest

from routing import Instance, check, solve
from routing.answer import build_trip

# Two doors in one house, 10 s from the canteen; hand-overs take 5 s.
ORDERS = {
    "early": {"location": 1, "meals": 1, "window": [0, 250], "handover_seconds": 5},
    "late": {"location": 1, "meals": 1, "window": [300, 900], "handover_seconds": 5},
}


def house(names, **rules):
    prices = ("unserved_meal", "outside_circle_meal", "courier", "travel_second")
    return Instance.from_dict(
        {
            "travel": {"foot": {"seconds": [[0, 10], [10, 0]]}},
            "canteens": [{"id": "c", "location": 0, "meals": 9, "open": 0, "close": 900}],
            "orders": [{"id": name, **ORDERS[name]} for name in names],
            "couriers": [
                {
                    "id": "v",
                    "canteen": "c",
                    "mode": "foot",
                    "boxes": 9,
                    "shift": [0, 900],
                    "max_trips": 1,
                }
            ],
            "rules": {
                "circle_seconds": 900,
                "max_ride_seconds": 900,
                "cost": dict(zip(prices, (1000, 50, 1, 1), strict=True)),
                **rules,
            },
        }
    )


def planned(instance):
    plan = solve(instance, seconds=20, iterations=60)
    assert check(instance, plan).faults == ()
    return plan


@pytest.mark.parametrize("names", [("early", "late"), ("late", "early")])
def test_a_trip_waits_at_a_door_when_it_must(names):
    plan = planned(house(names))
    assert [stop.order for trip in plan.trips for stop in trip.stops] == ["early", "late"]
    # Leaving at 240 reaches the early door as it closes; the late one rides 60 s.
    assert plan.trips[0].depart == 240


@pytest.mark.parametrize(("limit", "served"), [(60, 2), (59, 1)])
@pytest.mark.parametrize("names", [("early", "late"), ("late", "early")])
def test_waiting_counts_as_ride_time(names, limit, served):
    plan = planned(house(names, max_ride_seconds=limit))
    assert sum(len(trip.stops) for trip in plan.trips) == served
    assert plan.bound <= plan.cost


@pytest.mark.parametrize(("circle", "outside"), [(60, 0), (59, 1)])
def test_waiting_counts_for_the_circle(circle, outside):
    instance = house(("early", "late"), circle_seconds=circle)
    assert check(instance, planned(instance)).outside_orders == outside


@pytest.mark.parametrize(("load", "pack"), [(100, 0), (0, 100), (60, 40)])
@pytest.mark.parametrize(("shift_end", "served"), [(250, 2), (249, 1)])
def test_loading_and_packing_take_their_time_on_every_trip(load, pack, shift_end, served):
    data = house(("early", "late")).to_dict()
    data["canteens"][0]["load_seconds"] = load
    for order in data["orders"]:
        order.update(window=[0, 900], pack_seconds=pack)
    data["couriers"][0].update(boxes=1, max_trips=9, shift=[0, shift_end])
    assert len(planned(Instance.from_dict(data)).trips) == served


def test_a_trip_leaves_no_earlier_than_it_gains_anything():
    trip, back = build_trip(house(("late",)), 0, 0, [0])
    assert (trip.depart, trip.stops[0].arrive, back) == (290, 300, 315)


def test_a_trip_leaves_when_its_courier_is_ready():
    trip, back = build_trip(house(("late",)), 0, 500, [0])
    assert (trip.depart, trip.stops[0].arrive, back) == (500, 510, 525)
