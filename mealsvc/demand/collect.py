"""From wishes to the orders of a service: made, changed, cancelled, and frozen at the cut-off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.clock import local_date
from mealsvc.demand.calendar import ServiceHours, service_hours
from mealsvc.demand.rules import handover_seconds, needs_of, priority_of, usable_window
from mealsvc.demand.staffing import couriers_on_shift
from mealsvc.demand.supply import due, largest_box, split
from mealsvc.demand.wishes import Wish, wish_of
from mealsvc.errors import Conflict
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import Courier, Elder, MealPoint, Order, OrderChange, Service, StandingOrder
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, MealWay, OrderKind, service_zh

_ELDER_PARTS = (
    Elder.standing_orders,
    Elder.pauses,
    Elder.order_changes,
    Elder.address,
)


@dataclass(frozen=True)
class OrderDraft:
    """What an order should say, without its identity."""

    kind: OrderKind
    portions: int
    diets: tuple[str, ...]
    needs: tuple[str, ...] = ()
    priority: int = 1
    meal_point_id: int | None = None
    canteen_id: int | None = None
    window_from: Any = None
    window_to: Any = None
    handover_seconds: int | None = None
    usual_courier_id: int | None = None
    note: str | None = None

    def values(self) -> dict[str, Any]:
        """Return the columns of the order."""
        words = {"diets": sorted(self.diets), "needs": sorted(self.needs)}
        return {**self.__dict__, **words, "cancelled": False}

    def write(self, order: Order) -> None:
        """Bring an order in line; untouched when it already says the same."""
        for name, value in self.values().items():
            if getattr(order, name) != value:
                setattr(order, name, value)


def collect_orders(session: Session, runtime: Runtime, day: date, meal: Meal) -> Service:
    """Bring the orders of a service up to date with the roster, and freeze them past the cut-off.

    Doing it twice changes nothing. A frozen service, and one that has begun, is left as it is.

    Parameters
    ----------
    session
        The open transaction; the service stays locked until it ends.
    runtime
        Settings and clock.
    day, meal
        The service.

    Returns
    -------
    Service
        With its orders in the database (not committed).

    Raises
    ------
    Conflict
        If the service has begun and its orders were never collected.
    """
    hours = service_hours(runtime.settings, day, meal)
    now = runtime.clock()
    if now >= hours.opens and find_service(session, day, meal) is None:
        raise Conflict(
            f"{meal} of {day} began at {hours.opens:%Y-%m-%d %H:%M} and nobody had ordered; "
            f"today is {local_date(now, runtime.settings.zone)}, choose a coming service",
            f"{service_zh(day, meal)}已开始且没有订单；请选择以后的餐次",
        )
    service, _ = one_row(session, Service, {"day": day, "meal": meal})
    if service.frozen_at is None and now < hours.opens:
        _collect(session, runtime.settings, service, hours)
    if service.frozen_at is None and now >= hours.cutoff:
        service.frozen_at = now
    session.flush()
    return service


def find_service(session: Session, day: date, meal: Meal) -> Service | None:
    """Return a service that was collected before, or None."""
    return session.exec(
        select(Service).where(col(Service.day) == day, col(Service.meal) == meal)
    ).first()


def require_open(session: Session, runtime: Runtime, day: date, meal: Meal) -> None:
    """Refuse a one-off change that comes after the orders were frozen.

    Raises
    ------
    Conflict
        If the cut-off has passed, or the service was frozen earlier by publishing its plan.
    """
    hours = service_hours(runtime.settings, day, meal)
    service = find_service(session, day, meal)
    if runtime.clock() >= hours.cutoff:
        raise Conflict(
            f"{meal} of {day} took changes until {hours.cutoff:%Y-%m-%d %H:%M}; "
            "call the canteen, or change a later day",
            f"{service_zh(day, meal)}已于{hours.cutoff:%m月%d日 %H:%M}截止订餐；"
            "请电话联系食堂，或更改以后的日期",
        )
    if service is not None and service.frozen_at is not None:
        frozen = service.frozen_at.astimezone(runtime.settings.zone)
        raise Conflict(
            f"the plan for {meal} of {day} was published at {frozen:%Y-%m-%d %H:%M}; "
            "call the canteen, or change a later day",
            f"{service_zh(day, meal)}的计划已于{frozen:%m月%d日 %H:%M}发布；"
            "请电话联系食堂，或更改以后的日期",
        )


def _collect(session: Session, settings: Settings, service: Service, hours: ServiceHours) -> None:
    present = session.exec(select(Order).where(col(Order.service_id) == service.id)).all()
    wanted = dict(_personal(session, settings, service, hours))
    points = _points(session)
    wanted_supply = dict(_supplies(session, service.day, hours, points, wanted.values()))
    _reconcile(
        session,
        service,
        {order.elder_id or 0: order for order in present if order.kind is not OrderKind.SUPPLY},
        wanted,
        lambda elder_id: {"elder_id": elder_id},
    )
    _reconcile(
        session,
        service,
        {
            (order.meal_point_id or 0, order.part): order
            for order in present
            if order.kind is OrderKind.SUPPLY
        },
        wanted_supply,
        lambda key: {"part": key[1]},
    )


def _reconcile[Key: (int, tuple[int, int])](
    session: Session,
    service: Service,
    present: Mapping[Key, Order],
    wanted: Mapping[Key, OrderDraft],
    identity: Callable[[Key], dict[str, Any]],
) -> None:
    """Make, change and cancel orders until they are the wanted ones."""
    for key in sorted(wanted):
        if key in present:
            wanted[key].write(present[key])
        else:
            columns = {**wanted[key].values(), **identity(key)}
            session.add(Order(service_id=service.id or 0, **columns))
    for key, order in present.items():
        if key not in wanted and not order.cancelled:
            order.cancelled = True


def _personal(
    session: Session, settings: Settings, service: Service, hours: ServiceHours
) -> Iterator[tuple[int, OrderDraft]]:
    """Yield elder id and order of everybody who eats in the service."""
    for elder in _elders(session, service):
        wish = wish_of(elder, service.day, service.meal)
        if wish is not None and elder.id is not None:
            yield elder.id, draft_order(elder, wish, settings, hours)


def _elders(session: Session, service: Service) -> Iterable[Elder]:
    """Return the elders who may eat in a service, with what decides it."""
    standing = select(StandingOrder.elder_id).where(col(StandingOrder.meal) == service.meal)
    changed = select(OrderChange.elder_id).where(
        col(OrderChange.meal) == service.meal, col(OrderChange.day) == service.day
    )
    query = (
        select(Elder)
        .where(or_(col(Elder.id).in_(standing), col(Elder.id).in_(changed)))
        .options(*(selectinload(part) for part in _ELDER_PARTS))  # type: ignore[arg-type]
        .order_by(col(Elder.id))
    )
    return session.exec(query.execution_options(populate_existing=True)).all()


def draft_order(elder: Elder, wish: Wish, settings: Settings, hours: ServiceHours) -> OrderDraft:
    """Return what the order of an elder's wish says."""
    base = OrderDraft(
        kind=OrderKind(wish.way.value),
        portions=wish.portions,
        diets=tuple(elder.diets),
        priority=priority_of(elder),
        note=wish.note,
    )
    if wish.way is MealWay.DINE_IN:
        return replace(base, canteen_id=elder.canteen_id)
    if wish.way is MealWay.PICK_UP:
        # Who has no meal point collects the meal where it is cooked.
        at_canteen = elder.canteen_id if elder.meal_point_id is None else None
        return replace(base, meal_point_id=elder.meal_point_id, canteen_id=at_canteen)
    first, last = usable_window(wish.window, hours) or (None, None)
    return replace(
        base,
        needs=tuple(needs_of(elder)),
        window_from=first,
        window_to=last,
        handover_seconds=handover_seconds(elder, elder.address, settings),
        usual_courier_id=elder.usual_courier_id,
    )


