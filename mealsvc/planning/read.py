"""Reading plans: the revision that counts, its duties, and its summary as plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import defer, selectinload
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session, col, select

from mealsvc.errors import NotFound
from mealsvc.store import (
    Duty,
    Elder,
    Order,
    Plan,
    PlanRevision,
    Service,
    Stop,
    Trip,
    UnservedOrder,
)
from mealsvc.vocabulary import Meal, RevisionState, service_zh

_FINAL = (RevisionState.PUBLISHED, RevisionState.CLOSED)


def revisions(session: Session, day: date, meal: Meal) -> Sequence[PlanRevision]:
    """Return all revisions of a service's plan by number; without duties and what is kept whole."""
    query = (
        select(PlanRevision)
        .join(Plan)
        .join(Service)
        .where(col(Service.day) == day, col(Service.meal) == meal)
        .options(defer(PlanRevision.instance), defer(PlanRevision.explanation))  # type: ignore[arg-type]
        .order_by(col(PlanRevision.number))
    )
    return session.exec(query).all()


def that_counts(present: Sequence[PlanRevision]) -> PlanRevision | None:
    """Return of a plan's revisions by number the published one (closed, once the service is over).

    Without one it is the newest, and ``None`` where there is none at all.
    """
    final = [one for one in present if one.state in _FINAL]
    return final[-1] if final else (present[-1] if present else None)


def current(session: Session, day: date, meal: Meal) -> PlanRevision | None:
    """Return the revision that counts, or None; without duties."""
    return that_counts(revisions(session, day, meal))


def chosen(session: Session, day: date, meal: Meal, number: int | None = None) -> PlanRevision:
    """Return one revision without its duties.

    Parameters
    ----------
    session
        An open session.
    day, meal
        The service.
    number
        Which revision; by default the one that counts.

    Raises
    ------
    NotFound
        If there is no plan, or no such revision.
    """
    present = revisions(session, day, meal)
    if not present:
        raise NotFound(
            f"there is no plan for {meal} of {day}; make one: mealsvc plan {day} --meal {meal}",
            f"{service_zh(day, meal)}还没有配送计划，请先制定计划",
        )
    wanted = [one for one in present if one.number == number]
    found = that_counts(present if number is None else wanted)
    if found is None:
        known = ", ".join(str(one.number) for one in present)
        raise NotFound(
            f"the plan for {meal} of {day} has no revision {number}; it has: {known}",
            f"{service_zh(day, meal)}的计划没有第{number}版，现有：{known}",
        )
    return found


def revision(session: Session, day: date, meal: Meal, number: int | None = None) -> PlanRevision:
    """Return one revision with its duties, trips, stops, orders, people and unserved orders.

    All of these are loaded and may be used after the session is closed. Parameters and errors are
    those of :func:`chosen`.
    """
    found = chosen(session, day, meal, number)
    query = select(PlanRevision).where(col(PlanRevision.id) == found.id).options(*_whole())
    return session.exec(query.execution_options(populate_existing=True)).one()


def _whole() -> tuple[ExecutableOption, ...]:
    """Return what a complete revision loads."""
    stops = (
        selectinload(PlanRevision.duties)  # type: ignore[arg-type]
        .selectinload(Duty.trips)  # type: ignore[arg-type]
        .selectinload(Trip.stops)  # type: ignore[arg-type]
        .selectinload(Stop.order)  # type: ignore[arg-type]
    )
    left = selectinload(PlanRevision.unserved).selectinload(UnservedOrder.order)  # type: ignore[arg-type]
    plan = selectinload(PlanRevision.plan).selectinload(Plan.service)  # type: ignore[arg-type]
    people = [
        part
        for order in (stops, left)
        for part in (
            order.selectinload(Order.elder).selectinload(Elder.address),  # type: ignore[arg-type]
            order.selectinload(Order.elder).selectinload(Elder.contacts),  # type: ignore[arg-type]
            order.selectinload(Order.meal_point),  # type: ignore[arg-type]
        )
    ]
    couriers = selectinload(PlanRevision.duties).selectinload(Duty.courier)  # type: ignore[arg-type]
    return (*people, couriers, plan)


def summary(shown: PlanRevision) -> dict[str, Any]:
    """Return every number of a revision as JSON values.

    Parameters
    ----------
    shown
        A revision whose ``unserved`` can be loaded.

    Returns
    -------
    dict
        ``unserved_reasons`` counts orders by reason; ``gap`` is relative (0 = proven optimal).
    """
    plain = shown.model_dump(exclude={"instance", "explanation", "id", "plan_id"}, mode="json")
    reasons = Counter(item.reason for item in shown.unserved)
    return {**plain, "gap": shown.gap, "unserved_reasons": dict(sorted(reasons.items()))}
