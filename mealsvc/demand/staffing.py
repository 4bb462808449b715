"""Who carries in a service: couriers at work that day, with the time that they offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.demand.calendar import ServiceHours, seconds_of
from mealsvc.store import Absence, Courier, Shift

type Span = tuple[int, int]


@dataclass(frozen=True)
class OnShift:
    """A courier at work in a service.

    Attributes
    ----------
    courier
        The record.
    spans
        The times offered, in seconds from the start of the service, apart and in order. They begin
        not before the service; they may end after it, since the way back takes time, too.
    """

    courier: Courier
    spans: tuple[Span, ...]


def couriers_on_shift(session: Session, day: date, hours: ServiceHours) -> list[OnShift]:
    """Return the active couriers whose shift of that weekday meets the service, by id.

    Couriers away that day are left out.
    """
    query = (
        select(Courier)
        .where(col(Courier.active))
        .options(selectinload(Courier.shifts), selectinload(Courier.absences))  # type: ignore[arg-type]
        .order_by(col(Courier.id))
    )
    present = []
    for courier in session.exec(query):
        spans = _spans(courier.shifts, day, hours)
        if spans and not _is_away(courier.absences, day):
            present.append(OnShift(courier, spans))
    return present


def _is_away(absences: list[Absence], day: date) -> bool:
    return any(
        absence.first_day <= day and (absence.last_day is None or day <= absence.last_day)
        for absence in absences
    )


def _spans(shifts: list[Shift], day: date, hours: ServiceHours) -> tuple[Span, ...]:
    """Return the offered times that meet the service; shifts that touch become one."""
    offered = sorted(
        (seconds_of(shift.starts), seconds_of(shift.ends))
        for shift in shifts
        if shift.weekdays >> day.weekday() & 1
    )
    merged: list[Span] = []
    for start, end in offered:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    begin = seconds_of(hours.first)
    spans = ((max(start - begin, 0), end - begin) for start, end in merged)
    return tuple(span for span in spans if span[0] < span[1] and span[0] < hours.length)
