"""Processes of the solver's own: nothing of theirs is seen, whatever ends the solve."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from routing import Instance, check, solve
from routing.budget import Budget
from routing.districts import jobs, process
from routing.tables import make_tables


@pytest.fixture
def instance(town):
    return Instance.from_dict(town)


@pytest.fixture
def tables(instance):
    return make_tables(instance)


def _command(town, tmp_path, seconds):
    path = tmp_path / "town.json"
    path.write_text(json.dumps(town), encoding="utf-8")
    return [
        *(sys.executable, "-m", "routing", str(path), "--out", str(tmp_path / "plan.json")),
        *("--seconds", seconds, "--workers", "3"),
    ]


def test_a_solve_that_ends_before_its_processes_began_says_nothing_of_them(town, tmp_path):
    done = subprocess.run(
        _command(town, tmp_path, "0.1"), capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr


def test_closing_the_pipe_or_dying_stops_a_job(tables, monkeypatch):
    from multiprocessing import Pipe

    seen = []
    monkeypatch.setattr(process, "do_job", lambda _job, budget, _report: seen.append(budget.left()))
    monkeypatch.setattr(process, "_askers", [])
    watched, halt = Pipe(duplex=False)
    process.watch(watched, process.Memory([len(tables.couriers)], get_context()))
    start = jobs.first_outcome(0, tables, [], 0, Budget(60.0))
    job = jobs.Job("s", 0, tables, start, 0, 60.0)
    process.run_job(job, time.time() + 60.0, None)
    halt.close()
    process.run_job(job, time.time() + 60.0, None)
    watched.close()
    assert seen[0] > 0
    assert seen[1] == 0


def test_a_second_slice_goes_on_and_a_better_start_is_taken_over(tables):
    start = jobs.first_outcome(0, tables, [], 0, Budget(60.0))
    job = jobs.Job("slices", 0, tables, start, 0, 60.0)
    one = process.run_job(job, time.time() + 60.0, 20)
    two = process.run_job(replace(job, start=one), time.time() + 60.0, 20)
    assert two.cost <= one.cost
    assert two.bound >= one.bound
    jobs.forget("slices")
    assert not [key for key in jobs._works if key[0] == "slices"]


class Killer:
    """Kills a worker as soon as there is one."""

    def __init__(self, pids):
        self.pids = pids
        self.killed = 0

    def __call__(self, _now):
        if not self.killed and (pids := self.pids()):
            os.kill(pids[0], signal.SIGKILL)
            self.killed = pids[0]


def own_workers(parent=None):
    """Return processes that the fork server started for solves of this one."""
    lists = Path(f"/proc/{parent or os.getpid()}/task").glob("*/children")
    found = [int(child) for one in lists for child in one.read_text().split()]
    workers = []
    for pid in found:
        name = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"forkserver" in name:
            workers += own_workers(pid) if parent is None else [pid]
    return workers


def test_a_worker_of_its_own_that_is_killed_is_replaced(instance):
    killer, others = Killer(own_workers), set()

    def replaced():
        if killer.killed:
            others.update(set(own_workers()) - {killer.killed})
        return bool(others)

    plan = solve(instance, seconds=600, workers=2, progress=killer, stop=replaced)
    assert killer.killed
    assert others
    assert check(instance, plan).feasible
    assert plan.unserved == ()


def test_an_executor_that_loses_all_its_workers_costs_time_only(instance, compiled):
    with ProcessPoolExecutor(2, get_context("forkserver")) as pool:
        killer = Killer(lambda: list(pool._processes))
        plan = solve(instance, seconds=20, workers=2, executor=pool, progress=killer)
    assert killer.killed
    assert check(instance, plan).feasible
    assert plan.unserved == ()
    assert plan.bound > 0


IDLE = """
import os
from routing.districts.workers import OwnProcess
own = OwnProcess([1])
print(own.executor().submit(os.getpid).result(), flush=True)
input()
"""


def test_an_idle_worker_ends_when_the_process_that_started_it_is_killed():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", IDLE], **pipes) as starter:
        worker = os.pidfd_open(int(starter.stdout.readline()))
        starter.kill()
    ended, _, _ = select.select([worker], [], [], 300)
    os.close(worker)
    assert ended
