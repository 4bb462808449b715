"""Dine-in and pick-up by card number: one tap, twice is caught, and only evidence is counted."""

import pytest

from mealsvc.store import DeliveryEvent, transaction
from mealsvc.vocabulary import Role
from tests.mealsvc.delivery.records import OPENS, publish_day

SERVICE = "/api/v1/services/2026-11-21/lunch"
EATEN = f"{SERVICE}/eaten"


@pytest.fixture
def day(runtime, clock):
    """A published lunch of ``ST01`` with the elders A1 to A3, at its opening."""
    clock.now = OPENS
    with transaction(runtime.engine) as session:
        return publish_day(session)


@pytest.fixture
def manager(day, client_as):
    return client_as("the.manager", Role.MANAGER, canteens=["ST01"])


def record(client, elder, uid="eaten-0001", way="dine_in", **more):
    given = {"id": uid, "elder": elder, "way": way, "canteen": "ST01"}
    return client.post(EATEN, json=given | more)


def delivered(runtime, day, place):
    with transaction(runtime.engine) as session:
        session.add(
            DeliveryEvent(
                service_id=day.service.id, uid=f"phone-{place}", kind="outcome",
                outcome="handed_over", source="phone", courier_id=day.couriers[0],
                order_id=day.orders[place], happened_at=OPENS, received_at=OPENS,
                reported_by="test",
            )
        )  # fmt: skip


def ways(client):
    found = client.get(f"{SERVICE}/person-meals").json()
    return {way: counted["persons"] for way, counted in found["ways"].items()}


def test_one_tap_records_a_meal_and_the_same_tap_again_changes_nothing(manager):
    assert record(manager, "A1").status_code == 201
    assert record(manager, "A1").status_code == 201
    (kept,) = manager.get(EATEN).json()
    assert (kept["elder"]["code"], kept["way"], kept["canteen"]) == ("A1", "dine_in", "ST01")
    assert record(manager, "A2").status_code == 409  # the id is another's


def test_a_second_meal_of_one_service_is_caught(manager):
    record(manager, "A1")
    again = record(manager, "A1", "eaten-0002", "pick_up")
    assert again.status_code == 409
    assert "dine in, ST01 10:30 the.manager" in again.json()["detail"]


def test_who_was_served_at_the_door_does_not_eat_a_second_time(manager, runtime, day):
    delivered(runtime, day, 0)
    assert record(manager, "A1").status_code == 409
    assert record(manager, "A2").status_code == 201


def test_a_mistake_is_taken_back_and_recorded_anew(manager):
    record(manager, "A1")
    for _ in range(2):
        taken = manager.post(f"{EATEN}/eaten-0001/take-back", json={"id": "back-00001"})
        assert taken.status_code == 204
    assert manager.get(EATEN).json() == []
    assert record(manager, "A1", "eaten-0002", "pick_up", portions=2).status_code == 201
    unknown = manager.post(f"{EATEN}/eaten-0009/take-back", json={"id": "back-00002"})
    assert unknown.status_code == 404


def test_person_meals_count_evidence_by_way_and_nothing_else(manager, runtime, day):
    assert ways(manager) == {"delivery": 0, "pick_up": 0, "dine_in": 0}
    delivered(runtime, day, 0)
    record(manager, "A2")
    record(manager, "A3", "eaten-0002", "pick_up", portions=2)
    assert ways(manager) == {"delivery": 1, "pick_up": 1, "dine_in": 1}
    found = manager.get(f"{SERVICE}/person-meals").json()
    assert (found["persons"], found["twice"]) == (3, 0)
    assert found["ways"]["pick_up"]["portions"] == 2
    delivered(runtime, day, 1)  # A2 ate in the canteen already
    assert manager.get(f"{SERVICE}/person-meals").json()["twice"] == 1


@pytest.mark.parametrize(
    ("path", "change", "status"),
    [
        (EATEN, {"elder": "nobody"}, 404),
        (EATEN, {"canteen": "ST99"}, 404),
        (EATEN, {"way": "delivery"}, 422),
        (EATEN, {"portions": 0}, 422),
        (EATEN.replace("21", "22"), {}, 422),
    ],
)
def test_what_cannot_be_recorded_is_said(manager, path, change, status):
    given = {"id": "eaten-0001", "elder": "A1", "way": "dine_in", "canteen": "ST01"}
    assert manager.post(path, json=given | change).status_code == status


def test_others_see_counts_and_masks_and_record_nothing(manager, client_as):
    record(manager, "A1")
    for role in (Role.OFFICER, Role.PLANNER):
        client = client_as(f"the.{role}", role)
        assert "老人A1" not in client.get(EATEN).text
        assert ways(client)["dine_in"] == 1
        assert record(client, "A2", "eaten-0002").status_code == 403
