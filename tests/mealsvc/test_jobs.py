"""A job is done once, whoever asks, stops or is killed."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from mealsvc import jobs
from mealsvc.errors import Conflict, NotFound
from mealsvc.jobs import claims
from mealsvc.jobs.worker import Heartbeat, JobWorker
from mealsvc.planning import read
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal, RevisionState
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY, Town
from tests.mealsvc.planning.straight_lines import StraightLines

#: So long a busy machine may take over a step, seconds; nothing waits longer than it must.
PATIENCE = 300

REQUEST = {"day": "2026-11-21", "meal": "lunch", "seconds": 0.2, "publish": False}


def enqueue(runtime, key="plan:1", kind=JobKind.PLAN, **request):
    row, _ = jobs.enqueue(runtime, kind, key, actor="manager", request={**REQUEST, **request})
    return row.id


def finish(runtime, held):
    with transaction(runtime.engine) as session:
        jobs.finish(session, held, runtime.clock(), {"revision": 1})


@pytest.fixture
def each_runtime(each_engine, settings, clock):
    return Runtime(settings, each_engine, clock)


@pytest.fixture
def worker(runtime):
    return JobWorker(runtime, travel=StraightLines())


def a_town(runtime):
    with transaction(runtime.engine) as session:
        town = Town(session)
        canteen = town.canteen()
        town.courier(canteen)
        for number in range(3):
            town.elder(east=100 * number)


def revisions(runtime):
    with transaction(runtime.engine) as session:
        return read.revisions(session, SATURDAY, Meal.LUNCH)


def test_a_key_is_one_job_whoever_asks(each_runtime):
    first, new = jobs.enqueue(each_runtime, JobKind.PLAN, "k", actor="a", request=REQUEST)
    second, again = jobs.enqueue(each_runtime, JobKind.PLAN, "k", actor="b", request={})
    assert (first.id, new, again, second.requested_by) == (second.id, True, False, "a")


def test_one_of_many_claims_the_job(each_runtime):
    job_id = enqueue(each_runtime)
    ready = threading.Barrier(6)
    held = []

    def try_it(number):
        ready.wait(PATIENCE)
        held.append(jobs.claim(each_runtime, job_id, f"w{number}"))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in held if one is not None]) == 1


def test_a_running_job_is_left_alone_until_it_is_silent(each_runtime, clock):
    job_id = enqueue(each_runtime)
    assert jobs.claim(each_runtime, job_id, "first")
    clock.now += timedelta(seconds=59)
    assert jobs.claimable(each_runtime, [JobKind.PLAN]) == []
    assert jobs.claim(each_runtime, job_id, "second") is None
    clock.now += timedelta(seconds=2)
    assert jobs.claimable(each_runtime, [JobKind.PLAN]) == [job_id]
    taken = jobs.claim(each_runtime, job_id, "second")
    assert taken.claimed_by == "second"
    assert jobs.job(each_runtime, job_id).attempts == 2


def test_a_heartbeat_keeps_the_claim_and_shows_the_progress(each_runtime, clock):
    job_id = enqueue(each_runtime)
    held = jobs.claim(each_runtime, job_id, "first")
    clock.now += timedelta(seconds=50)
    assert claims.beat(each_runtime, held, "searching", 0.4)
    clock.now += timedelta(seconds=50)
    assert jobs.claim(each_runtime, job_id, "second") is None
    shown = jobs.job(each_runtime, job_id)
    assert (shown.phase, shown.progress) == ("searching", 0.4)


def test_who_lost_the_claim_cannot_save(each_runtime, clock):
    job_id = enqueue(each_runtime)
    slept = jobs.claim(each_runtime, job_id, "first")
    clock.now += timedelta(minutes=5)
    taken = jobs.claim(each_runtime, job_id, "second")
    assert not claims.beat(each_runtime, slept, "searching", 0.9)
    with pytest.raises(Conflict, match="taken over"):
        finish(each_runtime, slept)
    claims.fail(each_runtime, slept, "late", "太迟")
    finish(each_runtime, taken)
    done = jobs.job(each_runtime, job_id)
    assert (done.state, done.progress, done.error) == (JobState.SUCCEEDED, 1.0, None)
    assert done.outcome == {"request": REQUEST, "revision": 1}


def test_the_heartbeat_thread_notices_a_lost_claim(runtime, clock):
    job_id = enqueue(runtime)
    held = jobs.claim(runtime, job_id, "first")
    clock.now += timedelta(minutes=5)
    jobs.claim(runtime, job_id, "second")
    with Heartbeat(runtime, held, 0.01) as alive:
        assert alive.lost.wait(PATIENCE)


def test_a_job_that_is_killed_again_and_again_is_given_up(runtime, clock):
    job_id = enqueue(runtime)
    for _ in range(claims.MOST_ATTEMPTS):
        assert jobs.claim(runtime, job_id, "w")
        clock.now += timedelta(minutes=2)
    assert jobs.claim(runtime, job_id, "w") is None
    assert jobs.job(runtime, job_id).state is JobState.FAILED
    assert "given up" in jobs.job(runtime, job_id).error


def test_a_released_job_is_free_at_once(runtime):
    job_id = enqueue(runtime)
    claims.release(runtime, jobs.claim(runtime, job_id, "first"))
    assert jobs.claim(runtime, job_id, "second")
    assert jobs.job(runtime, job_id).attempts == 1


def test_an_unknown_job_is_not_found(runtime):
    with pytest.raises(NotFound, match="no job 7"):
        jobs.job(runtime, 7)


def test_the_worker_plans_and_records_what_came_of_it(runtime, worker):
    a_town(runtime)
    job_id = enqueue(runtime, publish=True)
    assert worker.work() == 1
    done = jobs.job(runtime, job_id)
    assert done.state is JobState.SUCCEEDED
    assert (done.outcome["revision"], done.outcome["state"]) == (1, "published")
    assert [one.state for one in revisions(runtime)] == [RevisionState.PUBLISHED]
    assert worker.work() == 0


def test_a_refusal_becomes_the_jobs_error(runtime, worker, clock):
    job_id = enqueue(runtime)
    clock.now = datetime(2026, 11, 21, 10, 30, tzinfo=SHANGHAI)
    worker.work()
    failed = jobs.job(runtime, job_id)
    assert failed.state is JobState.FAILED
    assert jobs.error_of(failed, "en").startswith("lunch of 2026-11-21 began")
    assert jobs.error_of(failed, "zh").startswith("2026年11月21日午餐已于10:30开始")


def test_a_fault_of_the_system_becomes_the_jobs_error(runtime, caplog):
    a_town(runtime)

    class Broken(StraightLines):
        def seconds(self, *_):
            raise ZeroDivisionError("off")

    job_id = enqueue(runtime)
    JobWorker(runtime, travel=Broken()).work()
    failed = jobs.job(runtime, job_id)
    assert failed.error == "a fault of the system: ZeroDivisionError: off"
    assert failed.error_zh.startswith("系统出错，请联系管理员")
    assert "Traceback" in caplog.text


def test_a_worker_that_is_shut_down_gives_the_job_back(runtime, worker):
    a_town(runtime)

    class Slow(StraightLines):
        def seconds(self, places, mode, progress):
            slow.shutdown()
            return super().seconds(places, mode, progress)

    slow = JobWorker(runtime, travel=Slow())
    job_id = enqueue(runtime)
    slow.work()
    assert jobs.job(runtime, job_id).state is JobState.QUEUED
    assert revisions(runtime) == []
    assert worker.work() == 1
    assert len(revisions(runtime)) == 1


def test_starting_a_plan_returns_at_once_and_ends_in_a_plan(runtime):
    a_town(runtime)
    running = jobs.worker_for(runtime, travel=StraightLines())
    try:
        started = jobs.start_plan_job(runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=0.2)
        assert started.state is JobState.QUEUED
        assert wait_for(lambda: jobs.job(runtime, started.id).state is JobState.SUCCEEDED)
    finally:
        running.shutdown()
    assert len(revisions(runtime)) == 1


def wait_for(condition):
    """Wait until a condition holds."""
    pause = threading.Event()
    for _ in range(PATIENCE * 20):
        if condition():
            return True
        pause.wait(0.05)
    return False


@pytest.fixture
def idle(each_runtime, monkeypatch):
    """A runtime whose worker takes up nothing by itself."""
    monkeypatch.setattr(JobWorker, "start", lambda _self: None)
    yield each_runtime
    jobs.worker_for(each_runtime).shutdown()


def start(runtime, actor="m", **options):
    return jobs.start_plan_job(runtime, SATURDAY, Meal.LUNCH, actor=actor, **options)


def test_the_same_plan_is_not_queued_twice(idle):
    first = start(idle, seconds=5)
    again = start(idle, "another", seconds=5.0)
    assert (again.id, again.requested_by) == (first.id, "m")
    held = jobs.claim(idle, first.id, "w")
    assert start(idle, seconds=5).id == first.id
    finish(idle, held)
    assert start(idle, seconds=5).id != first.id


def test_many_who_ask_at_once_for_the_same_plan_get_one_job(idle):
    ready = threading.Barrier(6)
    got = []

    def ask():
        ready.wait(PATIENCE)
        got.append(start(idle).id)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 6
    assert len(set(got)) == 1


@pytest.mark.parametrize("options", [{"seconds": 6}, {"publish": True}, {}])
def test_a_plan_with_other_options_is_another_job(idle, options):
    assert start(idle, seconds=5).id != start(idle, **options).id


def test_who_is_planning_a_service_is_known_until_it_is_planned(idle):
    def under_way():
        with transaction(idle.engine) as session:
            found = jobs.under_way(session, SATURDAY, Meal.LUNCH)
            return found and found.id

    assert under_way() is None
    night = enqueue(idle, "nightly:2026-11-21:lunch", JobKind.NIGHTLY)
    enqueue(idle, "plan:2026-11-21:dinner:default:draft:1")
    assert under_way() == night
    finish(idle, jobs.claim(idle, night, "w"))
    asked = start(idle)
    assert under_way() == asked.id


def test_a_plan_for_the_past_is_refused_before_it_is_queued(runtime):
    with pytest.raises(Conflict, match="began"):
        jobs.start_plan_job(runtime, SATURDAY - timedelta(days=1), Meal.LUNCH, actor="m")
    with transaction(runtime.engine) as session:
        assert session.exec(select(JobRun)).all() == []


def test_a_job_that_is_stopped_while_it_runs_keeps_nothing(runtime):
    held = jobs.claim(runtime, enqueue(runtime), "w1")
    jobs.stop(runtime, held.id, (JobKind.PLAN,), actor="wang")
    assert not claims.beat(runtime, held, "searching", 0.5)
    with pytest.raises(Conflict, match="taken over"):
        finish(runtime, held)
    claims.release(runtime, held)
    ended = jobs.job(runtime, held.id)
    assert (ended.state, ended.error_zh) == (JobState.FAILED, "已由 wang 停止")
