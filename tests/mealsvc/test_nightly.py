"""The night is planned once, made up when missed, and its failures are seen."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from mealsvc import jobs
from mealsvc.demand import find_service
from mealsvc.jobs.worker import JobWorker
from mealsvc.nightly import NightlyPlanner, due_nights, health, tick
from mealsvc.planning import plan_service, read
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal, RevisionState
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines
from tests.mealsvc.test_jobs import a_town, revisions, wait_for


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"plan_seconds": 0.2})


def runs(runtime):
    with transaction(runtime.engine) as session:
        query = select(JobRun).where(col(JobRun.kind) == JobKind.NIGHTLY).order_by(col(JobRun.id))
        return session.exec(query).all()


def work(runtime, **more):
    return JobWorker(runtime, travel=StraightLines(), **more).work()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(20, 19, 59), []),
        (at(20, 20), ["nightly:2026-11-21:lunch", "nightly:2026-11-21:dinner"]),
        # Missed nights are made up until the service begins.
        (at(21, 10, 29), ["nightly:2026-11-21:lunch", "nightly:2026-11-21:dinner"]),
        (at(21, 10, 30), ["nightly:2026-11-21:dinner"]),
        (at(21, 16, 30), []),
    ],
)
def test_what_is_due(runtime, clock, now, due):
    clock.now = now
    # The day before is in the past: its lunch and dinner have begun.
    assert [night.key for night in due_nights(runtime) if night.day == SATURDAY] == due


def test_the_night_plans_tomorrow_once(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 20)
    assert tick(runtime) == 2
    assert tick(runtime) == 0
    assert work(runtime) == 2
    assert (tick(runtime), work(runtime)) == (0, 0)
    assert [one.number for one in revisions(runtime)] == [1]
    assert {one.state for one in runs(runtime)} == {JobState.SUCCEEDED}
    assert runs(runtime)[0].outcome["revision"] == 1


def test_the_night_publishes_if_so_set(runtime, clock):
    settings = runtime.settings.model_copy(update={"nightly_publish": True})
    publishing = Runtime(settings, runtime.engine, clock)
    a_town(publishing)
    clock.now = at(20, 20)
    tick(publishing)
    work(publishing)
    assert [one.state for one in revisions(publishing)] == [RevisionState.PUBLISHED]


def test_the_night_leaves_a_published_plan_alone(runtime, clock):
    a_town(runtime)
    plan_service(
        runtime, SATURDAY, Meal.LUNCH, actor="m", publish=True, travel=StraightLines()
    )  # fmt: skip
    clock.now = at(20, 20)
    tick(runtime)
    work(runtime)
    assert [one.number for one in revisions(runtime)] == [1]
    assert runs(runtime)[0].outcome["skipped"] == "a plan was published before"


def test_orders_freeze_at_the_cut_off_not_only_when_planned(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 19, 30)
    tick(runtime)
    with transaction(runtime.engine) as session:
        assert find_service(session, SATURDAY, Meal.LUNCH).frozen_at == clock.now


def test_a_failed_night_is_seen_and_tried_again(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 20)
    tick(runtime)
    # No streets are built in this installation.
    JobWorker(runtime).work()
    seen = health(runtime)
    assert not seen.healthy
    assert seen.problems[0].en.startswith("the night run for lunch of 2026-11-21 failed: ")
    assert "mealsvc streets build" in seen.problems[0].en
    clock.now += timedelta(minutes=14)
    assert tick(runtime) == 0
    clock.now += timedelta(minutes=1)
    assert tick(runtime) >= 1
    work(runtime)
    assert health(runtime).healthy
    assert len(revisions(runtime)) == 1


def test_a_killed_night_is_seen_and_taken_up_again(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 20)
    tick(runtime)
    first = runs(runtime)[0]
    jobs.claim(runtime, first.id, "killed")
    clock.now += timedelta(minutes=2)
    assert "was killed" in health(runtime).problems[0].en
    work(runtime)
    assert health(runtime).healthy
    assert runs(runtime)[0].attempts == 2
    assert len(revisions(runtime)) == 1


def test_a_night_that_nobody_begins_is_seen(runtime, clock):
    clock.now = at(20, 20, 5)
    assert health(runtime).healthy
    clock.now = at(20, 20, 10)
    assert health(runtime).problems[0].en.endswith("has not begun; is the service running?")


def test_health_tells_the_last_runs_and_the_next(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 20)
    assert health(runtime).next_run == at(21, 20)
    tick(runtime)
    work(runtime)
    clock.now += timedelta(minutes=30)
    lunch, dinner = health(runtime).runs
    assert (lunch.meal, lunch.day, lunch.state) == (Meal.LUNCH, SATURDAY, JobState.SUCCEEDED)
    assert lunch.age_seconds == 1800
    assert "request" not in lunch.outcome
    assert dinner.outcome["orders"] == 0


def test_nights_may_be_turned_off(runtime, clock):
    off = Runtime(
        runtime.settings.model_copy(update={"nightly_enabled": False}), runtime.engine, clock
    )
    clock.now = at(20, 20)
    planner = NightlyPlanner(off, tick_seconds=0.05, travel=StraightLines())
    planner.start()
    planner.shutdown()
    assert runs(runtime) == []
    assert health(off).healthy
    assert health(off).next_run is None


def test_the_running_planner_follows_the_services_clock(runtime, clock):
    a_town(runtime)
    clock.now = at(20, 19, 59)
    planner = NightlyPlanner(runtime, tick_seconds=0.05, travel=StraightLines())
    planner.start()
    try:
        assert runs(runtime) == []
        clock.now = at(20, 20)
        assert wait_for(lambda: [one.state for one in runs(runtime)] == [JobState.SUCCEEDED] * 2)
    finally:
        planner.shutdown()
    with transaction(runtime.engine) as session:
        assert read.current(session, SATURDAY, Meal.LUNCH).created_by == "nightly"
