"""Whose doors and couriers of a day a caller reaches, and how each is shown.

A stop is within reach of whoever keeps the courier who has it, or the elder's file (of a supply:
the meal point's canteen).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.access import Caller
from mealsvc.desk.people import Person, person
from mealsvc.errors import NotFound
from mealsvc.store import Canteen, Courier, Elder, Order, Service


@dataclass(frozen=True)
class DoorName:
    """Whose door it is, as far as a role may know: a person, or a meal point by its code."""

    order: int
    elder: Person | None
    meal_point: str | None
    portions: int
    address: str | None


class DayReach:
    """The orders and couriers of one service, read once, through the eyes of one caller."""

    def __init__(self, session: Session, caller: Caller, service: Service) -> None:
        self.caller = caller
        query = (
            select(Order)
            .where(Order.service_id == service.id)
            .options(
                selectinload(Order.elder).selectinload(Elder.address),  # type: ignore[arg-type]
                selectinload(Order.meal_point),  # type: ignore[arg-type]
            )
        )
        self.orders = {order.id: order for order in session.exec(query)}
        rows = session.exec(select(Courier, Canteen.code).join(Canteen))
        self.couriers = {courier.id: (courier, canteen) for courier, canteen in rows}

    def sees_courier(self, courier_id: int | None) -> bool:
        """Return whether a courier is one of the caller's."""
        found = self.couriers.get(courier_id)
        return found is not None and self.caller.sees(found[0].canteen_id)

    def sees(self, order_id: int | None, courier_id: int | None) -> bool:
        """Return whether a stop, or where no order is named a courier, is within reach."""
        if self.caller.canteens is None or self.sees_courier(courier_id):
            return True
        order = self.orders.get(order_id)
        return order is not None and self.caller.sees(_keeper(order))

    def gate(self, order_id: int | None, courier_id: int | None) -> None:
        """Refuse a stop or courier out of reach, with the words for one that is not there.

        Raises
        ------
        NotFound
            If it is out of reach.
        """
        if not self.sees(order_id, courier_id):
            raise NotFound(
                "this order or courier is not of your canteens",
                "该订单或送餐员不属于您负责的食堂",
            )

    def courier_code(self, courier_id: int | None) -> str | None:
        """Return the code of a courier."""
        found = self.couriers.get(courier_id)
        return found[0].code if found else None

    def courier_canteen(self, courier_id: int | None) -> str | None:
        """Return the code of a courier's canteen."""
        found = self.couriers.get(courier_id)
        return found[1] if found else None

    def courier_name(self, courier_id: int | None) -> str | None:
        """Return a courier's name as the caller may know it."""
        found = self.couriers.get(courier_id)
        shown = person(found[0], self.caller.grant.detail) if found else None
        return shown.name if shown else None

    def door(self, order_id: int) -> DoorName:
        """Return whose door a stop is; the address only where people are shown in full."""
        order = self.orders[order_id]
        shown = person(order.elder, self.caller.grant.detail)
        full = shown is not None and order.elder is not None and shown.name == order.elder.name
        place = order.elder.address if order.elder else None
        return DoorName(
            order=order_id,
            elder=shown,
            meal_point=order.meal_point.code if order.meal_point else None,
            portions=order.portions,
            address=place.text if full and place else None,
        )


def _keeper(order: Order) -> int | None:
    return order.elder.canteen_id if order.elder else order.canteen_id


def courier_ids(session: Session, codes: Iterable[str | None]) -> dict[str, int]:
    """Return the ids of couriers by code.

    Raises
    ------
    NotFound
        If there is none of a code.
    """
    wanted = {code for code in codes if code is not None}
    query = select(Courier.code, Courier.id).where(col(Courier.code).in_(wanted))
    found = {code: key or 0 for code, key in session.exec(query)}
    for code in sorted(wanted - found.keys()):
        raise NotFound(f"no courier has the code {code}", f"没有编号为 {code} 的送餐员")
    return found
