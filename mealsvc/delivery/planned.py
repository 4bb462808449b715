"""What a service's published plan asks of its couriers, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import defer, selectinload
from sqlmodel import Session, col, select

from mealsvc.store import Duty, Plan, PlanRevision, Stop, Trip
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


@dataclass(frozen=True)
class PlannedService:
    """The plan in force of a service; ``revision`` is None where nothing is published."""

    revision: int | None = None
    duties: tuple[PlannedDuty, ...] = ()


def read_planned(session: Session, service_id: int) -> PlannedService:
    """Return the published (or closed) revision of a service's plan; empty where there is none."""
    stops = (
        selectinload(PlanRevision.duties)  # type: ignore[arg-type]
        .selectinload(Duty.trips)  # type: ignore[arg-type]
        .selectinload(Trip.stops)  # type: ignore[arg-type]
        .selectinload(Stop.order)  # type: ignore[arg-type]
    )
    revision = session.exec(
        select(PlanRevision)
        .join(Plan)
        .where(Plan.service_id == service_id, col(PlanRevision.state).in_(_IN_FORCE))
        .options(
            stops,
            defer(PlanRevision.instance),  # type: ignore[arg-type]
            defer(PlanRevision.explanation),  # type: ignore[arg-type]
        )
        .order_by(col(PlanRevision.number).desc())
    ).first()
    if revision is None:
        return PlannedService()
    return PlannedService(revision.number, tuple(planned_duty(duty) for duty in revision.duties))


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
