"""What a plan is made from, read from the records in one go: no names, no open transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.delivery.learning import Lesson, blended, read_lessons
from mealsvc.demand import ServiceHours, couriers_on_shift, service_hours
from mealsvc.demand.staffing import OnShift, Span
from mealsvc.planning.travel import Place
from mealsvc.settings import Settings
from mealsvc.store import Canteen, CanteenMeal, Elder, Order, Service
from mealsvc.vocabulary import Meal, Mode, OrderKind

ROUTED = (OrderKind.DELIVERY, OrderKind.SUPPLY)
"""Kinds of orders that a courier carries."""

type Snapshot = dict[str, list[Any]]
"""What each order of a service says, by id: two snapshots differ where a plan would."""


@dataclass(frozen=True)
class OrderFacts:
    """An order that a courier carries; ``place`` is None where the door is not on the map."""

    id: int
    kind: OrderKind
    portions: int
    priority: int
    needs: tuple[str, ...]
    window: tuple[time, time] | None
    handover_seconds: int
    canteen_id: int | None
    usual_courier_id: int | None
    place: Place | None


@dataclass(frozen=True)
class CanteenFacts:
    """A canteen that is open in the service: portions left to carry, seconds of the service."""

    id: int
    place: Place
    portions: int
    opens: int
    closes: int


@dataclass(frozen=True)
class CourierFacts:
    """A courier at work in the service; ``spans`` are the times offered (see ``OnShift``)."""

    id: int
    canteen_id: int
    mode: Mode
    boxes: int
    skills: tuple[str, ...]
    max_trips: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ServiceFacts:
    """Everything about one service that a plan depends on."""

    service_id: int
    day: date
    meal: Meal
    opens: datetime
    hours: ServiceHours
    orders: tuple[OrderFacts, ...]
    canteens: tuple[CanteenFacts, ...]
    couriers: tuple[CourierFacts, ...]
    dine_in_portions: int
    pick_up_portions: int
    snapshot: Snapshot


def read_facts(session: Session, settings: Settings, service: Service) -> ServiceFacts:
    """Read what a plan of a service is made from.

    A canteen's portions are its capacity less what is eaten there; portions collected at meal
    points count when their supply orders are carried. Couriers of canteens that are closed in
    this service, out of use or not on the map are left out. How long the hand-over at a door takes
    is what earlier days taught, where ``settings.learn_handover`` allows it and the elder's file
    does not say it.
    """
    hours = service_hours(settings, service.day, service.meal)
    orders = standing_orders(session, service)
    handed_out: Counter[int | None] = Counter()
    for order in orders:
        if order.kind not in ROUTED:
            handed_out[order.canteen_id] += order.portions
    canteens = tuple(_canteens(session, service.meal, hours, handed_out))
    lessons = read_lessons(session, service.day) if settings.learn_handover else {}
    open_ids = {canteen.id for canteen in canteens}
    staff = couriers_on_shift(session, service.day, hours)
    return ServiceFacts(
        service_id=service.id or 0,
        day=service.day,
        meal=service.meal,
        opens=hours.opens,
        hours=hours,
        orders=tuple(_order(order, settings, lessons) for order in orders if order.kind in ROUTED),
        canteens=canteens,
        couriers=tuple(_courier(one) for one in staff if one.courier.canteen_id in open_ids),
        dine_in_portions=sum(o.portions for o in orders if o.kind is OrderKind.DINE_IN),
        pick_up_portions=sum(o.portions for o in orders if o.kind is OrderKind.PICK_UP),
        snapshot=snapshot_of(orders),
    )


def standing_orders(session: Session, service: Service) -> Sequence[Order]:
    """Return the orders of a service that are not cancelled, by id, with their places."""
    query = (
        select(Order)
        .where(col(Order.service_id) == service.id, col(Order.cancelled).is_(False))
        .options(
            selectinload(Order.elder).selectinload(Elder.address),  # type: ignore[arg-type]
            selectinload(Order.meal_point),  # type: ignore[arg-type]
        )
        .order_by(col(Order.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(query).all()


def snapshot_of(orders: Iterable[Order]) -> Snapshot:
    """Return what the orders say as far as a plan depends on it, as plain JSON values."""
    return {str(order.id): _said(order) for order in orders}


def _said(order: Order) -> list[Any]:
    common = [order.kind.value, order.portions, order.canteen_id, order.meal_point_id]
    if order.kind not in ROUTED:
        return common
    window = [at.isoformat() if at else None for at in (order.window_from, order.window_to)]
    place = list(_place(order) or ())
    door = [order.priority, order.needs, order.handover_seconds, order.usual_courier_id]
    return [*common, *door, *window, *place]


@dataclass(frozen=True, slots=True)
class OrderSaid:
    """What an order said to its courier: portions, hours asked for (ISO times), and the door."""

    portions: int
    window: tuple[str | None, ...]
    place: Place | None


def order_said(said: Sequence[Any]) -> OrderSaid:
    """Return what a snapshot keeps of one order, as far as its courier must know it."""
    _, portions, _, _, *door = said
    window, place = tuple(door[4:6]), door[6:]
    return OrderSaid(int(portions), window, (place[0], place[1]) if place else None)


def _place(order: Order) -> Place | None:
    holder = order.meal_point if order.kind is OrderKind.SUPPLY else _address(order)
    if holder is None or holder.lon is None or holder.lat is None:
        return None
    return round(holder.lon, 6), round(holder.lat, 6)


def _address(order: Order) -> Any:  # noqa: ANN401 - a relationship, typed by its table
    return order.elder.address if order.elder is not None else None


def _order(order: Order, settings: Settings, lessons: Mapping[int, Lesson]) -> OrderFacts:
    seconds = order.handover_seconds
    if seconds is None:
        supply = order.kind is OrderKind.SUPPLY
        seconds = settings.supply_handover_seconds if supply else settings.handover_seconds
    if order.elder is not None and order.elder.handover_seconds is None:
        seconds = blended(seconds, lessons.get(order.elder_id or 0))
    window = None
    if order.window_from is not None and order.window_to is not None:
        window = (order.window_from, order.window_to)
    return OrderFacts(
        id=order.id or 0,
        kind=order.kind,
        portions=order.portions,
        priority=order.priority,
        needs=tuple(order.needs),
        window=window,
        handover_seconds=seconds,
        canteen_id=order.canteen_id,
        usual_courier_id=order.usual_courier_id,
        place=_place(order),
    )


def _canteens(
    session: Session, meal: Meal, hours: ServiceHours, handed_out: Counter[int | None]
) -> Iterable[CanteenFacts]:
    query = (
        select(Canteen, CanteenMeal)
        .join(CanteenMeal, col(CanteenMeal.canteen_id) == col(Canteen.id))
        .where(col(Canteen.active), col(CanteenMeal.meal) == meal, col(Canteen.lon).is_not(None))
        .order_by(col(Canteen.id))
    )
    for canteen, cooked in session.exec(query):
        opens = max(hours.offset(cooked.opens), 0)
        closes = min(hours.offset(cooked.closes), hours.length)
        if opens < closes and canteen.lon is not None and canteen.lat is not None:
            yield CanteenFacts(
                id=canteen.id or 0,
                place=(round(canteen.lon, 6), round(canteen.lat, 6)),
                portions=max(cooked.capacity - handed_out[canteen.id], 0),
                opens=opens,
                closes=closes,
            )


def _courier(one: OnShift) -> CourierFacts:
    courier = one.courier
    return CourierFacts(
        id=courier.id or 0,
        canteen_id=courier.canteen_id,
        mode=courier.mode,
        boxes=courier.boxes,
        skills=tuple(courier.skills),
        max_trips=courier.max_trips,
        spans=one.spans,
    )
