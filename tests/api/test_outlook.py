"""A service on one page: plan, offers, couriers on shift, what waits for an answer."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from mealsvc.nightly import collecting_night
from mealsvc.planning import plan_service
from mealsvc.store import (
    Courier,
    Elder,
    Order,
    OrderChange,
    Pause,
    PlanRevision,
    Proposal,
    UnservedOrder,
    transaction,
)
from mealsvc.vocabulary import EndReason, Meal, Role
from tests.mealsvc.people import SATURDAY, STAMP
from tests.mealsvc.planning.straight_lines import StraightLines

SUNDAY = date(2026, 11, 22)
LUNCH = "/api/v1/services/2026-11-21/lunch"


def outlook(client, path=LUNCH):
    answer = client.get(f"{path}/outlook")
    assert answer.status_code == 200, answer.text
    return answer.json()


def concerns(client):
    return {one["kind"]: one for one in outlook(client)["concerns"]}


@pytest.fixture
def manager(town, client_as):
    """The manager of ``ST01`` and ``ST02``."""
    return client_as("the.manager", Role.MANAGER, canteens=["ST01", "ST02"])


def test_a_planned_service_shows_its_figures_its_kitchens_and_who_works(manager):
    seen = outlook(manager)
    assert (seen["plan"]["number"], seen["plan"]["state"]) == (1, "published")
    assert seen["proof"]
    assert seen["opens"].startswith("2026-11-21T")
    assert [kitchen["code"] for kitchen in seen["kitchens"]] == ["ST01", "ST02"]
    by_code = {one["courier"]: one for one in seen["couriers"]}
    assert set(by_code) == {"Z01", "Z02", "Z03"}
    assert {one["trips"] > 0 for one in by_code.values()} >= {True}
    assert sum(one["portions"] for one in by_code.values()) == seen["plan"]["served_portions"]
    assert (seen["may_plan"], seen["publish"], seen["newer_draft"]) == (True, None, None)


def test_a_newer_draft_is_offered_for_publishing(manager, town):
    plan_service(town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines())
    seen = outlook(manager)
    assert (seen["plan"]["number"], seen["newer_draft"], seen["publish"]) == (1, 2, 2)


def test_a_service_that_nobody_collected_says_that_it_may_be_planned(manager):
    seen = outlook(manager, "/api/v1/services/2026-11-22/lunch")
    assert seen["plan"] is None
    assert seen["kitchens"] == []
    assert seen["may_plan"] is True
    assert len(seen["couriers"]) == 3


def test_it_tells_when_the_night_collects_orders_that_nobody_collected(manager, clock):
    dinner = "/api/v1/services/2026-11-21/dinner"
    assert outlook(manager, dinner)["collects_at"] == "2026-11-20T20:00:00+08:00"
    assert outlook(manager)["collects_at"] is None  # they are known
    clock.now = clock.now.replace(hour=20, minute=1)
    assert outlook(manager, dinner)["collects_at"] is None  # it is at it


def test_nothing_is_promised_where_no_night_plans(town):
    day, meal = SUNDAY, Meal.LUNCH
    assert collecting_night(town, day, meal) is not None
    for other in ({"nightly_enabled": False}, {"nightly_meals": (Meal.DINNER,)}):
        settings = town.settings.model_copy(update=other)
        assert collecting_night(replace(town, settings=settings), day, meal) is None


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-19", "2028-01-01", "9999-12-31"])
def test_days_that_nobody_can_plan_are_not_found(manager, day):
    answer = manager.get(f"/api/v1/services/{day}/lunch/outlook")
    assert answer.status_code == 404
    assert "plan it first" in answer.json()["detail"]


def test_elders_without_a_place_are_named_to_whom_keeps_them(manager, client_as):
    found = concerns(manager)["unlocated"]
    assert (found["count"], [one["code"] for one in found["people"]]) == (1, ["A9"])
    other = client_as("other.manager", Role.MANAGER, canteens=["ST02"])
    assert "unlocated" not in concerns(other)


def test_couriers_on_shift_without_a_phone_wait_for_one(manager, town):
    assert "no_phone" not in concerns(manager)
    with transaction(town.engine) as session:
        session.exec(select(Courier).where(Courier.code == "Z02")).one().phone = None
    found = concerns(manager)["no_phone"]
    assert [one["code"] for one in found["people"]] == ["Z02"]
    assert not next(one for one in outlook(manager)["couriers"] if one["courier"] == "Z02")[
        "has_phone"
    ]


def test_proposals_wait_until_the_plan_they_were_made_for_is_replaced(manager, town, clock):
    with transaction(town.engine) as session:
        session.add(
            Proposal(plan_id=1, based_on=1, made_at=clock.now, made_by="li.min", problem=b"")
        )
    assert concerns(manager)["proposals"]["count"] == 1
    with transaction(town.engine) as session:
        session.exec(select(Proposal)).one().based_on = 2
    assert "proposals" not in concerns(manager)


def test_odd_orders_are_told_to_whoever_keeps_the_elder_or_the_site(manager, town, client_as):
    with transaction(town.engine) as session:
        order = session.exec(select(Order).join(Elder).where(Elder.code == "P1")).one()
        order.meal_point_id = None
    found = concerns(manager)["no_point"]
    assert (found["count"], [one["code"] for one in found["people"]]) == (1, ["P1"])
    other = client_as("other.manager", Role.MANAGER, canteens=["ST02"])
    assert "no_point" not in concerns(other)


def test_orders_that_a_plan_leaves_out_are_counted_without_those_that_have_no_place(manager, town):
    assert "unserved" not in concerns(manager)
    with transaction(town.engine) as session:
        revision = session.exec(select(PlanRevision)).one()
        order = session.exec(select(Order).join(Elder).where(Elder.code == "B1")).one()
        session.add(UnservedOrder(revision_id=revision.id, order_id=order.id, reason="window"))
    found = concerns(manager)["unserved"]
    assert (found["count"], [one["code"] for one in found["people"]]) == (1, ["B1"])


@pytest.mark.parametrize(
    ("role", "names"), [(Role.OFFICER, ["老***"]), (Role.PLANNER, [])], ids=["masked", "nobody"]
)
def test_roles_see_people_as_the_table_says(town, client_as, role, names):
    client = client_as("somebody", role)
    found = concerns(client)["unlocated"]
    assert found["count"] == 1
    assert [one["name"][:1] for one in found["people"]] == [name[:1] for name in names]
    seen = outlook(client)
    assert seen["kitchens"] == []
    assert {one["courier_name"] is None for one in seen["couriers"]} == {role is Role.PLANNER}
    assert seen["may_plan"] is (role is Role.PLANNER)


def test_reading_names_is_noted_in_the_audit_trail(manager, admin):
    outlook(manager)
    trail = admin.get("/api/v1/audit", params={"action": "read.outlook"}).json()["items"]
    assert [entry["actor"] for entry in trail] == ["the.manager"]


def test_specials_of_a_kitchen_count_say_who_carries_them(manager):
    count = manager.get(f"{LUNCH}/kitchen-counts/ST01").json()
    special = next(one for one in count["specials"] if one["code"] == "A1")
    assert special["kind"] == "delivery"
    assert special["courier"].startswith("送餐员Z0")
    assert special["trip"] >= 1


def test_who_stopped_after_publication_and_is_still_brought_a_meal_is_told(
    manager, town, client_as
):
    assert "stopped" not in concerns(manager)
    with transaction(town.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A1")).one()
        elder.ended_on, elder.end_reason = SATURDAY, EndReason.DEATH
    found = concerns(manager)["stopped"]
    assert (found["count"], [one["code"] for one in found["people"]]) == (1, ["A1"])
    assert "去世" in found["text"] or "death" in found["text"]
    other = client_as("other.manager", Role.MANAGER, canteens=["ST02"])
    assert "stopped" not in concerns(other)
    with transaction(town.engine) as session:
        session.exec(select(Order).join(Elder).where(Elder.code == "A1")).one().cancelled = True
    assert "stopped" not in concerns(manager)


@pytest.mark.parametrize(
    ("first", "ordered", "told"),
    [(SATURDAY, None, True), (SUNDAY, None, False), (SATURDAY, 1, False)],
    ids=["that_day", "later", "ordered_all_the_same"],
)
def test_a_pause_is_told_on_its_days_unless_the_meal_was_ordered_for_the_day(
    manager, town, first, ordered, told
):
    with transaction(town.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A1")).one()
        elder.pauses.append(Pause(first_day=first))
        if ordered:
            change = OrderChange(
                day=SATURDAY, meal=Meal.LUNCH, portions=ordered, made_at=STAMP, made_by="test"
            )
            elder.order_changes.append(change)
    assert ("stopped" in concerns(manager)) is told


def test_a_meal_that_was_handed_over_already_is_not_to_be_cancelled_any_more(
    town, client_as, clock
):
    clock.now = clock.now.replace(day=21, hour=11)
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST01", "ST02"])
    with transaction(town.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A1")).one()
        elder.ended_on, elder.end_reason = SATURDAY, EndReason.DEATH
        order = session.exec(select(Order.id).where(Order.elder_id == elder.id)).one()
    assert "stopped" in concerns(manager)
    report = {
        "id": "handed-over-a1", "kind": "outcome", "at": clock.now.isoformat(), "order": order,
        "outcome": "handed_over",
    }  # fmt: skip
    answer = manager.post(f"{LUNCH}/delivery/reports", json={"reports": [report]})
    assert answer.status_code == 200, answer.text
    assert "stopped" not in concerns(manager)


def test_after_the_last_hand_over_nobody_is_asked_to_cancel_a_meal(town, client_as, clock):
    clock.now = clock.now.replace(day=21, hour=12, minute=29)
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST01", "ST02"])
    with transaction(town.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A1")).one()
        elder.ended_on, elder.end_reason = SATURDAY, EndReason.DEATH
    assert "stopped" in concerns(manager)
    clock.now = clock.now.replace(hour=12, minute=31)
    assert "stopped" not in concerns(manager)
