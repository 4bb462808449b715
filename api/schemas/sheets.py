"""Kitchen counts over the wire."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.shapes import Out
from mealsvc.sheets import KitchenCount
from mealsvc.sheets.kitchen import KINDS
from mealsvc.vocabulary import Meal, OrderKind, RevisionState


class DietCountOut(Out):
    """Portions of one combination of diets; no diets is the regular meal."""

    diets: list[str] = Field(examples=[["低糖"]])
    portions: dict[OrderKind, int]
    total: int


class SpecialOut(Out):
    """Special portions of one person."""

    name: str
    code: str
    portions: int
    diets: list[str]


class SpecialPersonOut(SpecialOut):
    """Special portions of one person, and how they reach the person."""

    kind: OrderKind
    courier: str = Field(description="who carries it; empty where it is eaten in or collected")
    trip: int | None


class PackedTripOut(Out):
    """What is packed for one trip."""

    courier_code: str
    courier_name: str
    trip: int
    loads_at: datetime
    departs_at: datetime
    stops: int
    portions: int
    regular_portions: int
    specials: list[SpecialOut]


class LeftOutOut(Out):
    """An order that nobody serves, and whom to call."""

    order_id: int
    kind: OrderKind
    name: str
    code: str
    portions: int
    reason: str
    phone: str


class KitchenCountOut(Out):
    """What a canteen cooks and packs for one service."""

    day: date
    meal: Meal
    revision: int
    state: RevisionState
    canteen: str = Field(examples=["ST01"])
    total: int = Field(description="portions to cook")
    portions: dict[OrderKind, int]
    diets: list[DietCountOut]
    specials: list[SpecialPersonOut]
    trips: list[PackedTripOut]
    left_out: list[LeftOutOut]

    @classmethod
    def of(cls, count: KitchenCount) -> KitchenCountOut:
        """Return what is sent of a kitchen count."""
        return cls(
            day=count.head.day,
            meal=count.head.meal,
            revision=count.head.revision,
            state=count.head.state,
            canteen=count.canteen.code,
            total=count.total,
            portions=dict(zip(KINDS, count.portions, strict=True)),
            diets=[
                DietCountOut(
                    diets=list(row.diets),
                    portions=dict(zip(KINDS, row.portions, strict=True)),
                    total=row.total,
                )
                for row in count.diets
            ],
            specials=[
                SpecialPersonOut(
                    **SpecialOut.model_validate(person.special).model_dump(),
                    kind=person.kind,
                    courier=person.courier,
                    trip=person.trip,
                )
                for person in count.specials
            ],
            trips=[PackedTripOut.model_validate(trip) for trip in count.trips],
            left_out=[LeftOutOut.model_validate(left) for left in count.left_out],
        )
