"""Every change of the roster leaves an audit entry in the same transaction."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, col, select

from mealsvc.roster.upkeep.finding import Found, Page, page_through
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry


def leave_trail(
    session: Session,
    runtime: Runtime,
    actor: str,
    action: str,
    subject: str,
    entry: BaseModel | None = None,
    **detail: Any,  # noqa: ANN401 - whatever JSON can hold
) -> None:
    """Record who changed what.

    Parameters
    ----------
    session
        Of the change's transaction.
    runtime
        For the time.
    actor
        Who.
    action
        What, for example ``elder.change``.
    subject
        Of whom, for example ``elder:L00001``.
    entry
        What was entered; only the names of its fields are recorded, for they hold personal data.
    **detail
        More, without personal data.
    """
    if entry is not None:
        detail["fields"] = sorted(entry.model_fields_set)
    session.add(
        AuditEntry(at=runtime.clock(), actor=actor, action=action, subject=subject, detail=detail)
    )


def changes_of(session: Session, subject: str, page: Page) -> Found[AuditEntry]:
    """Return who changed a record and when, newest first; who read it is left out.

    Parameters
    ----------
    session
        To read with.
    subject
        Of whom, for example ``elder:L00001``.
    page
        Which part.
    """
    query = select(AuditEntry).where(
        AuditEntry.subject == subject, ~col(AuditEntry.action).startswith("read.")
    )
    newest = query.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    return page_through(session, newest, page)
