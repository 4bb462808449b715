"""Elders' files within a caller's canteens: search, read, create, change; the unlocated queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from mealsvc import demand
from mealsvc.access import Caller, Detail, Forbidden
from mealsvc.access.masking import mask_birth
from mealsvc.desk.codes import Codes
from mealsvc.desk.people import note_read, person
from mealsvc.errors import NotFound
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.store import Address, Contact, Elder, OrderChange, StandingOrder, transaction
from mealsvc.store.columns import weekdays_of
from mealsvc.vocabulary import CareLevel, EndReason, Hardship, Meal, MealWay, Sex, UnlocatedReason


@dataclass(frozen=True)
class ElderRow:
    """An elder in a list."""

    code: str
    name: str
    phone: str | None
    compound: str | None
    care_level: CareLevel
    lives_alone: bool
    canteen: str | None
    unlocated_reason: UnlocatedReason | None
    ended_on: date | None


@dataclass(frozen=True)
class HomeView:
    """Where an elder lives; only the compound where people are masked."""

    compound: str | None
    building: str | None
    unit: str | None
    floor: int | None
    lift: bool | None
    room: str | None
    lon: float | None
    lat: float | None
    datum: str | None
    raw_lon: str | None
    raw_lat: str | None
    unlocated_reason: UnlocatedReason | None
    unlocated_detail: str | None


@dataclass(frozen=True)
class StandingView:
    """What an elder eats on which weekdays; Monday is 0."""

    meal: Meal
    way: MealWay
    portions: int
    weekdays: tuple[int, ...]
    valid_from: date
    valid_to: date | None
    window_from: time | None
    window_to: time | None

    @classmethod
    def of(cls, order: StandingOrder) -> StandingView:
        """Return a standing order as it is shown."""
        return cls(
            meal=order.meal,
            way=order.way,
            portions=order.portions,
            weekdays=weekdays_of(order.weekdays),
            valid_from=order.valid_from,
            valid_to=order.valid_to,
            window_from=order.window_from,
            window_to=order.window_to,
        )


@dataclass(frozen=True)
class PauseView:
    """Days without meals; the reason may tell of health, so only in full."""

    first_day: date
    last_day: date | None
    reason: str | None


@dataclass(frozen=True)
class ElderFile:
    """One person, one file: everything that is known, as far as the role shows it.

    Where people are masked the birth date keeps only its year (first of January), and diets, door
    note, contacts and the address below the compound are left out.
    """

    code: str
    name: str
    sex: Sex | None
    birth_date: date | None
    phone: str | None
    care_level: CareLevel
    lives_alone: bool
    hardship: Hardship | None
    diets: list[str] | None
    door_note: str | None
    canteen: str | None
    canteen_given: bool
    meal_point: str | None
    courier: str | None
    handover_seconds: int | None
    priority: int | None
    ended_on: date | None
    end_reason: EndReason | None
    updated_at: datetime
    home: HomeView
    contacts: list[Contact]
    standing_orders: list[StandingView]
    pauses: list[PauseView]
    order_changes: list[OrderChange]


@dataclass(frozen=True)
class UnlocatedRow:
    """An elder whom no plan can serve, and what would probably help."""

    code: str
    name: str
    phone: str | None
    compound: str | None
    reason: UnlocatedReason
    detail: str | None
    neighbours: int
    suggestion: tuple[float, float] | None


def search(
    runtime: Runtime,
    caller: Caller,
    words: str = "",
    *,
    ended: bool | None = False,
    limit: int,
    offset: int = 0,
) -> tuple[list[ElderRow], int]:
    """Return a page of elders by code, and how many match.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    words
        Part of code, name or compound, or the last digits of the phone number.
    ended
        False: those served, True: those whose service ended, None: both.
    limit, offset
        The page.

    Raises
    ------
    Forbidden
        If somebody to whom people are masked searches by words: a search that finds is an answer.
    """
    if words and caller.grant.detail is not Detail.FULL:
        raise Forbidden(
            "your role sees masked names and cannot search by them; leave q out",
            "您的角色只能看到脱敏信息，不能按姓名等检索，请去掉 q",
        )
    with transaction(runtime.engine) as session:
        page = upkeep.Page(limit, offset)
        found = upkeep.search_elders(
            session, words, canteens=caller.canteens, ended=ended, page=page
        )
        codes = Codes(session)
        rows = [_row(elder, caller.grant.detail, codes) for elder in found.items]
        note_read(session, runtime, caller, "read.elders", f"page {offset}", len(rows))
        return rows, found.total


def read(runtime: Runtime, caller: Caller, code: str) -> ElderFile:
    """Return one elder's file.

    Raises
    ------
    NotFound
        If there is none, or another canteen keeps it: which of the two is not said.
    """
    with transaction(runtime.engine) as session:
        elder = _within(session, caller, code)
        note_read(session, runtime, caller, "read.elder", f"elder:{code}", 1)
        return elder_file(session, elder, caller.grant.detail)


def create(runtime: Runtime, caller: Caller, entry: upkeep.NewElder) -> ElderFile:
    """Open an elder's file.

    Raises
    ------
    Conflict, NotFound, InvalidInput
        As :func:`mealsvc.roster.upkeep.create_elder` has them.
    Forbidden
        If the file would be kept by a canteen out of reach.
    """
    with transaction(runtime.engine) as session:
        elder = upkeep.create_elder(session, runtime, entry, actor=caller.name)
        require_reach(caller, elder.canteen_id)
        return elder_file(session, elder, caller.grant.detail)


def change(runtime: Runtime, caller: Caller, code: str, entry: upkeep.ElderEntry) -> ElderFile:
    """Change what an entry names of an elder's file."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: upkeep.change_elder(session, runtime, code, entry, actor=caller.name),
    )


