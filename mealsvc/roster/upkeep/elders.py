"""One elder's file: open, change, pause, end.

Every function works in the caller's session (one request, one transaction) and leaves an audit
entry. Services that are frozen are never touched from here.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, select

from mealsvc.clock import local_date
from mealsvc.errors import Conflict
from mealsvc.roster.drafts import StandingDraft
from mealsvc.roster.keeping import assign
from mealsvc.roster.saving_elders import end_standing, put_standing
from mealsvc.roster.upkeep.choosing import site_choice
from mealsvc.roster.upkeep.finding import get_canteen, get_courier, get_elder, get_meal_point
from mealsvc.roster.upkeep.inputs import (
    AddressEntry,
    ContactEntry,
    ElderEntry,
    EndEntry,
    NewElder,
    PauseEntry,
    StandingEntry,
)
from mealsvc.roster.upkeep.places import place_by_hand
from mealsvc.roster.upkeep.trail import leave_trail
from mealsvc.roster.upkeep.writing import assign_given, keep, refuse_taken
from mealsvc.runtime import Runtime
from mealsvc.store import (
    Address,
    Contact,
    Elder,
    Pause,
)
from mealsvc.vocabulary import UnlocatedReason

_PERSON = ("name", "sex", "birth_date", "phone", "care_level", "lives_alone", "hardship")
_PLAIN = (*_PERSON, "diets", "door_note", "handover_seconds", "priority")


def today_of(runtime: Runtime) -> date:
    """Return the local day."""
    return local_date(runtime.clock(), runtime.settings.zone)


def create_elder(session: Session, runtime: Runtime, entry: NewElder, *, actor: str) -> Elder:
    """Open the file of a new elder.

    Raises
    ------
    Conflict
        If the code is taken, or the same person (name, birth date, phone) is already there.
    NotFound
        If a canteen, meal point or courier that is named does not exist.
    """
    _refuse_known(session, entry)
    now = runtime.clock()
    elder = Elder(code=entry.code, name=entry.name, created_at=now, updated_at=now)
    elder.address = Address(unlocated_reason=UnlocatedReason.MISSING)
    session.add(elder)
    _apply(session, runtime, elder, entry)
    keep(session, runtime, elder, entry, actor=actor, action="elder.create")
    return elder


def _refuse_known(session: Session, entry: NewElder) -> None:
    refuse_taken(session, Elder, entry.code)
    if entry.birth_date is None or entry.phone is None:
        return
    same = session.exec(
        select(Elder.code).where(
            Elder.name == entry.name,
            Elder.birth_date == entry.birth_date,
            Elder.phone == entry.phone,
        )
    ).first()
    if same is not None:
        raise Conflict(
            f"elder {same} has the same name, birth date and phone; one person one file: "
            "change that one instead",
            f"老人 {same} 的姓名、出生日期和电话相同（一人一档），请修改该档案",
        )


def change_elder(
    session: Session, runtime: Runtime, code: str, entry: ElderEntry, *, actor: str
) -> Elder:
    """Change what the entry names; the rest stays.

    Raises
    ------
    NotFound
        If the elder, or a canteen, meal point or courier that is named, does not exist.
    Conflict
        If standing orders are set after the service ended.
    """
    elder = get_elder(session, code)
    if elder.ended_on is not None and entry.standing:
        raise Conflict(
            f"the service of elder {code} ended on {elder.ended_on}; take it up again first",
            f"老人 {code} 的服务已于 {elder.ended_on} 终止，请先恢复服务",
        )
    _apply(session, runtime, elder, entry)
    keep(session, runtime, elder, entry, actor=actor, action="elder.change")
    return elder


def _apply(session: Session, runtime: Runtime, elder: Elder, entry: ElderEntry) -> None:
    given = entry.given()
    assign_given(elder, entry, _PLAIN)
    if entry.address is not None:
        _readdress(elder, entry.address)
    if entry.place is not None:
        place_by_hand(runtime, elder.address, entry.place)
    if "contacts" in given:
        _replace_contacts(session, elder, entry.contacts)
    for standing in entry.standing:
        _set_standing(elder, standing, today_of(runtime))
    if "courier" in given:
        courier = get_courier(session, entry.courier) if entry.courier else None
        elder.usual_courier_id = courier.id if courier else None
    if "meal_point" in given:
        point = get_meal_point(session, entry.meal_point) if entry.meal_point else None
        elder.meal_point_id = point.id if point else None
    if "canteen" in given:
        canteen = get_canteen(session, entry.canteen) if entry.canteen else None
        elder.canteen_given = canteen is not None
        elder.canteen_id = canteen.id if canteen else None
    if not elder.canteen_given:
        elder.canteen_id = site_choice(session, runtime).canteen_of(elder)


def _readdress(elder: Elder, entry: AddressEntry) -> None:
    assign(elder.address, **entry.given())


def _replace_contacts(session: Session, elder: Elder, entries: list[ContactEntry]) -> None:
    elder.contacts.clear()
    session.flush()  # the old ranks must be gone before the new ones come
    elder.contacts.extend(
        Contact(rank=rank, name=one.name, phone=one.phone, relation=one.relation)
        for rank, one in enumerate(entries, start=1)
    )


def _set_standing(elder: Elder, entry: StandingEntry, today: date) -> None:
    window = (entry.window.first, entry.window.last) if entry.window else None
    draft = StandingDraft(entry.portions, entry.way, entry.weekdays, window)
    put_standing(elder, entry.meal, draft if entry.portions else None, today)


def pause_elder(
    session: Session, runtime: Runtime, code: str, entry: PauseEntry, *, actor: str
) -> Pause:
    """Stop an elder's meals for some days (hospital, travel).

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If another pause covers some of these days.
    """
    elder = get_elder(session, code)
    for other in elder.pauses:
        begins_before_end = entry.last_day is None or other.first_day <= entry.last_day
        if begins_before_end and (other.last_day is None or other.last_day >= entry.first_day):
            until = other.last_day or "further notice"
            raise Conflict(
                f"elder {code} is already paused from {other.first_day} until {until}; "
                "end that pause first",
                f"老人 {code} 自 {other.first_day} 起已暂停用餐，请先结束该次暂停",
            )
    pause = Pause(first_day=entry.first_day, last_day=entry.last_day, reason=entry.reason)
    elder.pauses.append(pause)
    session.flush()
    leave_trail(session, runtime, actor, "elder.pause", f"elder:{code}", entry)
    return pause


def resume_elder(session: Session, runtime: Runtime, code: str, day: date, *, actor: str) -> Elder:
    """Let meals begin again on a day: pauses that reach into it end the day before.

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If no pause reaches that day.
    """
    elder = get_elder(session, code)
    reaching = [p for p in elder.pauses if p.last_day is None or p.last_day >= day]
    if not reaching:
        raise Conflict(
            f"elder {code} is not paused on or after {day}",
            f"老人 {code} 在 {day} 及以后没有暂停",
        )
    for pause in reaching:
        if pause.first_day >= day:
            elder.pauses.remove(pause)
        else:
            pause.last_day = day - timedelta(days=1)
    session.flush()
    leave_trail(session, runtime, actor, "elder.resume", f"elder:{code}", day=day.isoformat())
    return elder


def end_service(
    session: Session, runtime: Runtime, code: str, entry: EndEntry, *, actor: str
) -> Elder:
    """End an elder's service at once (death, move): standing orders and one-off changes stop.

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If the service has ended already.
    """
    elder = get_elder(session, code)
    if elder.ended_on is not None:
        raise Conflict(
            f"the service of elder {code} ended already, on {elder.ended_on}",
            f"老人 {code} 的服务已于 {elder.ended_on} 终止",
        )
    day = entry.day or today_of(runtime)
    elder.ended_on, elder.end_reason = day, entry.reason
    elder.updated_at = runtime.clock()
    for order in list(elder.standing_orders):
        if order.valid_to is None or order.valid_to >= day:
            end_standing(elder, order, day)
    elder.order_changes[:] = [change for change in elder.order_changes if change.day < day]
    session.flush()
    leave_trail(session, runtime, actor, "elder.end", f"elder:{code}", reason=entry.reason.value)
    return elder


def reopen_service(session: Session, runtime: Runtime, code: str, *, actor: str) -> Elder:
    """Take up a service that was ended by mistake, or again; standing orders must be set anew.

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If the service has not ended.
    """
    elder = get_elder(session, code)
    if elder.ended_on is None:
        raise Conflict(
            f"the service of elder {code} has not ended", f"老人 {code} 的服务没有终止，无需恢复"
        )
    elder.ended_on = elder.end_reason = None
    elder.updated_at = runtime.clock()
    session.flush()
    leave_trail(session, runtime, actor, "elder.reopen", f"elder:{code}")
    return elder
