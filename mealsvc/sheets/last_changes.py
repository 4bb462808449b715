"""Which published revision last changed what each courier must do: the one to have been seen.

A courier has seen the last change of the duty once some revision from that one on was confirmed:
whoever missed a change is asked although later revisions changed nothing more, and whoever is not
concerned is not stopped on the way. What a published revision changed never changes, so a process
works it out once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam
from sqlmodel import Session, col, select

from mealsvc.sheets.changes import changed_couriers
from mealsvc.sheets.visits import read_visits
from mealsvc.store import Plan, PlanRevision

MOST_REMEMBERED = 512
"""Revisions of which a process remembers whom they concerned."""

type _Pair = tuple[int, int, datetime]
"""Ids of the revision before and of a revision, and when that was published."""


def last_changes(session: Session, service_id: int, *, until: int | None = None) -> dict[int, int]:
    """Return by courier (id) the number of the published revision that last changed the duty.

    Those whose duty is as it was first published are left out.

    Parameters
    ----------
    session
        A transaction that published nothing: what it may still take back is not to be remembered.
    service_id
        The service.
    until
        Number of the last revision to look at; None: the one published last.
    """
    published = session.execute(_PUBLISHED, {"service_id": service_id}).all()
    found: dict[int, int] = {}
    for (before_id, before, _), (revision_id, number, at) in pairwise(published):
        if before == until:
            break
        concerned = _concerned(session, (before_id, revision_id, at))
        found |= dict.fromkeys(concerned, number)
    return found


_PUBLISHED = (
    select(PlanRevision.id, PlanRevision.number, PlanRevision.published_at)
    .join(Plan)
    .where(Plan.service_id == bindparam("service_id"), col(PlanRevision.published_at).is_not(None))
    .order_by(col(PlanRevision.published_at), col(PlanRevision.number))
)


@dataclass
class _Memory:
    """Whom revisions concerned, of one database; one thread at a time works it out for all."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    concerned: OrderedDict[_Pair, frozenset[int]] = field(default_factory=OrderedDict)


_MEMORIES: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()
_FIRST = threading.Lock()


def _concerned(session: Session, pair: _Pair) -> frozenset[int]:
    """Return the couriers whose duty a revision changed."""
    with _FIRST:
        memory = _MEMORIES.setdefault(session.get_bind().engine, _Memory())
    with memory.lock:
        found = memory.concerned.get(pair)
        if found is None:
            found = memory.concerned[pair] = _read_concerned(session, pair)
        memory.concerned.move_to_end(pair)
        while len(memory.concerned) > MOST_REMEMBERED:
            memory.concerned.popitem(last=False)
    return found


def _read_concerned(session: Session, pair: _Pair) -> frozenset[int]:
    before_id, revision_id, published_at = pair
    before, now = (session.get_one(PlanRevision, one) for one in (before_id, revision_id))
    return changed_couriers(
        read_visits(session, now), read_visits(session, before), published_at=published_at
    )