def pause(runtime: Runtime, caller: Caller, code: str, entry: upkeep.PauseEntry) -> ElderFile:
    """Stop an elder's meals for some days."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: upkeep.pause_elder(session, runtime, code, entry, actor=caller.name),
    )


def resume(runtime: Runtime, caller: Caller, code: str, day: date) -> ElderFile:
    """Let an elder's meals begin again on a day."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: upkeep.resume_elder(session, runtime, code, day, actor=caller.name),
    )


def end(runtime: Runtime, caller: Caller, code: str, entry: upkeep.EndEntry) -> ElderFile:
    """End an elder's service."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: upkeep.end_service(session, runtime, code, entry, actor=caller.name),
    )


def reopen(runtime: Runtime, caller: Caller, code: str) -> ElderFile:
    """Take up an elder's service again."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: upkeep.reopen_service(session, runtime, code, actor=caller.name),
    )


def change_order(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.OrderChangeEntry
) -> ElderFile:
    """Change an elder's meal on one day."""
    return _changed(
        runtime,
        caller,
        code,
        lambda session: demand.change_order(session, runtime, code, entry, actor=caller.name),
    )


def place(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.PlaceEntry | None
) -> ElderFile:
    """Put an elder's home on the map: at a place, or (``None``) where its compound is."""

    def put(session: Session) -> object:
        if entry is None:
            return upkeep.place_by_compound(session, runtime, code, actor=caller.name)
        return upkeep.set_place(session, runtime, code, entry, actor=caller.name)

    return _changed(runtime, caller, code, put)


def unlocated(
    runtime: Runtime, caller: Caller, *, limit: int, offset: int = 0
) -> tuple[list[UnlocatedRow], int]:
    """Return a page of the elders whom no plan can serve, by code, and how many there are."""
    with transaction(runtime.engine) as session:
        page = upkeep.Page(limit, offset)
        found = upkeep.unlocated_elders(session, canteens=caller.canteens, page=page)
        rows = [_unlocated_row(one, caller.grant.detail) for one in found.items]
        note_read(session, runtime, caller, "read.unlocated", f"page {offset}", len(rows))
        return rows, found.total


