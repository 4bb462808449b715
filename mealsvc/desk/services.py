"""Services with their counts, and the orders of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from mealsvc.access import Caller, Detail
from mealsvc.demand import find_service
from mealsvc.desk.people import Person, note_read, person
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Elder, Order, Plan, PlanRevision, Service, transaction
from mealsvc.vocabulary import Meal, OrderKind, RevisionState, service_zh


@dataclass(frozen=True)
class ServiceCounts:
    """A service in counts.

    Attributes
    ----------
    day, meal, frozen_at
        Which service, and since when its orders stand.
    orders, portions
        By kind; supplies carry the portions of pick-ups, so the two are not to be added.
    newest_revision, published_revision
        Numbers, where there are any.
    """

    day: date
    meal: Meal
    frozen_at: datetime | None
    orders: dict[OrderKind, int]
    portions: dict[OrderKind, int]
    newest_revision: int | None
    published_revision: int | None


def list_services(
    runtime: Runtime, *, first: date | None, last: date | None, limit: int, offset: int
) -> tuple[list[ServiceCounts], int]:
    """Return a page of services by day (lunch before dinner), and how many there are."""
    with transaction(runtime.engine) as session:
        query = select(Service)
        if first:
            query = query.where(col(Service.day) >= first)
        if last:
            query = query.where(col(Service.day) <= last)
        total = _count(session, query)
        ordered = query.order_by(col(Service.day), col(Service.meal).desc())
        rows = session.exec(ordered.limit(limit).offset(offset)).all()
        return _with_counts(session, rows), total


def read_service(runtime: Runtime, day: date, meal: Meal) -> ServiceCounts:
    """Return one service in counts.

    Raises
    ------
    NotFound
        If no orders were collected for it yet.
    """
    with transaction(runtime.engine) as session:
        return _with_counts(session, [require_service(session, day, meal)])[0]


def require_service(session: Session, day: date, meal: Meal) -> Service:
    """Return a service.

    Raises
    ------
    NotFound
        If no orders were collected for it yet.
    """
    service = find_service(session, day, meal)
    if service is None:
        raise NotFound(
            f"no orders were collected for {meal.value} of {day} yet; plan it first",
            f"{service_zh(day, meal)}还没有汇总订单，请先制定计划",
        )
    return service


def _count[Row](session: Session, query: SelectOfScalar[Row]) -> int:
    return session.exec(select(func.count()).select_from(query.subquery())).one()


def _with_counts(session: Session, services: Sequence[Service]) -> list[ServiceCounts]:
    ids = [service.id for service in services]
    counted = session.exec(
        select(Order.service_id, Order.kind, func.count(), func.sum(Order.portions))
        .where(col(Order.service_id).in_(ids), col(Order.cancelled).is_(False))
        .group_by(col(Order.service_id), col(Order.kind))
    )
    orders: dict[int | None, dict[OrderKind, int]] = {key: {} for key in ids}
    portions: dict[int | None, dict[OrderKind, int]] = {key: {} for key in ids}
    for service, kind, number, sum_of_portions in counted:
        word = OrderKind(kind)
        orders[service][word], portions[service][word] = number, sum_of_portions
    newest, published = _revisions(session, ids), _revisions(session, ids, published=True)
    return [
        ServiceCounts(
            day=service.day,
            meal=service.meal,
            frozen_at=service.frozen_at,
            orders=orders[service.id],
            portions=portions[service.id],
            newest_revision=newest.get(service.id),
            published_revision=published.get(service.id),
        )
        for service in services
    ]


def _revisions(
    session: Session, services: list[int | None], *, published: bool = False
) -> dict[int | None, int]:
    query = (
        select(Plan.service_id, func.max(col(PlanRevision.number)))
        .join(PlanRevision, col(PlanRevision.plan_id) == Plan.id)
        .where(col(Plan.service_id).in_(services))
        .group_by(col(Plan.service_id))
    )
    if published:
        query = query.where(PlanRevision.state == RevisionState.PUBLISHED)
    return dict(session.exec(query).all())


@dataclass(frozen=True)
class OrderView:
    """An order as a role shows it; ``diets`` and ``needs`` tell of health, so only in full."""

    id: int
    kind: OrderKind
    part: int
    portions: int
    priority: int
    window_from: time | None
    window_to: time | None
    canteen: str | None
    meal_point: str | None
    cancelled: bool
    elder: Person | None
    diets: list[str] | None
    needs: list[str] | None


def list_orders(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    *,
    kind: OrderKind | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[OrderView], int]:
    """Return a page of a service's orders by id, and how many are within reach.

    Raises
    ------
    NotFound
        If there is no such service.
    """
    with transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        query = select(Order).where(Order.service_id == service.id)
        if kind is not None:
            query = query.where(Order.kind == kind)
        if caller.canteens is not None:
            kept = select(Elder.id).where(col(Elder.canteen_id).in_(caller.canteens))
            query = query.where(
                or_(
                    col(Order.elder_id).in_(kept),
                    col(Order.elder_id).is_(None) & col(Order.canteen_id).in_(caller.canteens),
                )
            )
        total = _count(session, query)
        loaded = query.order_by(col(Order.id)).limit(limit).offset(offset)
        loaded = loaded.options(
            selectinload(Order.elder),  # type: ignore[arg-type]
            selectinload(Order.canteen),  # type: ignore[arg-type]
            selectinload(Order.meal_point),  # type: ignore[arg-type]
        )
        rows = session.exec(loaded).all()
        note_read(session, runtime, caller, "read.orders", f"{day} {meal.value}", len(rows))
        return [order_view(row, caller.grant.detail) for row in rows], total


def order_view(order: Order, detail: Detail) -> OrderView:
    """Return an order as a role shows it."""
    full = detail is Detail.FULL
    return OrderView(
        id=order.id or 0,
        kind=order.kind,
        part=order.part,
        portions=order.portions,
        priority=order.priority,
        window_from=order.window_from,
        window_to=order.window_to,
        canteen=order.canteen.code if order.canteen else None,
        meal_point=order.meal_point.code if order.meal_point else None,
        cancelled=order.cancelled,
        elder=person(order.elder, detail),
        diets=order.diets if full else None,
        needs=order.needs if full else None,
    )
