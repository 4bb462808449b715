"""The thread that does the jobs of this process, one after another."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine

from mealsvc.demand import require_ahead
from mealsvc.errors import MealsvcError
from mealsvc.jobs.best_sites import run_best_sites
from mealsvc.jobs.claims import (
    STALE_SECONDS,
    UNFINISHED,
    Job,
    beat,
    claim,
    claimable,
    enqueue,
    fail,
    finished,
    release,
    worker_name,
)
from mealsvc.jobs.effects import run_effect
from mealsvc.jobs.plans import run_plan
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun
from mealsvc.vocabulary import JobKind, Meal

if TYPE_CHECKING:
    from mealsvc.planning.travel import Travel

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0
"""How often a worker looks for jobs that another process queued, or that were killed."""

_WORK = {
    JobKind.NIGHTLY: run_plan,
    JobKind.PLAN: run_plan,
    JobKind.BEST_SITES: run_best_sites,
    JobKind.EFFECT: run_effect,
}
"""What is done for a job of each kind."""

KINDS = tuple(_WORK)


class Heartbeat:
    """Writes a job's heartbeat and progress from a thread of its own while the work runs.

    Parameters
    ----------
    runtime, held
        The claimed job.
    seconds
        Time between two beats.
    """

    def __init__(self, runtime: Runtime, held: Job, seconds: float) -> None:
        self.lost = threading.Event()
        self._runtime, self._held, self._seconds = runtime, held, seconds
        self._news: tuple[str, float] = ("", 0.0)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"heartbeat-{held.id}", daemon=True)

    def report(self, phase: str, share: float) -> None:
        """Take note of the progress; the next beat writes it."""
        self._news = (phase, share)

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            try:
                if not beat(self._runtime, self._held, *self._news):
                    self.lost.set()
                    return
            except MealsvcError as error:
                # A busy database for one beat is no harm; for many, somebody else takes over.
                log.warning("job %s: no heartbeat written: %s", self._held.key, error)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()


class JobWorker:
    """Takes up queued and killed jobs, one at a time.

    Parameters
    ----------
    runtime
        The installation.
    poll_seconds
        How often to look for jobs when nobody wakes it.
    stale_seconds
        A running job without a heartbeat for so long counts as killed.
    travel
        Travel times; default the installation's streets.
    """

    def __init__(
        self,
        runtime: Runtime,
        *,
        poll_seconds: float = POLL_SECONDS,
        stale_seconds: float = STALE_SECONDS,
        travel: Travel | None = None,
    ) -> None:
        self._runtime, self._travel = runtime, travel
        self._poll, self._stale = poll_seconds, stale_seconds
        self._name = worker_name()
        self._news = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mealsvc-jobs", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def wake(self) -> None:
        """Look for jobs now."""
        self._news.set()

    def shutdown(self, timeout: float = 15.0) -> None:
        """Stop; a running job is given back unfinished, for the next process to take up."""
        self._ending.set()
        self._news.set()
        with _workers_lock:
            if _workers.get(self._runtime.engine) is self:
                del _workers[self._runtime.engine]
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._news.clear()
            try:
                self.work()
            except MealsvcError as error:
                log.warning("jobs cannot be read now: %s", error)
            self._news.wait(self._poll)

    def work(self) -> int:
        """Do every job that can be claimed now; return how many were taken."""
        taken = 0
        for job_id in claimable(self._runtime, KINDS, self._stale):
            if self._ending.is_set():
                break
            held = claim(self._runtime, job_id, self._name, self._stale)
            if held is not None:
                taken += 1
                self._do(held)
        return taken

    def _do(self, held: Job) -> None:
        log.info("job %s: started", held.key)
        # Several beats must fit into the time after which a job counts as killed.
        with Heartbeat(self._runtime, held, min(2.0, self._stale / 5)) as alive:

            def interrupted() -> bool:
                return self._ending.is_set() or alive.lost.is_set()

            with self._recorded(held, interrupted):
                _WORK[held.kind](
                    self._runtime,
                    held,
                    report=alive.report,
                    interrupted=interrupted,
                    travel=self._travel,
                )

    @contextmanager
    def _recorded(self, held: Job, interrupted: Callable[[], bool]) -> Iterator[None]:
        """Let nothing that goes wrong pass without leaving a record."""
        try:
            yield
        except Exception as error:
            if interrupted():
                log.info("job %s: given back", held.key)
                release(self._runtime, held)
                return
            if isinstance(error, MealsvcError):
                log.warning("job %s: failed: %s", held.key, error)
                fail(self._runtime, held, error.message, error.sentence("zh"))
            else:
                log.exception("job %s: failed by a fault of the system", held.key)
                what = f"{type(error).__name__}: {error}"
                fail(
                    self._runtime,
                    held,
                    f"a fault of the system: {what}",
                    f"系统出错，请联系管理员查看日志（{what}）",
                )
        else:
            log.info("job %s: done", held.key)


_workers: dict[Engine, JobWorker] = {}
_workers_lock = threading.Lock()


def worker_for(
    runtime: Runtime,
    *,
    poll_seconds: float = POLL_SECONDS,
    stale_seconds: float = STALE_SECONDS,
    travel: Travel | None = None,
) -> JobWorker:
    """Return this process's running worker for an installation, started when there is none.

    One worker per process: plans want all its cores. Parameters as for :class:`JobWorker`; they
    count only when the worker is started here.
    """
    with _workers_lock:
        worker = _workers.get(runtime.engine)
        if worker is None:
            worker = JobWorker(
                runtime, poll_seconds=poll_seconds, stale_seconds=stale_seconds, travel=travel
            )
            worker.start()
            _workers[runtime.engine] = worker
        return worker


def start_plan_job(
    runtime: Runtime,
    day: date,
    meal: Meal,
    *,
    actor: str,
    seconds: float | None = None,
    publish: bool = False,
) -> JobRun:
    """Plan a service in the background, unless the same is already waiting or being done.

    Parameters
    ----------
    runtime
        The installation.
    day, meal
        The service.
    actor
        Who asks.
    seconds
        Wall time of the search; default from the settings.
    publish
        Publish the plan at once.

    Returns
    -------
    JobRun
        The job: a new one, or the unfinished one that somebody started with the same options;
        ask :func:`mealsvc.jobs.job` for its progress. Killed in the middle it is taken up again by
        the next process that runs.

    Raises
    ------
    Conflict
        If the service has begun.
    """
    require_ahead(runtime, day, meal)
    request = {"day": day.isoformat(), "meal": meal.value, "seconds": seconds, "publish": publish}
    time = "default" if seconds is None else f"{seconds:g}s"
    work = f"plan:{day}:{meal}:{time}:{'publish' if publish else 'draft'}"
    return _start(runtime, JobKind.PLAN, work, actor, request)


def start_scenario_job(
    runtime: Runtime, kind: JobKind, scenario: int | None, version: int, request: dict[str, Any], *,
    actor: str,
) -> JobRun:  # fmt: skip
    """Work something out for a scenario in the background, unless the same is under way.

    Parameters
    ----------
    runtime
        The installation.
    kind
        What is worked out.
    scenario, version
        Number of the scenario (None for the present), and its version.
    request
        What more the work needs to know, as JSON values.
    actor
        Who asks.

    Returns
    -------
    JobRun
        The job: a new one, or the unfinished one that somebody started with the same options.
    """
    asked = json.dumps(request, sort_keys=True, ensure_ascii=False)
    options = hashlib.sha256(asked.encode()).hexdigest()[:12]
    work = f"{kind}:{scenario}:{version}:{options}"
    return _start(runtime, kind, work, actor, {**request, "scenario": scenario})


def _start(
    runtime: Runtime, kind: JobKind, work: str, actor: str, request: dict[str, Any]
) -> JobRun:
    """Ask for work under the next free number, or find it under way, and wake the worker."""
    new, asked = False, None
    # As long as the last of them is unfinished its key is asked for again, and no row comes of it.
    while asked is None or not (new or asked.state in UNFINISHED):
        key = f"{work}:{finished(runtime, work) + 1}"
        asked, new = enqueue(runtime, kind, key, actor=actor, request=request)
    worker_for(runtime).wake()
    return asked
