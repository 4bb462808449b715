"""Who does a piece of work: one claim in the database, kept alive by a heartbeat.

A job is a row with a unique key. Any number of processes may ask for the same key; one row comes
of it. Whoever turns the row from *queued* to *running* does the work and writes a heartbeat; when
the heartbeat is old its writer was killed, and somebody else may claim the job. Because a writer
that only slept may wake again, finishing is conditional on still holding the claim, in the same
transaction that saves the result: a result is saved once.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, or_, update
from sqlmodel import Session, col, func, select

from mealsvc.errors import Conflict, NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, JobRun, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import JobKind, JobState, Meal

STALE_SECONDS = 60.0
"""A running job without a heartbeat for so long was killed. More than a writer may have to wait
for a locked database, or a busy one would look dead."""

MOST_ATTEMPTS = 5
"""A job that was killed so often is not taken up again by itself."""

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
"""States of a job of which something will still come."""

CLAIM_LOST = "the job was taken over by another process; nothing was saved"


@dataclass(frozen=True)
class Job:
    """A claimed job: what to do, and under which name it was claimed."""

    id: int
    kind: JobKind
    key: str
    requested_by: str
    request: dict[str, Any]
    claimed_by: str


def worker_name() -> str:
    """Return a name that no other worker of any process has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


def enqueue(
    runtime: Runtime, kind: JobKind, key: str, *, actor: str, request: dict[str, Any]
) -> tuple[JobRun, bool]:
    """Ask for work to be done, once per key.

    Parameters
    ----------
    runtime
        The installation.
    kind, key
        What work; a key that exists already is left as it is.
    actor
        Who asks.
    request
        What the work needs to know, as JSON values; kept in ``outcome["request"]``.

    Returns
    -------
    tuple
        The job, and whether it is new.
    """
    with transaction(runtime.engine) as session:
        values = {
            "kind": kind,
            "requested_by": actor,
            "requested_at": runtime.clock(),
            "outcome": {"request": request},
        }
        return one_row(session, JobRun, {"key": key}, values)


def job(runtime: Runtime, job_id: int) -> JobRun:
    """Return a job with its progress and outcome.

    Raises
    ------
    NotFound
        If there is no such job.
    """
    with transaction(runtime.engine) as session:
        found = session.get(JobRun, job_id)
        if found is None:
            raise NotFound(f"there is no job {job_id}", f"没有编号为 {job_id} 的后台任务")
        return found


def error_of(found: JobRun, language: str) -> str | None:
    """Return what went wrong, in the reader's language (``"zh"``, else English), or ``None``."""
    return (found.error_zh or found.error) if language == "zh" else found.error


def finished(runtime: Runtime, work: str) -> int:
    """Return how many jobs with a key of the form ``WORK:NUMBER`` have ended, well or not."""
    with transaction(runtime.engine) as session:
        query = select(func.count()).select_from(JobRun)
        named = col(JobRun.key).startswith(f"{work}:", autoescape=True)
        return session.exec(query.where(named, col(JobRun.state).not_in(UNFINISHED))).one()


def under_way(session: Session, day: date, meal: Meal) -> JobRun | None:
    """Return the oldest unfinished job that plans a service, whoever or whatever asked for it."""
    service = f"{day}:{meal}"
    asked = col(JobRun.key).startswith(f"{JobKind.PLAN}:{service}:", autoescape=True)
    of_service = or_(asked, col(JobRun.key) == f"{JobKind.NIGHTLY}:{service}")
    query = select(JobRun).where(of_service, col(JobRun.state).in_(UNFINISHED))
    return session.exec(query.order_by(col(JobRun.requested_at), col(JobRun.id))).first()


def _free(runtime: Runtime, stale_seconds: float) -> ColumnElement[bool]:
    """Return the condition under which a job may be claimed."""
    silent_since = runtime.clock() - timedelta(seconds=stale_seconds)
    return or_(
        col(JobRun.state) == JobState.QUEUED,
        and_(col(JobRun.state) == JobState.RUNNING, col(JobRun.heartbeat_at) < silent_since),
    )


def claimable(
    runtime: Runtime, kinds: Sequence[JobKind], stale_seconds: float = STALE_SECONDS
) -> list[int]:
    """Return the jobs that somebody should claim: queued, or killed; oldest first."""
    with transaction(runtime.engine) as session:
        query = (
            select(JobRun.id)
            .where(col(JobRun.kind).in_(kinds), _free(runtime, stale_seconds))
            .order_by(col(JobRun.requested_at), col(JobRun.id))
        )
        return [one for one in session.exec(query) if one is not None]


