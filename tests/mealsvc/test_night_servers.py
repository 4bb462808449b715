"""Real service processes over one database: one plan, whoever else runs or is killed."""

import subprocess
import sys
from datetime import datetime

import pytest
from sqlmodel import col, select

import routing
from mealsvc.planning import instance_of, plan_of, read
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.test_jobs import PATIENCE, a_town, wait_for


class ClockFile:
    """A clock that several processes read, and only the test sets."""

    def __init__(self, path):
        self.path = path
        self.set(19, 59, 50)

    def set(self, *at):
        moment = datetime(2026, 11, 20, *at, tzinfo=SHANGHAI)
        part = self.path.with_suffix(".part")
        part.write_text(moment.isoformat(), encoding="utf-8")
        part.replace(self.path)


@pytest.fixture
def clock_file(tmp_path):
    return ClockFile(tmp_path / "clock")


@pytest.fixture
def runtime(each_engine, settings, clock):
    made = Runtime(settings, each_engine, clock)
    a_town(made)
    return made


@pytest.fixture
def serve(each_url, clock_file):
    """Start service processes; they end with the test."""
    running = []

    def start(*hold):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mealsvc.night_server", each_url, clock_file.path, *hold],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate(timeout=PATIENCE)


def night(runtime):
    """The states of the night's jobs, and the revisions of Saturday's lunch."""
    with transaction(runtime.engine) as session:
        jobs = session.exec(select(JobRun).where(col(JobRun.kind) == JobKind.NIGHTLY)).all()
        return [one.state for one in jobs], read.revisions(session, SATURDAY, Meal.LUNCH)


def is_over(runtime):
    return night(runtime)[0] == [JobState.SUCCEEDED] * 2


def test_two_servers_plan_the_night_once(runtime, serve, clock_file):
    servers = [serve(), serve()]
    assert night(runtime) == ([], [])
    clock_file.set(20)
    assert wait_for(lambda: is_over(runtime))
    for server in servers:
        assert server.communicate(timeout=PATIENCE) == ("stopped\n", None)
    assert is_over(runtime)
    assert [one.number for one in night(runtime)[1]] == [1]


def test_a_night_killed_in_the_middle_is_one_whole_plan_after_a_restart(runtime, serve, clock_file):
    clock_file.set(20)
    killed = serve("hold")
    assert killed.stdout.readline() == "in the middle\n"
    killed.kill()
    killed.wait(PATIENCE)
    states, revisions = night(runtime)
    assert JobState.RUNNING in states
    assert revisions == []
    clock_file.set(20, 2)
    serve()
    assert wait_for(lambda: is_over(runtime))
    with transaction(runtime.engine) as session:
        (only,) = read.revisions(session, SATURDAY, Meal.LUNCH)
        assert routing.check(instance_of(only), plan_of(session, only)).feasible
        attempts = session.exec(
            select(JobRun.attempts).where(col(JobRun.key).endswith("lunch"))
        ).one()
    assert attempts == 2
