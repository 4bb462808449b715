"""Orders that come, change or go after the cut-off: what they say, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlmodel import Session

from mealsvc.demand.calendar import ServiceHours
from mealsvc.demand.collect import draft_order
from mealsvc.demand.rules import Window, usable_window
from mealsvc.demand.wishes import Wish
from mealsvc.settings import Settings
from mealsvc.store import Elder, Order
from mealsvc.vocabulary import MealWay, OrderKind


@dataclass(frozen=True)
class OrderEdit:
    """A change of one order of a frozen service.

    Attributes
    ----------
    order_id
        Which order; None makes one.
    elder_id
        Whose it is.
    values
        Columns and what they shall say.
    """

    order_id: int | None
    elder_id: int
    values: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the edit as JSON values."""
        plain = {
            name: value.isoformat() if isinstance(value, time) else value
            for name, value in self.values.items()
        }
        return {"order_id": self.order_id, "elder_id": self.elder_id, "values": plain}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> OrderEdit:
        """Return the edit that :meth:`to_json` gave."""
        values = dict(data["values"])
        for name in ("window_from", "window_to"):
            if values.get(name) is not None:
                values[name] = time.fromisoformat(values[name])
        if "kind" in values:
            values["kind"] = OrderKind(values["kind"])
        return cls(data["order_id"], data["elder_id"], values)


def delivery_values(
    elder: Elder,
    settings: Settings,
    hours: ServiceHours,
    *,
    portions: int,
    window: Window | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """Return the columns of an order that brings an elder a meal, as for any other day."""
    notes = ";".join(one for one in (elder.door_note, note) if one)[:500] or None
    wish = Wish(MealWay.DELIVERY, portions, window, notes)
    return draft_order(elder, wish, settings, hours).values()


def window_values(window: Window, hours: ServiceHours) -> dict[str, Any]:
    """Return the columns of a time asked for, as far as it lies in the service."""
    first, last = usable_window(window, hours) or (None, None)
    return {"window_from": first, "window_to": last}


def write_edit(session: Session, service_id: int, edit: OrderEdit) -> Order:
    """Make or change an order of a service in the open transaction, and flush it."""
    if edit.order_id is None:
        order = Order(service_id=service_id, elder_id=edit.elder_id, **edit.values)
        session.add(order)
    else:
        order = session.get_one(Order, edit.order_id)
        for name, value in edit.values.items():
            setattr(order, name, value)
    session.flush()
    return order
