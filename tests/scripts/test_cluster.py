"""Many districts on a Dask cluster: the same call, and a lost worker costs time only."""

import os
import signal

import pytest

from routing import check, solve
from scripts.benchmark.cities import make_city
from scripts.benchmark.cluster import loopback_cluster

SECONDS = 20.0


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # sockets of the worker that is killed
def test_a_killed_dask_worker_costs_time_not_the_plan(compiled):
    instance = make_city(60, districts=True)
    with loopback_cluster() as (executor, pids):
        killed = []

        def kill(now):
            if now.seconds > 2.0 and not killed:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        plan = solve(instance, seconds=SECONDS, workers=2, executor=executor, progress=kill)
    assert killed
    assert check(instance, plan).feasible
    assert plan.bound > 0
