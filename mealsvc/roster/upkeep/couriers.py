"""Couriers: open, change, shifts, days away."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mealsvc.errors import Conflict, NotFound
from mealsvc.roster.saving_sites import skills_with_care
from mealsvc.roster.upkeep.finding import get_canteen, get_courier
from mealsvc.roster.upkeep.inputs import CourierEntry, NewCourier, PauseEntry, ShiftEntry
from mealsvc.roster.upkeep.trail import leave_trail
from mealsvc.roster.upkeep.writing import assign_given, keep, refuse_taken
from mealsvc.runtime import Runtime
from mealsvc.store import Absence, Courier, Shift

_PLAIN = ("name", "boxes", "phone", "kind", "mode", "max_trips", "note", "active")


def create_courier(session: Session, runtime: Runtime, entry: NewCourier, *, actor: str) -> Courier:
    """Open the file of a new courier.

    Raises
    ------
    Conflict
        If the code is taken.
    NotFound
        If there is no such canteen.
    """
    refuse_taken(session, Courier, entry.code)
    canteen = get_canteen(session, entry.canteen)
    now = runtime.clock()
    courier = Courier(
        code=entry.code,
        name=entry.name,
        canteen_id=canteen.id or 0,
        boxes=entry.boxes,
        kind=entry.kind,
        mode=entry.mode,
        created_at=now,
        updated_at=now,
    )
    session.add(courier)
    _apply(session, courier, entry)
    keep(session, runtime, courier, entry, actor=actor, action="courier.create")
    return courier


def change_courier(
    session: Session, runtime: Runtime, code: str, entry: CourierEntry, *, actor: str
) -> Courier:
    """Change what the entry names; the rest stays.

    Raises
    ------
    NotFound
        If there is no such courier or canteen.
    """
    courier = get_courier(session, code)
    _apply(session, courier, entry)
    keep(session, runtime, courier, entry, actor=actor, action="courier.change")
    return courier


def _apply(session: Session, courier: Courier, entry: CourierEntry) -> None:
    given = entry.given()
    assign_given(courier, entry, _PLAIN)
    if "canteen" in given:
        courier.canteen_id = get_canteen(session, entry.canteen).id or 0
    if "care" in given:
        courier.skills = skills_with_care(courier, care=entry.care)
    if "shifts" in given:
        _replace_shifts(session, courier, entry.shifts)


def _replace_shifts(session: Session, courier: Courier, entries: list[ShiftEntry]) -> None:
    begun = [(entry.weekdays, entry.starts) for entry in entries]
    if len(set(begun)) < len(begun):
        raise Conflict(
            "two shifts begin on the same weekdays at the same time; keep one",
            "有两个班次的星期和开始时间相同，请只保留一个",
        )
    courier.shifts.clear()
    session.flush()  # the old ones must be gone before the new ones come
    courier.shifts.extend(
        Shift(weekdays=one.weekdays, starts=one.starts, ends=one.ends) for one in entries
    )


def add_absence(
    session: Session, runtime: Runtime, code: str, entry: PauseEntry, *, actor: str
) -> Absence:
    """Note days on which a courier cannot come.

    Raises
    ------
    NotFound
        If there is no such courier.
    """
    courier = get_courier(session, code)
    absence = Absence(first_day=entry.first_day, last_day=entry.last_day, reason=entry.reason)
    courier.absences.append(absence)
    session.flush()
    leave_trail(session, runtime, actor, "courier.absence", f"courier:{code}", entry)
    return absence


def cancel_absence(
    session: Session, runtime: Runtime, code: str, first_day: date, *, actor: str
) -> Courier:
    """Take back the absence that begins on a day.

    Raises
    ------
    NotFound
        If there is no such courier or absence.
    """
    courier = get_courier(session, code)
    absence = next((one for one in courier.absences if one.first_day == first_day), None)
    if absence is None:
        raise NotFound(
            f"courier {code} has no absence that begins on {first_day}",
            f"送餐员 {code} 没有从 {first_day} 开始的请假",
        )
    courier.absences.remove(absence)
    session.flush()
    day = first_day.isoformat()
    leave_trail(session, runtime, actor, "courier.absence_cancel", f"courier:{code}", day=day)
    return courier
