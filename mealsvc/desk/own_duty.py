"""A courier's own duty: loads, stops, phones and notes, while it is current and no longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import bindparam
from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import Session, col, select

from mealsvc.access import Caller, audit, current_duty
from mealsvc.access.links import PublishedDuty, duty_ends
from mealsvc.day_words import EventKind, Fate, Outcome, StopStatus, TripStatus
from mealsvc.delivery import (
    DutyState,
    Event,
    PlannedService,
    StopState,
    TripState,
    read_events,
    standing,
)
from mealsvc.delivery.following import follow
from mealsvc.delivery.planned import PlannedDuty, planned_duty
from mealsvc.delivery.state import state_of
from mealsvc.desk.navigation import NavigationPlace, navigation_place
from mealsvc.desk.own_case import OwnCase, own_cases
from mealsvc.roster.short_names import short_name
from mealsvc.runtime import Runtime
from mealsvc.sheets.last_changes import last_changes
from mealsvc.store import (
    Canteen,
    Courier,
    Duty,
    Elder,
    Order,
    Stop,
    Trip,
    transaction,
)
from mealsvc.vocabulary import Meal, Mode, OrderKind


@dataclass(frozen=True)
class ContactView:
    """Whom to call when nobody opens."""

    name: str
    phone: str | None
    relation: str | None


@dataclass(frozen=True)
class DoorView:
    """A stop as the courier needs it at the door, and what was reported of it.

    ``order`` is what reports name the stop by; ``outcome_uid`` is the report that counts; ``fates``
    are portions by where they went, ``given_to`` to whom.
    """

    order: int
    kind: OrderKind
    number: int
    arrives_at: datetime
    ride_seconds: int
    inside_circle: bool
    name: str
    short_name: str
    address: str
    compound: str | None
    building: str | None
    unit: str | None
    room: str | None
    floor: int | None
    lift: bool | None
    phone: str | None
    door_note: str | None
    portions: int
    diets: list[str]
    needs: list[str]
    window_from: time | None
    window_to: time | None
    contacts: list[ContactView]
    place: NavigationPlace | None
    status: StopStatus
    outcome: Outcome | None
    outcome_uid: str | None
    outcome_at: datetime | None
    fates: dict[Fate, int]
    given_to: str | None
    case: OwnCase | None


@dataclass(frozen=True)
class SpecialLoad:
    """A box that must not be mixed up: whose it is and what diet."""

    name: str
    portions: int
    diets: list[str]


@dataclass(frozen=True)
class LoadedTrip:
    """A trip: what to load, when to leave, where to stop, and how far it is by the reports."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    portions: int
    specials: list[SpecialLoad]
    status: TripStatus
    departed_at: datetime | None
    returned_at: datetime | None
    stops: list[DoorView]


@dataclass(frozen=True)
class LoadingPlace:
    """Where the trips begin and end."""

    name: str
    phone: str | None
    address: str | None
    place: NavigationPlace | None


@dataclass(frozen=True)
class OwnDuty:
    """A courier's duty of one service, as published, with what was reported so far.

    Attributes
    ----------
    readable_until
        When it stops being current.
    seen_revision
        Newest revision that the courier confirmed as seen.
    changed_in
        Newest revision that changed the duty, to be confirmed; None: none did.
    handed_back_at
        Since when the courier cannot go on.
    no_answer_minutes
        When nobody opens: minutes until each step is due, and the closing.
    """

    day: date
    meal: Meal
    revision: int
    courier: str
    courier_name: str
    canteen: str
    mode: Mode
    loading: LoadingPlace
    readable_until: datetime
    status: TripStatus
    seen_revision: int | None
    changed_in: int | None
    handed_back_at: datetime | None
    no_answer_minutes: tuple[int, int, int, int]
    trips: list[LoadedTrip]


@dataclass(frozen=True)
class DutyNow:
    """What a phone asks again and again: the revision in force, and until when it can be read.

    It names nobody, so asking leaves no trail.
    """

    day: date
    meal: Meal
    revision: int
    seen_revision: int | None
    handed_back_at: datetime | None
    readable_until: datetime
    now: datetime


def own_duty(runtime: Runtime, caller: Caller) -> OwnDuty:
    """Return the current duty of a courier's user or link, and note that it was read.

    Raises
    ------
    LinkEnded, NotFound
        As :func:`mealsvc.access.current_duty` has them.
    """
    with transaction(runtime.engine) as session:
        current = current_duty(session, runtime, caller.identity)
        duty = _whole(session, current.duty)
        # The state is that of the very revision that is shown, whatever is published meanwhile.
        service_id = current.service.id or 0
        events = follow(session, service_id).standing
        changed = last_changes(session, service_id, until=current.revision)
        state = _state(current.revision, planned_duty(duty), events)
        shown = _own_duty(runtime, replace(current, duty=duty), changed, state, own_cases(events))
        _note(session, runtime, caller, shown)
    return shown


def duty_now(runtime: Runtime, caller: Caller) -> DutyNow:
    """Return what a phone polls of its courier's current duty; raises as :func:`own_duty`."""
    with transaction(runtime.engine) as session:
        current = current_duty(session, runtime, caller.identity)
        service, courier_id = current.service, current.duty.courier_id
        events = read_events(session, service.id or 0, courier_id, kinds=_OF_DUTIES)
        state = _state(current.revision, PlannedDuty(courier_id, ()), standing(events))
        return DutyNow(
            day=service.day,
            meal=service.meal,
            revision=current.revision,
            seen_revision=state.seen,
            handed_back_at=state.handed_back_at,
            readable_until=duty_ends(runtime.settings, service),
            now=runtime.clock(),
        )


