"""The one door of the optimiser: an instance and limits in, the best plan found out."""

from collections.abc import Callable
from concurrent.futures import Executor

from routing.answer import build_trips, duties_of, finish_plan
from routing.budget import Budget, StopSignal
from routing.districts.groups import split
from routing.districts.jobs import Heard, do_job, first_outcome, forget
from routing.districts.schedule import Schedule, couriers_of
from routing.districts.workers import Workers, open_workers
from routing.explaining.reasons import find_reasons
from routing.instance import Instance
from routing.plan import Plan
from routing.progress import Board, Progress
from routing.tables import Floats, make_tables

__all__ = ["Progress", "solve"]

GRACE_SECONDS = 0.5
"""How long workers may be late before their slices are left out."""
BORROWED_SHARE = 0.5
"""Part of the time left that a slice takes at most where workers are not our own."""
FIRST_SECONDS = 0.3
"""First plans may take so long, however little time there is."""
REASON_SECONDS = 0.5
"""Who is left out is told why for so long after the end; the search does not wait for it."""
STOP_SECONDS = 2.0
"""How long workers may take to answer once a stop was asked for."""


def solve(
    instance: Instance,
    *,
    seconds: float = 60,
    workers: int = 1,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    executor: Executor | None = None,
    start: Plan | None = None,
    iterations: int | None = None,
) -> Plan:
    """Plan a service: the best plan found in the time, with a proven lower bound of its cost.

    Parameters
    ----------
    instance : Instance
        The problem.
    seconds : float
        Wall time for the whole call.
    workers : int
        How many processes work. One means this process alone, unless an executor is given.
    seed : int
        Of the random numbers.
    progress : callable, optional
        Told how far the solve is, a few times a second; from this process.
    stop : callable, optional
        Asked a few times a second; once it says True, the best plan so far is returned. So does
        an interrupt from the keyboard.
    executor : Executor, optional
        Where the work is done, in `workers` pieces side by side: any ``concurrent.futures``
        executor, also a cluster's. A lost worker costs the slice of work it was at, not the plan.
    start : Plan, optional
        A plan to start from, for example yesterday's; what does not fit is left out of it.
    iterations : int, optional
        Steps of each search. With it the same seed and workers give the same trips, as long as
        `seconds` is not reached.

    Returns
    -------
    Plan
        Feasible by `routing.check`.
    """
    budget = Budget(seconds, iterations, StopSignal(stop))
    parts = split(instance, make_tables(instance, near=False))
    known = Plan((), ()) if start is None else start
    early = budget.at_least(FIRST_SECONDS)
    found = [
        first_outcome(number, group.tables, duties_of(group.instance, known), seed, early)
        for number, group in enumerate(parts.groups)
    ]
    board = Board(
        budget, parts.hopeless, [one.cost for one in found], [one.bound for one in found], progress
    )
    longest = 1.0 if executor is None else BORROWED_SHARE
    schedule = Schedule(parts.groups, found, max(1, workers), budget, seed, longest)
    beside = max(1, workers) - (executor is None)
    with open_workers(beside, couriers_of(parts.groups), executor, budget) as others:
        Solve(schedule, budget, board, others, here=executor is None).run()
    forget(schedule.solve)
    found = schedule.found
    trips = [
        trip
        for group, outcome in zip(parts.groups, found, strict=True)
        for trip in build_trips(group.instance, outcome.duties)
    ]
    bound = parts.hopeless + sum(outcome.bound for outcome in found)
    reasons = find_reasons(instance, trips, budget.at_least(REASON_SECONDS))
    return finish_plan(instance, trips, reasons, bound, budget.elapsed())


class Solve:
    """One solve going on: this process works, looks after the others, and takes in what they find.

    Parameters
    ----------
    schedule : Schedule
        What to do next.
    budget : Budget
        The time of the whole solve.
    board : Board
        Told every cost and bound.
    others : Workers
        Who works beside this process.
    here : bool
        Whether this process works, too.
    """

    def __init__(
        self, schedule: Schedule, budget: Budget, board: Board, others: Workers, *, here: bool
    ) -> None:
        self._schedule = schedule
        self._budget = budget
        self._board = board
        self._others = others
        self._here = here

    def run(self) -> None:
        """Work until the time is over, all is proven, or a stop is asked for.

        An interrupt from the keyboard ends the work, a second one the waiting for answers.
        """
        for _ in range(2):
            try:
                while self._go_on():
                    pass
            except KeyboardInterrupt:
                self._budget.signal.set()
            else:
                break
        self._others.cancel()

    def _go_on(self) -> bool:
        """Do the next slice, or wait for others; return whether there is more to come."""
        if self._schedule.is_over():
            return False
        mine = self._here or self._others.useless
        job = self._schedule.next_job() if mine else None
        self._attend()
        if job is not None:
            slice_of = self._budget.at_most(job.seconds)
            self._schedule.take(job, do_job(job, slice_of, self._report))
            return True
        if not self._others.busy:
            return not mine and self._others.useless and self._budget.left() > 0.0
        asked = self._budget.elapsed() if self._budget.signal.is_set() else None
        running = self._others.wait()
        if asked is not None:
            return running and self._wait_for_stop(asked)
        return self._budget.elapsed() < self._budget.seconds + GRACE_SECONDS

    def _wait_for_stop(self, asked: float) -> bool:
        """Let those at work answer; return whether any did not in time."""
        while self._others.busy and self._budget.elapsed() < asked + STOP_SECONDS:
            self._attend()
            self._others.wait()
        self._attend()
        return False

    def _attend(self) -> None:
        """Take in answers and bounds, and give free workers something to do."""
        if self._budget.signal.is_set():
            self._others.halt()
        for job, outcome in self._others.answers():
            self._schedule.take(job, outcome)
        for told in self._others.proven():
            self._schedule.learn(told)
        if self._budget.iterations is None:
            self._others.share(self._schedule.proven)
        for one in self._schedule.found:
            self._board.report(one.group, one.cost, one.bound, "search")
        self._others.hand_out(self._schedule.next_job)

    def _report(self, group: int, cost: float, row: Floats, phase: str) -> Heard:
        """Pass on what the present slice found, and look after the others meanwhile.

        With a number of steps a slice hears of nobody: when others find something is chance.
        """
        self._board.report(group, cost, float(row.min()), phase)
        self._attend()
        self._schedule.learn_of(group, row)
        if self._budget.iterations is not None:
            return Heard(cost, row, proven=False)
        least = min(cost, self._schedule.found[group].cost)
        self._others.tell(group, least)
        row = self._schedule.proven.of(group)
        return Heard(least, row, self._schedule.is_least(group, least))
