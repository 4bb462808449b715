"""Settings from the environment (``MEALSVC_…``) or ``.env``, with defaults right in Hangzhou."""

from __future__ import annotations

import json
import os
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from mealsvc.vocabulary import Meal


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("unknown time zone; use a name such as Asia/Shanghai") from error
    return name


def _listed(value: object) -> object:
    """Return the parts of a text with commas, as the table of settings shows them, or of JSON."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError("write the values with commas between them, no brackets") from error
    return [part.strip() for part in value.split(",") if part.strip()]


# pydantic-settings itself would only take JSON, and end with a traceback at anything else.
_Listed = (NoDecode, BeforeValidator(_listed))


def _rising(minutes: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    if minutes[0] < 1 or sorted(set(minutes)) != list(minutes):
        raise ValueError("each step comes later than the one before, from 1 minute on")
    return minutes


_A4 = (210, 297)  # millimetres
_CUT = 0.5  # what makers' figures may exceed the page by, rounded as they are


class LabelSheet(NamedTuple):
    """A sheet of stickers on A4: how many, and where they lie, in millimetres."""

    columns: Annotated[int, Field(ge=1, le=8)] = 2
    rows: Annotated[int, Field(ge=1, le=20)] = 7
    width: Annotated[float, Field(ge=60)] = 99.1
    height: Annotated[float, Field(ge=25)] = 38.1
    top: Annotated[float, Field(ge=0)] = 15.15
    left: Annotated[float, Field(ge=0)] = 4.65
    column_gap: Annotated[float, Field(ge=0)] = 2.5
    row_gap: Annotated[float, Field(ge=0)] = 0

    @property
    def places(self) -> int:
        """Stickers of one sheet."""
        return self.columns * self.rows


def _on_a4(sheet: LabelSheet) -> LabelSheet:
    across = sheet.left + sheet.columns * (sheet.width + sheet.column_gap) - sheet.column_gap
    down = sheet.top + sheet.rows * (sheet.height + sheet.row_gap) - sheet.row_gap
    if across > _A4[0] + _CUT or down > _A4[1] + _CUT:
        raise ValueError(
            f"the stickers reach {across:g} mm across and {down:g} mm down, A4 is 210 by 297; "
            "write columns, rows, width, height, top, left, gap between columns, between rows"
        )
    return sheet


class Settings(BaseSettings):
    """Everything an installation may want to set.

    Every field is read from ``MEALSVC_`` + its name in capitals. Times of day are local to
    ``timezone``; durations are seconds; prices are those of the instance format.
    """

    model_config = SettingsConfigDict(
        env_prefix="MEALSVC_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    home: Path = Field(Path("var"), description="where all state lives")
    database_url: SecretStr | None = Field(
        None, description="database; default: SQLite file in home"
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "Asia/Shanghai", description="time zone of the service day"
    )
    language: str = Field("zh", pattern="^(zh|en)$", description="language where none is asked for")

    lunch_opens: time = Field(time(10, 30), description="lunch: loading begins")
    lunch_closes: time = Field(time(12, 30), description="lunch: last hand-over")
    dinner_opens: time = Field(time(16, 30), description="dinner: loading begins")
    dinner_closes: time = Field(time(18, 30), description="dinner: last hand-over")
    cutoff: time = Field(time(19, 30), description="orders of tomorrow are frozen at this time")

    circle_seconds: int = Field(600, ge=0, description="ride time of the meal circle")
    max_ride_seconds: int = Field(1800, ge=0, description="ride time that is never exceeded")
    load_seconds: int = Field(120, ge=0, description="loading per trip")
    pack_seconds: int = Field(4, ge=0, description="loading per portion")
    handover_seconds: int = Field(45, ge=0, description="hand-over at a ground-floor door")
    floor_seconds_stairs: int = Field(24, ge=0, description="per floor without a lift, both ways")
    floor_seconds_lift: int = Field(4, ge=0, description="per floor with a lift, both ways")
    lift_wait_seconds: int = Field(30, ge=0, description="waiting for a lift")
    supply_handover_seconds: int = Field(120, ge=0, description="unloading at a meal point")
    learn_handover: bool = Field(
        default=True, description="plan with the hand-over times that earlier days taught"
    )
    reach_seconds: int = Field(
        1500, ge=0, description="a canteen may serve a door within this riding time"
    )
    reach_canteens: int = Field(3, ge=1, description="how many canteens may serve one door at most")
    walking_kmh: float = Field(5.0, ge=0.5, le=25, description="couriers on foot, and to the door")
    bicycle_kmh: float = Field(15.0, ge=5, le=60, description="bicycles on a flat street")
    ebike_kmh: float = Field(20.0, ge=5, le=60, description="e-bikes; the legal limit is 25")
    area: Annotated[tuple[float, float, float, float], *_Listed] = Field(
        (118.0, 27.0, 123.5, 31.5),
        description="west, south, east, north (degrees): places elsewhere are not believed",
    )
    snap_limit_metres: int = Field(150, ge=1, description="farther from a street is not usable")

    elder_walking_kmh: float = Field(
        3.6, ge=0.5, le=7, description="an elder's pace on the way to a canteen or meal point"
    )
    semi_disabled_walking_kmh: float | None = Field(
        None, ge=0.5, le=7, description="… of the semi-disabled; empty: the same"
    )
    disabled_walking_kmh: float | None = Field(
        None, ge=0.5, le=7, description="… of the disabled; empty: the same"
    )
    walking_circle_seconds: int = Field(
        600, ge=60, le=3600, description="walking time of the meal circle"
    )
    walking_bands_seconds: Annotated[tuple[Annotated[int, Field(ge=1, le=7200)], ...], *_Listed] = (
        Field((300, 600, 900), description="walking times that coverage is told for")
    )
    walking_limit_seconds: int = Field(
        1800, ge=60, le=7200, description="longer walks to the nearest site are not measured"
    )
    least_group: int = Field(
        5, ge=1, description="smaller groups of elders are not shown to planners"
    )
    effect_seconds: float = Field(
        30, gt=0, description="solving time of each of the two plans of a delivery effect"
    )

    price_unserved_meal: int = Field(
        36_000, ge=0, description="per portion not served, times its priority"
    )
    price_outside_circle_meal: int = Field(
        3_600, ge=0, description="per portion outside the circle, times its priority"
    )
    price_courier: int = Field(1_800, ge=0, description="per courier who is needed")
    price_travel_second: int = Field(1, ge=0, description="per second on the way")
    price_unfamiliar_courier: int = Field(
        120, ge=0, description="per order that the usual courier does not bring"
    )

    plan_seconds: float = Field(45, gt=0, description="solving time of one plan")
    explain_share: float = Field(
        0.1, ge=0, le=0.5, description="part of it that goes into explaining the plan; 0: none"
    )
    revise_seconds: float = Field(
        2.6, gt=0, le=60, description="a revision on the day is proposed within this time"
    )
    revise_ahead_seconds: int = Field(
        60, ge=0, le=900, description="trips that begin so soon after the question stay as they are"
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="processes of the solver"
    )
    seed: int = Field(0, ge=0, description="seed of every random choice")

    nightly_enabled: bool = Field(default=True, description="plan tomorrow every night")
    nightly_at: time = Field(time(20, 0), description="when tomorrow is planned")
    nightly_publish: bool = Field(default=False, description="publish what the night planned")
    nightly_meals: Annotated[tuple[Meal, ...], *_Listed] = Field(
        (Meal.LUNCH, Meal.DINNER), description="meals that the night plans"
    )
    clock_offset_seconds: int = Field(0, description="rehearsal: run ahead of the system clock")

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="port to listen on")
    public_url: str = Field(
        "http://127.0.0.1:8000", description="how phones reach the service (QR codes)"
    )
    secure_cookies: bool = Field(default=False, description="set behind HTTPS")
    session_hours: int = Field(12, ge=1, description="a browser session ends after so many hours")
    sign_in_attempts: int = Field(8, ge=1, description="failed sign-ins allowed")
    sign_in_minutes: int = Field(15, ge=1, description="… per name and address within so long")
    sign_in_attempts_per_address: int = Field(
        40, ge=1, description="… and per address, whatever the names"
    )
    duty_margin_minutes: int = Field(
        60, ge=0, description="a courier's duty can be read so long after the last hand-over"
    )
    phone_poll_seconds: int = Field(
        20, ge=5, description="couriers' phones ask for a new revision so often"
    )
    no_answer_minutes: Annotated[tuple[int, int, int, int], *_Listed, AfterValidator(_rising)] = (
        Field(
            (5, 10, 15, 60),
            description="nobody opens: elder called, contact called, office told, case closed so "
            "many minutes after",
        )
    )
    allowed_hosts: str = Field(
        "", description="host names answered to besides public_url's; separated by commas"
    )
    trusted_proxies: str = Field(
        "", description="addresses of reverse proxies whose X-Forwarded-For is believed"
    )
    label_sheet: Annotated[LabelSheet, *_Listed, AfterValidator(_on_a4)] = Field(
        LabelSheet(),
        description="stickers on A4: columns, rows, width, height, top, left, gap between columns, "
        "between rows (mm)",
    )
    photo_megabytes: int = Field(15, ge=1, description="largest photo of a courier, megabytes")
    photo_days: int = Field(30, ge=1, description="photos are removed so many days after")
    upload_megabytes: int = Field(20, ge=1, description="largest upload, megabytes")

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the service day."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """Database URL; by default the SQLite file under ``home``."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.home / 'mealsvc.sqlite').resolve()}"

    @property
    def streets_folder(self) -> Path:
        """Folder of the street network."""
        return self.home / "streets"

    @property
    def times_folder(self) -> Path:
        """Folder of cached travel times."""
        return self.home / "times"

    @property
    def photos_folder(self) -> Path:
        """Folder of couriers' photos."""
        return self.home / "photos"

    @property
    def clock_offset(self) -> timedelta:
        """How far the service's clock runs ahead of the machine's."""
        return timedelta(seconds=self.clock_offset_seconds)

    def hours(self, meal: Meal) -> tuple[time, time]:
        """Return when loading begins and when the last hand-over of a meal may be, local time."""
        if meal is Meal.LUNCH:
            return self.lunch_opens, self.lunch_closes
        return self.dinner_opens, self.dinner_closes
