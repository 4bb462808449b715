"""The one door of the optimiser: an instance and limits in, the best plan found out."""

import logging
import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from ctypes import c_double
from dataclasses import replace
from multiprocessing import get_context
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

from routing.answer import build_trips, duties_of, finish_plan
from routing.budget import Budget, StopSignal
from routing.groups import Group, split
from routing.instance import Instance
from routing.jobs import Job, Outcome, do_jobs, first_outcome, run_lane, watch
from routing.plan import Plan
from routing.progress import Board, Progress
from routing.tables import make_tables

__all__ = ["Progress", "solve"]

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""How often the stop signal is looked at while others work."""
ANSWERING_SHARE = 0.02
"""Part of the time that workers keep back for answering."""
GRACE_SECONDS = 0.5
"""How long workers may be late before their groups are left with their first plans."""

type Lane = list[Job]


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
        executor, also a cluster's. A lost worker costs the improvement of its groups, not the plan.
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
    parts = split(instance, make_tables(instance))
    known = Plan((), ()) if start is None else start
    found = [
        first_outcome(number, group.instance, duties_of(group.instance, known), seed)
        for number, group in enumerate(parts.groups)
    ]
    board = Board(
        budget, parts.hopeless, [one.cost for one in found], [one.bound for one in found], progress
    )
    lanes = make_lanes(parts.groups, found, workers, seed)
    for outcome in _run(lanes, budget, board, executor):
        found[outcome.group] = _better(found[outcome.group], outcome)
    trips = [
        trip
        for group, outcome in zip(parts.groups, found, strict=True)
        for trip in build_trips(group.instance, outcome.duties)
    ]
    bound = parts.hopeless + sum(outcome.bound for outcome in found)
    return finish_plan(instance, trips, bound, budget.elapsed())


def make_lanes(
    groups: tuple[Group, ...], found: list[Outcome], workers: int, seed: int
) -> list[Lane]:
    """Share the groups out among workers, by need.

    A group that needs more than one worker's part is searched by one and bounded by another.
    With more workers than groups the largest groups get workers of their own for the bound, then
    for searches with other random numbers.
    """
    lanes: list[Lane] = [[] for _ in range(max(1, workers))]
    if not groups:
        return []
    extra = len(lanes) - len(groups)
    if (
        workers > 1
        and extra <= 0
        and groups[0].need * len(lanes) > sum(group.need for group in groups)
    ):
        return _lanes_of_a_giant(lanes, groups, found, seed)
    for number, group in enumerate(groups):
        lane = min(lanes[: len(groups)], key=lambda jobs: sum(job.need for job in jobs))
        job = Job(number, group.instance, found[number].duties, group.need, seed + number)
        lane.append(replace(job, bounds=number >= extra))
    for place in range(max(0, extra)):
        number, again = place % len(groups), place // len(groups)
        job = lanes[number][0]
        bounds = again == 0
        job = replace(job, seed=job.seed + 7919 * again, searches=not bounds, bounds=bounds)
        lanes[len(groups) + place].append(job)
    return [lane for lane in lanes if lane]


def _lanes_of_a_giant(
    lanes: list[Lane], groups: tuple[Group, ...], found: list[Outcome], seed: int
) -> list[Lane]:
    """Let the first worker search the largest group, and the others do what else there is."""
    for number, group in enumerate(groups[1:], 1):
        lane = min(lanes[1:], key=lambda jobs: sum(job.need for job in jobs))
        lane.append(Job(number, group.instance, found[number].duties, group.need, seed + number))
    giant = Job(0, groups[0].instance, found[0].duties, groups[0].need, seed)
    lanes[0].append(replace(giant, bounds=False))
    lane = min(lanes[1:], key=lambda jobs: sum(job.need for job in jobs))
    lane.append(replace(giant, searches=False))
    return [lane for lane in lanes if lane]


def _run(
    lanes: list[Lane], budget: Budget, board: Board, executor: Executor | None
) -> Iterator[Outcome]:
    """Do all lanes side by side and yield what they found, as far as it comes in time."""
    if executor is not None:
        yield from _collect(_submit(lanes, budget, executor), budget, board)
    elif len(lanes) <= 1:
        yield from (out for lane in lanes for out in do_jobs(lane, budget, board.report))
    else:
        yield from _run_with_pool(lanes, budget, board)


def _run_with_pool(lanes: list[Lane], budget: Budget, board: Board) -> Iterator[Outcome]:
    """Do the first lane here and the others in processes of our own.

    Closing our end of a pipe stops them. A pipe is handed over while a process is started; an
    event would be looked up by name later, when a short solve has already let go of it.
    """
    context = get_context("forkserver")
    watched, halt = context.Pipe(duplex=False)
    groups = 1 + max(job.group for lane in lanes for job in lane)
    proven = context.RawArray(c_double, groups)
    pool = ProcessPoolExecutor(len(lanes) - 1, context, watch, (watched, proven))
    try:
        with _without_interrupts():
            futures = _submit(lanes[1:], budget, pool)
        yield from do_jobs(lanes[0], budget, board.report)
        if budget.signal.is_set():
            halt.close()
        yield from _collect(futures, budget, board)
        for group, bound in enumerate(proven[:]):
            yield Outcome(group, [], math.inf, bound)
    finally:
        halt.close()
        watched.close()
        late = list(pool._processes.values())  # noqa: SLF001 - nothing public before Python 3.14
        pool.shutdown(wait=False, cancel_futures=True)
        for process in late:  # who is still at work has nothing more to say
            process.terminate()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start processes that no Ctrl-C reaches: a terminal sends it to all, this one answers it."""
    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)


def _submit(lanes: list[Lane], budget: Budget, executor: Executor) -> list[Future[list[Outcome]]]:
    left = budget.left() * (1.0 - ANSWERING_SHARE)
    return [
        executor.submit(run_lane, lane, left, time.time() + left, budget.iterations)
        for lane in lanes
    ]


def _collect(
    futures: list[Future[list[Outcome]]], budget: Budget, board: Board
) -> Iterator[Outcome]:
    """Yield what the workers found; those who are lost or too late are passed over."""
    waiting = set(futures)
    try:
        while waiting and budget.seconds + GRACE_SECONDS > budget.elapsed():
            done, waiting = wait(waiting, POLL_SECONDS, FIRST_COMPLETED)
            for future in done:
                if future.exception() is not None:
                    log.warning("a worker was lost: %r", future.exception())
                    continue
                for outcome in future.result():
                    board.report(outcome.group, outcome.cost, outcome.bound, "search")
                    yield outcome
            if budget.signal.is_set() and not any(future.running() for future in waiting):
                break
    except KeyboardInterrupt:
        budget.signal.set()
    for future in waiting:
        future.cancel()


def _better(one: Outcome, other: Outcome) -> Outcome:
    """Return the cheaper plan of a group with the better bound."""
    cheaper = one if one.cost <= other.cost else other
    return replace(cheaper, bound=max(one.bound, other.bound))
