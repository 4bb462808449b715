"""Which canteens have a kitchen count, without reading all that stands in it.

The counts themselves are made in :mod:`mealsvc.sheets.kitchen`; a page that only offers them needs
to know for which canteens there is one. A test keeps the two in step.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from mealsvc.sheets.visits import published_before
from mealsvc.store import Courier, Duty, Elder, Order, Plan, PlanRevision, UnservedOrder
from mealsvc.vocabulary import OrderKind

#: The canteen that answers for an order: the one named, else the elder's own.
_ANSWERS = func.coalesce(Order.canteen_id, Elder.canteen_id)


def busy_canteens(session: Session, revision: PlanRevision) -> set[int]:
    """Return the ids of the canteens that carry, serve or leave out an order in a revision.

    So have those whose couriers are all released from the revision before: they must be told.
    """
    service_id = session.exec(select(Plan.service_id).where(Plan.id == revision.plan_id)).one()
    left_out = (
        select(_ANSWERS)
        .select_from(UnservedOrder)
        .join(Order)
        .outerjoin(Elder, col(Elder.id) == col(Order.elder_id))
        .where(UnservedOrder.revision_id == revision.id)
    )
    in_the_house = (
        select(_ANSWERS)
        .select_from(Order)
        .outerjoin(Elder, col(Elder.id) == col(Order.elder_id))
        .where(Order.service_id == service_id, col(Order.cancelled).is_(False))
        .where(or_(_stays(), _unsupplied(service_id)))
    )
    found = {*session.exec(left_out), *session.exec(in_the_house)}
    now = _on_duty(session, revision)
    before = published_before(session, revision)
    gone = _on_duty(session, before) - now if before else set()
    found |= {canteen for _, canteen in now | gone}
    return {canteen for canteen in found if canteen is not None}


def _stays() -> ColumnElement[bool]:
    """Return the condition of an order that is eaten or collected at the canteen itself."""
    collected = and_(col(Order.kind) == OrderKind.PICK_UP, col(Order.meal_point_id).is_(None))
    return or_(col(Order.kind) == OrderKind.DINE_IN, collected)


def _unsupplied(service_id: int) -> ColumnElement[bool]:
    """Return the condition of an order at a meal point that nobody supplies."""
    supplied = select(Order.meal_point_id).where(
        Order.service_id == service_id,
        Order.kind == OrderKind.SUPPLY,
        col(Order.cancelled).is_(False),
    )
    point = col(Order.meal_point_id)
    return and_(col(Order.kind) == OrderKind.PICK_UP, point.is_not(None), point.not_in(supplied))


def _on_duty(session: Session, revision: PlanRevision) -> set[tuple[int | None, int]]:
    """Return the couriers of a revision, each with the canteen."""
    query = select(Courier.id, Courier.canteen_id).join(Duty)
    return set(session.exec(query.where(Duty.revision_id == revision.id)).all())
