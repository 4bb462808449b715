"""Pieces of a solve that can run anywhere: what goes out and what comes back pickles.

A lane is a list of jobs that one worker does one after the other within a common time.
"""

import time
from collections.abc import Callable
from ctypes import Array, c_double
from dataclasses import dataclass
from multiprocessing.connection import Connection

from routing.bound import LowerBound, simple_bound
from routing.budget import Budget, StopSignal
from routing.instance import Instance
from routing.search import Duty, Search, TripOf
from routing.settle import settle
from routing.tables import Tables, make_tables

FIRST_SHARE = 0.05
"""Part of a job's time for a first search, whose trips help the lower bound."""
BOUND_SHARE = 0.25
"""Part of a job's time that its lower bound may take when it does both."""
FAR_APART = 0.05
"""A bound farther from the cost than this, relative to it, is given more time."""
SETTLE_AFTER = 0.1
"""Part of the time left after a first bound that goes to a plan, before the exact choice."""
SETTLE_SHARE = 0.8
"""Part of the time left then that the exact choice may take."""
SAME = 1e-7
"""Costs closer than this, relative to their size, count as equal."""

type Proven = Array[c_double]
"""The best bound of each group, shared by processes."""
type Report = Callable[[int, float, float, str], None]
"""Told the group, its best cost, its bound and the phase."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work on one group.

    Parameters
    ----------
    group : int
        Number of the group.
    instance : Instance
        The group's problem.
    start : list
        Duties to start from.
    need : float
        How much of its lane's time it should have, compared to the others.
    seed : int
        Of the random numbers.
    searches, bounds : bool
        Whether to search for plans, and to prove a lower bound.
    """

    group: int
    instance: Instance
    start: list[Duty]
    need: float
    seed: int
    searches: bool = True
    bounds: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job found: the duties of its best plan, their cost, and a lower bound."""

    group: int
    duties: list[Duty]
    cost: float
    bound: float


def first_outcome(group: int, instance: Instance, start: list[Duty], seed: int) -> Outcome:
    """Return a quick plan and a quick bound of a group."""
    tables = make_tables(instance)
    search = Search(tables, seed)
    search.take(start)
    search.insert()
    return Outcome(group, search.duties(), search.cost, min(search.cost, simple_bound(tables)))


_halt: Connection | None = None
_proven: Proven | None = None


def watch(parent: Connection, proven: Proven) -> None:
    """Let the parent process stop the lanes of this one, and tell it every bound.

    It stops them by closing its end, or by dying. A bound counts from when it is proven, even if
    its worker is late or lost.
    """
    global _halt, _proven
    _halt, _proven = parent, proven


def _tell(group: int, _cost: float, bound: float, _phase: str) -> None:
    """Tell the parent process the bound of a group; only one lane writes about a group."""
    if _proven is not None:
        _proven[group] = max(_proven[group], bound)


def run_lane(
    jobs: list[Job], seconds: float, ends_at: float, iterations: int | None
) -> list[Outcome]:
    """Do the jobs of a lane in another process.

    Parameters
    ----------
    jobs : list of Job
        The work.
    seconds : float
        Wall time for all of it.
    ends_at : float
        When the asker wants it done (seconds since 1970); shortens `seconds` where the start of
        the worker took time, and is not heeded where its clock is far off.
    iterations : int or None
        Steps of each search.
    """
    left = ends_at - time.time()
    usable = left if 0 <= left <= seconds else seconds
    signal = StopSignal(None if _halt is None else _halt.poll)
    return do_jobs(jobs, Budget(usable, iterations, signal), _tell)


def do_jobs(jobs: list[Job], budget: Budget, report: Report) -> list[Outcome]:
    """Do jobs one after the other, each with its share of the time that is left."""
    outcomes = []
    needs = sum(job.need for job in jobs)
    for job in jobs:
        outcomes.append(_do_job(job, budget.part(job.need / needs), report))
        needs -= job.need
    return outcomes


def _prove(proof: LowerBound, search: Search, pool: list[TripOf], budget: Budget, job: Job) -> None:
    """Tighten a bound, and for longer where it stays far from the cost.

    Where another worker proves the bound as well, little is enough: that one may be lost.
    """
    share = BOUND_SHARE if job.bounds else FIRST_SHARE
    part = budget.part(share)
    proof.open(search.duties(), pool, part)
    proof.tighten(part if job.searches else budget, search.cost)
    if job.bounds and job.searches and proof.best < (1.0 - FAR_APART) * search.cost:
        proof.tighten(budget.part(BOUND_SHARE), search.cost)


def _settle(
    t: Tables, proof: LowerBound, search: Search, budget: Budget, better: Callable[[float], None],
    seed: int,
) -> Search:  # fmt: skip
    """Return the search, or one that holds the plan of the exact choice where that is cheaper."""
    exact = settle(t, proof.cases(), search.cost, budget, whole=proof.whole, better=better)
    if exact.duties is None:
        return search
    other = Search(t, seed)
    other.take(exact.duties)
    return other if other.cost < search.cost else search


def _do_job(job: Job, budget: Budget, report: Report) -> Outcome:
    """Search and bound within a budget; an interrupt ends the job with what it has."""
    tables = make_tables(job.instance)
    search = Search(tables, job.seed)
    search.take(job.start)
    bound = simple_bound(tables)

    def better(value: float) -> None:
        nonlocal bound
        bound = max(bound, value)
        report(job.group, search.cost, bound, "bound")

    def enough() -> bool:
        report(job.group, search.cost, bound, "search")
        return search.cost <= bound + SAME * max(1.0, search.cost)

    try:
        pool: dict[TripOf, None] = {}
        search.improve(budget.part(FIRST_SHARE), enough, pool)
        proof = LowerBound(tables, better)
        _prove(proof, search, list(pool), budget, job)
        if job.bounds and not enough():
            if job.searches:
                search.improve(budget.part(SETTLE_AFTER), enough)
            part = budget.part(SETTLE_SHARE)
            search = _settle(tables, proof, search, part, better, job.seed)
        if job.searches:
            search.improve(budget, enough)
    except KeyboardInterrupt:
        budget.signal.set()
    search.complete()
    return Outcome(job.group, search.duties(), search.cost, min(bound, search.cost))
