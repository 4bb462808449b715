"""Background work: claimed in the database, with progress, heartbeat and outcome."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.vocabulary import JobKind, JobState


class JobRun(SQLModel, table=True):
    """One run of one job.

    ``key`` names the work (for example ``nightly:2026-11-22:lunch``); being unique, it makes a
    claim: whoever inserts the row first does the work. A running job whose ``heartbeat_at`` is old
    was killed and may be taken up again. What went wrong is kept in English and in Chinese.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
        CheckConstraint("attempts >= 0", name="attempts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: JobKind = word_field(JobKind)
    key: str = Field(unique=True, max_length=120)
    state: JobState = word_field(JobState, default=JobState.QUEUED, index=True)
    requested_by: str = Field(max_length=80)
    requested_at: datetime = moment_field()
    claimed_by: str | None = Field(default=None, max_length=120)
    started_at: datetime | None = moment_field(default=None)
    heartbeat_at: datetime | None = moment_field(default=None)
    finished_at: datetime | None = moment_field(default=None)
    attempts: int = 0
    progress: float = 0.0
    phase: str = Field(default="", max_length=80)
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    error: str | None = Field(default=None, max_length=1000)
    error_zh: str | None = Field(default=None, max_length=1000)


class ImportRun(SQLModel, table=True):
    """One roster import with its report; a dry run leaves a record too."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment_field(index=True)
    actor: str = Field(max_length=80)
    dry_run: bool
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    report: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
