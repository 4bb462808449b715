"""Couriers within a caller's canteens: search, read, create, change, days away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from mealsvc.access import Caller, Detail
from mealsvc.desk.codes import Codes
from mealsvc.desk.people import note_read, person
from mealsvc.desk.reach import courier_within, require_reach
from mealsvc.errors import NotFound
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Courier, transaction
from mealsvc.store.columns import weekdays_of
from mealsvc.vocabulary import CourierKind, Mode


@dataclass(frozen=True)
class ShiftView:
    """Time that a courier offers; Monday is 0."""

    weekdays: tuple[int, ...]
    starts: time
    ends: time


@dataclass(frozen=True)
class AbsenceView:
    """Days on which a courier cannot come; the reason may tell of health, so only in full."""

    first_day: date
    last_day: date | None
    reason: str | None


@dataclass(frozen=True)
class CourierFile:
    """A courier as a role shows them; without name and phone where nobody is shown."""

    code: str
    name: str | None
    phone: str | None
    kind: CourierKind
    canteen: str | None
    mode: Mode
    boxes: int
    skills: list[str]
    max_trips: int | None
    note: str | None
    active: bool
    updated_at: datetime
    shifts: list[ShiftView]
    absences: list[AbsenceView]


def search(
    runtime: Runtime,
    caller: Caller,
    words: str = "",
    *,
    active: bool | None = True,
    limit: int,
    offset: int = 0,
) -> tuple[list[CourierFile], int]:
    """Return a page of couriers by code, and how many match.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    words
        Part of code or name, or the last digits of the phone number; only where names are shown
        in full, else it is taken for a code.
    active
        True: those who come, False: those who do so no longer, None: both.
    limit, offset
        The page.
    """
    with transaction(runtime.engine) as session:
        if words and caller.grant.detail is not Detail.FULL:
            return _by_code(session, runtime, caller, words, active)
        page = upkeep.Page(limit, offset)
        found = upkeep.search_couriers(
            session, words, canteens=caller.canteens, active=active, page=page
        )
        rows = [courier_file(session, courier, caller.grant.detail) for courier in found.items]
        note_read(session, runtime, caller, "read.couriers", f"page {offset}", len(rows))
        return rows, found.total


def _by_code(
    session: Session, runtime: Runtime, caller: Caller, code: str, active: bool | None
) -> tuple[list[CourierFile], int]:
    try:
        courier = courier_within(session, caller, code)
    except NotFound:
        return [], 0
    if active not in {None, courier.active}:
        return [], 0
    note_read(session, runtime, caller, "read.couriers", f"courier:{courier.code}", 1)
    return [courier_file(session, courier, caller.grant.detail)], 1


def read(runtime: Runtime, caller: Caller, code: str) -> CourierFile:
    """Return one courier.

    Raises
    ------
    NotFound
        If there is none, or another canteen's: which of the two is not said.
    """
    with transaction(runtime.engine) as session:
        courier = courier_within(session, caller, code)
        note_read(session, runtime, caller, "read.courier", f"courier:{code}", 1)
        return courier_file(session, courier, caller.grant.detail)


def history(
    runtime: Runtime, caller: Caller, code: str, *, limit: int, offset: int = 0
) -> tuple[Sequence[AuditEntry], int]:
    """Return who changed a courier's file and when, newest first, and how many changes there are.

    Raises
    ------
    NotFound
        If there is no such courier within reach.
    """
    with transaction(runtime.engine) as session:
        courier_within(session, caller, code)
        found = upkeep.changes_of(session, f"courier:{code}", upkeep.Page(limit, offset))
        return found.items, found.total


def create(runtime: Runtime, caller: Caller, entry: upkeep.NewCourier) -> CourierFile:
    """Open a courier's file.

    Raises
    ------
    Forbidden
        If the canteen is out of reach.
    """
    with transaction(runtime.engine) as session:
        courier = upkeep.create_courier(session, runtime, entry, actor=caller.name)
        require_reach(caller, courier.canteen_id)
        return courier_file(session, courier, caller.grant.detail)


def change(runtime: Runtime, caller: Caller, code: str, entry: upkeep.CourierEntry) -> CourierFile:
    """Change what an entry names of a courier."""
    return _changed(runtime, caller, code, upkeep.change_courier, entry)


def add_absence(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.PauseEntry
) -> CourierFile:
    """Note days on which a courier cannot come."""
    return _changed(runtime, caller, code, upkeep.add_absence, entry)


def cancel_absence(runtime: Runtime, caller: Caller, code: str, first_day: date) -> CourierFile:
    """Take back the absence that begins on a day."""
    return _changed(runtime, caller, code, upkeep.cancel_absence, first_day)


def _changed(
    runtime: Runtime,
    caller: Caller,
    code: str,
    act: Callable[..., object],
    *given: object,
) -> CourierFile:
    """Let a function of the roster's upkeep change a file within reach; return the file."""
    with transaction(runtime.engine) as session:
        courier = courier_within(session, caller, code)
        act(session, runtime, code, *given, actor=caller.name)
        require_reach(caller, courier.canteen_id)
        session.flush()
        return courier_file(session, courier, caller.grant.detail)


def courier_file(session: Session, courier: Courier, detail: Detail) -> CourierFile:
    """Return a courier as a role shows them."""
    who, full = person(courier, detail), detail is Detail.FULL
    return CourierFile(
        code=courier.code,
        name=who.name if who else None,
        phone=who.phone if who else None,
        kind=courier.kind,
        canteen=Codes(session).canteen(courier.canteen_id),
        mode=courier.mode,
        boxes=courier.boxes,
        skills=courier.skills,
        max_trips=courier.max_trips,
        note=courier.note if full else None,
        active=courier.active,
        updated_at=courier.updated_at,
        shifts=[
            ShiftView(weekdays_of(shift.weekdays), shift.starts, shift.ends)
            for shift in courier.shifts
        ],
        absences=[
            AbsenceView(away.first_day, away.last_day, away.reason if full else None)
            for away in courier.absences
        ],
    )
