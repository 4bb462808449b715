"""People as a role shows them: in full, masked, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from mealsvc.access import Caller, Detail, audit
from mealsvc.access.masking import mask_name, mask_phone
from mealsvc.runtime import Runtime


@dataclass(frozen=True)
class Person:
    """Somebody, as far as a role may know.

    Attributes
    ----------
    code
        Code of the file.
    name, phone
        In full or masked.
    """

    code: str
    name: str
    phone: str | None


class Named(Protocol):
    """Whoever has a file, as far as it is shown."""

    @property
    def code(self) -> str:
        """Code of the file."""

    @property
    def name(self) -> str:
        """Name in full."""

    @property
    def phone(self) -> str | None:
        """Phone in full."""


def person(someone: Named | None, detail: Detail) -> Person | None:
    """Return somebody as a role shows them; ``None`` where it shows nobody."""
    if someone is None or detail is Detail.ANONYMOUS:
        return None
    if detail is Detail.MASKED:
        return Person(someone.code, mask_name(someone.name), mask_phone(someone.phone))
    return Person(someone.code, someone.name, someone.phone)


def note_read(
    session: Session, runtime: Runtime, caller: Caller, action: str, subject: str, people: int
) -> None:
    """Write a read of personal data into the audit trail; anonymous reads are none."""
    if caller.grant.detail is not Detail.ANONYMOUS:
        audit.record(session, runtime.clock(), caller.name, action, subject, people=people)
