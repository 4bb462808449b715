"""The audit trail: who read, changed or took out what, and when. Appended, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, transaction


def record(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    **detail: Any,  # noqa: ANN401 - whatever JSON can hold
) -> None:
    """Append an entry in the transaction of what it tells about.

    Parameters
    ----------
    session
        The transaction.
    at
        The moment.
    actor
        User name, ``duty:CODE`` of a courier's link, or the name of a command's user.
    action
        What was done, subject first: ``access.sign_in``, ``read.elder``, ``export.sheets`` …
    subject
        What it was about: a code or a service, never a person's name.
    **detail
        More facts (counts, fields), never personal data.
    """
    session.add(
        AuditEntry(
            at=at, actor=actor[:80], action=action[:40], subject=subject[:120], detail=detail
        )
    )


def note(runtime: Runtime, actor: str, action: str, subject: str, **detail: Any) -> None:  # noqa: ANN401
    """Append an entry in a transaction of its own, at the runtime's present moment."""
    with transaction(runtime.engine) as session:
        record(session, runtime.clock(), actor, action, subject, **detail)


def read_trail(
    session: Session,
    *,
    limit: int,
    offset: int = 0,
    actor: str | None = None,
    action: str | None = None,
) -> tuple[Sequence[AuditEntry], int]:
    """Return a page of the trail, newest first, and how many entries match.

    Parameters
    ----------
    session
        The transaction.
    limit, offset
        The page.
    actor, action
        Only entries of this actor or action.
    """
    query = select(AuditEntry)
    if actor:
        query = query.where(AuditEntry.actor == actor)
    if action:
        query = query.where(AuditEntry.action == action)
    total = session.exec(select(func.count()).select_from(query.subquery())).one()
    newest = query.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    return session.exec(newest.limit(limit).offset(offset)).all(), total
