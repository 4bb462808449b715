"""Pieces of a solve that can run anywhere: what goes out and what comes back pickles.

A job is a slice of work on one group. A process that gets another slice of the same group goes on
where it was; another process begins with the plan and bound that the job carries.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from routing.bounding.bound import LowerBound, simple_bound
from routing.budget import Budget
from routing.districts.proven import is_split
from routing.exact.approach import Approach
from routing.exact.settle import settle
from routing.search.search import Duty, Search, TripOf
from routing.tables import Floats, Tables

INSERT_SHARE = 0.1
"""Part of the time left that other first plans than the quickest may take."""
FIRST_SHARE = 0.05
"""Part of a job's time for a first search, whose trips help the lower bound."""
PROVER_SHARE = 0.02
"""It is less for who proves only: others find the plan."""
BOUND_SHARE = 0.25
"""Part of a job's time that its lower bound may take when it does both."""
FAR_APART = 0.05
"""A bound farther from the cost than this, relative to it, is given more time."""
COMPLETE_SECONDS = 0.3
"""A plan may be completed for so long after the end of its slice."""
SETTLE_AFTER = 0.1
"""Part of the time left after a first bound that goes to a plan, before the exact choice."""
SETTLE_SHARE = 0.8
"""Part of the time left then that the exact choice may take."""
EARLY_SHARE = 0.5
"""Part of the time left that the exact choice may take before there are any cuts."""
EARNED = 0.5
"""It may take the rest, too, once it has closed this part of the gap that it began with."""
TIGHTEN_SHARES = (0.4, 0.4, 1.0)
"""Parts of the time left, one after the other, that who proves only spends on cases and cuts before
it looks again whether trips are few enough to choose exactly."""
HELP_AFTER = 0.1
"""Part of its time after which a search may be left to help with a proof that others work on."""
NEAR_ORDERS = 120
"""With more orders than this trips are too many even to rule out plans within an aim."""
ROUND_SEED = 104_729
"""Between the seeds of a group's searches in different rounds."""
SAME = 1e-7
"""Costs closer than this, relative to their size, count as equal."""

type Report = Callable[[int, float, Floats, str], Heard]
"""Told the group, its best cost, what is proven of it by the number of couriers, and the phase;
returns what others know of the group."""


class Heard(NamedTuple):
    """What anybody knows of a group.

    Parameters
    ----------
    cost : float
        The least cost of a plan.
    row : array of float64, (couriers + 1,)
        What is proven of its plans, by how many couriers they use.
    proven : bool
        Whether no plan can cost less.
    """

    cost: float
    row: Floats
    proven: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a group: the duties of its best plan, their cost, and a lower bound."""

    group: int
    duties: list[Duty]
    cost: float
    bound: float

    def better(self, other: Self) -> Self:
        """Return the cheaper plan of the two with the better bound.

        Of two that cost the same it is always the same one, whichever was found first.
        """
        cheaper = min(self, other, key=lambda one: (one.cost, one.duties))
        return replace(cheaper, bound=max(self.bound, other.bound))


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A slice of work on one group.

    Parameters
    ----------
    solve : str
        Name of the solve it belongs to.
    group : int
        Number of the group.
    tables : Tables
        The group's problem.
    start : Outcome
        Plan and bound to start from.
    seed : int
        Of the random numbers.
    seconds : float
        Wall time.
    searches, bounds : bool
        Whether to search for plans, and to prove a lower bound.
    number : int
        Of the round.
    helps : bool
        Who proves does so beside another: parts of the proof, beginning with the last.
    may_help : bool
        Who searches leaves that where a proof has parts that it could help with.
    """

    solve: str
    group: int
    tables: Tables
    start: Outcome
    seed: int
    seconds: float
    searches: bool = True
    bounds: bool = True
    number: int = 0
    helps: bool = False
    may_help: bool = False


