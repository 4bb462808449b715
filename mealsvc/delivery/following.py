"""A service's day followed: plan, events and state, kept in memory between two readings.

Consoles and phones ask again and again while reports come in one by one. What was read once stays
true: a published revision never changes, and events are only appended, numbered in the order in
which they become visible. So a further reading asks the records what is the revision in force and
which is the newest event, fetches what is new, and computes anew only what that is about, once for
everybody who asks.
Each process of the server remembers for itself; nothing is answered from memory alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam
from sqlmodel import Session, col, func, select

from mealsvc.delivery.cases import Case, cases_among
from mealsvc.delivery.events import Event, read_events, standing, standing_after
from mealsvc.delivery.notes import ConditionNote, notes_among
from mealsvc.delivery.planned import PlannedService, read_planned, revision_in_force
from mealsvc.delivery.state import ServiceState, state_after, state_of
from mealsvc.store import DeliveryEvent

MOST_FOLLOWED = 8
"""Services that a process remembers; few have a day at the same time."""


@dataclass(frozen=True, eq=False)
class FollowedDay:
    """A service's day as it was at one moment.

    Attributes
    ----------
    revision_id
        The revision in force in the records; None where nothing is published.
    planned
        What it asks of couriers.
    events
        Everything reported, in the order of receipt, those not counted too.
    standing
        The events that count and were not taken back or replaced.
    state
        How far the service is.
    """

    revision_id: int | None
    planned: PlannedService
    events: tuple[Event, ...]
    standing: list[Event]
    state: ServiceState

    @classmethod
    def begun(
        cls, revision_id: int | None, planned: PlannedService, events: tuple[Event, ...]
    ) -> FollowedDay:
        """Return a day computed from everything reported."""
        counted = standing(events)
        return cls(revision_id, planned, events, counted, state_of(planned, counted))

    def after(self, fresh: tuple[Event, ...]) -> FollowedDay:
        """Return the same day with what came since."""
        counted, changed = standing_after(self.standing, self.events, fresh)
        state = state_after(self.state, self.planned, counted, changed)
        return FollowedDay(self.revision_id, self.planned, self.events + fresh, counted, state)

    @property
    def newest(self) -> int:
        """Number of the newest event; 0 where there is none."""
        return self.events[-1].number if self.events else 0

    @cached_property
    def cases(self) -> list[Case]:
        """The cases of "nobody opens"."""
        return cases_among(self.standing)

    @cached_property
    def notes(self) -> list[ConditionNote]:
        """What couriers noticed."""
        return notes_among(self.standing)

    @cached_property
    def apart(self) -> list[Event]:
        """The events that are not counted."""
        return [event for event in self.events if not event.counts]

    @cached_property
    def answered(self) -> frozenset[str | None]:
        """Ids of events that a counted event names."""
        return frozenset(event.about for event in self.events if event.counts)


@dataclass
class _Memory:
    """What one process remembers of one database; one thread at a time reads for all."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    days: OrderedDict[int, FollowedDay] = field(default_factory=OrderedDict)


_MEMORIES: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()
_FIRST = threading.Lock()


def follow(session: Session, service_id: int) -> FollowedDay:
    """Return a service's day as the records have it now.

    Parameters
    ----------
    session
        A transaction that wrote no events and no plan: what it may still take back is not to be
        remembered.
    service_id
        The service.
    """
    memory = _memory_of(session)
    with memory.lock:
        before = memory.days.get(service_id)
        # Computed while others wait, for they want the same.
        day = _brought_up(session, service_id, before)
        memory.days[service_id] = day
        memory.days.move_to_end(service_id)
        while len(memory.days) > MOST_FOLLOWED:
            memory.days.popitem(last=False)
    return day


def _memory_of(session: Session) -> _Memory:
    with _FIRST:
        return _MEMORIES.setdefault(session.get_bind().engine, _Memory())


def _brought_up(session: Session, service_id: int, before: FollowedDay | None) -> FollowedDay:
    """Return the day with what came since it was read before."""
    found = revision_in_force(session, service_id)
    revision_id = found[0] if found else None
    newest, number = session.exec(_NEWEST, params={"service_id": service_id}).one()
    newest = newest or 0

    def read(after: int) -> tuple[Event, ...]:
        """Return what came after an event, but for what came while we read."""
        return tuple(read_events(session, service_id, after=after, until=newest))

    if before is None or before.revision_id != revision_id:
        planned = read_planned(session, service_id)
        events = before.events + read(before.newest) if before else read(0)
        day = FollowedDay.begun(revision_id, planned, events)
    elif (before.newest, len(before.events)) == (newest, number):
        return before
    else:
        day = before.after(read(before.newest))
    if len(day.events) != number:  # the records are others than before: a restored backup
        day = FollowedDay.begun(revision_id, day.planned, read(0))
    return day


_NEWEST = select(func.max(DeliveryEvent.id), func.count()).where(
    col(DeliveryEvent.service_id) == bindparam("service_id")
)
