"""The scheduler in the service process: it asks the clock what is due and has it done.

It ticks every few seconds and remembers nothing between ticks. So the rules hold by themselves
after a restart, a suspended machine, a moved clock or a changed setting, where a timer set once
for 20:00 would sleep through its moment. What is due becomes a job with the service as its key:
however many servers ask, one row comes of it, and one of their workers claims it (see
``mealsvc.jobs``).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel import col, select

from mealsvc.clock import local_date
from mealsvc.demand import collect_orders, find_service, service_hours
from mealsvc.errors import MealsvcError
from mealsvc.jobs import enqueue, requeue, worker_for
from mealsvc.jobs.claims import STALE_SECONDS
from mealsvc.jobs.worker import POLL_SECONDS
from mealsvc.nightly.due import Night, due_nights, nights
from mealsvc.nightly.tidying import remove_old_photos
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind

if TYPE_CHECKING:
    from mealsvc.planning.travel import Travel

log = logging.getLogger(__name__)

TICK_SECONDS = 5.0
"""How often the clock is asked what is due."""

TIDY_SECONDS = 3600.0
"""How often what is past its days is removed, also where no nights are planned."""

RETRY_AFTER = timedelta(minutes=15)
"""A failed night is tried again after this while its service has not begun: a full disk, a busy
database or missing streets may be put right in the evening."""

ACTOR = "nightly"


class NightlyPlanner:
    """Plans every night while the service runs, and does the jobs that people start.

    Parameters
    ----------
    runtime
        The installation.
    tick_seconds
        How often the clock is asked.
    stale_seconds
        A running job without a heartbeat for so long counts as killed.
    travel
        Travel times; default the installation's streets.
    """

    def __init__(
        self,
        runtime: Runtime,
        *,
        tick_seconds: float = TICK_SECONDS,
        stale_seconds: float = STALE_SECONDS,
        travel: Travel | None = None,
    ) -> None:
        self._runtime = runtime
        self._tick_seconds = tick_seconds
        self._options = {
            "poll_seconds": min(POLL_SECONDS, tick_seconds),
            "stale_seconds": stale_seconds,
        }
        self._travel = travel
        self._scheduler = BackgroundScheduler(timezone=runtime.settings.zone, daemon=True)

    def start(self) -> None:
        """Begin; what is due is taken up at once."""
        self._worker = worker_for(self._runtime, travel=self._travel, **self._options)
        if self._runtime.settings.nightly_enabled:
            self._tick()
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(seconds=self._tick_seconds),
                id="nightly",
                # A late tick is as good as any: it asks the clock, not the timer.
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._tidy()
        self._scheduler.add_job(
            self._tidy,
            IntervalTrigger(seconds=TIDY_SECONDS),
            id="tidying",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    def shutdown(self) -> None:
        """Stop; a running job is given back for the next process to take up."""
        self._scheduler.shutdown(wait=True)
        self._worker.shutdown()

    def _tick(self) -> None:
        try:
            if tick(self._runtime):
                self._worker.wake()
        except MealsvcError as error:
            log.warning("the night cannot be looked after now: %s", error)

    def _tidy(self) -> None:
        try:
            remove_old_photos(self._runtime)
        except (MealsvcError, OSError) as error:
            log.warning("old photos cannot be removed now: %s", error)


def tick(runtime: Runtime) -> int:
    """Freeze what is past its cut-off and queue what is due; return how many jobs were queued.

    Doing it twice, or in two processes, changes nothing.
    """
    freeze_due(runtime)
    settings, queued = runtime.settings, 0
    for night in due_nights(runtime):
        request: dict[str, Any] = {
            "day": night.day.isoformat(),
            "meal": night.meal.value,
            "publish": settings.nightly_publish,
        }
        if _known(runtime, night):
            queued += requeue(runtime, night.key, runtime.clock() - RETRY_AFTER)
            continue
        _, new = enqueue(runtime, JobKind.NIGHTLY, night.key, actor=ACTOR, request=request)
        queued += new
    return queued


def freeze_due(runtime: Runtime) -> None:
    """Collect and freeze the services whose cut-off has passed.

    Otherwise a change made between cut-off and planning would slip in.
    """
    now = runtime.clock()
    today = local_date(now, runtime.settings.zone)
    for night in nights(runtime, today, 2):
        if not service_hours(runtime.settings, night.day, night.meal).cutoff <= now < night.until:
            continue
        with transaction(runtime.engine) as session:
            service = find_service(session, night.day, night.meal)
            frozen = service is not None and service.frozen_at is not None
        if not frozen:
            with transaction(runtime.engine) as session:
                collect_orders(session, runtime, night.day, night.meal)


def _known(runtime: Runtime, night: Night) -> bool:
    """Return whether a job is there; reading first keeps idle ticks from writing."""
    with transaction(runtime.engine) as session:
        return (
            session.exec(select(JobRun.id).where(col(JobRun.key) == night.key)).first() is not None
        )
