"""What is shown of an elder's file, whole or masked, as the caller's role allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from mealsvc.access import Detail
from mealsvc.access.masking import mask_birth
from mealsvc.desk.codes import Codes
from mealsvc.desk.people import person
from mealsvc.roster import upkeep
from mealsvc.roster.guessing import Guess, GuessKind, guess_of
from mealsvc.roster.places import Box
from mealsvc.store import Address, Canteen, Contact, Elder, OrderChange, StandingOrder
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
    """An elder whom no plan can serve, and what would probably help.

    ``guess`` is where the home probably is, for a map to open at; only where people are shown in
    full.
    """

    code: str
    name: str
    phone: str | None
    compound: str | None
    canteen: str | None
    reason: UnlocatedReason
    detail: str | None
    neighbours: int
    suggestion: tuple[float, float] | None
    guess: Guess | None


def elder_row(elder: Elder, detail: Detail, codes: Codes) -> ElderRow:
    """Return an elder's line in a list."""
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


def unlocated_row(
    session: Session, one: upkeep.UnlocatedElder, detail: Detail, area: Box
) -> UnlocatedRow:
    """Return an elder's line in the unlocated queue."""
    who = person(one.elder, detail)
    full = detail is Detail.FULL
    return UnlocatedRow(
        code=one.elder.code,
        name=who.name if who else "",
        phone=who.phone if who else None,
        compound=one.elder.address.compound,
        canteen=Codes(session).canteen(one.elder.canteen_id),
        reason=one.reason,
        detail=one.detail if full else None,
        neighbours=one.neighbours,
        suggestion=one.suggestion if full else None,
        guess=_guess(session, one, area) if full else None,
    )


def _guess(session: Session, one: upkeep.UnlocatedElder, area: Box) -> Guess | None:
    found = guess_of(one.elder.address, one.suggestion, area)
    if found is not None or one.elder.canteen_id is None:
        return found
    canteen = session.get_one(Canteen, one.elder.canteen_id)
    if canteen.lon is None or canteen.lat is None:
        return None
    return Guess(GuessKind.CANTEEN, (canteen.lon, canteen.lat))


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