def claim(
    runtime: Runtime, job_id: int, worker: str, stale_seconds: float = STALE_SECONDS
) -> Job | None:
    """Claim a job, or return None when another worker has it or it is done.

    A job that was killed ``MOST_ATTEMPTS`` times is given up instead.
    """
    now = runtime.clock()
    free = and_(col(JobRun.id) == job_id, _free(runtime, stale_seconds))
    with transaction(runtime.engine) as session:
        _change(
            session,
            and_(free, col(JobRun.attempts) >= MOST_ATTEMPTS),
            state=JobState.FAILED,
            finished_at=now,
            error=f"given up: it was stopped from outside {MOST_ATTEMPTS} times",
            error_zh=f"已放弃：该任务被外部中断{MOST_ATTEMPTS}次",
        )
        taken = _change(
            session,
            free,
            state=JobState.RUNNING,
            claimed_by=worker,
            started_at=now,
            heartbeat_at=now,
            attempts=col(JobRun.attempts) + 1,
            progress=0.0,
            phase="",
            error=None,
            error_zh=None,
        )
        if not taken:
            return None
        row = session.get_one(JobRun, job_id)
        return Job(
            id=job_id,
            kind=row.kind,
            key=row.key,
            requested_by=row.requested_by,
            request=row.outcome.get("request", {}),
            claimed_by=worker,
        )


def beat(runtime: Runtime, held: Job, phase: str, progress: float) -> bool:
    """Write a heartbeat with the progress; return whether the claim is still held."""
    with transaction(runtime.engine) as session:
        return _change(
            session,
            _held(held),
            heartbeat_at=runtime.clock(),
            phase=phase[:80],
            progress=min(max(progress, 0.0), 1.0),
        )


def finish(session: Session, held: Job, at: datetime, outcome: dict[str, Any]) -> None:
    """Record success in the transaction that saves the result.

    Raises
    ------
    Conflict
        If another worker took the job over; the result must not be saved.
    """
    done = _change(
        session,
        _held(held),
        state=JobState.SUCCEEDED,
        finished_at=at,
        heartbeat_at=at,
        progress=1.0,
        phase="",
        outcome={"request": held.request, **outcome},
    )
    if not done:
        raise Conflict(CLAIM_LOST)


def fail(runtime: Runtime, held: Job, error: str, error_zh: str) -> None:
    """Record a failure in both languages; does nothing when another worker has the job."""
    with transaction(runtime.engine) as session:
        mine = and_(col(JobRun.id) == held.id, col(JobRun.claimed_by) == held.claimed_by)
        now = runtime.clock()
        _change(
            session,
            mine,
            state=JobState.FAILED,
            finished_at=now,
            error=error[:1000],
            error_zh=error_zh[:1000],
        )


def stop(runtime: Runtime, job_id: int, kinds: Sequence[JobKind], *, actor: str) -> JobRun:
    """Stop a job for good: it has failed, and its worker finds its claim lost at the next beat.

    Parameters
    ----------
    runtime
        The installation.
    job_id
        Which job.
    kinds
        Kinds that may be stopped; one of another kind is not found.
    actor
        Who stops it.

    Raises
    ------
    NotFound
        If there is no such job of these kinds.
    Conflict
        If it has ended already.
    """
    found = job(runtime, job_id)
    if found.kind not in kinds:
        raise NotFound(f"there is no job {job_id} to stop", f"没有可以停止的后台任务 {job_id}")
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        stopped = _change(
            session,
            and_(col(JobRun.id) == job_id, col(JobRun.state).in_(UNFINISHED)),
            state=JobState.FAILED,
            finished_at=now,
            error=f"stopped by {actor}"[:1000],
            error_zh=f"已由 {actor} 停止"[:1000],
        )
        if not stopped:
            raise Conflict(
                f"job {job_id} has ended already, it cannot be stopped",
                f"后台任务 {job_id} 已经结束，无法停止",
            )
        entry = AuditEntry(at=now, actor=actor, action="job.stop", subject=f"job:{job_id}")
        session.add(entry)
    return job(runtime, job_id)


def release(runtime: Runtime, held: Job) -> None:
    """Give a job back unfinished, so that the next worker takes it up at once."""
    with transaction(runtime.engine) as session:
        _change(
            session,
            _held(held),
            state=JobState.QUEUED,
            claimed_by=None,
            heartbeat_at=None,
            attempts=col(JobRun.attempts) - 1,
        )


def requeue(runtime: Runtime, key: str, failed_before: datetime) -> bool:
    """Ask again for a job that failed before a moment; return whether it will be tried again."""
    with transaction(runtime.engine) as session:
        failed = and_(col(JobRun.key) == key, col(JobRun.state) == JobState.FAILED)
        old = col(JobRun.finished_at) <= failed_before
        return _change(session, and_(failed, old), state=JobState.QUEUED, attempts=0)


def _held(held: Job) -> ColumnElement[bool]:
    return and_(
        col(JobRun.id) == held.id,
        col(JobRun.claimed_by) == held.claimed_by,
        col(JobRun.state) == JobState.RUNNING,
    )


def _change(session: Session, condition: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401
    """Change the job for which a condition holds; return whether there was one."""
    statement = update(JobRun).where(condition).values(**values)
    result = cast("CursorResult[Any]", session.connection().execute(statement))
    return result.rowcount == 1
