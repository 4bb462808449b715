"""Receiving reports: each is kept once, counted or kept apart with the reason, and answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, func, select

from mealsvc.day_words import EventKind, NotCounted, Source
from mealsvc.delivery.carried import read_carried
from mealsvc.delivery.moments import clock_offset, placed
from mealsvc.delivery.reports import (
    ID_REUSED,
    MOVED,
    TOO_MANY,
    WHY,
    Advice,
    Answer,
    Report,
    Result,
    UnreadableReport,
    cleaned,
    clock_sentence,
)
from mealsvc.demand import service_hours
from mealsvc.sentences import Sentence
from mealsvc.settings import Settings
from mealsvc.store import DeliveryEvent, Service

MOST_EVENTS = 2000
"""Reports that are kept of one courier in one service; a duty has some dozen stops."""

_OF_COURIERS = frozenset(
    {
        EventKind.DEPARTED,
        EventKind.RETURNED,
        EventKind.OUTCOME,
        EventKind.RETRACTED,
        EventKind.ACCOUNTED,
        EventKind.CONDITION,
        EventKind.HANDED_BACK,
        EventKind.SEEN,
        EventKind.STEP,
    }
)


@dataclass(frozen=True)
class Sender:
    """Who reports from a phone.

    Attributes
    ----------
    courier_id
        The courier whose link or sign-in it is.
    name
        Whom the event names.
    ended
        Why nothing of this sender counts any more: link withdrawn or duty over; else None.
    """

    courier_id: int
    name: str
    ended: NotCounted | None = None


@dataclass(frozen=True)
class Batch:
    """Reports sent together: when by the phone's clock, received when by the service's."""

    reports: Sequence[Report | UnreadableReport]
    sent_at: datetime
    received_at: datetime


def receive(
    session: Session, settings: Settings, service: Service, sender: Sender, batch: Batch
) -> list[Answer]:
    """Append what a courier's phone reports, in order, and answer each report.

    Parameters
    ----------
    session
        A transaction that has written nothing yet. It takes the lock of the service's row, so that
        reports of one service are numbered in the order in which they become visible; others wait
        for it, so what no report changes is read before.
    settings
        For the hours of the service.
    service
        The service that all of them are about.
    sender
        Who reports.
    batch
        The reports; those known already change nothing.
    """
    desk = _Receiver(session, settings, service, sender, batch)
    return [desk.take(report) for report in batch.reports]


class _Receiver:
    """One batch at work."""

    def __init__(
        self, session: Session, settings: Settings, service: Service, sender: Sender, batch: Batch
    ) -> None:
        self.session, self.service, self.sender, self.batch = session, service, sender, batch
        self.opens = service_hours(settings, service.day, service.meal).opens
        self.offset = clock_offset(batch.sent_at, batch.received_at)
        self.carried = read_carried(session, service.id or 0, sender.courier_id)
        lock(session, service)
        self.known = known_events(session, service, batch.reports)
        self.room = MOST_EVENTS - _count(session, service, sender.courier_id)

    def take(self, report: Report | UnreadableReport) -> Answer:
        """Keep one report and answer it."""
        row, why = self._row(report)
        before = self.known.get(row.uid)
        if before is not None:
            own = before.courier_id == row.courier_id
            same = own and says_the_same(before, row)
            return _known_answer(before) if same else _refused(row, ID_REUSED)
        if self.room <= 0:
            return _refused(row, TOO_MANY, "too_many")
        self.room -= 1
        row.not_counted = why
        self.session.add(row)
        self.known[row.uid] = row
        if why is not None:
            return Answer(row.uid, Result.NOT_COUNTED, why.value, WHY[why], row.happened_at)
        sentence, advice = self._advice(row)
        return Answer(row.uid, Result.ACCEPTED, None, sentence, row.happened_at, advice)

    def _advice(self, row: DeliveryEvent) -> tuple[Sentence | None, Advice | None]:
        if row.order_id is not None and row.order_id not in self.carried.now:
            return MOVED, Advice.STOP_MOVED
        if self.offset != timedelta(0):
            return clock_sentence(self.offset), Advice.CLOCK_CORRECTED
        return None, None

    def _row(self, report: Report | UnreadableReport) -> tuple[DeliveryEvent, NotCounted | None]:
        blank = DeliveryEvent(
            service_id=self.service.id or 0,
            uid=report.uid,
            kind=EventKind.UNREADABLE,
            source=Source.PHONE,
            courier_id=self.sender.courier_id,
            happened_at=self.batch.received_at,
            time_known=False,
            sent_at=self.batch.sent_at,
            received_at=self.batch.received_at,
            reported_by=self.sender.name,
        )
        if isinstance(report, UnreadableReport):
            blank.detail = {"raw": report.raw}
            return blank, NotCounted.UNREADABLE
        lacking = report.missing()
        if lacking is not None or report.at is None or report.kind not in _OF_COURIERS:
            blank.detail = {"raw": f"{report.kind.value}: {lacking or 'at'}"}
            known = report.kind in _OF_COURIERS
            return blank, NotCounted.UNREADABLE if known else NotCounted.NOT_FOR_COURIERS
        return self._filled(blank, report, report.at)

    def _filled(
        self, row: DeliveryEvent, report: Report, told_at: datetime
    ) -> tuple[DeliveryEvent, NotCounted | None]:
        row.kind, row.outcome = report.kind, report.outcome
        row.about, row.note = report.about, cleaned(report.note)
        row.trip, row.revision = report.trip, report.revision
        row.told_at, row.time_known, row.detail = told_at, True, detail_of(report)
        row.happened_at, misplaced = placed(
            report.kind,
            told_at,
            self.offset,
            opens=self.opens,
            received_at=self.batch.received_at,
        )
        strange = self._strange(row, report)
        return row, self.sender.ended or strange or misplaced

    def _strange(self, row: DeliveryEvent, report: Report) -> NotCounted | None:
        """Fill in which orders a report is about, or return why it is none of the sender's."""
        if report.kind in {EventKind.DEPARTED, EventKind.RETURNED}:
            trip = self.carried.trip(report.revision, report.trip or 0)
            row.detail = {**row.detail, "orders": list(trip)}
            return None if trip else NotCounted.NOT_YOUR_STOP
        if report.about is not None and not self._own(report.about):
            return NotCounted.NOT_YOUR_REPORT
        if report.order is None:
            return None
        if report.order not in self.carried.ever:
            row.detail = {**row.detail, "order": report.order}
            return NotCounted.NOT_YOUR_STOP
        row.order_id = report.order
        return None

    def _own(self, uid: str) -> bool:
        target = self.known.get(uid)  # what has not come in yet is judged by the state
        own = (Source.PHONE, self.sender.courier_id)
        return target is None or (target.source, target.courier_id) == own


