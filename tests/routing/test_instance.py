"""Instances that cannot be meant are refused by the name of the field; others go in and out."""

import numpy as np
import pytest

from routing import Canteen, Cost, Courier, Instance, InvalidInstance, Order, Rules


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "vrp/2"}, "format: 'vrp/2' is not known"),
        ({"orders": ...}, "orders: is missing"),
        ({"orders.1.id": "a"}, "orders[1].id: 'a' is also orders[0]"),
        ({"orders.0.window": [900, 300]}, "orders[0].window: closes at 300 before it opens at 900"),
        ({"orders.0.window": [1]}, "orders[0].window: two numbers are needed, not 1"),
        ({"orders.0.meals": -1}, "orders[0].meals: -1 is less than 1"),
        ({"orders.0.meals": 0}, "orders[0].meals: 0 is less than 1"),
        ({"orders.0.meals": 1.5}, "orders[0].meals: a whole number is needed, not 1.5"),
        ({"orders.0.meals": True}, "orders[0].meals: a whole number is needed, not True"),
        ({"orders.0.priority": -2}, "orders[0].priority: -2 is less than 0"),
        ({"orders.0.priority": float("nan")}, "orders[0].priority: a number is needed, not nan"),
        ({"orders.0.location": 4}, "orders[0].location: 4 is no place"),
        ({"orders.0.handover_seconds": ...}, "orders[0].handover_seconds: is missing"),
        ({"orders.0.canteens": ["c1", "c9"]}, "orders[0].canteens[1]: there is no canteen 'c9'"),
        ({"orders.0.needs": "care"}, "orders[0].needs: a list is needed, not 'care'"),
        ({"orders.1": 7}, "orders[1]: an object is needed, not 7"),
        ({"canteens.0.close": -1}, "canteens[0].close: closes at -1 before it opens at 0"),
        ({"canteens.0.meals": -3}, "canteens[0].meals: -3 is less than 0"),
        ({"couriers.0.canteen": "c9"}, "couriers[0].canteen: there is no canteen 'c9'"),
        (
            {"couriers.0.mode": "car"},
            "couriers[0].mode: no travel times for 'car'; there are: foot",
        ),
        ({"couriers.0.shift": [5, 1]}, "couriers[0].shift: ends at 1 before it begins at 5"),
        ({"couriers.0.boxes": -1}, "couriers[0].boxes: -1 is less than 0"),
        ({"couriers.0.max_trips": -1}, "couriers[0].max_trips: -1 is less than 0"),
        ({"travel.foot.seconds.2": [1, 2]}, "travel.foot.seconds: rows of one length"),
        ({"travel.foot.seconds.1.2": -4}, "travel.foot[1][2]: -4 s is negative"),
        ({"travel.foot.seconds.1.2": None}, "travel.foot.seconds[1][2]: a whole number is needed"),
        ({"travel.foot.seconds.1.2": 0.5}, "travel.foot.seconds[1][2]: a whole number is needed"),
        ({"travel.foot": {"seconds": [[0, 1]]}}, "travel.foot: must be square"),
        ({"travel.car": {"seconds": [[0]]}}, "travel.car: has 1 places, another mode has 4"),
        ({"rules.max_ride_seconds": -1}, "rules.max_ride_seconds: -1 is less than 0"),
        ({"rules.cost.unserved_meal": -1}, "rules.cost.unserved_meal: -1 is less than 0"),
        ({"rules.cost.courier": ...}, "rules.cost.courier: is missing"),
        ({"coordinates": [[1, 2]]}, "coordinates: 1 for 4 places"),
        ({"coordinates": [[1]] * 4}, "coordinates[0]: longitude and latitude are needed"),
    ],
)
def test_an_impossible_field_is_named(base, edited, change, message):
    with pytest.raises(InvalidInstance) as caught:
        Instance.from_dict(edited(base, change))
    assert str(caught.value).startswith(message)


def test_the_error_is_a_value_error_with_field_and_problem(base, edited):
    with pytest.raises(ValueError, match="rules") as caught:
        Instance.from_dict(edited(base, {"rules.circle_seconds": -5}))
    assert caught.value.field == "rules.circle_seconds"
    assert caught.value.problem == "-5 is less than 0"


def test_an_instance_goes_through_its_json_form_unchanged(base):
    base["coordinates"] = [[120.1, 30.2]] * 4
    once = Instance.from_dict(base).to_dict()
    assert Instance.from_dict(once).to_dict() == once
    assert once["orders"][1]["usual_courier"] == "w"
    assert once["orders"][1]["priority"] == 2
    assert "canteens" not in once["orders"][1]


def test_absent_fields_take_their_defaults(base, edited):
    bare = edited(base, {"orders.1.priority": ..., "canteens.0.load_seconds": ...})
    instance = Instance.from_dict(bare)
    assert instance.orders[1].priority == 1
    assert instance.orders[1].canteens is None
    assert instance.canteens[0].load_seconds == 0
    assert instance.couriers[1].max_trips is None


def test_parts_made_in_code_are_checked_too():
    with pytest.raises(InvalidInstance, match=r"couriers\[0\].mode"):
        Instance(
            canteens=(Canteen("c", 0, 5, 0, 100),),
            orders=(Order("o", 0, 1, (0, 100)),),
            couriers=(Courier("v", "c", "tram", 5, (0, 100)),),
            travel={"foot": np.zeros((1, 1), dtype=np.int64)},
            rules=Rules(600, 1800, Cost(1, 1, 1, 1)),
        )


def test_a_usual_courier_who_is_away_today_is_no_mistake(base, edited):
    assert Instance.from_dict(edited(base, {"orders.1.usual_courier": "gone"}))


def test_an_instance_without_anybody_is_valid():
    Instance.from_dict(
        {
            "canteens": [],
            "orders": [],
            "couriers": [],
            "travel": {},
            "rules": {
                "circle_seconds": 600,
                "max_ride_seconds": 0,
                "cost": {
                    "unserved_meal": 1,
                    "outside_circle_meal": 1,
                    "courier": 1,
                    "travel_second": 1,
                },
            },
        }
    )