def require_reach(caller: Caller, canteen_id: int | None) -> None:
    """Refuse a change after which the record would belong to a canteen out of reach.

    Raises
    ------
    Forbidden
        And with it the whole transaction.
    """
    if not caller.sees(canteen_id):
        raise Forbidden(
            "this would belong to a canteen that you do not keep; name one of yours",
            "该记录将归属其他食堂；请填写您负责的食堂",
        )


def _within(session: Session, caller: Caller, code: str) -> Elder:
    elder = upkeep.get_elder(session, code)
    if not caller.sees(elder.canteen_id):
        raise NotFound(f"there is no elder {code}; check the code")
    return elder


def _changed(
    runtime: Runtime, caller: Caller, code: str, act: Callable[[Session], object]
) -> ElderFile:
    with transaction(runtime.engine) as session:
        elder = _within(session, caller, code)
        act(session)
        require_reach(caller, elder.canteen_id)
        session.flush()
        return elder_file(session, elder, caller.grant.detail)


def _row(elder: Elder, detail: Detail, codes: Codes) -> ElderRow:
    who = person(elder, detail)
    return ElderRow(
        code=elder.code,
        name=who.name if who else "",
        phone=who.phone if who else None,
        compound=elder.address.compound,
        care_level=elder.care_level,
        lives_alone=elder.lives_alone,
        canteen=codes.canteen(elder.canteen_id),
        unlocated_reason=elder.address.unlocated_reason,
        ended_on=elder.ended_on,
    )


def _unlocated_row(one: upkeep.UnlocatedElder, detail: Detail) -> UnlocatedRow:
    who = person(one.elder, detail)
    full = detail is Detail.FULL
    return UnlocatedRow(
        code=one.elder.code,
        name=who.name if who else "",
        phone=who.phone if who else None,
        compound=one.elder.address.compound,
        reason=one.reason,
        detail=one.detail if full else None,
        neighbours=one.neighbours,
        suggestion=one.suggestion if full else None,
    )


def elder_file(session: Session, elder: Elder, detail: Detail) -> ElderFile:
    """Return an elder's file as a role shows it."""
    full, codes, who = detail is Detail.FULL, Codes(session), person(elder, detail)
    return ElderFile(
        code=elder.code,
        name=who.name if who else "",
        sex=elder.sex,
        birth_date=elder.birth_date if full else mask_birth(elder.birth_date),
        phone=who.phone if who else None,
        care_level=elder.care_level,
        lives_alone=elder.lives_alone,
        hardship=elder.hardship,
        diets=elder.diets if full else None,
        door_note=elder.door_note if full else None,
        canteen=codes.canteen(elder.canteen_id),
        canteen_given=elder.canteen_given,
        meal_point=codes.meal_point(elder.meal_point_id),
        courier=codes.courier(elder.usual_courier_id),
        handover_seconds=elder.handover_seconds,
        priority=elder.priority,
        ended_on=elder.ended_on,
        end_reason=elder.end_reason,
        updated_at=elder.updated_at,
        home=_home(elder.address, full=full),
        contacts=list(elder.contacts) if full else [],
        standing_orders=[StandingView.of(one) for one in elder.standing_orders],
        pauses=[
            PauseView(one.first_day, one.last_day, one.reason if full else None)
            for one in elder.pauses
        ],
        order_changes=list(elder.order_changes),
    )


def _home(address: Address, *, full: bool) -> HomeView:
    return HomeView(
        compound=address.compound,
        building=address.building if full else None,
        unit=address.unit if full else None,
        floor=address.floor if full else None,
        lift=address.lift if full else None,
        room=address.room if full else None,
        lon=address.lon if full else None,
        lat=address.lat if full else None,
        datum=address.datum if full else None,
        raw_lon=address.raw_lon if full else None,
        raw_lat=address.raw_lat if full else None,
        unlocated_reason=address.unlocated_reason,
        unlocated_detail=address.unlocated_detail if full else None,
    )
