"""Instances at the edge of sense: a right plan with the right reasons."""

import pytest

from routing import NO_WAY, Instance, Reason, check, solve


def planned(data, steps=40):
    """Return the plan of an instance, found feasible."""
    instance = Instance.from_dict(data)
    plan = solve(instance, seconds=20, iterations=steps)
    assert check(instance, plan).faults == ()
    return plan


def reasons(plan):
    return {item.order: item.reason for item in plan.unserved}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"orders.0.canteens": []}, Reason.NO_CANTEEN),
        ({"couriers.0.canteen": "c1", "couriers.2.canteen": "c1"}, Reason.NO_COURIER),
        ({"couriers.0.max_trips": 0, "couriers.2.max_trips": 0}, Reason.NO_COURIER),
        ({"orders.0.needs": ["lifting"]}, Reason.NO_SKILL),
        ({"orders.0.meals": 7}, Reason.TOO_BIG),
        ({"canteens.0.meals": 1, "orders.0.meals": 2}, Reason.TOO_BIG),
        ({"travel.ebike.seconds.0": [NO_WAY] * 14}, Reason.NO_WAY),
        ({"travel.ebike.seconds.0.2": 1801}, Reason.TOO_FAR),
        ({"orders.0.window": [0, 100]}, Reason.WINDOW),
        ({"orders.0.window": [9000, 9900]}, Reason.WINDOW),
    ],
)
def test_an_order_that_nobody_can_bring_has_its_reason(town, edited, change, reason):
    # A short cut through other doors would be found, so the far door is far from everywhere.
    data = edited(town, change)
    if "travel.ebike.seconds.0.2" in change:
        for row in range(14):
            data["travel"]["ebike"]["seconds"][row][2] = 1801
    plan = planned(data)
    assert reasons(plan)["o0"] == reason
    assert plan.bound > 0


def test_a_full_canteen_leaves_the_least_weight_and_says_so(town, edited):
    data = edited(town, {"canteens.0.meals": 2, "orders.2.priority": 9})
    plan = planned(data, 300)
    left = reasons(plan)
    assert "o2" not in left
    assert set(left.values()) == {Reason.CANTEEN_FULL}


def test_couriers_without_time_leave_orders_for_that_reason(town):
    for courier in town["couriers"]:
        courier["max_trips"] = 1
    for order in town["orders"]:
        order["meals"] = 3
    assert set(reasons(planned(town)).values()) == {Reason.COURIERS_BUSY}


def test_an_order_not_worth_a_courier_is_left_for_that_reason(town, edited):
    data = edited(town, {"rules.cost.unserved_meal": 1})
    plan = planned(data)
    assert plan.trips == ()
    assert set(reasons(plan).values()) == {Reason.NOT_WORTH_IT}
    assert plan.cost == sum(order["meals"] for order in data["orders"])


def test_priority_nought_is_served_only_for_nothing(town):
    for order in town["orders"]:
        order["priority"] = 0
    assert planned(town).cost == 0


@pytest.mark.parametrize("gone", ["orders", "couriers", "canteens"])
def test_without_orders_couriers_or_canteens_there_is_a_plan(town, gone):
    for part in {"orders": ["orders"], "couriers": ["couriers"]}.get(
        gone, ["canteens", "couriers"]
    ):
        town[part] = []
    if gone == "canteens":
        for order in town["orders"]:
            del order["canteens"]
    plan = planned(town)
    assert plan.trips == ()
    expected = {"couriers": {Reason.NO_COURIER}, "canteens": {Reason.NO_CANTEEN}}.get(gone, set())
    assert set(reasons(plan).values()) == expected
    assert plan.cost == plan.bound


def test_a_shift_of_a_minute_brings_nothing(town):
    for courier in town["couriers"]:
        courier["shift"] = [600, 660]
    assert set(reasons(planned(town)).values()) == {Reason.WINDOW}


def test_a_ride_limit_of_nought_serves_only_the_canteens_own_place(town, edited):
    data = edited(town, {"rules.max_ride_seconds": 0, "orders.0.location": 0})
    served = {stop.order for trip in planned(data).trips for stop in trip.stops}
    assert served == {"o0"}


def test_a_circle_wider_than_the_ride_limit_costs_nothing(town, edited):
    data = edited(town, {"rules.max_ride_seconds": 500, "rules.circle_seconds": 9000})
    instance = Instance.from_dict(data)
    assert check(instance, planned(data)).outside_weight == 0


def test_holes_and_tenfold_one_way_times_are_obeyed(town):
    seconds = town["travel"]["ebike"]["seconds"]
    for row in range(14):
        for column in range(row):
            seconds[row][column] = min(10 * seconds[row][column], 60000)
    for row in range(2, 14):
        seconds[row][(row * 5) % 12 + 2] = NO_WAY
    planned(town, 300)


def test_no_travel_time_at_all_is_no_endless_run(town):
    town["travel"]["ebike"]["seconds"] = [[0] * 14 for _ in range(14)]
    for order in town["orders"]:
        order["handover_seconds"] = order["pack_seconds"] = 0
    for canteen in town["canteens"]:
        canteen["load_seconds"] = 0
    assert planned(town).unserved == ()


def test_four_hundred_orders_in_one_building_are_planned(town, edited):
    one = {**town["orders"][0], "window": [0, 7200], "canteens": ["c0"], "handover_seconds": 20}
    data = edited(town, {"orders": [{**one, "id": f"o{n}"} for n in range(400)]})
    data["canteens"][0]["meals"] = 9999
    for courier in data["couriers"]:
        courier["boxes"] = 1000
    plan = planned(data, 5)
    assert plan.trips


def test_prices_of_a_million_are_added_up_exactly(town, edited):
    prices = dict.fromkeys(
        ["unserved_meal", "outside_circle_meal", "courier", "travel_second"], 10**6
    )
    plan = planned(edited(town, {"rules.cost": prices}))
    assert plan.bound <= plan.cost


def test_the_bound_holds_for_doors_that_lie_only_on_the_way_of_others():
    seconds = [[0, 10, NO_WAY], [NO_WAY, 0, 10], [10, NO_WAY, 0]]
    cost = dict.fromkeys(["outside_circle_meal", "courier", "travel_second"], 1)
    order = {"meals": 1, "window": [0, 900], "handover_seconds": 5}
    data = {
        "travel": {"foot": {"seconds": seconds}},
        "canteens": [{"id": "c", "location": 0, "meals": 9, "open": 0, "close": 900}],
        "couriers": [{"id": "v", "canteen": "c", "mode": "foot", "boxes": 3, "shift": [0, 900]}],
        "orders": [{"id": "near", "location": 1, **order}, {"id": "far", "location": 2, **order}],
        "rules": {
            "circle_seconds": 600,
            "max_ride_seconds": 900,
            "cost": {**cost, "unserved_meal": 1000},
        },
    }
    plan = planned(data)
    # Neither can be brought alone, both together for 30 s of travel and one courier.
    assert plan.bound <= 31
