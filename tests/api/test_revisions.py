"""Revisions of the day over the API: who may ask, see, decide, and what two at once are told."""

import pytest

from mealsvc.settings import Settings
from mealsvc.vocabulary import Role

LUNCH = "/api/v1/services/2026-11-21/lunch"


@pytest.fixture
def settings(tmp_path):
    """Default settings, but answers are quick."""
    return Settings(home=tmp_path / "var", workers=1, revise_seconds=0.4, _env_file=None)


@pytest.fixture
def today(town, clock):
    """The town at nine o'clock of the day."""
    clock.now = clock.now.replace(day=21, hour=9)
    return town


@pytest.fixture
def root(today, client_as):
    return client_as("boss", Role.ADMIN)


def cancel(*codes):
    return {"changes": [{"kind": "order_cancelled", "elder": code} for code in codes]}


def test_a_change_is_proposed_told_drawn_and_accepted(root):
    made = root.post(f"{LUNCH}/proposals", json=cancel("A3"))
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["state"], told["based_on"], told["revision"]) == ("open", 1, None)
    assert told["couriers"] == ["Z01"]
    assert told["text"][0].startswith("Couriers concerned")
    path = f"{LUNCH}/proposals/{told['id']}"
    chinese = root.get(path, headers={"accept-language": "zh"}).json()
    assert chinese["text"][0].startswith("涉及1名送餐员（送餐员Z01）")
    drawn = root.get(f"{path}/changes.geojson")
    assert drawn.headers["content-type"] == "application/geo+json"
    proposed = [one["properties"].get("proposed") for one in drawn.json()["features"]]
    assert False in proposed
    accepted = root.post(f"{path}/accept").json()
    assert (accepted["state"], accepted["revision"]) == ("accepted", 2)
    plan = root.get(f"{LUNCH}/plan").json()
    assert (plan["number"], plan["state"], plan["published_by"]) == (2, "published", "boss")
    again = root.post(f"{path}/accept")
    assert again.status_code == 409
    assert "accepted by boss at 09:00" in again.json()["detail"]


def test_two_managers_at_once_are_told_of_each_other(root, client_as):
    keeper = client_as("keeper", Role.MANAGER, canteens=["ST01", "ST02"])
    first = root.post(f"{LUNCH}/proposals", json=cancel("A1")).json()
    second = keeper.post(f"{LUNCH}/proposals", json=cancel("A2")).json()
    assert [(one["id"], one["made_by"]) for one in second["others"]] == [(first["id"], "boss")]
    assert keeper.post(f"{LUNCH}/proposals/{second['id']}/accept").status_code == 200
    late = root.post(f"{LUNCH}/proposals/{first['id']}/accept")
    assert late.status_code == 409
    assert "keeper published revision 2 at 09:00" in late.json()["detail"]
    states = [one["state"] for one in root.get(f"{LUNCH}/proposals").json()]
    assert states == ["accepted", "outdated"]
    assert root.post(f"{LUNCH}/proposals/{first['id']}/reject").json()["state"] == "rejected"


