"""A courier's own duty over the wire."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.shapes import LocalTime, Out
from mealsvc.day_words import CaseStep, Fate, Outcome, StepResult, StopStatus, TripStatus
from mealsvc.vocabulary import Meal, Mode, OrderKind


class ContactOut(Out):
    """Whom to call when nobody opens."""

    name: str
    phone: str | None
    relation: str | None


class NavigationPlaceOut(Out):
    """A place as navigation programs expect it; each pair is longitude, latitude."""

    wgs84: tuple[float, float] = Field(description="OpenStreetMap, the own map")
    gcj02: tuple[float, float] = Field(description="AMap 高德, Tencent 腾讯")
    bd09: tuple[float, float] = Field(description="Baidu 百度")


class OwnStepOut(Out):
    """A step that was taken when nobody opened."""

    uid: str
    step: CaseStep
    result: StepResult
    at: datetime
    by_office: bool


class OwnCaseOut(Out):
    """A door that stayed shut: since when, what was done, whether it ended."""

    opened_at: datetime
    steps: list[OwnStepOut]
    met_at: datetime | None
    closed_at: datetime | None


class DoorOut(Out):
    """A stop as needed at the door, and what was reported of it."""

    order: int = Field(description="what reports name the stop by")
    kind: OrderKind
    number: int
    arrives_at: datetime
    ride_seconds: int
    inside_circle: bool
    name: str
    short_name: str = Field(examples=["段奶奶"])
    address: str
    compound: str | None
    building: str | None
    unit: str | None
    room: str | None
    floor: int | None
    lift: bool | None
    phone: str | None
    door_note: str | None
    portions: int
    diets: list[str]
    needs: list[str] = Field(description="skills that the courier must have")
    window_from: LocalTime | None
    window_to: LocalTime | None
    contacts: list[ContactOut]
    place: NavigationPlaceOut | None
    status: StopStatus = Field(description="by what was reported, never by the clock")
    outcome: Outcome | None
    outcome_uid: str | None = Field(description="the report that counts")
    outcome_at: datetime | None
    fates: dict[Fate, int] = Field(description="portions not handed over, by where they went")
    given_to: str | None
    case: OwnCaseOut | None = Field(description="of a door that stayed shut")


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
    status: TripStatus
    departed_at: datetime | None = Field(description="as reported")
    returned_at: datetime | None
    stops: list[DoorOut]


class LoadingPlaceOut(Out):
    """Where the trips begin and end."""

    name: str
    phone: str | None
    address: str | None
    place: NavigationPlaceOut | None


class OwnDutyOut(Out):
    """The current duty of whoever asks."""

    day: date
    meal: Meal
    revision: int = Field(description="of the published plan")
    courier: str = Field(examples=["Z001"])
    courier_name: str
    canteen: str
    mode: Mode
    loading: LoadingPlaceOut
    readable_until: datetime
    status: TripStatus
    seen_revision: int | None = Field(description="newest revision confirmed as seen")
    changed_in: int | None = Field(
        description="newest revision that changed the duty, to be confirmed; null: none did"
    )
    handed_back_at: datetime | None = Field(description="since when the courier cannot go on")
    no_answer_minutes: tuple[int, int, int, int] = Field(
        description="when nobody opens: minutes until each of the three steps and the closing"
    )
    trips: list[LoadedTripOut]


class DutyNowOut(Out):
    """What a phone asks again and again; it names nobody."""

    day: date
    meal: Meal
    revision: int = Field(description="of the published plan")
    seen_revision: int | None
    handed_back_at: datetime | None
    readable_until: datetime
    now: datetime = Field(description="the service's clock")


class WayLegOut(Out):
    """The way from one place of a trip to the next."""

    order: int | None = Field(description="of the stop that it leads to; null: the canteen")
    metres: float
    seconds: float
    line: list[tuple[float, float]] = Field(description="longitude and latitude, WGS-84")
    directions: list[str] = Field(description="the way in words")


class TripWayOut(Out):
    """The way of one trip of the own duty, on the streets, from the canteen and back."""

    legs: list[WayLegOut]
