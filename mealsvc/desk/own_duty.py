"""A courier's own duty: loads, stops, phones and notes, while it is current and no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mealsvc.access import Caller, audit, current_duty
from mealsvc.access.links import duty_ends
from mealsvc.runtime import Runtime
from mealsvc.store import Duty, Elder, Order, Stop, Trip, transaction
from mealsvc.vocabulary import Meal


@dataclass(frozen=True)
class ContactView:
    """Whom to call when nobody opens."""

    name: str
    phone: str | None
    relation: str | None


@dataclass(frozen=True)
class DoorView:
    """A stop as the courier needs it at the door."""

    number: int
    arrives_at: datetime
    ride_seconds: int
    inside_circle: bool
    name: str
    address: str
    floor: int | None
    lift: bool | None
    phone: str | None
    door_note: str | None
    portions: int
    diets: list[str]
    contacts: list[ContactView]


@dataclass(frozen=True)
class SpecialLoad:
    """A box that must not be mixed up: whose it is and what diet."""

    name: str
    portions: int
    diets: list[str]


@dataclass(frozen=True)
class LoadedTrip:
    """A trip: what to load, when to leave, where to stop."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    portions: int
    specials: list[SpecialLoad]
    stops: list[DoorView]


@dataclass(frozen=True)
class OwnDuty:
    """A courier's duty of one service, as published.

    Attributes
    ----------
    readable_until
        When it stops being current.
    """

    day: date
    meal: Meal
    revision: int
    courier: str
    courier_name: str
    canteen: str
    readable_until: datetime
    trips: list[LoadedTrip]


def own_duty(runtime: Runtime, caller: Caller) -> OwnDuty:
    """Return the current duty of a courier's user or link, and note that it was read.

    Raises
    ------
    LinkEnded, NotFound
        As :func:`mealsvc.access.current_duty` has them.
    """
    with transaction(runtime.engine) as session:
        duty = current_duty(session, runtime, caller.identity)
        shown = _own_duty(runtime, duty)
        _note(session, runtime, caller, shown)
        return shown


def _note(session: Session, runtime: Runtime, caller: Caller, shown: OwnDuty) -> None:
    subject = f"{shown.day} {shown.meal.value} {shown.courier}"
    people = sum(len(trip.stops) for trip in shown.trips)
    audit.record(session, runtime.clock(), caller.name, "read.own_duty", subject, people=people)


def _own_duty(runtime: Runtime, duty: Duty) -> OwnDuty:
    service = duty.revision.plan.service
    return OwnDuty(
        day=service.day,
        meal=service.meal,
        revision=duty.revision.number,
        courier=duty.courier.code,
        courier_name=duty.courier.name,
        canteen=duty.courier.canteen.name,
        readable_until=duty_ends(runtime.settings, service),
        trips=[_trip(trip) for trip in duty.trips],
    )


def _trip(trip: Trip) -> LoadedTrip:
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
        stops=[_door(stop) for stop in trip.stops],
    )


def _name(order: Order) -> str:
    if order.elder is not None:
        return order.elder.name
    return order.meal_point.name if order.meal_point else ""


def _door(stop: Stop) -> DoorView:
    order, elder = stop.order, stop.order.elder
    place = elder.address if elder else None
    point = order.meal_point
    return DoorView(
        number=stop.number,
        arrives_at=stop.arrives_at,
        ride_seconds=stop.ride_seconds,
        inside_circle=stop.inside_circle,
        name=_name(order),
        address=place.text if place else ((point.address if point else None) or ""),
        floor=place.floor if place else None,
        lift=place.lift if place else None,
        phone=elder.phone if elder else None,
        door_note=elder.door_note if elder else order.note,
        portions=order.portions,
        diets=order.diets,
        contacts=_contacts(elder),
    )


def _contacts(elder: Elder | None) -> list[ContactView]:
    found = elder.contacts if elder else []
    return [ContactView(contact.name, contact.phone, contact.relation) for contact in found]
