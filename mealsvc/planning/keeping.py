"""From a solved plan to the rows of a revision, and back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

import routing
from mealsvc.planning.facts import ServiceFacts
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.instance import Problem
from mealsvc.planning.reasons import UNLOCATED
from mealsvc.planning.stored import Afoot, StoredProblem, pack, unpack
from mealsvc.store import Duty, PlanRevision, Stop, Trip, UnservedOrder


@dataclass(frozen=True)
class Solved:
    """A checked plan of a service.

    Attributes
    ----------
    facts, problem
        What was planned.
    plan
        The answer, in the order of :func:`in_order`.
    verdict
        What the checker says of it.
    seed
        Seed of the search.
    explanation
        Who is left out or late and why, and what would help; None where it was not asked.
    afoot
        What was under way; nothing in a plan made before its service.
    """

    facts: ServiceFacts
    problem: Problem
    plan: routing.Plan
    verdict: routing.Verdict
    seed: int
    explanation: routing.Explanation | None = None
    afoot: Afoot = field(default_factory=Afoot)


def in_order(instance: routing.Instance, plan: routing.Plan) -> routing.Plan:
    """Return a plan with trips by courier and time, unserved orders as in the instance."""
    courier = {one.id: place for place, one in enumerate(instance.couriers)}
    order = {one.id: place for place, one in enumerate(instance.orders)}
    return replace(
        plan,
        trips=tuple(sorted(plan.trips, key=lambda trip: (courier[trip.courier], trip.depart))),
        unserved=tuple(sorted(plan.unserved, key=lambda item: order[item.order])),
    )


def revision_of(
    solved: Solved, *, number: int, plan_id: int, at: datetime, by: str
) -> PlanRevision:
    """Return a draft revision with its duties and every number of its summary."""
    facts, problem, plan = solved.facts, solved.problem, solved.plan
    portions = {order_name(order.id): order.portions for order in facts.orders}
    duties = _duties(problem.instance, plan, facts.opens)
    stops = [stop for duty in duties for trip in duty.trips for stop in trip.stops]
    served = sum(portions[order_name(stop.order_id)] for stop in stops)
    inside = sum(portions[order_name(stop.order_id)] for stop in stops if stop.inside_circle)
    unserved = _unserved(problem, plan)
    bound = plan.bound
    return PlanRevision(
        plan_id=plan_id,
        number=number,
        created_at=at,
        created_by=by,
        orders=len(facts.orders),
        portions=sum(portions.values()),
        served_orders=len(stops),
        served_portions=served,
        unserved_orders=len(unserved),
        unlocated_orders=len(problem.unlocated),
        dine_in_portions=facts.dine_in_portions,
        pick_up_portions=facts.pick_up_portions,
        circle_portions=inside,
        circle_share=inside / served if served else 0.0,
        couriers=len(duties),
        couriers_on_shift=len(facts.couriers),
        trips=len(plan.trips),
        travel_seconds=solved.verdict.travel,
        unfamiliar_orders=solved.verdict.unfamiliar,
        cost=round(solved.verdict.cost),
        bound=None if bound is None else min(bound, solved.verdict.cost),
        solve_seconds=plan.seconds,
        seed=solved.seed,
        streets_fingerprint=problem.fingerprint,
        explanation=None if solved.explanation is None else solved.explanation.to_dict(),
        instance=pack(StoredProblem(problem.instance, facts.opens, facts.snapshot, solved.afoot)),
        duties=duties,
        unserved=unserved,
    )


def next_number(session: Session, plan_id: int) -> int:
    """Return the next revision's number; with the plan's row locked, nobody takes it meanwhile."""
    newest = session.exec(
        select(func.max(col(PlanRevision.number))).where(col(PlanRevision.plan_id) == plan_id)
    ).one()
    return (newest or 0) + 1


def _unserved(problem: Problem, plan: routing.Plan) -> list[UnservedOrder]:
    reasons = dict.fromkeys(problem.unlocated, UNLOCATED)
    reasons |= {record_id(item.order): str(item.reason) for item in plan.unserved}
    return [UnservedOrder(order_id=one, reason=reasons[one]) for one in sorted(reasons)]


def _duties(instance: routing.Instance, plan: routing.Plan, opens: datetime) -> list[Duty]:
    """Return the duties, a courier's trips in the order of their departure."""
    by_courier: dict[int, list[routing.Trip]] = {}
    for trip in plan.trips:
        by_courier.setdefault(record_id(trip.courier), []).append(trip)
    return [
        Duty(
            courier_id=courier_id,
            trips=[
                _trip(instance, trip, number, opens)
                for number, trip in enumerate(sorted(trips, key=lambda t: t.depart), start=1)
            ],
        )
        for courier_id, trips in sorted(by_courier.items())
    ]


