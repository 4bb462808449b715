"""What a person may enter about one elder, courier, canteen or meal point.

Fields understand what cells of a spreadsheet understand (周一至周五, 是, 11点半), but a person at a
form can answer, so what an import would only remark upon is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from mealsvc.roster.messages import ADVICE, WRONG
from mealsvc.roster.parse_elders import MOST_PORTIONS
from mealsvc.roster.times import time_of_day, weekdays
from mealsvc.roster.values import Read, Unreadable, Value, day, floor, phone, text, yes_no
from mealsvc.roster.words import (
    CARE_LEVELS,
    COURIER_KINDS,
    HARDSHIPS,
    MODES,
    SEXES,
    WAYS,
    words_reader,
)
from mealsvc.vocabulary import (
    CareLevel,
    CourierKind,
    EndReason,
    Hardship,
    Meal,
    MealWay,
    Mode,
    Sex,
)

#: What becomes of the cell of a spreadsheet, which a form does not say: it waits for another value.
_EFFECT = re.compile(r"，(?:已留空|按原样保留|未接受)|; (?:left out|kept as written|not accepted)")

_REFUSED = {"phone_length", "date_without_day", "date_as_number"}


def _against_rule(english: str, chinese: str) -> PydanticCustomError:
    """Return the error of a value that breaks a rule, with the rule's sentence."""
    return PydanticCustomError("rule", "{said}", {"said": english, "zh": chinese})


def _cell(read: Callable[[Value], Read[Any]]) -> BeforeValidator:
    """Return a validator that understands what a cell may hold."""

    def validate(value: Any) -> Any:  # noqa: ANN401 - whatever was entered
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            found = read(value)
        except Unreadable as fault:
            raise _unreadable(fault.code, value) from fault
        if found.remark in _REFUSED:
            raise _unreadable(found.remark, value)
        return found.value

    return BeforeValidator(validate)


class _Words(dict[str, str]):
    """Details of a message that a form does not know are left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _unreadable(code: str, value: str) -> PydanticCustomError:
    known = _Words(value=value, effect="not accepted", effect_zh="未接受")
    chinese, english = (
        [words[language].format_map(known) for words in (WRONG[code], ADVICE[code])]
        for language in (0, 1)
    )
    said, said_zh = (
        "".join(_EFFECT.split(words)) for words in ("; ".join(english), "；".join(chinese))
    )
    return _against_rule(said, said_zh)


def _clean(value: Any) -> Any:  # noqa: ANN401
    return text(value) if isinstance(value, str) else value


def _needed(value: Any) -> Any:  # noqa: ANN401
    cleaned = _clean(value)
    if cleaned is None:
        raise _against_rule("this must be filled in", "必填")
    return cleaned


type Code = Annotated[
    str, BeforeValidator(_needed), Field(min_length=1, max_length=40, examples=["L00001"])
]
type Name = Annotated[
    str, BeforeValidator(_needed), Field(min_length=1, max_length=80, examples=["王桂英"])
]
type Text40 = Annotated[Annotated[str, Field(max_length=40)] | None, BeforeValidator(_clean)]
type Text80 = Annotated[Annotated[str, Field(max_length=80)] | None, BeforeValidator(_clean)]
type Text120 = Annotated[Annotated[str, Field(max_length=120)] | None, BeforeValidator(_clean)]
type Text200 = Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(_clean)]
type Text500 = Annotated[Annotated[str, Field(max_length=500)] | None, BeforeValidator(_clean)]
type Phone = Annotated[
    Annotated[str, Field(max_length=32)] | None,
    _cell(phone),
    Field(examples=["13800001234", "0571-88001234"]),
]
type Day = Annotated[date | None, _cell(day), Field(examples=["1938-05-06"])]
type TimeOfDay = Annotated[time | None, _cell(time_of_day), Field(examples=["11:00"])]
type Weekdays = Annotated[
    int,
    _cell(weekdays),
    Field(ge=1, le=127, examples=[31], description="bit mask, Monday = 1 … Sunday = 64, or words"),
]
type Floor = Annotated[
    Annotated[int, Field(ge=-5, le=120)] | None, _cell(floor), Field(examples=[5])
]
type YesNo = Annotated[bool | None, _cell(yes_no)]


class Entry(BaseModel):
    """Base of everything that is entered: unknown fields are refused, not ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """Return the fields that were entered, as they are."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Window(Entry):
    """From when until when a meal may be handed over."""

    first: Annotated[time, _cell(time_of_day), Field(examples=["11:00"])]
    last: Annotated[time, _cell(time_of_day), Field(examples=["11:45"])]

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.first >= self.last:
            raise _against_rule(
                f"the window ends at {self.last:%H:%M}, before it begins at {self.first:%H:%M}",
                f"结束时间 {self.last:%H:%M} 不晚于开始时间 {self.first:%H:%M}",
            )
        return self


class PlaceEntry(Entry):
    """A place on the map, in the coordinate system that it was read from."""

    lon: float | str = Field(examples=[120.0931])
    lat: float | str = Field(examples=[30.2746])
    datum: str = Field(examples=["GCJ02"], description="WGS84, GCJ02 (AMap, Tencent), BD09 (Baidu)")


class AddressEntry(Entry):
    """The postal parts of a home."""

    compound: Text120 = None
    building: Text40 = None
    unit: Text40 = None
    floor: Floor = None
    lift: YesNo = None
    room: Text40 = None


class ContactEntry(Entry):
    """Whom to call when nobody opens."""

    name: Name
    phone: Phone = None
    relation: Text40 = None


class StandingEntry(Entry):
    """What an elder eats for one meal; 0 portions ends it."""

    meal: Meal
    portions: int = Field(ge=0, le=MOST_PORTIONS)
    way: Annotated[MealWay, _cell(words_reader(WAYS))] = MealWay.DELIVERY
    weekdays: Weekdays = 127
    window: Window | None = None


class ElderEntry(Entry):
    """Changes of an elder's file; what is left out stays.

    ``canteen``, ``meal_point`` and ``courier`` are codes. ``contacts`` replaces all contacts, the
    first is called first. ``standing`` sets the meals that it names.
    """

    name: Name = Field(default="")
    sex: Annotated[Sex | None, _cell(words_reader(SEXES))] = None
    birth_date: Day = None
    phone: Phone = None
    care_level: Annotated[CareLevel, _cell(words_reader(CARE_LEVELS))] = CareLevel.INDEPENDENT
    lives_alone: Annotated[bool, _cell(yes_no)] = False
    hardship: Annotated[Hardship | None, _cell(words_reader(HARDSHIPS))] = None
    diets: list[Annotated[str, Field(min_length=1, max_length=20)]] = Field(
        default_factory=list, max_length=12
    )
    door_note: Text500 = None
    address: AddressEntry | None = None
    place: PlaceEntry | None = None
    contacts: list[ContactEntry] = Field(default_factory=list, max_length=5)
    standing: list[StandingEntry] = Field(default_factory=list, max_length=2)
    canteen: Text40 = None
    meal_point: Text40 = None
    courier: Text40 = None
    handover_seconds: int | None = Field(None, ge=0, le=3600)
    priority: int | None = Field(None, ge=0, le=1000)


class NewElder(ElderEntry):
    """A new elder's file."""

    code: Code
    name: Name


