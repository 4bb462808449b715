"""What a finished bound still learns: whole couriers, single couriers, trips that exclude others.

Three doors lie 10 s apart and 100 s from the canteen; the best plans are worked out by hand.
"""

import pytest

from routing import Instance
from routing.bounding.bound import LowerBound
from routing.budget import Budget
from routing.tables import make_tables

FAR = [[0, 100, 100, 100], [100, 0, 10, 10], [100, 10, 0, 10], [100, 10, 10, 0]]


def proven(problem, cost=float("inf")):
    bounds = []
    proof = LowerBound(make_tables(Instance.from_dict(problem)), bounds.append)
    proof.open([], (), Budget(60))
    proof.tighten(Budget(60), cost)
    return max(bounds)


@pytest.fixture
def problem():
    order = {"meals": 1, "window": [0, 5000], "handover_seconds": 0}
    return {
        "travel": {"foot": {"seconds": FAR}},
        "canteens": [{"id": "c", "location": 0, "meals": 9, "open": 0, "close": 5000}],
        "orders": [{"id": f"o{place}", "location": place, **order} for place in (1, 2, 3)],
        "couriers": [
            {"id": "v", "canteen": "c", "mode": "foot", "boxes": 2, "shift": [0, 5000]},
        ],
        "rules": {
            "circle_seconds": 600,
            "max_ride_seconds": 900,
            "cost": {
                "unserved_meal": 10**6,
                "outside_circle_meal": 0,
                "courier": 0,
                "travel_second": 1,
                "unfamiliar_courier": 7,
            },
        },
    }


def test_two_of_three_orders_in_two_boxes_leave_a_trip_for_the_third(problem):
    # Three half trips of two orders would travel 315 s.
    assert proven(problem) == 210 + 200


def test_couriers_are_whole(problem):
    problem["couriers"] = [{**problem["couriers"][0], "id": v, "shift": [0, 380]} for v in "vwx"]
    problem["rules"]["cost"]["courier"] = 1000
    # 410 s of travel do not fit 380 s; in fractions they take 1.08 couriers.
    assert proven(problem) == 2000 + 410


def test_couriers_who_know_an_elder_but_cannot_come_save_nothing(problem):
    problem["couriers"].append({**problem["couriers"][0], "id": "w", "shift": [0, 150]})
    problem["orders"][0]["usual_courier"] = "w"
    assert proven(problem) == 210 + 200 + 7


def test_elders_of_a_courier_who_stays_at_home_are_brought_by_a_stranger(problem):
    problem["couriers"].append({**problem["couriers"][0], "id": "w"})
    problem["orders"][0]["usual_courier"], problem["orders"][1]["usual_courier"] = "v", "w"
    problem["rules"]["cost"]["courier"] = 1000
    assert proven(problem) == 1000 + 210 + 200 + 7


def test_no_more_is_proven_than_a_plan_costs(problem):
    problem["couriers"] = [{**problem["couriers"][0], "id": v, "shift": [0, 380]} for v in "vwx"]
    problem["rules"]["cost"]["courier"] = 1000
    assert 2000 < proven(problem, 2410.0) <= 2410
