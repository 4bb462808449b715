"""Health and readiness over the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from api.schemas.shapes import Out
from mealsvc.readiness import Check


class Alive(Out):
    """The process answers."""

    status: Literal["alive"]


class CheckOut(Out):
    """One thing that must be in order."""

    name: str = Field(examples=["streets"])
    ok: bool
    detail: str = Field(examples=["streets are built"])


class Ready(Out):
    """Whether the service can do its work."""

    ready: bool
    checks: list[CheckOut]

    @classmethod
    def of(cls, checks: Sequence[Check]) -> Ready:
        """Return what is sent of the checks."""
        shown = [CheckOut.model_validate(check) for check in checks]
        return cls(ready=all(check.ok for check in checks), checks=shown)
