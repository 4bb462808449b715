"""What managers enter about a day, within their canteens: whole sheets, corrections, steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from mealsvc.access import Caller, audit
from mealsvc.day_words import EventKind, Fate, Outcome, Source
from mealsvc.delivery.carried import read_carried
from mealsvc.delivery.office import Clerk, count_in, enter
from mealsvc.delivery.reports import Answer, Report
from mealsvc.desk.day_reach import DayReach, courier_ids
from mealsvc.desk.reach import courier_within
from mealsvc.desk.services import require_service
from mealsvc.errors import InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, service_zh


@dataclass(frozen=True)
class SheetStop:
    """A line of a sheet: the box that is ticked, the time if one is written, words, portions."""

    order: int
    outcome: Outcome
    at: datetime | None = None
    note: str | None = None
    fates: dict[Fate, int] | None = None


@dataclass(frozen=True)
class SheetTrip:
    """A trip of a sheet, with the times written on it, where there are any."""

    number: int
    stops: Sequence[SheetStop]
    departed_at: datetime | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """A courier's whole sheet as it came back.

    Attributes
    ----------
    uid
        Made by whoever keys it in; keyed in twice, it is one sheet. At most 40 characters.
    revision
        The revision that is printed on it.
    trips
        Only what is filled in: a line without a tick is left out and stays open.
    """

    uid: str
    revision: int
    trips: Sequence[SheetTrip]


def enter_reports(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    reports: Sequence[tuple[Report, str | None]],
) -> list[Answer]:
    """Append what a manager enters; each report comes with the code of a courier, or None.

    All of them are kept, or none.

    Raises
    ------
    InvalidInput, NotFound, Conflict
        As :func:`mealsvc.delivery.office.enter` has them.
    """
    with _entering(runtime, caller, day, meal) as (session, service, clerk):
        ids = courier_ids(session, (code for _, code in reports))
        told = [replace(one, courier_id=ids[code] if code else None) for one, code in reports]
        answers = enter(session, runtime.settings, service, clerk, told)
        _trail(session, clerk, service, "delivery.enter", len(answers))
    return answers


def enter_sheet(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str, sheet: Sheet
) -> list[Answer]:
    """Append what a courier's paper sheet says, whole or not at all; paper is equal.

    Raises
    ------
    NotFound
        If the courier is out of reach, or the sheet's revision gave no such trip or stop.
    InvalidInput
        If a stop stands twice on it, or something cannot be.
    """
    with _entering(runtime, caller, day, meal, Source.PAPER) as (session, service, clerk):
        found = courier_within(session, caller, courier)
        key = found.id or 0
        carried = read_carried(session, service.id or 0, key)
        told = [
            report
            for trip in sheet.trips
            for report in _lines(sheet, trip, carried.trip(sheet.revision, trip.number), key)
        ]
        if len({one.uid for one in told}) < len(told):
            raise InvalidInput(
                "a stop or trip stands twice on this sheet; enter each once",
                "同一停靠点或趟次录入了两次，请核对",
            )
        answers = enter(session, runtime.settings, service, clerk, told)
        _trail(session, clerk, service, "delivery.sheet", len(answers), courier)
    return answers


def _lines(
    sheet: Sheet, trip: SheetTrip, orders: Sequence[int], courier_id: int
) -> Iterator[Report]:
    if not orders:
        raise NotFound(
            f"revision {sheet.revision} gives this courier no trip {trip.number}; check the "
            "revision printed on the sheet",
            f"第{sheet.revision}版计划中该送餐员没有第{trip.number}趟；请核对单上的版次",
        )
    for kind, at in (
        (EventKind.DEPARTED, trip.departed_at),
        (EventKind.RETURNED, trip.returned_at),
    ):
        if at is not None:
            yield Report(
                uid=f"{sheet.uid}-{kind.value[0]}{trip.number}",
                kind=kind,
                at=at,
                courier_id=courier_id,
                trip=trip.number,
                revision=sheet.revision,
            )
    for stop in trip.stops:
        if stop.order not in orders:
            raise NotFound(
                f"order {stop.order} is not on trip {trip.number} of revision {sheet.revision}",
                f"订单 {stop.order} 不在第{sheet.revision}版第{trip.number}趟中",
            )
        line = Report(
            uid=f"{sheet.uid}-{stop.order}",
            kind=EventKind.OUTCOME,
            at=stop.at,
            courier_id=courier_id,
            order=stop.order,
            outcome=stop.outcome,
            note=stop.note,
        )
        yield line
        if stop.fates:
            uid = f"{sheet.uid}-{stop.order}-m"
            yield replace(
                line, uid=uid, kind=EventKind.ACCOUNTED, outcome=None, fates=stop.fates, note=None
            )


def carried_trips(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str, revision: int | None
) -> tuple[int, dict[int, tuple[int, ...]]]:
    """Return a courier's trips as a sheet has them: the revision, and orders by trip.

    Parameters
    ----------
    revision
        The revision that is printed on the sheet; default: the one in force.

    Raises
    ------
    NotFound
        If the courier is out of reach or has no duty in that revision.
    """
    with transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        found = courier_within(session, caller, courier)
        carried = read_carried(session, service.id or 0, found.id or 0)
    number = revision or carried.present or 0
    trips = {trip: orders for (of, trip), orders in carried.trips.items() if of == number}
    if not trips:
        raise NotFound(
            f"courier {courier} has no duty in revision {number} for {meal} of {day}; check the "
            "revision printed on the sheet",
            f"送餐员 {courier} 在{service_zh(day, meal)}第 {number} 版中没有任务；请核对单上的版次",
        )
    return number, trips


def count_kept_apart(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, uid: str, counted_uid: str
) -> Answer:
    """Count a report that was kept apart; raises NotFound where that is impossible."""
    with _entering(runtime, caller, day, meal) as (session, service, clerk):
        answer = count_in(session, service, clerk, uid, counted_uid=counted_uid)
        _trail(session, clerk, service, "delivery.count", 1)
    return answer


@contextmanager
def _entering(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, source: Source = Source.OFFICE
) -> Iterator[tuple[Session, Service, Clerk]]:
    """Open a transaction that holds the service's lock, for a manager of some of its canteens."""
    with transaction(runtime.engine) as session:
        require_service(session, day, meal)
        service, _ = one_row(session, Service, {"day": day, "meal": meal})
        gate = DayReach(session, caller, service).gate
        yield session, service, Clerk(caller.name, runtime.clock(), gate, source)


def _trail(
    session: Session, clerk: Clerk, service: Service, action: str, events: int, courier: str = ""
) -> None:
    subject = f"{service.day} {service.meal.value} {courier}".rstrip()
    audit.record(session, clerk.now, clerk.name, action, subject, events=events)
