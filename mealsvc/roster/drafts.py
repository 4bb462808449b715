"""What one row says, understood: the common form between spreadsheets, requests and records.

A draft holds :data:`KEEP` where its source says nothing (no such column, a value that could not be
read): a new record then gets the default, a stored one keeps what it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from mealsvc.roster.places import Place
from mealsvc.vocabulary import CareLevel, CourierKind, Hardship, Meal, MealWay, Mode, Sex


class Keep(Enum):
    """The type of :data:`KEEP`."""

    KEEP = "keep"


KEEP = Keep.KEEP
"""Stands for "the source says nothing about this"."""

type Maybe[T] = T | Keep


def said[T](value: Maybe[T], default: T) -> T:
    """Return what was said, or the default where nothing was."""
    return default if isinstance(value, Keep) else value


@dataclass(frozen=True)
class PlaceDraft:
    """A place as a source gives it.

    Attributes
    ----------
    place
        What was understood.
    cells
        The source's longitude, latitude and datum verbatim, to see whether a later import says
        something new; a place that was set by hand survives an import that repeats itself.
    """

    place: Place
    cells: str


@dataclass(frozen=True)
class CanteenMealDraft:
    """Portions of one meal, and between which times couriers load."""

    capacity: Maybe[int]
    opens: Maybe[time]
    closes: Maybe[time]


@dataclass(frozen=True)
class CanteenDraft:
    """One row of the canteens; a meal that is None is not cooked."""

    code: str
    name: str
    address: Maybe[str | None]
    phone: Maybe[str | None]
    place: Maybe[PlaceDraft]
    meals: Mapping[Meal, Maybe[CanteenMealDraft | None]]
    note: Maybe[str | None]


@dataclass(frozen=True)
class MealPointDraft:
    """One row of the meal points."""

    code: str
    name: str
    canteen: str
    address: Maybe[str | None]
    place: Maybe[PlaceDraft]
    capacity: Maybe[int]
    opens: Maybe[time]
    closes: Maybe[time]
    note: Maybe[str | None]


@dataclass(frozen=True)
class ShiftDraft:
    """Time that a courier offers on some weekdays (bit 0 = Monday)."""

    weekdays: int
    starts: time
    ends: time


@dataclass(frozen=True)
class CourierDraft:
    """One row of the couriers; a shift that is None offers no time."""

    code: str
    name: str
    canteen: str
    boxes: int
    phone: Maybe[str | None]
    kind: Maybe[CourierKind]
    mode: Maybe[Mode]
    care: Maybe[bool]
    shift: Maybe[ShiftDraft | None]
    max_trips: Maybe[int | None]
    note: Maybe[str | None]


@dataclass(frozen=True)
class StandingDraft:
    """What an elder eats for one meal; ``way`` None keeps the stored one."""

    portions: int
    way: MealWay
    weekdays: Maybe[int]
    window: Maybe[tuple[time, time] | None]


@dataclass(frozen=True)
class AddressDraft:
    """The postal parts of a home."""

    compound: Maybe[str | None]
    building: Maybe[str | None]
    unit: Maybe[str | None]
    floor: Maybe[int | None]
    lift: Maybe[bool | None]
    room: Maybe[str | None]


@dataclass(frozen=True)
class ContactDraft:
    """Whom to call when nobody opens."""

    name: str
    phone: str | None
    relation: str | None


@dataclass(frozen=True)
class ElderDraft:
    """One row of the elders; a meal whose draft is None is not eaten."""

    code: str
    name: str
    sex: Maybe[Sex | None]
    birth_date: Maybe[date | None]
    phone: Maybe[str | None]
    care_level: Maybe[CareLevel]
    lives_alone: Maybe[bool]
    hardship: Maybe[Hardship | None]
    diets: Maybe[tuple[str, ...]]
    door_note: Maybe[str | None]
    address: AddressDraft
    place: Maybe[PlaceDraft]
    contact: Maybe[ContactDraft | None]
    standing: Mapping[Meal, Maybe[StandingDraft | None]]
    canteen: Maybe[str | None]
    meal_point: Maybe[str | None]
    courier: Maybe[str | None]
    handover_seconds: Maybe[int | None]
    priority: Maybe[int | None]

    @property
    def person(self) -> tuple[str, date, str] | None:
        """Name, birth date and phone: who this is besides the code; None unless all are known."""
        if isinstance(self.birth_date, date) and isinstance(self.phone, str):
            return self.name, self.birth_date, self.phone
        return None
