"""A courier's own duty over the wire."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.shapes import Out
from mealsvc.vocabulary import Meal


class ContactOut(Out):
    """Whom to call when nobody opens."""

    name: str
    phone: str | None
    relation: str | None


class DoorOut(Out):
    """A stop as needed at the door."""

    number: int
    arrives_at: datetime
    ride_seconds: int
    inside_circle: bool
    name: str
    address: str
    floor: int | None
    lift: bool | None
    phone: str | None
    door_note: str | None
    portions: int
    diets: list[str]
    contacts: list[ContactOut]


class SpecialOut(Out):
    """A special diet, by person."""

    name: str
    portions: int
    diets: list[str]


class LoadedTripOut(Out):
    """A trip: load, leave, stop, return."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    portions: int
    specials: list[SpecialOut]
    stops: list[DoorOut]


class OwnDutyOut(Out):
    """The current duty of whoever asks."""

    day: date
    meal: Meal
    revision: int = Field(description="of the published plan")
    courier: str = Field(examples=["Z001"])
    courier_name: str
    canteen: str
    readable_until: datetime
    trips: list[LoadedTripOut]
