"""What the office enters: whole sheets, corrections, steps and closings of cases, answers to notes.

Unlike a phone's reports, which are kept whatever they say, what the office enters is taken whole or
refused with a sentence: somebody sits there and can correct it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mealsvc.day_words import EventKind, NotCounted, Source
from mealsvc.delivery.carried import read_carried
from mealsvc.delivery.cases import Case, cases_of
from mealsvc.delivery.events import Event, event_of, read_events, standing
from mealsvc.delivery.moments import EARLIEST, TOLERANCE
from mealsvc.delivery.planned import read_planned
from mealsvc.delivery.receiving import detail_of, known_events, says_the_same
from mealsvc.delivery.reports import Answer, Report, Result, cleaned
from mealsvc.delivery.state import ServiceState, service_state
from mealsvc.demand import service_hours
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.settings import Settings
from mealsvc.store import DeliveryEvent, Order, Service

type Gate = Callable[[int | None, int | None], None]
"""Raises NotFound when an order, or a courier, is out of the reach of whoever enters."""

_OF_THE_OFFICE = frozenset(EventKind) - {
    EventKind.SEEN,
    EventKind.PHOTO,
    EventKind.DINED_IN,
    EventKind.PICKED_UP,
    EventKind.UNREADABLE,
}
_TIMED = frozenset({EventKind.OUTCOME, EventKind.DEPARTED, EventKind.RETURNED})
"""Kinds whose moment is another than the moment of entering."""


@dataclass(frozen=True)
class Clerk:
    """Who enters, when, from where, and how far it reaches."""

    name: str
    now: datetime
    gate: Gate
    source: Source = Source.OFFICE


def enter(
    session: Session, settings: Settings, service: Service, clerk: Clerk, reports: Sequence[Report]
) -> list[Answer]:
    """Append what the office enters; an outcome replaces the one that counted until now.

    Parameters
    ----------
    session
        A transaction that holds the lock of the service's row.
    settings
        For the hours of the service.
    service
        The service.
    clerk
        Who enters.
    reports
        Taken in order; those known already change nothing.

    Raises
    ------
    InvalidInput
        If something lacks, or cannot be: with the id of the report.
    NotFound
        If an order, courier or report is not there or out of reach.
    Conflict
        If a case is closed already, or an id is used for something else.
    """
    desk = _Desk(session, settings, service, clerk, reports)
    return [desk.enter(report) for report in reports]


class _Desk:
    """One batch at work."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        service: Service,
        clerk: Clerk,
        reports: Sequence[Report],
    ) -> None:
        self.session, self.service, self.clerk = session, service, clerk
        self.opens = service_hours(settings, service.day, service.meal).opens
        self.zone = settings.zone
        self.known = known_events(session, service, reports)
        key = service.id or 0
        self.events = read_events(session, key)
        self.state: ServiceState = service_state(read_planned(session, key), self.events)
        self.standing = {event.uid: event for event in standing(self.events)}
        self.cases: dict[int, Case] = {case.order_id: case for case in cases_of(self.events)}

    def enter(self, report: Report) -> Answer:
        """Keep one report, or raise."""
        self._require_whole(report)
        row = self._row(report)
        before = self.known.get(row.uid)
        if before is not None:
            if says_the_same(before, row):
                return Answer(row.uid, Result.KNOWN, happened_at=before.happened_at)
            raise Conflict(
                f"report {row.uid}: this id was used for something else; use a new one",
                "编号已用于另一条记录，请刷新页面后再试",
            )
        self._check(row)
        self.session.add(row)
        self.known[row.uid] = row
        self._remember(event_of(row))
        return Answer(row.uid, Result.ACCEPTED, happened_at=row.happened_at)

    def _remember(self, event: Event) -> None:
        """Let what follows in the batch see what was entered before it."""
        self.events.append(event)
        if event.kind in {EventKind.STEP, EventKind.CLOSED, EventKind.OUTCOME}:
            self.cases = {case.order_id: case for case in cases_of(self.events)}

    def _require_whole(self, report: Report) -> None:
        lacking = report.missing()
        if report.kind not in _OF_THE_OFFICE or lacking is not None:
            raise InvalidInput(
                f"report {report.uid}: {report.kind.value} "
                + (f"needs {lacking!r}" if lacking else "is not entered by the office"),
                f"记录内容不完整（{report.kind.value}：{lacking or '不能由食堂录入'}）",
            )
        moment = report.at
        if moment and not self.opens - EARLIEST <= moment <= self.clerk.now + TOLERANCE:
            told = f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"
            raise InvalidInput(
                f"report {report.uid}: {told} is not a time of this service that has passed; "
                "correct it or leave it out",
                "填写的时间不在本餐次之内或尚未到；请更正或留空",
            )

    def _row(self, report: Report) -> DeliveryEvent:
        row = DeliveryEvent(
            service_id=self.service.id or 0,
            uid=report.uid,
            kind=report.kind,
            source=self.clerk.source,
            courier_id=report.courier_id,
            trip=report.trip,
            revision=report.revision,
            outcome=report.outcome,
            about=report.about,
            note=cleaned(report.note),
            detail=detail_of(report),
            happened_at=report.at or self.clerk.now,
            time_known=report.at is not None or report.kind not in _TIMED,
            told_at=report.at,
            received_at=self.clerk.now,
            reported_by=self.clerk.name,
        )
        if report.order is not None:
            self._of_an_order(row, report.order)
        self.clerk.gate(row.order_id, row.courier_id)
        if report.kind in {EventKind.DEPARTED, EventKind.RETURNED}:
            row.detail = {**row.detail, "orders": self._trip(report)}
        return row

    def _of_an_order(self, row: DeliveryEvent, order_id: int) -> None:
        order = self.session.get(Order, order_id)
        if order is None or order.service_id != self.service.id:
            raise NotFound(
                f"report {row.uid}: this service has no order {order_id}",
                f"本餐次没有编号为 {order_id} 的订单",
            )
        row.order_id = order_id
        stop = self.state.stop(order_id)
        if row.courier_id is None and stop is not None:
            row.courier_id = stop.courier_id
        if row.kind is not EventKind.OUTCOME or row.about is not None or stop is None:
            return
        if row.time_known or stop.outcome is not row.outcome:
            row.about = stop.outcome_uid  # what the office says replaces what counted

    def _trip(self, report: Report) -> list[int]:
        if report.courier_id is None:
            raise InvalidInput(
                f"report {report.uid}: {report.kind.value} needs a courier", "请填写送餐员"
            )
        carried = read_carried(self.session, self.service.id or 0, report.courier_id)
        orders = carried.trip(report.revision, report.trip or 0)
        if not orders:
            raise NotFound(
                f"report {report.uid}: this courier has no trip {report.trip} in that revision",
                f"该送餐员在这一版计划中没有第{report.trip}趟",
            )
        return list(orders)

    def _check(self, row: DeliveryEvent) -> None:
        """Refuse what does not fit what is there."""
        match row.kind:
            case EventKind.RETRACTED:
                self._target(row, None)
            case EventKind.HANDLED:
                self._target(row, EventKind.CONDITION)
            case EventKind.HANDED_BACK if row.courier_id is None:
                raise InvalidInput(f"report {row.uid}: whose duty? name a courier", "请填写送餐员")
            case EventKind.STEP | EventKind.CLOSED:
                self._require_open(row)
            case EventKind.ACCOUNTED:
                self._require_portions(row)

    def _target(self, row: DeliveryEvent, kind: EventKind | None) -> None:
        target = self.standing.get(row.about or "")
        if target is None or (kind is not None and target.kind is not kind):
            raise NotFound(
                f"report {row.uid}: there is no report {row.about} that counts",
                "所指的记录不存在或已不计入，请刷新",
            )
        self.clerk.gate(target.order_id, target.courier_id)

    def _require_open(self, row: DeliveryEvent) -> None:
        case = self.cases.get(row.order_id or 0)
        if case is None:
            raise Conflict(
                f"report {row.uid}: nobody reported that this door stayed shut",
                "没有人报告此处无人应门",
            )
        if case.closing is not None:
            at = case.closing.at.astimezone(self.zone)
            raise Conflict(
                f"report {row.uid}: {case.closing.by} closed this case at {at:%H:%M}; "
                "read it again",
                f"此事已由 {case.closing.by} 于 {at:%H:%M} 结案，请刷新",
            )

    def _require_portions(self, row: DeliveryEvent) -> None:
        told = sum(row.detail["fates"].values())
        order = self.session.get_one(Order, row.order_id)
        if told > order.portions:
            raise InvalidInput(
                f"report {row.uid}: {told} portions are accounted for, the order has "
                f"{order.portions}",
                f"去向合计 {told} 份，超过订单的 {order.portions} 份",
            )


