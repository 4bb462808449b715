"""What a service's published plan asks of its couriers, as plain values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from mealsvc.store import Duty, Order, Plan, PlanRevision, Stop, Trip
from mealsvc.vocabulary import RevisionState

_IN_FORCE = (RevisionState.PUBLISHED, RevisionState.CLOSED)


@dataclass(frozen=True)
class PlannedStop:
    """A stop: whose order, where in the trip, when by the plan, how many portions."""

    order_id: int
    number: int
    arrives_at: datetime
    ride_seconds: int
    portions: int


@dataclass(frozen=True)
class PlannedTrip:
    """A trip of the plan."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    stops: tuple[PlannedStop, ...]


@dataclass(frozen=True)
class PlannedDuty:
    """One courier's trips."""

    courier_id: int
    trips: tuple[PlannedTrip, ...]

    @cached_property
    def orders(self) -> frozenset[int]:
        """Orders of all its stops."""
        return frozenset(stop.order_id for trip in self.trips for stop in trip.stops)


@dataclass(frozen=True)
class PlannedService:
    """The plan in force of a service; ``revision`` is None where nothing is published."""

    revision: int | None = None
    duties: tuple[PlannedDuty, ...] = ()

    @cached_property
    def orders(self) -> frozenset[int]:
        """Orders of all stops."""
        return frozenset(order for duty in self.duties for order in duty.orders)


def read_planned(session: Session, service_id: int) -> PlannedService:
    """Return the published (or closed) revision of a service's plan; empty where there is none."""
    found = revision_in_force(session, service_id)
    if found is None:
        return PlannedService()
    revision_id, number = found
    trips = _trips(session, revision_id)
    couriers = session.exec(
        select(Duty.courier_id)
        .where(col(Duty.revision_id) == revision_id)
        .order_by(col(Duty.courier_id))
    )
    return PlannedService(
        number, tuple(PlannedDuty(one, tuple(trips.get(one, ()))) for one in couriers)
    )


def revision_in_force(session: Session, service_id: int) -> tuple[int, int] | None:
    """Return id and number of the published (or closed) revision; None where there is none."""
    found = session.exec(_REVISION_IN_FORCE, params={"service_id": service_id}).first()
    return (found[0] or 0, found[1]) if found else None


_REVISION_IN_FORCE = (
    select(PlanRevision.id, PlanRevision.number)
    .join(Plan)
    .where(Plan.service_id == bindparam("service_id"), col(PlanRevision.state).in_(_IN_FORCE))
    .order_by(col(PlanRevision.number).desc())
)


def _trips(session: Session, revision_id: int) -> dict[int, list[PlannedTrip]]:
    """Return the trips of a revision by courier, read as plain columns: there are thousands."""
    stops = _stops(session, revision_id)
    query = (
        select(Duty.courier_id, Trip.id, Trip.number, Trip.loads_at)
        .add_columns(col(Trip.departs_at), col(Trip.returns_at))
        .join(Trip, col(Trip.duty_id) == Duty.id)
        .where(col(Duty.revision_id) == revision_id)
        .order_by(col(Duty.courier_id), col(Trip.number))
    )
    found: dict[int, list[PlannedTrip]] = defaultdict(list)
    for courier_id, trip_id, number, loads_at, departs_at, returns_at in session.execute(query):
        visits = tuple(stops[trip_id])
        found[courier_id].append(PlannedTrip(number, loads_at, departs_at, returns_at, visits))
    return found


def _stops(session: Session, revision_id: int) -> dict[int, list[PlannedStop]]:
    """Return the stops of a revision by the id of their trip."""
    query = (
        select(Stop.trip_id, Stop.order_id, Stop.number, Stop.arrives_at)
        .add_columns(col(Stop.ride_seconds), col(Order.portions))
        .join(Trip, col(Trip.id) == Stop.trip_id)
        .join(Duty, col(Duty.id) == Trip.duty_id)
        .join(Order, col(Order.id) == Stop.order_id)
        .where(col(Duty.revision_id) == revision_id)
        .order_by(col(Stop.trip_id), col(Stop.number))
    )
    found: dict[int, list[PlannedStop]] = defaultdict(list)
    for trip_id, *stop in session.execute(query):
        found[trip_id].append(PlannedStop(*stop))
    return found


def planned_duty(duty: Duty) -> PlannedDuty:
    """Return one duty of a plan."""
    return PlannedDuty(duty.courier_id, tuple(_trip(trip) for trip in duty.trips))


def _trip(trip: Trip) -> PlannedTrip:
    return PlannedTrip(
        number=trip.number,
        loads_at=trip.loads_at,
        departs_at=trip.departs_at,
        returns_at=trip.returns_at,
        stops=tuple(
            PlannedStop(
                order_id=stop.order_id,
                number=stop.number,
                arrives_at=stop.arrives_at,
                ride_seconds=stop.ride_seconds,
                portions=stop.order.portions,
            )
            for stop in trip.stops
        ),
    )
