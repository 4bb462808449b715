"""A service is planned, kept as numbered revisions, and published."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time

import pytest
from sqlalchemy import event
from sqlmodel import col, select

import routing
from mealsvc.errors import Conflict, NotFound, NotReady, StorageFailure
from mealsvc.planning import (
    UNLOCATED,
    instance_of,
    plan_of,
    plan_service,
    publish,
    read,
)
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Order, Service, open_engine, transaction
from mealsvc.vocabulary import Meal, MealWay, OrderKind, RevisionState
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY, Town
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture
def town(runtime):
    """Fill the records in a transaction of their own."""

    def fill(build):
        with transaction(runtime.engine) as session:
            return build(Town(session))

    return fill


@pytest.fixture
def plan(runtime):
    def made(day=SATURDAY, meal=Meal.LUNCH, **more):
        values = {"actor": "manager", "seconds": 0.3, "travel": StraightLines(), **more}
        return plan_service(runtime, day, meal, **values)

    return made


def usual(town):
    """Two canteens, three couriers, a meal point, eleven people who eat in all ways."""
    near, far = town.canteen(), town.canteen(east=3000)
    town.courier(near), town.courier(near, 8, skills=["care"]), town.courier(far)
    point = town.point(near)
    for number in range(6):
        town.elder(east=200 * number, north=300)
    for _ in range(3):
        town.elder(meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP}])
    town.elder(canteen_id=near.id, orders=[{"way": MealWay.DINE_IN, "portions": 2}])
    town.elder(located=False)


def test_a_plan_counts_every_order(town, plan):
    town(usual)
    made = plan()
    assert (made.number, made.state) == (1, RevisionState.DRAFT)
    # Six doors, one supply order, one elder without a place.
    assert (made.orders, made.served_orders, made.unserved_orders) == (8, 7, 1)
    assert (made.portions, made.served_portions, made.unlocated_orders) == (10, 9, 1)
    assert (made.dine_in_portions, made.pick_up_portions) == (2, 3)
    assert made.couriers_on_shift == 3
    assert made.circle_share == made.circle_portions / made.served_portions
    assert [item.reason for item in made.unserved] == [UNLOCATED]


def test_what_is_kept_is_the_plan_that_was_checked(town, plan, runtime):
    town(usual)
    made = plan()
    with transaction(runtime.engine) as session:
        kept = read.revision(session, SATURDAY, Meal.LUNCH)
        instance, answer = instance_of(kept), plan_of(session, kept)
    verdict = routing.check(instance, answer)
    assert verdict.feasible
    assert (verdict.cost, verdict.trips) == (made.cost, made.trips)
    assert (verdict.travel, verdict.couriers) == (made.travel_seconds, made.couriers)
    assert sum(trip.travel_seconds for duty in kept.duties for trip in duty.trips) == verdict.travel


def test_times_of_stops_are_moments_of_the_service(town, plan):
    town(usual)
    made = plan()
    opens = datetime(2026, 11, 21, 10, 30, tzinfo=SHANGHAI)
    closes = datetime(2026, 11, 21, 12, 30, tzinfo=SHANGHAI)
    for duty in made.duties:
        for trip in duty.trips:
            assert opens <= trip.loads_at <= trip.departs_at <= trip.returns_at
            for stop in trip.stops:
                assert trip.departs_at <= stop.arrives_at <= closes
                assert stop.ride_seconds == (stop.arrives_at - trip.departs_at).total_seconds()


def test_files_of_a_plan_name_nobody(town, plan):
    town(usual)
    text = str({**instance_of(plan()).to_dict(), "travel": None})
    assert "老人" not in text
    assert "送餐员" not in text
    assert "丰盛" not in text


def test_a_second_solve_makes_a_second_revision(town, plan):
    town(usual)
    assert [plan().number, plan().number] == [1, 2]


def test_publishing_supersedes_freezes_and_is_audited(town, plan, runtime, clock):
    town(usual)
    plan(publish=True), plan()
    publish(runtime, SATURDAY, Meal.LUNCH, 2, "manager")
    with transaction(runtime.engine) as session:
        states = [one.state for one in read.revisions(session, SATURDAY, Meal.LUNCH)]
        frozen = session.exec(select(Service)).one().frozen_at
        trail = session.exec(select(AuditEntry)).all()
    assert states == [RevisionState.SUPERSEDED, RevisionState.PUBLISHED]
    assert frozen == clock.now
    assert [(entry.action, entry.detail.get("replaces")) for entry in trail] == [
        ("plan.make", None), ("plan.publish", None), ("plan.make", None), ("plan.publish", 1),
    ]  # fmt: skip


def test_publishing_again_changes_nothing_and_a_superseded_one_is_refused(town, plan, runtime):
    town(usual)
    plan(publish=True)
    assert publish(runtime, SATURDAY, Meal.LUNCH, 1, "x").published_by == "manager"
    plan(publish=True)
    with pytest.raises(Conflict, match="is superseded"):
        publish(runtime, SATURDAY, Meal.LUNCH, 1, "x")


def test_a_draft_whose_orders_changed_is_not_published(town, plan, runtime):
    town(usual)
    plan()
    town(lambda later: later.elder(code="new"))
    with pytest.raises(Conflict, match=r"no longer fits its orders: 1 new \(o\d+\)"):
        publish(runtime, SATURDAY, Meal.LUNCH, 1, "manager")
    assert plan(publish=True).number == 2


def test_a_plan_that_cannot_be_published_stays_a_draft(town, plan, runtime):
    town(usual)

    def meanwhile(phase, share):
        if (phase, share) == ("saving", 0.95):
            town(lambda later: later.elder(code="new"))

    with pytest.raises(Conflict, match="kept as a draft"):
        plan(publish=True, progress=meanwhile)
    with transaction(runtime.engine) as session:
        assert read.revision(session, SATURDAY, Meal.LUNCH).state is RevisionState.DRAFT


def test_publishing_needs_a_plan_and_its_revision(town, plan, runtime):
    with pytest.raises(NotFound, match="no plan for lunch of 2026-11-21"):
        publish(runtime, SATURDAY, Meal.LUNCH, 1, "x")
    town(usual)
    plan()
    with pytest.raises(NotFound, match="has no revision 7"):
        publish(runtime, SATURDAY, Meal.LUNCH, 7, "x")


def test_a_service_that_is_over_is_not_published(town, plan, runtime, clock):
    town(usual)
    plan()
    clock.now = datetime(2026, 11, 21, 12, 30, tzinfo=SHANGHAI)
    with pytest.raises(Conflict, match="the service is over"):
        publish(runtime, SATURDAY, Meal.LUNCH, 1, "x")


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 11, 20)])
def test_a_service_that_began_is_not_planned(plan, day):
    with pytest.raises(Conflict, match=f"lunch of {day} began at {day} 10:30"):
        plan(day)


def test_nothing_ordered_is_an_empty_plan(plan):
    made = plan()
    assert (made.orders, made.cost, made.trips, made.circle_share) == (0, 0, 0, 0)


def test_without_any_canteen_the_sentence_says_so(town, plan):
    town(lambda town: town.elder())
    with pytest.raises(NotReady, match="no canteen cooks lunch on 2026-11-21"):
        plan()


def test_without_streets_the_sentence_says_so(town, plan):
    town(usual)
    with pytest.raises(NotReady, match="mealsvc streets build"):
        plan(travel=None)


def test_without_couriers_everybody_is_unserved_with_the_reason(town, plan):
    town(lambda town: (town.canteen(), town.elder(), town.elder()))
    made = plan(travel=None)
    assert [item.reason for item in made.unserved] == [routing.Reason.NO_COURIER] * 2


def test_with_nothing_left_to_cook_everybody_is_unserved(town, plan):
    def full(town):
        canteen = town.canteen(3)
        town.courier(canteen)
        town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.DINE_IN, "portions": 3}])
        town.elder()

    town(full)
    made = plan()
    assert (made.served_orders, made.unserved_orders) == (0, 1)


def test_a_door_that_no_street_reaches_counts_as_unlocated(town, plan):
    town(usual)
    lost = town(lambda later: later.elder(east=9_000).id)
    made = plan(travel=StraightLines(beyond=8_000))
    orders = {item.order_id: item.reason for item in made.unserved}
    assert made.unlocated_orders == 2
    assert set(orders.values()) == {UNLOCATED}
    assert made.orders == made.served_orders + made.unserved_orders
    assert lost


def test_stopping_the_search_keeps_the_best_plan(town, plan):
    town(usual)
    assert plan(seconds=600, stop=lambda: True).served_orders == 7


def test_a_full_disk_leaves_the_earlier_plan_whole(town, plan, runtime):
    town(usual)
    plan(publish=True)
    with runtime.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    runtime.engine.dispose()
    event.listen(
        runtime.engine,
        "connect",
        lambda opened, _record: opened.execute(f"PRAGMA max_page_count = {pages + 2}"),
    )

    def write_much(session, _revision):
        session.add(AuditEntry(at=runtime.clock(), actor="x", action="x", subject="y" * 100_000))

    with pytest.raises(StorageFailure, match="disk is full"):
        plan(keep=write_much)
    with transaction(runtime.engine) as session:
        assert [one.number for one in read.revisions(session, SATURDAY, Meal.LUNCH)] == [1]
        kept = read.revision(session, SATURDAY, Meal.LUNCH)
        assert routing.check(instance_of(kept), plan_of(session, kept)).feasible


def test_a_locked_database_leaves_the_earlier_plan_whole(
    town, plan, runtime, sqlite_url, monkeypatch
):
    town(usual)
    plan(publish=True)
    monkeypatch.setattr("mealsvc.store.engine.BUSY_SECONDS", 0.05)
    impatient = Runtime(runtime.settings, open_engine(sqlite_url), runtime.clock)
    other = runtime.engine.raw_connection()

    def lock(phase, share):
        if (phase, share) == ("saving", 0.95):
            other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageFailure, match="busy with another change"):
        plan_service(
            impatient, SATURDAY, Meal.LUNCH, actor="m", seconds=0.2, progress=lock,
            travel=StraightLines(),
        )  # fmt: skip
    other.rollback()
    other.close()
    impatient.engine.dispose()
    with transaction(runtime.engine) as session:
        assert [one.number for one in read.revisions(session, SATURDAY, Meal.LUNCH)] == [1]


def test_both_databases_keep_the_same_plan(each_engine, settings, clock):
    runtime = Runtime(settings, each_engine, clock)
    with transaction(each_engine) as session:
        usual(Town(session))
    for number in (1, 2):
        made = plan_service(
            runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=0.3, publish=True,
            travel=StraightLines(),
        )  # fmt: skip
        assert made.number == number
    with transaction(each_engine) as session:
        kept = read.revision(session, SATURDAY, Meal.LUNCH)
        assert kept.number == 2
        assert routing.check(instance_of(kept), plan_of(session, kept)).feasible


def test_two_plans_made_at_once_are_two_revisions(each_engine, settings, clock):
    runtime = Runtime(settings, each_engine, clock)
    with transaction(each_engine) as session:
        usual(Town(session))
    ready = threading.Barrier(2)

    def saving(phase, share):
        if (phase, share) == ("saving", 0.95):
            ready.wait(300)

    def made(_number):
        return plan_service(
            runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=0.2, publish=True, progress=saving,
            travel=StraightLines(),
        ).number  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(made, range(2))) == [1, 2]
    with transaction(each_engine) as session:
        states = [one.state for one in read.revisions(session, SATURDAY, Meal.LUNCH)]
    assert states == [RevisionState.SUPERSEDED, RevisionState.PUBLISHED]


def test_supply_arrives_before_the_point_opens(town, plan, runtime):
    town(usual)
    plan()
    with transaction(runtime.engine) as session:
        supply = session.exec(select(Order).where(col(Order.kind) == OrderKind.SUPPLY)).one()
        kept = read.revision(session, SATURDAY, Meal.LUNCH)
        (stop,) = (
            stop for duty in kept.duties for trip in duty.trips for stop in trip.stops
            if stop.order_id == supply.id
        )  # fmt: skip
    assert stop.arrives_at <= datetime.combine(SATURDAY, time(11), tzinfo=SHANGHAI)


def test_the_summary_is_plain_numbers(town, plan):
    town(usual)
    told = read.summary(plan())
    assert told["unserved_reasons"] == {UNLOCATED: 1}
    assert told["state"] == "draft"
    assert "instance" not in told