def _points(session: Session) -> dict[int, MealPoint]:
    return {
        point.id: point
        for point in session.exec(select(MealPoint)).all()
        if point.id is not None and point.active
    }


def _supplies(
    session: Session,
    day: date,
    hours: ServiceHours,
    points: Mapping[int, MealPoint],
    personal: Iterable[OrderDraft],
) -> Iterator[tuple[tuple[int, int], OrderDraft]]:
    """Yield (meal point id, part) and order of everything that meal points need."""
    collected: dict[int, list[OrderDraft]] = {}
    for draft in personal:
        point_id = draft.meal_point_id
        if draft.kind is OrderKind.PICK_UP and point_id is not None and point_id in points:
            collected.setdefault(point_id, []).append(draft)
    if not collected:
        return
    on_shift = couriers_on_shift(session, day, hours)
    everybody = session.exec(select(Courier).where(col(Courier.active))).all()
    for point_id, drafts in collected.items():
        point = points[point_id]
        box = largest_box(point.canteen_id, on_shift, everybody)
        diets = tuple({diet for draft in drafts for diet in draft.diets})
        first, last = due(point, hours) or (None, None)
        for part, portions in enumerate(split(sum(d.portions for d in drafts), box), start=1):
            yield (
                (point_id, part),
                OrderDraft(
                    kind=OrderKind.SUPPLY,
                    portions=portions,
                    diets=diets,
                    meal_point_id=point_id,
                    canteen_id=point.canteen_id,
                    window_from=first,
                    window_to=last,
                    # The settings' own hand-over time of meal points applies.
                    handover_seconds=None,
                ),
            )
