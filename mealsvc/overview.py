"""What somebody needs to see first: the coming services, their plans, and what needs attention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from mealsvc.access import Caller
from mealsvc.clock import local_date
from mealsvc.nightly import health
from mealsvc.planning.read import that_counts
from mealsvc.runtime import Runtime
from mealsvc.sentences import Sentence
from mealsvc.sheets import busy_canteens
from mealsvc.store import (
    Address,
    Canteen,
    Elder,
    Order,
    Plan,
    PlanRevision,
    Service,
    transaction,
)
from mealsvc.vocabulary import Meal

#: How many days ahead are shown, today included.
DAYS_AHEAD = 8


@dataclass(frozen=True)
class ComingService:
    """A service and the revision that speaks for it.

    Attributes
    ----------
    day, meal
        Which service.
    orders, portions
        Orders that stand (not cancelled) and their portions, dine-in included.
    shown
        The published revision, or the latest one where none is published, or ``None``.
    newer_draft
        Number of a draft newer than what is published.
    kitchens
        Canteens within reach that have a kitchen count in the revision shown.
    """

    day: date
    meal: Meal
    orders: int
    portions: int
    shown: PlanRevision | None
    newer_draft: int | None
    kitchens: tuple[Canteen, ...]


@dataclass(frozen=True)
class Overview:
    """The first page's content.

    Attributes
    ----------
    services
        Coming services, the nearest first.
    unlocated
        Elders within reach whose address no plan can use.
    nights
        What is wrong with the nightly planning.
    """

    services: list[ComingService]
    unlocated: int
    nights: tuple[Sentence, ...]


def overview(runtime: Runtime, caller: Caller) -> Overview:
    """Return what is coming, as far as the caller's reach goes."""
    today = local_date(runtime.clock(), runtime.settings.zone)
    nights = health(runtime).problems
    with transaction(runtime.engine) as session:
        return Overview(
            services=coming_services(session, caller, today),
            unlocated=_unlocated(session, caller),
            nights=nights,
        )


def coming_services(session: Session, caller: Caller, today: date) -> list[ComingService]:
    """Return the services of the next days, the nearest first, lunch before dinner."""
    last = today + timedelta(days=DAYS_AHEAD - 1)
    services = session.exec(
        select(Service)
        .where(col(Service.day) >= today, col(Service.day) <= last)
        .order_by(col(Service.day), col(Service.meal).desc())
    ).all()
    ids = [service.id for service in services]
    counts = _order_counts(session, ids)
    revisions = _revisions(session, ids)
    coming = []
    for service in services:
        present = revisions.get(service.id, [])
        shown = that_counts(present)
        newer = shown is not None and present[-1].number > shown.number
        orders, portions = counts.get(service.id, (0, 0))
        coming.append(
            ComingService(
                day=service.day,
                meal=service.meal,
                orders=orders,
                portions=portions,
                shown=shown,
                newer_draft=present[-1].number if newer else None,
                kitchens=_kitchens(session, caller, shown) if shown else (),
            )
        )
    return coming


def _order_counts(
    session: Session, services: Iterable[int | None]
) -> dict[int | None, tuple[int, int]]:
    query = (
        select(Order.service_id, func.count(), func.coalesce(func.sum(Order.portions), 0))
        .where(col(Order.service_id).in_(list(services)), col(Order.cancelled).is_(False))
        .where(col(Order.elder_id).is_not(None))  # supplies carry the portions of pick-ups
        .group_by(col(Order.service_id))
    )
    return {service: (orders, portions) for service, orders, portions in session.exec(query)}


def _revisions(
    session: Session, services: Iterable[int | None]
) -> dict[int | None, list[PlanRevision]]:
    query = (
        select(Plan.service_id, PlanRevision)
        .join(Plan, col(Plan.id) == PlanRevision.plan_id)
        .where(col(Plan.service_id).in_(list(services)))
        .order_by(col(PlanRevision.number))
        .options(defer(PlanRevision.instance), defer(PlanRevision.explanation))  # type: ignore[arg-type]
    )
    found: dict[int | None, list[PlanRevision]] = {}
    for service, revision in session.exec(query):
        found.setdefault(service, []).append(revision)
    return found


def _unlocated(session: Session, caller: Caller) -> int:
    query = (
        select(func.count())
        .select_from(Elder)
        .join(Address)
        .where(col(Elder.ended_on).is_(None), col(Address.unlocated_reason).is_not(None))
    )
    if caller.canteens is not None:
        query = query.where(col(Elder.canteen_id).in_(caller.canteens))
    return session.exec(query).one()


def _kitchens(session: Session, caller: Caller, shown: PlanRevision) -> tuple[Canteen, ...]:
    busy = [one for one in busy_canteens(session, shown) if caller.sees(one)]
    query = select(Canteen).where(col(Canteen.id).in_(busy)).order_by(Canteen.code)
    return tuple(session.exec(query))