class PauseEntry(Entry):
    """Days without meals; no last day means until further notice."""

    first_day: date
    last_day: date | None = None
    reason: Text120 = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last_day is not None and self.last_day < self.first_day:
            raise _against_rule(
                f"the last day {self.last_day} is before the first {self.first_day}",
                f"最后一天 {self.last_day} 早于第一天 {self.first_day}",
            )
        return self


class EndEntry(Entry):
    """The end of an elder's service."""

    reason: EndReason
    day: date | None = Field(None, description="first day without meals; default: today")


class OrderChangeEntry(Entry):
    """Another number of portions, way or time on one day; 0 portions cancels."""

    day: date
    meal: Meal
    portions: int = Field(ge=0, le=MOST_PORTIONS)
    way: Annotated[MealWay | None, _cell(words_reader(WAYS))] = None
    window: Window | None = None
    note: Annotated[Annotated[str, Field(max_length=300)] | None, BeforeValidator(_clean)] = None


class ShiftEntry(Entry):
    """Time that a courier offers."""

    weekdays: Weekdays = 127
    starts: Annotated[time, _cell(time_of_day)]
    ends: Annotated[time, _cell(time_of_day)]

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.starts >= self.ends:
            raise _against_rule(
                f"the shift ends at {self.ends:%H:%M}, before it begins at {self.starts:%H:%M}",
                f"班次结束时间 {self.ends:%H:%M} 不晚于开始时间 {self.starts:%H:%M}",
            )
        return self


class CourierEntry(Entry):
    """Changes of a courier; what is left out stays. ``shifts`` replaces all shifts."""

    name: Name = Field(default="")
    canteen: Code = Field(default="")
    boxes: int = Field(0, ge=0, le=500)
    phone: Phone = None
    kind: Annotated[CourierKind, _cell(words_reader(COURIER_KINDS))] = CourierKind.VOLUNTEER
    mode: Annotated[Mode, _cell(words_reader(MODES))] = Mode.FOOT
    care: Annotated[bool, _cell(yes_no)] = False
    shifts: list[ShiftEntry] = Field(default_factory=list, max_length=14)
    max_trips: int | None = Field(None, ge=1, le=99)
    note: Text500 = None
    active: bool = True


class NewCourier(CourierEntry):
    """A new courier."""

    code: Code
    name: Name
    canteen: Code
    boxes: int = Field(ge=0, le=500)


class MealEntry(Entry):
    """How much a canteen cooks for a meal and when couriers load; capacity None stops it."""

    meal: Meal
    capacity: int | None = Field(ge=0, le=20_000)
    opens: TimeOfDay = None
    closes: TimeOfDay = None


class CanteenEntry(Entry):
    """Changes of a canteen; what is left out stays."""

    name: Name = Field(default="")
    address: Text200 = None
    phone: Phone = None
    note: Text500 = None
    place: PlaceEntry | None = None
    meals: list[MealEntry] = Field(default_factory=list, max_length=2)
    active: bool = True


class NewCanteen(CanteenEntry):
    """A new canteen."""

    code: Code
    name: Name


class MealPointEntry(Entry):
    """Changes of a meal point; what is left out stays."""

    name: Name = Field(default="")
    canteen: Code = Field(default="")
    address: Text200 = None
    note: Text500 = None
    place: PlaceEntry | None = None
    capacity: int = Field(0, ge=0, le=20_000)
    opens: TimeOfDay = None
    closes: TimeOfDay = None
    active: bool = True


class NewMealPoint(MealPointEntry):
    """A new meal point."""

    code: Code
    name: Name
    canteen: Code
    capacity: int = Field(ge=0, le=20_000)
