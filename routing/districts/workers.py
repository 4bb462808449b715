"""Workers beside this process: processes of our own, or whatever an executor offers.

A worker that is lost gives its job back undone; one of our own is replaced.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from typing import Protocol

from routing.budget import Budget
from routing.districts.jobs import Job, Outcome
from routing.districts.process import Memory, run_job, watch
from routing.districts.proven import Proven

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""How often the stop signal is looked at while others work."""
ANSWERING_SHARE = 0.02
"""Part of the time that workers keep back for answering."""
LOSSES = 4
"""A worker that is lost more often is given up."""


class Source(Protocol):
    """Where workers come from."""

    def executor(self) -> Executor:
        """Return the executor that runs jobs."""

    def renew(self) -> None:
        """Replace what was lost, if that is ours to do."""

    def halt(self) -> None:
        """Ask for answers now, if that can be done."""

    def proven(self) -> Proven | None:
        """Return the bounds that were told before an answer, if that can be known."""

    def tell(self, group: int, cost: float) -> None:
        """Tell what the best plan of a group costs."""

    def share(self, proven: Proven) -> None:
        """Tell what anybody has proven."""

    def close(self) -> None:
        """End what is ours."""


class Seat:
    """One worker and what it does.

    Parameters
    ----------
    source : Source
        Where it comes from.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.job: Job | None = None
        self.future: Future[Outcome] | None = None
        self.losses = 0

    def give(self, job: Job, ends_at: float, iterations: int | None) -> None:
        """Send a job to the worker."""
        self.job = job
        try:
            self.future = self.source.executor().submit(run_job, job, ends_at, iterations)
        except (RuntimeError, OSError) as error:  # a broken or closed executor
            self.future = Future()
            self.future.set_exception(error)

    def answer(self) -> Outcome | None:
        """Return what a job that is over found, or None if the worker was lost with it."""
        future, self.future, self.job = self.future, None, None
        error = None if future is None else future.exception()
        if future is None or error is not None:
            log.warning("a worker was lost: %r", error)
            self.losses += 1
            self.source.renew()
            return None
        return future.result()


class Workers:
    """Some seats, and who does what there.

    Parameters
    ----------
    seats : list of Seat
        One per worker.
    budget : Budget
        The time of the whole solve.
    """

    def __init__(self, seats: list[Seat], budget: Budget) -> None:
        self._seats = seats
        self._budget = budget

    @property
    def busy(self) -> bool:
        """Whether any job is not yet answered."""
        return any(seat.future is not None for seat in self._seats)

    @property
    def useless(self) -> bool:
        """Whether there were workers and every one has been given up."""
        return bool(self._seats) and all(seat.losses > LOSSES for seat in self._seats)

    def hand_out(self, next_job: Callable[[], Job | None]) -> None:
        """Give every free worker a job, as long as there are any."""
        for seat in self._seats:
            if seat.future is None and seat.losses <= LOSSES:
                job = next_job()
                if job is None:
                    return
                reserve = ANSWERING_SHARE * self._budget.seconds
                seconds = max(0.0, min(job.seconds, self._budget.left() - reserve))
                seat.give(job, time.time() + seconds, self._budget.iterations)

    def answers(self) -> Iterator[tuple[Job, Outcome | None]]:
        """Yield the jobs that are over with what they found, None for those that were lost."""
        for seat in self._seats:
            if seat.future is not None and seat.job is not None and seat.future.done():
                job = seat.job
                yield job, seat.answer()

    def wait(self) -> bool:
        """Wait a little for an answer; return whether any job is being done."""
        futures = [seat.future for seat in self._seats if seat.future is not None]
        wait(futures, POLL_SECONDS, FIRST_COMPLETED)
        return any(future.running() for future in futures)

    def proven(self) -> list[Proven]:
        """Return the bounds of each worker that has told of some."""
        told = [seat.source.proven() for seat in self._seats]
        return [bounds for bounds in told if bounds is not None]

    def tell(self, group: int, cost: float) -> None:
        """Tell everybody what the best plan of a group costs."""
        for seat in self._seats:
            seat.source.tell(group, cost)

    def share(self, proven: Proven) -> None:
        """Tell everybody what anybody has proven."""
        for seat in self._seats:
            seat.source.share(proven)

    def halt(self) -> None:
        """Ask everybody to answer with what they have."""
        for seat in self._seats:
            seat.source.halt()

    def close(self) -> None:
        """End the processes of our own."""
        for seat in self._seats:
            seat.source.close()

    def cancel(self) -> None:
        """Call off what has not begun."""
        for seat in self._seats:
            if seat.future is not None:
                seat.future.cancel()


class Borrowed:
    """Workers of somebody else's executor."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def executor(self) -> Executor:
        """Return the executor that runs jobs."""
        return self._executor

    def renew(self) -> None:
        """Leave it to the owner to replace what was lost."""

    def halt(self) -> None:
        """Let jobs go on: an executor has no way to reach them."""

    def proven(self) -> None:
        """Return that no bound is known before an answer."""

    def tell(self, group: int, cost: float) -> None:
        """Keep it here: a job carries what was known when it was sent."""

    def share(self, proven: Proven) -> None:
        """Keep it here, likewise."""

    def close(self) -> None:
        """Leave the executor to its owner."""


