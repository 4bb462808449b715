"""What a manager should look at before a service: orders that will reach nobody as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.demand.calendar import service_hours
from mealsvc.demand.supply import is_open
from mealsvc.sentences import Sentence
from mealsvc.settings import Settings
from mealsvc.store import CanteenMeal, Elder, MealPoint, Order, Service
from mealsvc.vocabulary import OrderKind


class WarningKind(StrEnum):
    """What is the matter."""

    POINT_FULL = "point_full"
    POINT_CLOSED = "point_closed"
    NO_POINT = "no_point"
    NO_CANTEEN = "no_canteen"
    CANTEEN_FULL = "canteen_full"
    UNLOCATED = "unlocated"


@dataclass(frozen=True)
class DemandWarning:
    """Something to look at.

    Attributes
    ----------
    kind
        What is the matter.
    subject
        Code of the elder, canteen or meal point it is about (no name).
    text
        One sentence: what, and what to do.
    """

    kind: WarningKind
    subject: str
    text: Sentence


def demand_warnings(session: Session, settings: Settings, service: Service) -> list[DemandWarning]:
    """Return what is worth looking at among a service's orders, in a stable order."""
    orders = session.exec(
        select(Order)
        .where(col(Order.service_id) == service.id, col(Order.cancelled).is_(False))
        .options(
            selectinload(Order.elder).selectinload(Elder.address),  # type: ignore[arg-type]
            selectinload(Order.meal_point),  # type: ignore[arg-type]
            selectinload(Order.canteen),  # type: ignore[arg-type]
        )
        .order_by(col(Order.id))
    ).all()
    return [
        *_about_points(settings, service, orders),
        *_about_canteens(session, service, orders),
        *(warning for order in orders for warning in _about_elder(order)),
    ]


def _about_points(
    settings: Settings, service: Service, orders: Sequence[Order]
) -> Iterator[DemandWarning]:
    hours = service_hours(settings, service.day, service.meal)
    collected: Counter[int] = Counter()
    points: dict[int, MealPoint] = {}
    for order in orders:
        if order.kind is OrderKind.PICK_UP and order.meal_point is not None:
            points[order.meal_point.id or 0] = order.meal_point
            collected[order.meal_point.id or 0] += order.portions
    for point_id, point in sorted(points.items()):
        if collected[point_id] > point.capacity:
            yield DemandWarning(
                WarningKind.POINT_FULL,
                point.code,
                Sentence(
                    f"助餐点 {point.code} 最多接收{point.capacity}份，已订{collected[point_id]}份；"
                    "请将部分老人改到其他助餐点",
                    f"meal point {point.code} takes {point.capacity} portions and "
                    f"{collected[point_id]} are ordered; move some elders to another point",
                ),
            )
        if not point.active or not is_open(point, hours):
            yield DemandWarning(
                WarningKind.POINT_CLOSED,
                point.code,
                _closed(point, collected[point_id]),
            )


def _closed(point: MealPoint, portions: int) -> Sentence:
    why = Sentence("已停用", "out of use")
    if point.active:
        hours = f"{point.opens:%H:%M}–{point.closes:%H:%M}"
        why = Sentence(f"的开放时间为{hours}，不在本餐次内", f"open {hours}, outside this service")
    return Sentence(
        f"助餐点 {point.code} {why.zh}，却有{portions}份要在此领取；请更正开放时间或调整老人",
        f"meal point {point.code} is {why.en} and {portions} portions are to be collected there; "
        "correct its hours or move the elders",
    )


def _about_canteens(
    session: Session, service: Service, orders: Sequence[Order]
) -> Iterator[DemandWarning]:
    handed_out: Counter[int] = Counter()
    for order in orders:
        at_canteen = order.kind in {OrderKind.DINE_IN, OrderKind.PICK_UP}
        if at_canteen and order.canteen_id is not None:
            handed_out[order.canteen_id] += order.portions
    meals = session.exec(
        select(CanteenMeal)
        .where(col(CanteenMeal.meal) == service.meal)
        .options(selectinload(CanteenMeal.canteen))  # type: ignore[arg-type]
        .order_by(col(CanteenMeal.canteen_id))
    )
    for meal in meals:
        portions = handed_out[meal.canteen_id or 0]
        if portions > meal.capacity:
            yield DemandWarning(
                WarningKind.CANTEEN_FULL,
                meal.canteen.code,
                Sentence(
                    f"食堂 {meal.canteen.code} 最多做{meal.capacity}份，"
                    f"堂食和自取已有{portions}份；请提高产能或调整部分老人",
                    f"canteen {meal.canteen.code} cooks {meal.capacity} portions and {portions} "
                    "are eaten or collected there; raise its capacity or move some elders",
                ),
            )


def _about_elder(order: Order) -> Iterator[DemandWarning]:
    elder = order.elder
    if elder is None:
        return
    if order.kind is OrderKind.DELIVERY and (elder.address is None or elder.address.lon is None):
        yield DemandWarning(
            WarningKind.UNLOCATED,
            elder.code,
            Sentence(
                f"编号 {elder.code} 的老人没有可用的位置，无法安排配送；请在未定位名单中确定位置",
                f"elder {elder.code} has no usable place and cannot be planned; "
                "set the place in the unlocated queue",
            ),
        )
    if order.kind is OrderKind.PICK_UP and order.meal_point_id is None:
        yield DemandWarning(
            WarningKind.NO_POINT,
            elder.code,
            Sentence(
                f"编号 {elder.code} 的老人自取用餐却没有助餐点，餐食将留在食堂；"
                "请在档案中指定助餐点或改变用餐方式",
                f"elder {elder.code} collects the meal but has no meal point, so it waits at the "
                "canteen; name a meal point in the file, or another way of eating",
            ),
        )
    if order.kind is OrderKind.DINE_IN and order.canteen_id is None:
        yield DemandWarning(
            WarningKind.NO_CANTEEN,
            elder.code,
            Sentence(
                f"编号 {elder.code} 的老人堂食却没有食堂；请在档案中指定食堂",
                f"elder {elder.code} eats in but has no canteen; name one in the file",
            ),
        )
