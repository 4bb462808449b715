"""How the nights went: what an operator must see without reading a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from mealsvc.clock import local_date
from mealsvc.jobs.claims import STALE_SECONDS
from mealsvc.nightly.due import due_nights, nights
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal

OVERDUE_AFTER = timedelta(minutes=10)
"""A due night that has not even begun after this is a failure: nobody works on it."""


@dataclass(frozen=True)
class NightlyRun:
    """The last night of one meal; ``state`` is None when no night has run yet.

    Attributes
    ----------
    meal, day
        The service that was planned.
    state
        How far the run is.
    started_at, finished_at
        When.
    age_seconds
        Time since it finished, or since its last heartbeat while it runs.
    attempts
        How often it was begun.
    outcome
        Figures of the plan it made.
    error
        What went wrong, one sentence.
    """

    meal: Meal
    day: date | None
    state: JobState | None
    started_at: datetime | None
    finished_at: datetime | None
    age_seconds: float | None
    attempts: int
    outcome: dict[str, Any]
    error: str | None


@dataclass(frozen=True)
class NightlyHealth:
    """Whether the nights go well.

    Attributes
    ----------
    enabled
        Whether nights are planned at all.
    healthy
        Whether ``problems`` is empty.
    problems
        One sentence each.
    next_run
        When the next night is due; None when nights are not planned.
    runs
        The last run of each meal.
    """

    enabled: bool
    healthy: bool
    problems: tuple[str, ...]
    next_run: datetime | None
    runs: tuple[NightlyRun, ...]


def health(runtime: Runtime, *, stale_seconds: float = STALE_SECONDS) -> NightlyHealth:
    """Return how the last nights went and what is wrong now."""
    settings = runtime.settings
    if not settings.nightly_enabled:
        return NightlyHealth(False, True, (), None, ())
    now = runtime.clock()
    runs = tuple(_last_run(runtime, meal, now) for meal in settings.nightly_meals)
    problems = [*_failed(runs, stale_seconds), *_overdue(runtime, now)]
    coming = nights(runtime, local_date(now, settings.zone), 3)
    next_run = min((night.due for night in coming if night.due > now), default=None)
    return NightlyHealth(True, not problems, tuple(problems), next_run, runs)


def _last_run(runtime: Runtime, meal: Meal, now: datetime) -> NightlyRun:
    with transaction(runtime.engine) as session:
        query = (
            select(JobRun)
            .where(col(JobRun.kind) == JobKind.NIGHTLY, col(JobRun.key).endswith(f":{meal}"))
            # Keys hold ISO dates, so the greatest is the last service.
            .order_by(col(JobRun.key).desc())
        )
        row = session.exec(query).first()
    if row is None:
        return NightlyRun(meal, None, None, None, None, None, 0, {}, None)
    last_sign = row.finished_at or row.heartbeat_at or row.requested_at
    return NightlyRun(
        meal=meal,
        day=date.fromisoformat(row.key.split(":")[1]),
        state=row.state,
        started_at=row.started_at,
        finished_at=row.finished_at,
        age_seconds=(now - last_sign).total_seconds(),
        attempts=row.attempts,
        outcome={name: value for name, value in row.outcome.items() if name != "request"},
        error=row.error,
    )


def _failed(runs: tuple[NightlyRun, ...], stale_seconds: float) -> Iterator[str]:
    for run in runs:
        what = f"the night run for {run.meal} of {run.day}"
        if run.state is JobState.FAILED:
            yield f"{what} failed: {run.error}"
        elif run.state is JobState.RUNNING and (run.age_seconds or 0) > stale_seconds:
            yield f"{what} was killed and nobody has taken it up yet"


def _overdue(runtime: Runtime, now: datetime) -> Iterator[str]:
    waiting = (JobState.QUEUED, None)
    for night in due_nights(runtime):
        if now - night.due < OVERDUE_AFTER:
            continue
        with transaction(runtime.engine) as session:
            state = session.exec(select(JobRun.state).where(col(JobRun.key) == night.key)).first()
        if state in waiting:
            yield (
                f"the night run for {night.meal} of {night.day} was due at "
                f"{night.due:%Y-%m-%d %H:%M} and has not begun; is the service running?"
            )