def detail_of(report: Report) -> dict[str, object]:
    """Return the part of a report that is kept as JSON."""
    words = {
        "condition": report.condition,
        "step": report.step,
        "result": report.result,
        "finding": report.finding,
    }
    detail: dict[str, object] = {name: word.value for name, word in words.items() if word}
    if report.fates:
        detail["fates"] = {fate.value: number for fate, number in report.fates.items()}
    return detail


def lock(session: Session, service: Service) -> None:
    """Make others who report on a service wait until the transaction ends."""
    # SQLite knows no lock of a row, and takes its write lock with the first change.
    session.execute(_LOCK, {"service_id": service.id})


_LOCK = (
    update(Service)
    .where(col(Service.id) == bindparam("service_id"))
    .values(frozen_at=Service.frozen_at)
    .execution_options(synchronize_session=False)
)


def known_events(
    session: Session, service: Service, reports: Iterable[Report | UnreadableReport]
) -> dict[str, DeliveryEvent]:
    """Return, by uid, the events that reports repeat or name."""
    uids = {report.uid for report in reports}
    uids |= {one.about for one in reports if isinstance(one, Report) and one.about}
    rows = session.execute(_KNOWN, {"service_id": service.id, "uids": uids}).scalars()
    return {row.uid: row for row in rows}


_KNOWN = select(DeliveryEvent).where(
    col(DeliveryEvent.service_id) == bindparam("service_id"),
    col(DeliveryEvent.uid).in_(bindparam("uids", expanding=True)),
)


def _count(session: Session, service: Service, courier_id: int) -> int:
    asked = {"service_id": service.id, "courier_id": courier_id}
    number: int = session.execute(_NUMBER, asked).scalar_one()
    return number


_NUMBER = select(func.count()).where(
    col(DeliveryEvent.service_id) == bindparam("service_id"),
    col(DeliveryEvent.courier_id) == bindparam("courier_id"),
)


def says_the_same(before: DeliveryEvent, row: DeliveryEvent) -> bool:
    """Return whether two reports of one uid are one report.

    Only what was told is compared, not what was filled in from the plan when it came.
    """
    return _said(before) == _said(row)


def _said(row: DeliveryEvent) -> tuple[object, ...]:
    told = {name: value for name, value in row.detail.items() if name not in {"orders", "order"}}
    order_id = row.order_id or row.detail.get("order")
    return row.kind, row.outcome, order_id, row.trip, row.told_at, row.note, told


def _known_answer(row: DeliveryEvent) -> Answer:
    why = row.not_counted
    sentence = WHY[why] if why else None
    return Answer(row.uid, Result.KNOWN, why.value if why else None, sentence, row.happened_at)


def _refused(row: DeliveryEvent, sentence: Sentence, reason: str = "id_reused") -> Answer:
    return Answer(row.uid, Result.REFUSED, reason, sentence)
