"""Processes of the solver's own: nothing of theirs is seen, whatever ends the solve."""

import json
import subprocess
import sys
import time

from routing.jobs import run_lane, watch


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


def test_closing_the_pipe_or_dying_stops_a_lane(monkeypatch):
    from ctypes import c_double
    from multiprocessing import Pipe

    from routing import jobs

    seen = []
    monkeypatch.setattr(jobs, "do_jobs", lambda _jobs, budget, _report: seen.append(budget.left()))
    watched, halt = Pipe(duplex=False)
    for name in ("_halt", "_proven"):
        monkeypatch.setattr(jobs, name, None)
    watch(watched, (c_double * 1)())
    run_lane([], 60.0, time.time() + 60.0, None)
    halt.close()
    run_lane([], 60.0, time.time() + 60.0, None)
    watched.close()
    assert seen[0] > 0
    assert seen[1] == 0
