"""Background jobs over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from api.schemas.shapes import In, Out
from mealsvc.jobs import error_of
from mealsvc.store import JobRun
from mealsvc.vocabulary import JobKind, JobState


class PlanRequest(In):
    """How to plan a service."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seconds": 60, "publish": False}]})

    seconds: float | None = Field(
        None, ge=0.1, le=3600, description="time to search; default from the settings"
    )
    publish: bool = Field(default=False, description="publish the plan at once")


class JobOut(Out):
    """A job: how far it is, and what came of it."""

    id: int
    kind: JobKind
    key: str = Field(examples=["plan:2026-11-22:lunch:60s:draft:1"])
    state: JobState
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    progress: float = Field(description="0 to 1")
    phase: str = Field(examples=["searching"])
    outcome: dict[str, Any] = Field(
        description="of a plan: revision, state and figures", examples=[{"revision": 1}]
    )
    error: str | None = Field(description="why it failed, in the reader's language")

    @classmethod
    def of(cls, run: JobRun, language: str) -> JobOut:
        """Return what is sent of a job."""
        plain = run.model_dump() | {"error": error_of(run, language)}
        return cls.model_validate(plain)