def test_a_manager_changes_only_the_own_canteen_and_leaves_other_duties_alone(root, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    assert manager.post(f"{LUNCH}/proposals", json=cancel("A1")).status_code == 404
    slower = {"changes": [{"kind": "travel_slower", "percent": 20}]}
    assert manager.post(f"{LUNCH}/proposals", json=slower).status_code == 403
    away = {"changes": [{"kind": "courier_away", "courier": "Z03"}]}
    made = manager.post(f"{LUNCH}/proposals", json=away).json()
    assert made["couriers"] == ["Z03"]
    assert {one["change"] for one in made["stops"]} == {"left_out"}
    others = root.post(f"{LUNCH}/proposals", json=cancel("A1")).json()
    seen = manager.get(f"{LUNCH}/proposals/{others['id']}").json()
    assert (seen["couriers"], seen["stops"]) == ([], [])
    assert "A1" not in str(seen["text"])
    refused = manager.post(f"{LUNCH}/proposals/{others['id']}/accept")
    assert refused.status_code == 403
    assert manager.post(f"{LUNCH}/proposals/{made['id']}/accept").json()["revision"] == 2


def test_a_planner_sees_nobody_and_changes_no_orders(root, client_as):
    planner = client_as("planner", Role.PLANNER)
    assert planner.post(f"{LUNCH}/proposals", json=cancel("A1")).status_code == 403
    made = root.post(f"{LUNCH}/proposals", json=cancel("A1")).json()
    seen = planner.get(f"{LUNCH}/proposals/{made['id']}").json()
    assert seen["changes"] == [{"kind": "order_cancelled"}]
    assert "老人" not in str(seen)
    assert "送餐员" not in str(seen)
    places = planner.get(f"{LUNCH}/proposals/{made['id']}/changes.geojson").json()["features"]
    assert all("proposed" in one["properties"] for one in places)


def test_moves_are_priced_without_being_kept_and_then_accepted(root):
    duties = root.get(f"{LUNCH}/plan/duties").json()["duties"]
    order = next(
        stop["order"]
        for duty in duties
        if duty["courier"] == "Z01"
        for trip in duty["trips"]
        for stop in trip["stops"]
        if stop["elder"]
    )
    moves = {"moves": [{"kind": "stop_moved", "order": order, "courier": "Z02"}]}
    priced = root.post(f"{LUNCH}/plan/moves", json=moves).json()
    assert priced["id"] == 0
    assert priced["cost"] > priced["cost_before"]
    more = sum(one["cost"] for one in priced["parts"])
    assert more == pytest.approx(priced["cost"] - priced["cost_before"])
    assert {one["part"]: one["amount"] for one in priced["parts"]}["couriers"] == 1
    assert priced["rules"] == []
    assert root.get(f"{LUNCH}/proposals").json() == []
    made = root.post(f"{LUNCH}/proposals", json=moves).json()
    assert root.post(f"{LUNCH}/proposals/{made['id']}/accept").status_code == 200
    assert [one["order"] for one in root.get(f"{LUNCH}/plan/locks").json()] == [order]
    worse = {"moves": [{"kind": "trip_moved", "courier": "Z03", "trip": 1, "to": "Z01"}]}
    broken = root.post(f"{LUNCH}/plan/moves", json=worse).json()["rules"]
    assert {one["rule"] for one in broken if one["by_hand"]} >= {"window"}
    assert all(one["text"].startswith("Breaks a rule") for one in broken)


@pytest.mark.parametrize(
    ("courier", "departs", "status", "rules"),
    [
        ("Z01", None, 200, {"window": True}),
        ("Z03", "17:00", 409, {"shift": False, "window": True, "canteen_hours": True}),
    ],
)
def test_a_rule_is_called_agreeable_just_where_agreeing_helps(
    root, courier, departs, status, rules
):
    asked = {"kind": "trip_moved", "courier": "Z03", "trip": 1, "to": courier, "departs": departs}
    moves = {"moves": [asked]}
    made = root.post(f"{LUNCH}/proposals", json=moves).json()
    assert {one["rule"]: one["agreeable"] for one in made["rules"] if one["by_hand"]} == rules
    agreed = {"despite": True}
    accepted = root.post(f"{LUNCH}/proposals/{made['id']}/accept", json=agreed)
    assert accepted.status_code == status, accepted.text


def test_locks_are_set_listed_and_lifted_within_reach(root, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    assert root.put(f"{LUNCH}/plan/locks/couriers/Z01").status_code == 204
    assert manager.put(f"{LUNCH}/plan/locks/couriers/Z01").status_code == 404
    assert manager.put(f"{LUNCH}/plan/locks/couriers/Z03").status_code == 204
    assert [one["courier"] for one in root.get(f"{LUNCH}/plan/locks").json()] == ["Z01", "Z03"]
    assert [one["courier"] for one in manager.get(f"{LUNCH}/plan/locks").json()] == ["Z03"]
    assert root.delete(f"{LUNCH}/plan/locks/couriers/Z01").status_code == 204
    assert root.delete(f"{LUNCH}/plan/locks/couriers/Z01").status_code == 404
    assert root.put(f"{LUNCH}/plan/locks/orders/9999").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"changes": [], "moves": []},
        {"changes": [{"kind": "earthquake"}]},
        {"changes": [{"kind": "canteen_late", "canteen": "ST01", "minutes": 0}]},
        {"changes": [{"kind": "order_cancelled", "elder": "A1", "portions": 2}]},
        {
            "changes": [
                {
                    "kind": "courier_comes",
                    "courier": "Z01",
                    "hours": {"from": "12:00", "to": "11:00"},
                }
            ]
        },
    ],
)
def test_what_cannot_be_meant_is_refused(root, body):
    assert root.post(f"{LUNCH}/proposals", json=body).status_code == 422