def _trip(instance: routing.Instance, trip: routing.Trip, number: int, opens: datetime) -> Trip:
    canteen = instance.canteen_by_id[trip.canteen]
    orders = [instance.order_by_id[stop.order] for stop in trip.stops]
    table = instance.travel[instance.courier_by_id[trip.courier].mode]
    way = [canteen.location, *(order.location for order in orders), canteen.location]
    legs = [int(table[here, there]) for here, there in pairwise(way)]
    loading = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    back = trip.stops[-1].arrive + orders[-1].handover_seconds + legs[-1]
    circle = instance.rules.circle_seconds
    return Trip(
        number=number,
        loads_at=opens + timedelta(seconds=trip.depart - loading),
        departs_at=opens + timedelta(seconds=trip.depart),
        returns_at=opens + timedelta(seconds=back),
        travel_seconds=sum(legs),
        stops=[
            Stop(
                number=place,
                order_id=record_id(stop.order),
                arrives_at=opens + timedelta(seconds=stop.arrive),
                ride_seconds=stop.arrive - trip.depart,
                travel_seconds=leg,
                inside_circle=stop.arrive - trip.depart <= circle,
            )
            for place, (stop, leg) in enumerate(zip(trip.stops, legs, strict=False), start=1)
        ],
    )


def plan_of(session: Session, revision: PlanRevision) -> routing.Plan:
    """Return the plan of a revision as it was solved: what ``export-plan`` writes.

    Orders without a usable place are no part of the instance, so they are not among its unserved.
    """
    revision = _with_trips(session, revision)
    stored = unpack(revision.instance)
    instance = stored.instance
    trips = [
        _routing_trip(instance, duty.courier_id, trip, stored.opens)
        for duty in revision.duties
        for trip in duty.trips
    ]
    left = [item for item in revision.unserved if order_name(item.order_id) in instance.order_by_id]
    plan = routing.Plan(
        trips=tuple(trips),
        unserved=tuple(routing.Unserved(order_name(item.order_id), item.reason) for item in left),
        cost=revision.cost,
        bound=revision.bound,
        seconds=revision.solve_seconds,
    )
    return in_order(instance, plan)


def _with_trips(session: Session, revision: PlanRevision) -> PlanRevision:
    """Return the revision with its trips and unserved orders, loaded in few questions."""
    trips = selectinload(PlanRevision.duties).selectinload(Duty.trips)  # type: ignore[arg-type]
    query = (
        select(PlanRevision)
        .where(col(PlanRevision.id) == revision.id)
        .options(trips.selectinload(Trip.stops), selectinload(PlanRevision.unserved))  # type: ignore[arg-type]
    )
    return session.exec(query).one()


def _routing_trip(
    instance: routing.Instance, courier_id: int, trip: Trip, opens: datetime
) -> routing.Trip:
    def since(moment: datetime) -> int:
        return round((moment - opens).total_seconds())

    courier = _shift_of(instance, courier_id, since(trip.loads_at), since(trip.returns_at))
    return routing.Trip(
        courier=courier.id,
        canteen=courier.canteen,
        depart=since(trip.departs_at),
        stops=tuple(
            routing.Stop(order_name(stop.order_id), since(stop.arrives_at)) for stop in trip.stops
        ),
    )


def _shift_of(
    instance: routing.Instance, courier_id: int, begins: int, ends: int
) -> routing.Courier:
    """Return the courier's shift that a trip belongs to (see ``courier_name``).

    On the day itself a trip may have left its shift; then it is the one that it misses least.
    """
    shifts = [one for name, one in instance.courier_by_id.items() if record_id(name) == courier_id]
    return min(shifts, key=lambda one: max(one.shift[0] - begins, 0) + max(ends - one.shift[1], 0))
