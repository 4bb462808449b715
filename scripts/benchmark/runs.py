"""Measured runs: every solver alone, in a process of its own, judged by the checker."""

import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from routing import InvalidPlan, check, read_instance, read_plan

LOOK_SECONDS = 0.2
"""Memory is looked at this often."""
PATIENCE = 120.0
"""A run that takes so much longer than asked is ended: starting up takes a while."""
PAGE = 4096


@dataclass(frozen=True, slots=True)
class Run:
    """What one solver did on one instance.

    Parameters
    ----------
    instance, solver : str
        Their names.
    orders : int
        Of the instance.
    asked, seconds : float
        Wall time asked for, and used for solving.
    cost, bound : float or None
        By `routing.check`, and the proven lower bound; None where there is none.
    unserved, outside, couriers : int
        Orders unserved, orders outside the circle, couriers used.
    memory : float
        Most resident megabytes of the process and those it started.
    fault : str
        Why there is no plan or it is not feasible; empty when all is well.
    """

    instance: str
    solver: str
    orders: int
    asked: float
    seconds: float
    cost: float | None
    bound: float | None
    unserved: int
    outside: int
    couriers: int
    memory: float
    fault: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the fields for a JSON file."""
        return asdict(self)


def measure(
    instance_file: Path, solver: str, seconds: float, workers: int, seed: int, folder: Path
) -> Run:
    """Run a solver on an instance file.

    Parameters
    ----------
    instance_file : Path
        The problem.
    solver : str
        A name of `peers.SOLVERS`.
    seconds : float
        Wall time for solving; reading and starting come on top, for every solver alike.
    workers : int
        Processes.
    seed : int
        Of the random numbers.
    folder : Path
        Where the plan is written.
    """
    plan_file = folder / f"{instance_file.stem}.{solver}.{seconds:g}.json"
    plan_file.unlink(missing_ok=True)
    memory, said = _watch(
        [
            *(sys.executable, "-m", "scripts.benchmark.one_run", str(instance_file), solver),
            *(str(seconds), str(workers), str(seed), str(plan_file)),
        ],
        2.0 * seconds + PATIENCE,
    )
    instance = read_instance(instance_file)
    name = instance_file.stem
    try:
        plan = read_plan(plan_file)
    except (OSError, InvalidPlan):
        last = said.strip().splitlines()[-1:] or ["no plan was written"]
        size = len(instance.orders)
        return Run(name, solver, size, seconds, 0.0, None, None, 0, 0, 0, memory, last[0])
    verdict = check(instance, plan)
    return Run(
        instance=name,
        solver=solver,
        orders=len(instance.orders),
        asked=seconds,
        seconds=plan.seconds,
        cost=verdict.cost,
        bound=plan.bound,
        unserved=verdict.unserved_orders,
        outside=verdict.outside_orders,
        couriers=verdict.couriers,
        memory=memory,
        fault="" if verdict.feasible else verdict.faults[0].text,
    )


def _watch(command: list[str], patience: float) -> tuple[float, str]:
    """Run a command to its end; return the most megabytes seen, and what it said to complain."""
    ends, most = time.monotonic() + patience, 0
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and time.monotonic() < ends:
            most = max(most, sum(map(resident, family(process.pid))))
            time.sleep(LOOK_SECONDS)
        if process.poll() is None:
            process.kill()
        _, said = process.communicate()
    return most * PAGE / 2**20, said


def family(pid: int) -> list[int]:
    """Return a process and all it started that still run, as far as the system tells."""
    found = [pid]
    for one in found:  # grows while it is read
        try:
            lists = [
                task.read_text(encoding="ascii")
                for task in Path(f"/proc/{one}/task").glob("*/children")
            ]
        except OSError:
            continue
        found += [int(child) for children in lists for child in children.split()]
    return found


def resident(pid: int) -> int:
    """Return the pages of memory that a process holds; 0 once it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0