class OwnProcess:
    """One process of our own, started when it is first needed.

    Closing our end of a pipe stops it. A pipe is handed over while a process is started; an
    event would be looked up by name later, when a short solve has already let go of it.

    Parameters
    ----------
    couriers : sequence of int
        How many couriers each group has.
    """

    def __init__(self, couriers: Sequence[int]) -> None:
        self._context = get_context("forkserver")
        self._watched, self._halt = self._context.Pipe(duplex=False)
        self._memory = Memory(couriers, self._context)
        self._told, self._heard = self._memory.told(), self._memory.heard()
        self._pool: ProcessPoolExecutor | None = None

    def executor(self) -> Executor:
        """Return the pool of the one process; no Ctrl-C reaches it, the asker answers that."""
        if self._pool is None:
            with _without_interrupts():
                self._pool = ProcessPoolExecutor(
                    1, self._context, watch, (self._watched, self._memory)
                )
                self._pool.submit(int)  # starts the process here and now
        return self._pool

    def renew(self) -> None:
        """Let go of a process that was lost; the next job starts another."""
        self._end()

    def halt(self) -> None:
        """Ask the process to answer with what it has."""
        self._halt.close()

    def proven(self) -> Proven:
        """Return the bounds that the process has told of."""
        return self._told

    def tell(self, group: int, cost: float) -> None:
        """Tell the process what the best plan of a group costs."""
        self._memory.costs[group] = cost

    def share(self, proven: Proven) -> None:
        """Tell the process what anybody has proven."""
        self._heard.learn_all(proven)

    def close(self) -> None:
        """End the process: who is still at work has nothing more to say."""
        self._halt.close()
        self._watched.close()
        self._end()

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # Nothing public ends a process at work before Python 3.14; a broken pool has none left.
        late = list((pool._processes or {}).values())  # noqa: SLF001
        pool.shutdown(wait=False, cancel_futures=True)
        for process in late:
            process.terminate()


@contextmanager
def open_workers(
    count: int, couriers: Sequence[int], executor: Executor | None, budget: Budget
) -> Iterator[Workers]:
    """Provide workers beside this process.

    Parameters
    ----------
    count : int
        How many.
    couriers : sequence of int
        How many couriers each group has.
    executor : Executor or None
        Where they come from; None means processes of our own.
    budget : Budget
        The time of the whole solve.
    """
    if executor is None:
        seats = [Seat(OwnProcess(couriers)) for _ in range(count)]
    else:
        seats = [Seat(Borrowed(executor)) for _ in range(count)]
    workers = Workers(seats, budget)
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start processes that no Ctrl-C reaches: a terminal sends it to all, this one answers it."""
    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)
