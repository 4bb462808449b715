"""What was planned before, as a start for the search: this service's own plan, else a recent one.

Elders and couriers are mostly the same from day to day. A search that starts from a plan made
before is good sooner, never dearer than that plan as far as it still fits, and brings people
whom they know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

import routing
from mealsvc.demand import service_hours
from mealsvc.planning import read
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.instance import Problem
from mealsvc.settings import Settings
from mealsvc.store import Duty, Order, Plan, PlanRevision, Service, Stop, Trip

LOOK_BACK = timedelta(days=14)
"""How old a plan of another service may be; before, too much has changed."""

type Wish = tuple[int | None, int | None, int]
"""Who an order is for, the same in every service: an elder, or a meal point and a part."""


@dataclass(frozen=True)
class EarlierTrip:
    """A trip made before: its courier, departure in seconds of the service, today's orders."""

    courier_id: int
    departs: int
    order_ids: tuple[int, ...]


def read_earlier(session: Session, settings: Settings, service: Service) -> tuple[EarlierTrip, ...]:
    """Return the trips of the plan that is nearest to what a service needs now.

    That is the service's own published or newest revision; without one, that of the last service
    of the same meal within two weeks that has a plan. Orders are matched by whom they are for;
    those that are no longer wanted are left out.
    """
    source = _source(session, service)
    if source is None:
        return ()
    shown = read.current(session, source.day, source.meal)
    if shown is None:
        return ()
    opens = service_hours(settings, source.day, source.meal).opens
    now = _wanted(session, service)
    trips = []
    for trip in _trips(session, shown):
        orders = tuple(now[wish] for stop in trip.stops if (wish := _wish(stop.order)) in now)
        if orders:
            departs = round((trip.departs_at - opens).total_seconds())
            trips.append(EarlierTrip(trip.duty.courier_id, departs, orders))
    return tuple(trips)


def start_plan(problem: Problem, trips: tuple[EarlierTrip, ...]) -> routing.Plan | None:
    """Return trips made before as a start for the search; None when none is of any use.

    Couriers who are not there today and orders that are not carried are left out. Where a courier
    stands more than once (separate shifts), a trip goes to the shift that it departs in.
    """
    carried = {order.id for order in problem.instance.orders}
    shifts: dict[int, list[routing.Courier]] = {}
    for courier in problem.instance.couriers:
        shifts.setdefault(record_id(courier.id), []).append(courier)
    start = []
    for trip in trips:
        names = [order_name(one) for one in trip.order_ids if order_name(one) in carried]
        if names and trip.courier_id in shifts:
            courier = _on_shift(shifts[trip.courier_id], trip.departs)
            stops = tuple(routing.Stop(name, trip.departs) for name in names)
            start.append(routing.Trip(courier.id, courier.canteen, trip.departs, stops))
    return routing.Plan(tuple(start), ()) if start else None


def _on_shift(shifts: list[routing.Courier], departs: int) -> routing.Courier:
    """Return the shift that a departure lies in, else the first."""
    return next((one for one in shifts if one.shift[0] <= departs <= one.shift[1]), shifts[0])


def _source(session: Session, service: Service) -> Service | None:
    """Return the service itself if it has a plan, else the last one of its meal that has."""
    query = (
        select(Service)
        .join(Plan)
        .where(
            col(Service.meal) == service.meal,
            col(Service.day) <= service.day,
            col(Service.day) >= service.day - LOOK_BACK,
        )
        .order_by(col(Service.day).desc())
    )
    return session.exec(query).first()


def _trips(session: Session, revision: PlanRevision) -> list[Trip]:
    """Return the trips of a revision with their stops and orders, by courier and number."""
    query = (
        select(Trip)
        .join(Duty)
        .where(col(Duty.revision_id) == revision.id)
        .options(
            selectinload(Trip.duty),  # type: ignore[arg-type]
            selectinload(Trip.stops).selectinload(Stop.order),  # type: ignore[arg-type]
        )
        .order_by(col(Duty.courier_id), col(Trip.number))
    )
    return list(session.exec(query).all())


def _wanted(session: Session, service: Service) -> dict[Wish, int]:
    """Return the orders of a service that are not cancelled, by whom they are for."""
    query = select(Order).where(
        col(Order.service_id) == service.id, col(Order.cancelled).is_(False)
    )
    return {_wish(order): order.id or 0 for order in session.exec(query).all()}


def _wish(order: Order) -> Wish:
    return (order.elder_id, None if order.elder_id else order.meal_point_id, order.part)
