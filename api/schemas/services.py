"""Services and orders over the wire."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.shapes import LocalTime, Out
from mealsvc.vocabulary import Meal, OrderKind


class PersonOut(Out):
    """Somebody: masked for officers, absent for planners."""

    code: str = Field(examples=["L0001"])
    name: str = Field(examples=["段建娟"])
    phone: str | None = Field(examples=["13800005408"])


class ServiceOut(Out):
    """A service in counts."""

    day: date
    meal: Meal
    frozen_at: datetime | None = Field(description="since when its orders stand")
    orders: dict[OrderKind, int] = Field(examples=[{"delivery": 112, "dine_in": 40}])
    portions: dict[OrderKind, int] = Field(
        description="supplies carry the portions of pick-ups: do not add the two",
        examples=[{"delivery": 118, "dine_in": 40}],
    )
    newest_revision: int | None = Field(examples=[2])
    published_revision: int | None = Field(examples=[1])


class OrderOut(Out):
    """An order; who eats, diets and needs only as far as the role shows them."""

    id: int
    kind: OrderKind
    part: int = Field(description="tells apart the supplies of one meal point")
    portions: int
    priority: int
    window_from: LocalTime | None
    window_to: LocalTime | None
    canteen: str | None = Field(examples=["ST01"])
    meal_point: str | None = Field(examples=["ZC01"])
    cancelled: bool
    elder: PersonOut | None
    diets: list[str] | None
    needs: list[str] | None