def first_outcome(
    group: int, tables: Tables, start: list[Duty], seed: int, budget: Budget
) -> Outcome:
    """Return a quick plan and a quick bound of a group."""
    search = Search(tables, seed)
    search.take(start, budget)
    search.insert(budget.part(INSERT_SHARE))
    return Outcome(group, search.duties(), search.cost, min(search.cost, simple_bound(tables)))


class Work:
    """What a process knows of a group between two slices of it.

    Parameters
    ----------
    job : Job
        The first slice.
    budget : Budget
        Its time.
    report : callable
        Told how far the work is; every slice may bring its own.
    """

    def __init__(self, job: Job, budget: Budget, report: Report) -> None:
        self.group = job.group
        self.tables = job.tables
        self.row = np.full(len(self.tables.couriers) + 1, job.start.bound)
        self.proof = LowerBound(self.tables, self.better)
        self.opened = False
        self.proven = False
        self.report = report
        self.begin_search(job, budget)
        self.cost = self.search.cost

    def begin_search(self, job: Job, budget: Budget) -> None:
        """Search from the plan that the job carries, with random numbers of the round's own."""
        self.search = Search(self.tables, job.seed + ROUND_SEED * job.number)
        self.search.take(job.start.duties, budget)

    @property
    def bound(self) -> float:
        """No plan costs less."""
        return float(self.row.min())

    def better(self, value: float, least: int = 0, most: int | None = None) -> None:
        """Take in a bound that was proven of the plans that use so many couriers, and tell it."""
        some = self.row[least : None if most is None else most + 1]
        np.maximum(some, value, out=some)
        self.tell("bound")

    def least(self, least: int, most: int | None) -> float:
        """Return what is proven of the plans that use so many couriers."""
        self.tell("bound")
        some = self.row[least : None if most is None else most + 1]
        return float(some.min(initial=math.inf))

    def tell(self, phase: str) -> None:
        """Tell how far the work is, and hear what others know."""
        heard = self.report(self.group, self.search.cost, self.row, phase)
        np.maximum(self.row, heard.row, out=self.row)
        self.cost = min(self.search.cost, heard.cost)
        self.proven = heard.proven or self.cost <= self.bound + SAME * max(1.0, self.cost)

    def known(self) -> float:
        """Return the cost of the best plan that anybody knows."""
        self.tell("exact")
        return self.cost

    def is_done(self) -> bool:
        """Return whether no plan can be better than the best one known."""
        self.tell("search")
        return self.proven

    def may_leave(self, budget: Budget) -> Callable[[], bool]:
        """Return a question: whether to leave the search, for a proof or as it is done."""
        least = HELP_AFTER * budget.left()
        begun = budget.elapsed()
        return lambda: self.is_done() or (budget.elapsed() - begun >= least and is_split(self.row))


_works: dict[tuple[str, int, int, bool, bool, bool], Work] = {}


def _work_of(job: Job, budget: Budget, report: Report) -> Work:
    """Return the work to go on with; that of earlier solves is forgotten."""
    key = (job.solve, job.group, job.seed, job.searches, job.bounds, job.helps)
    for old in [one for one in list(_works) if one[0] != job.solve]:
        _works.pop(old, None)
    if key not in _works:
        _works[key] = Work(job, budget, report)
    work = _works[key]
    work.report = report
    np.maximum(work.row, job.start.bound, out=work.row)
    if job.start.cost < work.search.cost:
        work.begin_search(job, budget)
    return work


def forget(solve: str) -> None:
    """Drop what this process knows of a solve that is over."""
    for key in [one for one in list(_works) if one[0] == solve]:
        _works.pop(key, None)


