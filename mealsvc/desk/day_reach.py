"""Whose doors and couriers of a day a caller reaches, and how each is shown.

A stop is within reach of whoever keeps the courier who has it, or the elder's file (of a supply:
the meal point's canteen).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from mealsvc.access import Caller, Detail
from mealsvc.desk.people import Person, person
from mealsvc.errors import NotFound
from mealsvc.store import Address, Canteen, Courier, Elder, MealPoint, Order, Service
from mealsvc.store.people import spoken


@dataclass(frozen=True)
class DoorName:
    """Whose door it is, as far as a role may know: a person, or a meal point by its code."""

    order: int
    elder: Person | None
    meal_point: str | None
    portions: int
    address: str | None


@dataclass(frozen=True)
class _Door:
    """What the records know of a door."""

    portions: int
    meal_point: str | None
    elder: Person | None
    address: str | None


@dataclass(frozen=True)
class _Helper:
    """What the records know of a courier; ``canteen`` is its code."""

    code: str
    name: str
    phone: str | None
    canteen_id: int
    canteen: str


@dataclass
class Known:
    """What callers of one service share, as soon as one of them needed it.

    Attributes
    ----------
    couriers
        All couriers by id.
    keepers
        The canteen that keeps the file of each order's elder; of a supply, its own.
    """

    couriers: dict[int | None, _Helper] | None = None
    keepers: dict[int | None, int | None] | None = None


class DayReach:
    """The orders and couriers of one service through the eyes of one caller.

    Read as plain columns and only as far as somebody asks: consoles ask for a day's figures every
    few seconds, and those name nobody.
    """

    def __init__(
        self, session: Session, caller: Caller, service: Service, known: Known | None = None
    ) -> None:
        self.session, self.caller, self.service = session, caller, service
        self._known = known or Known()
        self._doors: dict[int, _Door] = {}

    @property
    def _couriers(self) -> dict[int | None, _Helper]:
        if self._known.couriers is None:
            rows = self.session.execute(_COURIERS)
            self._known.couriers = {key: _Helper(*told) for key, *told in rows}
        return self._known.couriers

    @property
    def _keepers(self) -> dict[int | None, int | None]:
        if self._known.keepers is None:
            query = _KEEPERS.where(col(Order.service_id) == self.service.id)
            self._known.keepers = {
                key: kept_by if elder_id is not None else canteen_id
                for key, elder_id, kept_by, canteen_id in self.session.execute(query)
            }
        return self._known.keepers

    def sees_courier(self, courier_id: int | None) -> bool:
        """Return whether a courier is one of the caller's."""
        found = self._couriers.get(courier_id)
        return found is not None and self.caller.sees(found.canteen_id)

    def sees(self, order_id: int | None, courier_id: int | None) -> bool:
        """Return whether a stop, or where no order is named a courier, is within reach."""
        if self.caller.canteens is None or self.sees_courier(courier_id):
            return True
        return order_id in self._keepers and self.caller.sees(self._keepers[order_id])

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
        found = self._couriers.get(courier_id)
        return found.code if found else None

    def courier_canteen(self, courier_id: int | None) -> str | None:
        """Return the code of a courier's canteen."""
        found = self._couriers.get(courier_id)
        return found.canteen if found else None

    def courier_name(self, courier_id: int | None) -> str | None:
        """Return a courier's name as the caller may know it."""
        shown = person(self._couriers.get(courier_id), self.caller.grant.detail)
        return shown.name if shown else None

    def fetch(self, order_ids: Iterable[int | None]) -> None:
        """Read the doors of these orders at once, for those who then ask one by one."""
        wanted = {key for key in order_ids if key is not None} - self._doors.keys()
        if wanted:
            query = _DOORS.where(
                col(Order.service_id) == self.service.id, col(Order.id).in_(wanted)
            )
            self._doors |= {key: _door(*told) for key, *told in self.session.execute(query)}

    def door(self, order_id: int) -> DoorName:
        """Return whose door a stop is; the address only where people are shown in full."""
        self.fetch([order_id])
        found, detail = self._doors[order_id], self.caller.grant.detail
        return DoorName(
            order=order_id,
            elder=person(found.elder, detail),
            meal_point=found.meal_point,
            portions=found.portions,
            address=found.address if detail is Detail.FULL else None,
        )


_COURIERS = (
    select(Courier.id, Courier.code, Courier.name, Courier.phone)
    .add_columns(col(Courier.canteen_id), col(Canteen.code))
    .join(Canteen)
)
_KEEPERS = select(Order.id, Order.elder_id, Elder.canteen_id, Order.canteen_id).join(
    Elder, isouter=True
)
_DOORS = (
    select(Order.id, Order.portions, MealPoint.code, Elder.code)
    .add_columns(col(Elder.name), col(Elder.phone), col(Address.id))
    .add_columns(col(Address.compound), col(Address.building), col(Address.unit), col(Address.room))
    .join(Elder, col(Elder.id) == Order.elder_id, isouter=True)
    .join(Address, col(Address.elder_id) == Elder.id, isouter=True)
    .join(MealPoint, col(MealPoint.id) == Order.meal_point_id, isouter=True)
)


def _door(
    portions: int,
    meal_point: str | None,
    code: str | None,
    name: str | None,
    phone: str | None,
    address_id: int | None,
    *parts: str | None,
) -> _Door:
    elder = Person(code, name or "", phone) if code is not None else None
    address = spoken(*parts) if address_id is not None else None
    return _Door(portions, meal_point, elder, address)


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
