"""A service before it begins, on one page: hours, plan, what may be done, couriers, concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from mealsvc.access import Action, Caller, allow, may
from mealsvc.clock import local_date
from mealsvc.demand import OnShift, couriers_on_shift, find_service, service_hours
from mealsvc.demand.calendar import FARTHEST
from mealsvc.desk.concerns import Concern, Concerns
from mealsvc.desk.making import Offer, offer
from mealsvc.desk.people import note_read, person
from mealsvc.desk.services import require_service
from mealsvc.nightly import collecting_night, health
from mealsvc.planning import proof_text, read
from mealsvc.runtime import Runtime
from mealsvc.sheets import busy_canteens
from mealsvc.store import Canteen, Duty, Order, PlanRevision, Stop, Trip, transaction
from mealsvc.vocabulary import Meal


@dataclass(frozen=True)
class ShiftView:
    """A courier at work in a service, and what the plan gives the courier to do.

    Attributes
    ----------
    courier, courier_name, canteen
        Who, as far as the role may know.
    hours
        Times offered within the service, ``(from, to)`` each.
    has_phone
        Whether the courier can be called.
    trips, portions
        In the plan that is shown.
    """

    courier: str
    courier_name: str | None
    canteen: str
    hours: tuple[tuple[datetime, datetime], ...]
    has_phone: bool
    trips: int
    portions: int


@dataclass(frozen=True)
class KitchenName:
    """A canteen that has a kitchen count."""

    code: str
    name: str


@dataclass(frozen=True)
class Outlook:
    """A service and what there is to do about it, within a caller's reach.

    Attributes
    ----------
    opens, closes
        Loading begins; last hand-over.
    plan, proof
        Summary of the revision that counts, and how near to the best it is, in words; None where
        there is no plan.
    newer_draft
        Number of a draft newer than what is published.
    may_plan, publish, job
        As :class:`~mealsvc.desk.making.Offer` says, for those who may make plans.
    kitchens
        Canteens with a kitchen count, for those who may read sheets.
    collects_at
        When the night collects the orders; None once they are, and where no night will.
    couriers
        Who is on shift.
    concerns
        What waits for an answer, the most pressing first.
    """

    opens: datetime
    closes: datetime
    plan: dict[str, Any] | None
    proof: str | None
    newer_draft: int | None
    may_plan: bool
    publish: int | None
    job: int | None
    kitchens: tuple[KitchenName, ...]
    collects_at: datetime | None
    couriers: tuple[ShiftView, ...]
    concerns: tuple[Concern, ...]


def outlook(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, *, language: str = "zh"
) -> Outlook:
    """Return a service on one page; also of a coming one whose orders nobody collected yet.

    Raises
    ------
    NotFound
        If nobody collected its orders and it can no longer, or not yet, be planned.
    """
    _require_imaginable(runtime, day, meal)
    offered = _offered(runtime, caller, day, meal)
    problems = health(runtime).problems
    hours = service_hours(runtime.settings, day, meal)
    with transaction(runtime.engine) as session:
        present = read.revisions(session, day, meal)
        shown = read.that_counts(present)
        working = couriers_on_shift(session, day, hours)
        on_shift = [one for one in working if caller.sees(one.courier.canteen_id)]
        service = find_service(session, day, meal)
        asked = Concerns(session, runtime, caller)
        concerns = (
            *asked.nights(problems),
            *asked.unserved(shown),
            *asked.stopped(service, hours.closes),
            *asked.proposals(shown),
            *asked.unlocated(),
            *asked.unkept(),
            *asked.no_phone(on_shift),
            *asked.demand(service),
        )
        couriers = _shifts(session, caller, on_shift, hours.opens, shown)
        named = sum(len(one.people) for one in concerns)
        named += sum(one.courier_name is not None for one in couriers)
        if named:
            note_read(session, runtime, caller, "read.outlook", f"{day} {meal.value}", named)
        return Outlook(
            opens=hours.opens,
            closes=hours.closes,
            plan=read.summary(shown) if shown else None,
            proof=proof_text(shown.gap, language) if shown else None,
            newer_draft=_newer_draft(present, shown),
            may_plan=offered.plan,
            publish=offered.publish,
            job=offered.job,
            kitchens=_kitchens(session, caller, shown),
            collects_at=collecting_night(runtime, day, meal) if service is None else None,
            couriers=couriers,
            concerns=concerns,
        )


def _require_imaginable(runtime: Runtime, day: date, meal: Meal) -> None:
    """Refuse services that are not there and not within a year; some days have no hours at all."""
    today = local_date(runtime.clock(), runtime.settings.zone)
    if not today <= day <= today + FARTHEST:
        with transaction(runtime.engine) as session:
            require_service(session, day, meal)


def _offered(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> Offer:
    if not may(caller.identity, Action.MAKE_PLANS):
        return Offer(plan=False, publish=None, job=None)
    return offer(runtime, allow(caller.identity, Action.MAKE_PLANS), day, meal)


def _newer_draft(present: Sequence[PlanRevision], shown: PlanRevision | None) -> int | None:
    newest = present[-1].number if present else None
    return newest if shown and newest != shown.number else None


def _kitchens(
    session: Session, caller: Caller, shown: PlanRevision | None
) -> tuple[KitchenName, ...]:
    if shown is None or not may(caller.identity, Action.READ_SHEETS):
        return ()
    busy = [one for one in busy_canteens(session, shown) if caller.sees(one)]
    query = select(Canteen).where(col(Canteen.id).in_(busy)).order_by(col(Canteen.code))
    return tuple(KitchenName(one.code, one.name) for one in session.exec(query))


def _shifts(
    session: Session,
    caller: Caller,
    on_shift: Sequence[OnShift],
    opens: datetime,
    shown: PlanRevision | None,
) -> tuple[ShiftView, ...]:
    canteens = dict(session.exec(select(Canteen.id, Canteen.code)).all())
    work = _work(session, shown) if shown else {}
    views = []
    for one in on_shift:
        who = person(one.courier, caller.grant.detail)
        trips, portions = work.get(one.courier.id or 0, (0, 0))
        views.append(
            ShiftView(
                courier=one.courier.code,
                courier_name=who.name if who else None,
                canteen=canteens[one.courier.canteen_id],
                hours=tuple(
                    (opens + timedelta(seconds=a), opens + timedelta(seconds=b))
                    for a, b in one.spans
                ),
                has_phone=bool(one.courier.phone),
                trips=trips,
                portions=portions,
            )
        )
    return tuple(sorted(views, key=lambda view: view.courier))


def _work(session: Session, shown: PlanRevision) -> dict[int, tuple[int, int]]:
    """Return trips and portions of each courier of a revision."""
    query = (
        select(
            Duty.courier_id,
            func.count(func.distinct(Trip.id)),
            func.sum(Order.portions),
        )
        .select_from(Duty)
        .join(Trip)
        .join(Stop)
        .join(Order)
        .where(Duty.revision_id == shown.id)
        .group_by(col(Duty.courier_id))
    )
    return {courier: (trips, portions) for courier, trips, portions in session.exec(query)}