#: What tells of a duty and not of its stops, and what takes that back.
_OF_DUTIES = (EventKind.SEEN, EventKind.HANDED_BACK, EventKind.RETRACTED)


def _whole(session: Session, duty: Duty) -> Duty:
    """Return a duty with its trips, stops and doors, read at once and not door by door."""
    whole: Duty = session.execute(_WHOLE, {"duty_id": duty.id}).scalar_one()
    return whole


_STOPS = selectinload(Duty.trips).selectinload(Trip.stops)  # type: ignore[arg-type]
_DOORS = _STOPS.joinedload(Stop.order).joinedload(Order.elder)  # type: ignore[arg-type]
_WHOLE = (
    select(Duty)
    .where(col(Duty.id) == bindparam("duty_id"))
    .options(
        joinedload(Duty.courier).joinedload(Courier.canteen),  # type: ignore[arg-type]
        _DOORS.joinedload(Elder.address),  # type: ignore[arg-type]
        _DOORS.selectinload(Elder.contacts),  # type: ignore[arg-type]
    )
)


def _state(number: int, planned: PlannedDuty, events: list[Event]) -> DutyState:
    """Return the state of one duty; what others report of other doors has no part in it."""
    orders = {stop.order_id for trip in planned.trips for stop in trip.stops}
    about = [
        event
        for event in events
        if event.courier_id == planned.courier_id
        or event.order_id in orders
        or not orders.isdisjoint(event.orders)
    ]
    return state_of(PlannedService(number, (planned,)), about).duties[0]


def _note(session: Session, runtime: Runtime, caller: Caller, shown: OwnDuty) -> None:
    subject = f"{shown.day} {shown.meal.value} {shown.courier}"
    people = sum(len(trip.stops) for trip in shown.trips)
    audit.record(session, runtime.clock(), caller.name, "read.own_duty", subject, people=people)


def _own_duty(
    runtime: Runtime,
    current: PublishedDuty,
    changed: Mapping[int, int],
    state: DutyState,
    cases: Mapping[int, OwnCase],
) -> OwnDuty:
    duty, service = current.duty, current.service
    canteen = duty.courier.canteen
    return OwnDuty(
        day=service.day,
        meal=service.meal,
        revision=current.revision,
        courier=duty.courier.code,
        courier_name=duty.courier.name,
        canteen=canteen.name,
        mode=duty.courier.mode,
        loading=_loading(canteen),
        readable_until=duty_ends(runtime.settings, service),
        status=state.status,
        seen_revision=state.seen,
        changed_in=changed.get(duty.courier_id),
        handed_back_at=state.handed_back_at,
        no_answer_minutes=runtime.settings.no_answer_minutes,
        trips=[_trip(*pair, cases) for pair in zip(duty.trips, state.trips, strict=True)],
    )


def _loading(canteen: Canteen) -> LoadingPlace:
    place = navigation_place(canteen.lon, canteen.lat)
    return LoadingPlace(canteen.name, canteen.phone, canteen.address, place)


def _trip(trip: Trip, state: TripState, cases: Mapping[int, OwnCase]) -> LoadedTrip:
    orders = [stop.order for stop in trip.stops]
    return LoadedTrip(
        number=trip.number,
        loads_at=trip.loads_at,
        departs_at=trip.departs_at,
        returns_at=trip.returns_at,
        portions=sum(order.portions for order in orders),
        specials=[
            SpecialLoad(_name(order), order.portions, order.diets)
            for order in orders
            if order.diets
        ],
        status=state.status,
        departed_at=state.departed_at,
        returned_at=state.returned_at,
        stops=[_door(*pair, cases) for pair in zip(trip.stops, state.stops, strict=True)],
    )


def _name(order: Order) -> str:
    if order.elder is not None:
        return order.elder.name
    return order.meal_point.name if order.meal_point else ""


def _door(stop: Stop, state: StopState, cases: Mapping[int, OwnCase]) -> DoorView:
    order, elder = stop.order, stop.order.elder
    place = elder.address if elder else None
    point = order.meal_point
    where = place or point
    return DoorView(
        order=stop.order_id,
        kind=order.kind,
        number=stop.number,
        arrives_at=stop.arrives_at,
        ride_seconds=stop.ride_seconds,
        inside_circle=stop.inside_circle,
        name=_name(order),
        short_name=short_name(elder.name, elder.sex) if elder else _name(order),
        compound=place.compound if place else None,
        building=place.building if place else None,
        unit=place.unit if place else None,
        room=place.room if place else None,
        address=place.text if place else ((point.address if point else None) or ""),
        floor=place.floor if place else None,
        lift=place.lift if place else None,
        phone=elder.phone if elder else None,
        door_note=elder.door_note if elder else order.note,
        portions=order.portions,
        diets=order.diets,
        needs=order.needs,
        window_from=order.window_from,
        window_to=order.window_to,
        contacts=_contacts(elder),
        place=navigation_place(where.lon, where.lat) if where else None,
        status=state.status,
        outcome=state.outcome,
        outcome_uid=state.outcome_uid,
        outcome_at=state.at,
        fates=dict(state.fates),
        given_to=state.given_to,
        case=cases.get(stop.order_id),
    )


def _contacts(elder: Elder | None) -> list[ContactView]:
    found = elder.contacts if elder else []
    return [ContactView(contact.name, contact.phone, contact.relation) for contact in found]
