"""What must stay in a plan, obeyed when the service is planned anew before it begins.

A locked duty is taken out of the problem with its trips and put back into the answer; a locked
order may only be brought by its courier, which the solver reads as a skill that nobody else has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

import routing
from mealsvc.errors import Conflict
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.instance import Problem
from mealsvc.store import PlanLock
from routing.repair import drive


@dataclass(frozen=True)
class Kept:
    """A problem without what is locked.

    Attributes
    ----------
    problem
        What is left to solve.
    start
        The plan to start from, without locked duties.
    trips
        The locked duties.
    """

    problem: Problem
    start: routing.Plan | None
    trips: tuple[routing.Trip, ...]

    def whole(self, instance: routing.Instance, plan: routing.Plan) -> routing.Plan:
        """Return the answer to the whole problem; a bound of what was left to solve is no bound.

        Raises
        ------
        Conflict
            If a locked duty breaks a rule of the problem as it is now.
        """
        both = replace(plan, trips=(*plan.trips, *self.trips), cost=None, bound=None)
        verdict = routing.check(instance, both)
        if not verdict.feasible:
            raise Conflict(
                f"what is locked no longer fits ({verdict.faults[0].text}); unlock it first",
                "已锁定的任务不再可行，请先解除锁定",
            )
        return replace(both, cost=verdict.cost)


def read_locks(session: Session, plan_id: int) -> tuple[PlanLock, ...]:
    """Return what must stay in a plan, oldest first."""
    query = select(PlanLock).where(col(PlanLock.plan_id) == plan_id).order_by(col(PlanLock.id))
    return tuple(session.exec(query).all())


def set_aside(problem: Problem, start: routing.Plan | None, locks: tuple[PlanLock, ...]) -> Kept:
    """Return a problem without what is locked.

    Parameters
    ----------
    problem
        The problem of the service.
    start
        The plan that the locks speak of, as far as it still fits.
    locks
        What must stay. Locks of who is no longer in the plan mean nothing.
    """
    instance = problem.instance
    couriers = {lock.courier_id for lock in locks if lock.courier_id is not None}
    planned = start.trips if start is not None else ()
    trips = tuple(_timed(instance, trip) for trip in planned if record_id(trip.courier) in couriers)
    fixed = {stop.order for trip in trips for stop in trip.stops}
    carrier = {stop.order: trip.courier for trip in planned for stop in trip.stops}
    orders = {order_name(lock.order_id) for lock in locks if lock.order_id is not None} - fixed
    own = {name: carrier[name] for name in sorted(orders & carrier.keys())}
    if not trips and not own:
        return Kept(problem, start, ())
    rest = tuple(trip for trip in planned if record_id(trip.courier) not in couriers)
    left = replace(
        instance,
        canteens=_without_portions(instance, trips),
        orders=tuple(
            replace(one, needs=(*one.needs, _stays(one.id))) if one.id in own else one
            for one in instance.orders
            if one.id not in fixed
        ),
        couriers=tuple(
            replace(one, skills=(*one.skills, *(_stays(k) for k, v in own.items() if v == one.id)))
            for one in instance.couriers
            if record_id(one.id) not in couriers
        ),
    )
    return Kept(replace(problem, instance=left), routing.Plan(rest, ()) if rest else None, trips)


def _stays(order: str) -> str:
    return f"stays:{order}"


def _timed(instance: routing.Instance, trip: routing.Trip) -> routing.Trip:
    """Return a trip with its times by the travel times of now."""
    courier = instance.courier_by_id[trip.courier]
    return drive(instance, courier, [stop.order for stop in trip.stops], trip.depart)


def _without_portions(
    instance: routing.Instance, trips: tuple[routing.Trip, ...]
) -> tuple[routing.Canteen, ...]:
    taken: Counter[str] = Counter()
    for trip in trips:
        taken[trip.canteen] += sum(instance.order_by_id[stop.order].meals for stop in trip.stops)
    return tuple(replace(one, meals=max(0, one.meals - taken[one.id])) for one in instance.canteens)
