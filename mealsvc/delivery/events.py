"""Events of a day as plain values, and how they are read from the records."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from mealsvc.day_words import (
    CaseStep,
    Condition,
    EventKind,
    Fate,
    Finding,
    NotCounted,
    Outcome,
    Source,
    StepResult,
)
from mealsvc.store import DeliveryEvent


@dataclass(frozen=True)
class Event:
    """One event of a service's day.

    Attributes
    ----------
    uid
        Made by whoever reports; two events of one uid are one.
    kind, source, reported_by
        What it tells, by phone, paper or office, and who reported it.
    happened_at
        When, by the service's clock (see :mod:`mealsvc.delivery.moments`).
    time_known
        Whether somebody told the time; otherwise ``happened_at`` is when it was received.
    received_at
        When it came in; no state depends on it.
    courier_id, order_id, trip, revision
        Whose duty, which stop, which trip of which revision, where that is told.
    outcome
        Of a stop.
    about
        Uid of the event that is replaced, taken back or answered.
    orders
        What was loaded, of a departure; which orders a return ends.
    fates
        Portions by where they went, of an accounting.
    condition, step, result, finding
        Of condition notes and of the steps and the closing of a case.
    photo
        Name of a photo's file.
    note
        What the person wrote.
    elder_id, canteen_id
        Of a meal eaten elsewhere.
    portions
        Of a meal eaten elsewhere.
    not_counted
        Why the event changes nothing; None for those that count.
    number
        Place in the order of receipt; no state depends on it.
    """

    uid: str
    kind: EventKind
    source: Source
    reported_by: str
    happened_at: datetime
    received_at: datetime
    time_known: bool = True
    courier_id: int | None = None
    order_id: int | None = None
    trip: int | None = None
    revision: int | None = None
    outcome: Outcome | None = None
    about: str | None = None
    orders: tuple[int, ...] = ()
    fates: tuple[tuple[Fate, int], ...] = ()
    condition: Condition | None = None
    step: CaseStep | None = None
    result: StepResult | None = None
    finding: Finding | None = None
    photo: str | None = None
    note: str | None = None
    elder_id: int | None = None
    canteen_id: int | None = None
    portions: int = 1
    not_counted: NotCounted | None = None
    number: int = 0

    @property
    def counts(self) -> bool:
        """Whether the event takes part in the state."""
        return self.not_counted is None


_COLUMNS = tuple(DeliveryEvent.__table__.columns)  # type: ignore[attr-defined]
"""Read without an object per row: a day has thousands."""


def event_of(row: DeliveryEvent | Row[*tuple[Any, ...]]) -> Event:
    """Return an event as the records keep it; the row may be one of plain columns."""
    detail = row.detail
    return Event(
        uid=row.uid,
        kind=row.kind,
        source=row.source,
        reported_by=row.reported_by,
        happened_at=row.happened_at,
        received_at=row.received_at,
        time_known=row.time_known,
        courier_id=row.courier_id,
        order_id=row.order_id,
        trip=row.trip,
        revision=row.revision,
        outcome=row.outcome,
        about=row.about,
        orders=tuple(detail.get("orders", ())),
        fates=tuple((Fate(fate), number) for fate, number in detail.get("fates", {}).items()),
        condition=Condition(detail["condition"]) if "condition" in detail else None,
        step=CaseStep(detail["step"]) if "step" in detail else None,
        result=StepResult(detail["result"]) if "result" in detail else None,
        finding=Finding(detail["finding"]) if "finding" in detail else None,
        photo=detail.get("photo"),
        note=row.note,
        elder_id=row.elder_id,
        canteen_id=row.canteen_id,
        portions=detail.get("portions", 1),
        not_counted=row.not_counted,
        number=row.id or 0,
    )


def read_events(
    session: Session,
    service_id: int,
    courier_id: int | None = None,
    *,
    after: int = 0,
    until: int | None = None,
    kinds: Collection[EventKind] = (),
) -> list[Event]:
    """Return the events of a service in the order of receipt, those not counted too.

    Parameters
    ----------
    session
        The transaction.
    service_id
        The service.
    courier_id
        Only what this courier's phone reported, and everything from paper and the office.
    after, until
        Only what came after the event of this number, and until the event of that one.
    kinds
        Only of these kinds; default: all.
    """
    query = select(*_COLUMNS).where(
        col(DeliveryEvent.service_id) == service_id, col(DeliveryEvent.id) > after
    )
    if until is not None:
        query = query.where(col(DeliveryEvent.id) <= until)
    if kinds:
        query = query.where(col(DeliveryEvent.kind).in_(kinds))
    if courier_id is not None:
        own = col(DeliveryEvent.courier_id) == courier_id
        query = query.where(own | (col(DeliveryEvent.source) != Source.PHONE))
    return [event_of(row) for row in session.execute(query.order_by(col(DeliveryEvent.id)))]


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events that count and were not taken back or replaced, oldest first.

    An event is void as soon as a counted event about it takes it back or replaces it: one of the
    office, or, of a phone's report, one by the same courier's phone. It stays void whatever becomes
    of that other event; to undo a correction, the report is made again. So the answer depends
    neither on the order in which events came nor on how often.

    Returns
    -------
    list of Event
        By time, then by source (phone, paper, office), then by uid.
    """
    counting = [event for event in events if event.counts]
    if len({event.uid for event in counting}) < len(counting):  # some came twice
        counting = [*set(counting)]
    counted = sorted(counting, key=event_order)
    present = {event.uid: event for event in counted}
    void = set()
    for event in counted:
        target = present.get(event.about or "")
        if target is not None and _may_replace(event, target):
            void.add(target.uid)
    return [event for event in present.values() if event.uid not in void]


def standing_after(
    before: Sequence[Event], earlier: Sequence[Event], fresh: Sequence[Event]
) -> tuple[list[Event], list[Event]]:
    """Return the standing events after some came in, and those that came or went with them.

    Parameters
    ----------
    before
        What :func:`standing` gives of ``earlier``.
    earlier
        Everything reported until then, each event once.
    fresh
        What came since, each event once and none of ``earlier``.

    Returns
    -------
    tuple of list
        What :func:`standing` gives of all of them; and in what it differs from ``before``.
    """
    counting = [event for event in fresh if event.counts]
    uids = {event.uid for event in counting}
    named = {event.about for event in counting if event.about}
    present = {
        event.uid: event
        for event in (*earlier, *counting)
        if event.counts and (event.uid in uids or event.uid in named)
    }
    naming = [event for event in earlier if event.about in uids and event.counts]
    void = {
        target.uid
        for event in (*naming, *counting)
        if (target := present.get(event.about or "")) and _may_replace(event, target)
    }
    gone = [event for event in before if event.uid in void] if void else []
    found = [event for event in before if event.uid not in void] if gone else list(before)
    came = [event for event in counting if event.uid not in void]
    for event in came:
        insort(found, event, key=event_order)
    return found, gone + came


def _may_replace(event: Event, target: Event) -> bool:
    if event.kind is not EventKind.RETRACTED and event.kind is not target.kind:
        return False  # answers such as "handled" name an event without taking it back
    if target.kind is EventKind.RETRACTED or event.uid == target.uid:
        return False
    if event.source is not Source.PHONE:
        return True
    return target.source is Source.PHONE and event.courier_id == target.courier_id


_RANK = {Source.PHONE: 0, Source.PAPER: 1, Source.OFFICE: 2}


def event_order(event: Event) -> tuple[datetime, int, str]:
    """Return by what events are ordered: time, then source, then uid."""
    return event.happened_at, _RANK[event.source], event.uid
