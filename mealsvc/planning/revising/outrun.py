"""Has the day gone on past a proposal? Trips begin and doors open while somebody thinks it over."""

from __future__ import annotations

from collections.abc import Iterable

import routing
from mealsvc.errors import Conflict
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.revising.in_force import InForce, TripSeen
from mealsvc.planning.stored import StoredProblem
from mealsvc.store import Proposal

LATE_SECONDS = 60
"""A trip of a proposal may begin so much later than proposed."""


def require_not_outrun(
    force: InForce,
    answer: routing.Plan,
    stored: StoredProblem,
    proposal: Proposal,
    now: int,
    seen: Iterable[TripSeen],
) -> None:
    """Refuse a proposal that would change what has begun, or be done, since it was made.

    Parameters
    ----------
    force
        The plan that is carried out.
    answer, stored
        The proposed plan and its problem.
    proposal
        When it was made and up to when it changed nothing.
    now
        The moment of acceptance, seconds of the service.
    seen
        What is known to have happened on trips.

    Raises
    ------
    Conflict
        With what has happened meanwhile.
    """
    kept_until = int(proposal.content["now"])
    orders_lost = {order for _, order in proposal.content["skipped"] + proposal.content["lost"]}
    known_begun = stored.afoot.begun | orders_lost
    was, will = set(force.plan.trips), set(answer.trips)
    for trip in was - will:
        loads = _loads_at(force.stored.instance, trip)
        if known_begun.isdisjoint(_orders(trip)) and kept_until < loads <= now:
            raise _too_late(force, trip)
    for trip in will - was:
        loads = _loads_at(stored.instance, trip)
        if known_begun.isdisjoint(_orders(trip)) and loads < now - LATE_SECONDS:
            raise _too_late(force, trip)
    _require_nothing_done(answer, known_begun, proposal, force, seen)
    _require_locks(force, proposal, was - will, will - was)


def _require_nothing_done(
    answer: routing.Plan,
    known_begun: frozenset[str] | set[str],
    proposal: Proposal,
    force: InForce,
    seen: Iterable[TripSeen],
) -> None:
    """Refuse to move or drop what somebody has left with, or handed over, in the meantime."""
    carrier = {stop.order: record_id(trip.courier) for trip in answer.trips for stop in trip.stops}
    given_up = {order for _, order in proposal.content["skipped"]}
    for trip in seen:
        done = {order_name(one) for one in trip.visited}
        out = {order_name(one) for one in trip.order_ids} if trip.departed else set()
        for name in sorted(done | (out - known_begun)):
            if name in given_up and name not in done:
                continue
            known = name in force.stored.instance.order_by_id
            if known and carrier.get(name) != trip.courier_id:
                raise Conflict(
                    f"order {name} has left the canteen or was handed over since this proposal was "
                    "made; ask for a new one",
                    "方案生成后，有餐已出发或已送达，请重新生成方案",
                )


def _require_locks(
    force: InForce, proposal: Proposal, old: set[routing.Trip], new: set[routing.Trip]
) -> None:
    """Refuse to change what somebody has locked since the proposal was made."""
    for lock in force.locks:
        if lock.made_at <= proposal.made_at:
            continue
        touched = {record_id(trip.courier) for trip in old | new}
        had = {record_id(t.courier) for t in old if order_name(lock.order_id or 0) in _orders(t)}
        has = {record_id(t.courier) for t in new if order_name(lock.order_id or 0) in _orders(t)}
        if lock.courier_id in touched or had != has:
            raise Conflict(
                f"{lock.made_by} has locked what this proposal changes; ask for a new one",
                f"{lock.made_by} 已锁定该方案涉及的任务，请重新生成方案",
            )


def _orders(trip: routing.Trip) -> set[str]:
    return {stop.order for stop in trip.stops}


def _loads_at(instance: routing.Instance, trip: routing.Trip) -> int:
    packing = sum(instance.order_by_id[stop.order].pack_seconds for stop in trip.stops)
    return trip.depart - instance.canteen_by_id[trip.canteen].load_seconds - packing


def _too_late(force: InForce, trip: routing.Trip) -> Conflict:
    total = force.hours.first.hour * 60 + force.hours.first.minute + trip.depart // 60
    leaves = f"{total // 60:02d}:{total % 60:02d}"
    return Conflict(
        f"the trip that leaves at {leaves} is being loaded by now; ask for a new proposal",
        f"{leaves} 出发的一趟已经开始装餐，请重新生成方案",
    )
