"""Background jobs, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, func, select

from mealsvc.runtime import Runtime
from mealsvc.store import JobRun, transaction


def list_jobs(runtime: Runtime, *, limit: int, offset: int = 0) -> tuple[Sequence[JobRun], int]:
    """Return a page of jobs, newest first, and how many there are."""
    with transaction(runtime.engine) as session:
        total = session.exec(select(func.count()).select_from(JobRun)).one()
        query = select(JobRun).order_by(col(JobRun.requested_at).desc(), col(JobRun.id).desc())
        return session.exec(query.limit(limit).offset(offset)).all(), total
