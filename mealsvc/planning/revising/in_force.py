"""The plan that is being carried out, with everything that a revision of it must respect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

import routing
from mealsvc.demand import ServiceHours, find_service, service_hours
from mealsvc.errors import Conflict
from mealsvc.planning import read
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.keeping import plan_of
from mealsvc.planning.locked import read_locks
from mealsvc.planning.stored import StoredProblem, unpack
from mealsvc.runtime import Runtime
from mealsvc.store import PlanLock, PlanRevision, Service
from mealsvc.vocabulary import Meal, RevisionState, service_zh
from routing.repair import Situation, TripReport


@dataclass(frozen=True)
class TripSeen:
    """What is known to have happened on a trip.

    Attributes
    ----------
    courier_id
        Who is on it.
    order_ids
        Its orders, as far as known.
    departed, returned
        When it left the canteen and was back; None where nobody said.
    visited
        Order id to the start of its hand-over, whatever came of it.
    handed_back
        Whether the courier gave back what has no outcome.
    """

    courier_id: int
    order_ids: frozenset[int]
    departed: datetime | None = None
    visited: Mapping[int, datetime] = field(default_factory=dict)
    returned: datetime | None = None
    handed_back: bool = False


@dataclass(frozen=True)
class InForce:
    """A published plan at a moment of its day.

    Attributes
    ----------
    service, revision
        What is carried out.
    hours
        Of the service.
    stored
        The problem that it answers.
    plan
        Its trips, in the order of :func:`mealsvc.planning.keeping.in_order`.
    locks
        What must stay.
    """

    service: Service
    revision: PlanRevision
    hours: ServiceHours
    stored: StoredProblem
    plan: routing.Plan
    locks: tuple[PlanLock, ...]

    def seconds(self, moment: datetime) -> int:
        """Return a moment as seconds from the start of the service."""
        return round((moment - self.stored.opens).total_seconds())

    def names_of(self, courier_id: int) -> list[str]:
        """Return a courier's names in the instance: one for each shift; none if not at work."""
        return [one.id for one in self.stored.instance.couriers if record_id(one.id) == courier_id]

    def trip_at(self, courier_id: int, number: int) -> int | None:
        """Return the place in the plan of a courier's trip, by its number on the sheet."""
        own = [k for k, trip in enumerate(self.plan.trips) if record_id(trip.courier) == courier_id]
        own.sort(key=lambda place: self.plan.trips[place].depart)
        return own[number - 1] if 0 < number <= len(own) else None


def read_in_force(session: Session, runtime: Runtime, day: date, meal: Meal) -> InForce:
    """Return the published plan of a service that is not over.

    Raises
    ------
    NotFound
        If there is no plan.
    Conflict
        If none is published, or the service is over.
    """
    revision = read.chosen(session, day, meal)
    hours = service_hours(runtime.settings, day, meal)
    if revision.state is not RevisionState.PUBLISHED:
        raise Conflict(
            f"the plan for {meal} of {day} is not published yet; plan it anew and publish it",
            f"{service_zh(day, meal)}的计划尚未发布，请直接重新制定并发布",
        )
    if runtime.clock() >= hours.closes:
        raise Conflict(
            f"{meal} of {day} is over; its plan can no longer be revised",
            f"{service_zh(day, meal)}已结束，计划不能再调整",
        )
    service = find_service(session, day, meal)
    if service is None:
        raise LookupError(f"revision {revision.id} belongs to no service")
    return InForce(
        service=service,
        revision=revision,
        hours=hours,
        stored=unpack(revision.instance),
        plan=plan_of(session, revision),
        locks=read_locks(session, revision.plan_id),
    )


def situation_of(
    force: InForce,
    known: int,
    ahead: int,
    seen: Iterable[TripSeen],
    *,
    frozen_couriers: frozenset[int] = frozenset(),
) -> Situation:
    """Return the situation that a repair starts from, without changes.

    Parameters
    ----------
    force
        The plan that is carried out.
    known
        The present moment, seconds of the service.
    ahead
        So many seconds after it nothing may change yet.
    seen
        What is known to have happened; a trip of which nothing is known went as planned.
    frozen_couriers
        Couriers (ids) whose duties must stay as they are, besides the locked ones.
    """
    instance = force.stored.instance
    orders = {order_name(lock.order_id) for lock in force.locks if lock.order_id is not None}
    couriers = {lock.courier_id for lock in force.locks if lock.courier_id is not None}
    stays = couriers | frozen_couriers
    afoot = force.stored.afoot
    return Situation(
        instance=instance,
        plan=force.plan,
        now=known + ahead,
        known=known,
        reports=_reports(force, known, ahead, tuple(seen)),
        locked_orders=frozenset(orders & instance.order_by_id.keys()),
        locked_couriers=frozenset(
            one.id for one in instance.couriers if record_id(one.id) in stays
        ),
        busy={name: back for name, back in afoot.busy.items() if name in instance.courier_by_id},
    )


def _reports(
    force: InForce, known: int, ahead: int, seen: tuple[TripSeen, ...]
) -> tuple[TripReport, ...]:
    """Return what is known of trips, and that trips known to have begun still have.

    A trip that was handed back before anything was reported of it has not begun: nobody brings it.
    """
    reports: dict[int, TripReport] = {}
    for trip in seen:
        told = trip.visited or trip.departed or trip.returned
        place = _place_of(force, trip) if told or trip.handed_back else None
        if place is not None and place not in reports:
            reports[place] = (
                _report(force, place, trip, known) if told else TripReport(place, begun=False)
            )
    for place, planned in enumerate(force.plan.trips):
        began = any(stop.order in force.stored.afoot.begun for stop in planned.stops)
        if began and place not in reports and _loads_at(force, planned) > known + ahead:
            # Since then orders were cancelled, so that loading now seems to begin later.
            reports[place] = TripReport(place)
    return tuple(reports[place] for place in sorted(reports))


def _loads_at(force: InForce, trip: routing.Trip) -> int:
    instance = force.stored.instance
    packing = sum(instance.order_by_id[stop.order].pack_seconds for stop in trip.stops)
    return trip.depart - instance.canteen_by_id[trip.canteen].load_seconds - packing


def _place_of(force: InForce, seen: TripSeen) -> int | None:
    """Return the trip of the plan that has most orders in common with what was seen."""
    names = {order_name(one) for one in (*seen.order_ids, *seen.visited)}
    best, most = None, 0
    for place, trip in enumerate(force.plan.trips):
        shared = sum(stop.order in names for stop in trip.stops)
        if record_id(trip.courier) == seen.courier_id and shared > most:
            best, most = place, shared
    return best


def _report(force: InForce, place: int, seen: TripSeen, now: int) -> TripReport:
    """Return what was seen in seconds, put straight where clocks disagree."""
    stops = {stop.order for stop in force.plan.trips[place].stops}
    visited = {
        order_name(order): min(force.seconds(moment), now)
        for order, moment in seen.visited.items()
        if order_name(order) in stops
    }
    departed = None if seen.departed is None else min(force.seconds(seen.departed), now)
    if departed is None and visited:
        departed = min(force.plan.trips[place].depart, *visited.values())
    if departed is not None:
        visited = {name: max(moment, departed) for name, moment in visited.items()}
    returned = None if seen.returned is None else min(force.seconds(seen.returned), now)
    if returned is not None:
        returned = max(returned, *visited.values(), departed or returned)
    return TripReport(place, departed=departed, visited=visited, returned=returned)
