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
from mealsvc.sentences import Sentence
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal, label

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
    error, error_zh
        What went wrong, one sentence in English and, where it is known, in Chinese.
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
    error_zh: str | None


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
    problems: tuple[Sentence, ...]
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
        return NightlyRun(meal, None, None, None, None, None, 0, {}, None, None)
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
        error_zh=row.error_zh,
    )


def _failed(runs: tuple[NightlyRun, ...], stale_seconds: float) -> Iterator[Sentence]:
    for run in runs:
        what = _what(run.day, run.meal)
        if run.state is JobState.FAILED:
            yield Sentence(
                f"{what.zh}失败：{run.error_zh or run.error}", f"{what.en} failed: {run.error}"
            )
        elif run.state is JobState.RUNNING and (run.age_seconds or 0) > stale_seconds:
            yield Sentence(
                f"{what.zh}被中断，尚未重新开始",
                f"{what.en} was killed and nobody has taken it up yet",
            )


def _what(day: date | None, meal: Meal) -> Sentence:
    return Sentence(f"{day} {label(meal)}的夜间计划", f"the night run for {meal} of {day}")


def _overdue(runtime: Runtime, now: datetime) -> Iterator[Sentence]:
    waiting = (JobState.QUEUED, None)
    for night in due_nights(runtime):
        if now - night.due < OVERDUE_AFTER:
            continue
        with transaction(runtime.engine) as session:
            state = session.exec(select(JobRun.state).where(col(JobRun.key) == night.key)).first()
        if state in waiting:
            what, due = _what(night.day, night.meal), f"{night.due:%Y-%m-%d %H:%M}"
            yield Sentence(
                f"{what.zh}应于 {due} 开始，至今未开始；请确认服务正在运行",
                f"{what.en} was due at {due} and has not begun; is the service running?",
            )
