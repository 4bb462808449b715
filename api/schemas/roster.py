"""Elders, couriers, canteens and meal points over the wire.

What is entered are the models of :mod:`mealsvc.roster.upkeep`; here is what is sent.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.shapes import In, LocalTime, Out, Page
from mealsvc.roster.guessing import GuessKind
from mealsvc.vocabulary import (
    CareLevel,
    CourierKind,
    EndReason,
    Hardship,
    Meal,
    MealWay,
    Mode,
    Sex,
    UnlocatedReason,
)


class ElderRowOut(Out):
    """An elder in a list; name and phone masked for officers."""

    code: str = Field(examples=["L00001"])
    name: str = Field(examples=["王桂英"])
    phone: str | None = Field(examples=["13800001234"])
    compound: str | None = Field(examples=["丰盛九玺"])
    care_level: CareLevel
    lives_alone: bool
    canteen: str | None = Field(examples=["ST01"])
    unlocated_reason: UnlocatedReason | None
    ended_on: date | None


class HomeOut(Out):
    """Where an elder lives, and the place on the map or the reason why there is none."""

    compound: str | None
    building: str | None
    unit: str | None
    floor: int | None
    lift: bool | None
    room: str | None
    lon: float | None = Field(description="WGS-84")
    lat: float | None = Field(description="WGS-84")
    datum: str | None = Field(description="of the raw pair", examples=["GCJ-02"])
    raw_lon: str | None
    raw_lat: str | None
    unlocated_reason: UnlocatedReason | None
    unlocated_detail: str | None


class ContactOut(Out):
    """Whom to call when nobody opens; rank 1 first."""

    rank: int
    name: str
    phone: str | None
    relation: str | None


class StandingOut(Out):
    """What an elder eats on which weekdays."""

    meal: Meal
    way: MealWay
    portions: int
    weekdays: list[int] = Field(description="Monday is 0", examples=[[0, 1, 2, 3, 4]])
    valid_from: date
    valid_to: date | None
    window_from: LocalTime | None
    window_to: LocalTime | None


class PauseOut(Out):
    """Days without meals, or without a courier."""

    first_day: date
    last_day: date | None = Field(description="none: until further notice")
    reason: str | None


class OrderChangeOut(Out):
    """A one-off change; 0 portions cancels the meal."""

    day: date
    meal: Meal
    portions: int
    way: MealWay | None
    window_from: LocalTime | None
    window_to: LocalTime | None
    note: str | None
    made_at: datetime
    made_by: str | None


class ElderOut(Out):
    """One person, one file; for officers masked."""

    code: str = Field(examples=["L00001"])
    name: str = Field(examples=["王桂英"])
    sex: Sex | None
    birth_date: date | None = Field(description="only the year is true where people are masked")
    phone: str | None
    care_level: CareLevel
    lives_alone: bool
    hardship: Hardship | None
    diets: list[str] | None = Field(examples=[["低糖"]])
    door_note: str | None
    canteen: str | None = Field(description="code of the canteen that keeps the file")
    canteen_given: bool
    meal_point: str | None
    courier: str | None = Field(description="code of the usual courier")
    handover_seconds: int | None
    priority: int | None
    ended_on: date | None
    end_reason: EndReason | None
    updated_at: datetime
    home: HomeOut
    contacts: list[ContactOut]
    standing_orders: list[StandingOut]
    pauses: list[PauseOut]
    order_changes: list[OrderChangeOut]


class FileChangeOut(Out):
    """A change of somebody's file: when, who, what; fields by name, without their values."""

    at: datetime
    actor: str = Field(examples=["wang"])
    action: str = Field(examples=["elder.change"])
    detail: dict[str, Any] = Field(examples=[{"fields": ["phone"]}])


class GuessOut(Out):
    """Where a home probably is."""

    kind: GuessKind = Field(description="what the guess is made of")
    point: tuple[float, float] = Field(description="WGS-84 longitude and latitude")


class UnlocatedOut(Out):
    """An elder whom no plan can serve, and what would probably help."""

    code: str
    name: str
    phone: str | None
    compound: str | None
    canteen: str | None = Field(description="code of the canteen that keeps the file")
    reason: UnlocatedReason
    detail: str | None
    neighbours: int = Field(description="located homes of the same compound")
    suggestion: tuple[float, float] | None = Field(
        description="their middle, WGS-84 longitude and latitude"
    )
    guess: GuessOut | None = Field(description="where a map opens; nobody is sent there")


class UnlocatedPage(Page[UnlocatedOut]):
    """A page of the queue, and how many elders wait for a canteen."""

    unkept: int = Field(description="elders of the whole service whom no canteen keeps")


class ResumeEntry(In):
    """The first day with meals again."""

    day: date = Field(examples=["2026-11-23"])


class ShiftOut(Out):
    """Time that a courier offers."""

    weekdays: list[int] = Field(description="Monday is 0", examples=[[0, 1, 2, 3, 4]])
    starts: LocalTime
    ends: LocalTime


class CourierOut(Out):
    """A courier; without name and phone for planners, masked for officers."""

    code: str = Field(examples=["Z001"])
    name: str | None = Field(examples=["段建娟"])
    phone: str | None
    kind: CourierKind
    canteen: str | None
    mode: Mode
    boxes: int
    skills: list[str]
    max_trips: int | None
    note: str | None
    active: bool
    updated_at: datetime
    shifts: list[ShiftOut]
    absences: list[PauseOut]


class CanteenMealOut(Out):
    """What a canteen cooks for a meal, and when couriers load."""

    meal: Meal
    capacity: int
    opens: LocalTime
    closes: LocalTime


class CanteenOut(Out):
    """A canteen."""

    code: str = Field(examples=["ST01"])
    name: str = Field(examples=["文新街道老年食堂"])
    address: str | None
    phone: str | None
    note: str | None
    active: bool
    lon: float | None
    lat: float | None
    unlocated_reason: UnlocatedReason | None
    updated_at: datetime
    meals: list[CanteenMealOut]


class MealPointOut(Out):
    """A meal point."""

    code: str = Field(examples=["ZC01"])
    name: str
    canteen: str | None = Field(description="code of the canteen that supplies it")
    address: str | None
    note: str | None
    capacity: int
    opens: LocalTime
    closes: LocalTime
    active: bool
    lon: float | None
    lat: float | None
    unlocated_reason: UnlocatedReason | None
    updated_at: datetime