def count_in(
    session: Session, service: Service, clerk: Clerk, uid: str, *, counted_uid: str
) -> Answer:
    """Count a report that was kept apart: the office says the same in its own name.

    Parameters
    ----------
    session
        A transaction that holds the lock of the service's row.
    service
        The service.
    clerk
        Who decides it.
    uid
        The report that is kept apart.
    counted_uid
        Uid of the new event.

    Raises
    ------
    NotFound
        If there is no such report, it is out of reach, or it cannot be understood.
    """
    rows = known_events(session, service, [Report(counted_uid, EventKind.RETRACTED, about=uid)])
    kept = rows.get(uid)
    if kept is None or kept.not_counted is None or kept.kind is EventKind.UNREADABLE:
        raise NotFound(
            f"there is no report {uid} that is kept apart and could be counted",
            "没有可以计入的这条记录，请刷新",
        )
    if kept.order_id is None and kept.kind is EventKind.OUTCOME:
        raise NotFound(
            f"report {uid} names no order of this courier; enter the outcome instead",
            "这条记录不属于该送餐员的任何订单；请直接录入结果",
        )
    clerk.gate(kept.order_id, kept.courier_id)
    before = rows.get(counted_uid)
    if before is not None:
        return Answer(counted_uid, Result.KNOWN, happened_at=before.happened_at)
    # What a phone dates on another day did not happen then: the moment is not known.
    possible = kept.not_counted not in {NotCounted.IN_THE_FUTURE, NotCounted.TOO_EARLY}
    copied = kept.model_dump(exclude={"id", "uid", "not_counted", "about"})
    session.add(
        DeliveryEvent(
            **{
                **copied,
                "uid": counted_uid,
                "about": uid,
                "source": clerk.source,
                "reported_by": clerk.name,
                "happened_at": kept.happened_at if possible else kept.received_at,
                "time_known": kept.time_known and possible,
                "received_at": clerk.now,
            }
        )
    )
    return Answer(counted_uid, Result.ACCEPTED, happened_at=kept.happened_at)