def do_job(job: Job, budget: Budget, report: Report) -> Outcome:
    """Search and bound within a budget; an interrupt ends the job with what it has."""
    work = _work_of(job, budget, report)
    try:
        if not work.opened:
            _open(work, budget, job)
        if job.bounds and not work.is_done():
            _prove(work, budget, job)
        if job.searches:
            enough = work.may_leave(budget) if job.may_help else work.is_done
            work.search.improve(budget, enough)
    except KeyboardInterrupt:
        budget.signal.set()
    work.search.complete(budget.at_least(COMPLETE_SECONDS))
    cost = work.search.cost
    return Outcome(job.group, work.search.duties(), cost, min(work.bound, cost))


def _open(work: Work, budget: Budget, job: Job) -> None:
    """Prove a first bound, from a plan.

    Where another worker proves the bound as well, little is enough: that one may be lost.
    """
    search, proof = work.search, work.proof
    part = budget.part(BOUND_SHARE if job.bounds else FIRST_SHARE)
    pool: dict[TripOf, None] = {}
    share = FIRST_SHARE if job.searches else PROVER_SHARE
    search.improve(budget.part(share), work.is_done, pool)
    proof.open(search.duties(), list(pool), part)
    work.opened = proof.is_open
    work.tell("bound")
    if not job.bounds:
        proof.tighten(part, work.cost)


def _prove(work: Work, budget: Budget, job: Job) -> None:
    """Choose exactly where trips are few enough, then tighten the bound and choose again.

    A bound without cuts leaves many trips: often the choice is quick all the same, and where it
    is not, cuts help more than time.
    """
    proof = work.proof
    part = budget.part(BOUND_SHARE) if job.searches else budget
    complete = proof.complete(part, work.cost) and not work.is_done()
    if job.helps:
        if complete:
            _approach(work, budget, job)
        return
    if complete:
        listed = _settle(work, budget.trial(EARLY_SHARE, _closes_much(work)), job)
        if not (listed or job.searches) and len(work.tables.orders) <= NEAR_ORDERS:
            _approach(work, budget, job)
    if work.is_done():
        return
    if job.searches:
        proof.tighten(budget.part(BOUND_SHARE), work.cost)
        if proof.best < (1.0 - FAR_APART) * work.cost:
            proof.tighten(budget.part(BOUND_SHARE), work.cost)
        _settle(work, budget, job)
        return
    for share in TIGHTEN_SHARES if proof.is_complete else (1.0,):
        proof.tighten(budget.part(share), work.cost)
        if work.is_done() or _settle(work, budget, job):
            return


def _closes_much(work: Work) -> Callable[[], bool]:
    """Return a question: whether much of the present gap has been closed since."""
    most = (1.0 - EARNED) * (work.cost - work.bound)
    return lambda: work.cost - work.bound <= most


def _settle(work: Work, budget: Budget, job: Job) -> bool:
    """Choose exactly among the trips of a small group; take the plan over where it is cheaper.

    Returns whether trips were few enough.
    """
    proof, search = work.proof, work.search
    if job.searches:
        search.improve(budget.part(SETTLE_AFTER), work.is_done)
    work.tell("exact")
    part = budget.part(SETTLE_SHARE) if job.searches else budget
    exact = settle(
        work.tables, proof.cases(), work.cost, part,
        whole=proof.whole, better=work.better, known=work.known,
    )  # fmt: skip
    _take(work, exact.duties, job)
    return exact.listed


def _approach(work: Work, budget: Budget, job: Job) -> None:
    """Rule out plans a little cheaper than the best, where trips up to its cost are too many."""
    proof = work.proof
    near = Approach(
        work.tables, budget, whole=proof.whole, better=work.better, known=work.known,
        proven=work.least, helps=job.helps,
    )  # fmt: skip
    for root in proof.cases():
        near.run(root)
    _take(work, near.duties, job)


def _take(work: Work, duties: list[Duty] | None, job: Job) -> None:
    """Take a plan over where it is cheaper."""
    if duties is None:
        return
    other = Search(work.tables, job.seed)
    other.take(duties)
    if other.cost < work.search.cost:
        work.search = other
