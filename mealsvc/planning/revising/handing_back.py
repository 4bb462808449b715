"""Couriers who handed their stops back: gone for a revision, until they come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from mealsvc.day_words import EventKind
from mealsvc.delivery import read_events, standing
from mealsvc.delivery.office import Clerk, enter
from mealsvc.delivery.reports import Report
from mealsvc.errors import Conflict
from mealsvc.planning.revising.changes import CourierComes, DayChange, HandedBack
from mealsvc.planning.revising.in_force import InForce, TripSeen
from mealsvc.roster.upkeep import get_courier
from mealsvc.runtime import Runtime
from mealsvc.store import Proposal, Service
from routing import repair


def gone_home(
    session: Session,
    force: InForce,
    asked: Sequence[DayChange],
    seen: Iterable[TripSeen],
    frozen: frozenset[int],
    now: int,
) -> tuple[repair.CourierGone, ...]:
    """Return the couriers who handed back and whose stops a revision may plan anew.

    Parameters
    ----------
    session
        An open session.
    force
        The plan that is carried out.
    asked
        What changed; who comes again is not gone.
    seen
        What is known to have happened on trips.
    frozen
        Couriers (ids) whose duties may not be touched.
    now
        The present moment, seconds of the service.

    Raises
    ------
    Conflict
        If it is asked to plan anew what was handed back, and nothing was.
    """
    back = {get_courier(session, one.courier).id for one in asked if isinstance(one, CourierComes)}
    trips = [one for one in seen if one.handed_back and one.courier_id not in frozen | back]
    left = any(not trip.order_ids <= trip.visited.keys() for trip in trips)
    if HandedBack() in asked and not left:
        raise Conflict(
            "no courier has handed back stops that are still to be brought",
            "没有送餐员交回尚待配送的停靠点",
        )
    couriers = sorted({trip.courier_id for trip in trips})
    names = [name for courier_id in couriers for name in force.names_of(courier_id)]
    return tuple(repair.CourierGone(name, now) for name in names)


def with_handed_back(
    asked: Sequence[DayChange], gone: Sequence[repair.CourierGone]
) -> tuple[DayChange, ...]:
    """Return what changed, with the handing back where it counts without being asked for."""
    return (*asked, HandedBack()) if gone and HandedBack() not in asked else tuple(asked)


def end_handing_back(
    session: Session, runtime: Runtime, service: Service, proposal: Proposal, actor: str
) -> None:
    """Take back the handing back of couriers who come again by an accepted proposal."""
    asked = proposal.content["changes"]
    codes = [one["courier"] for one in asked if one["kind"] == "courier_comes"]
    back = {get_courier(session, code).id for code in codes}
    if back:
        retractions = list(_retractions(session, service, proposal, back))
        clerk = Clerk(actor, runtime.clock(), gate=lambda _order, _courier: None)
        enter(session, runtime.settings, service, clerk, retractions)


def _retractions(
    session: Session, service: Service, proposal: Proposal, back: set[int | None]
) -> Iterator[Report]:
    for event in standing(read_events(session, service.id or 0)):
        if event.kind is EventKind.HANDED_BACK and event.courier_id in back:
            uid = f"proposal-{proposal.id}-{event.number}"
            yield Report(uid, EventKind.RETRACTED, about=event.uid)
