"""Punctuality over the wire."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.shapes import Out
from mealsvc.vocabulary import Meal


class PunctualityOut(Out):
    """Stops in figures, each over those of which it is known."""

    stops: int = Field(description="with an outcome")
    served: int
    rides: int = Field(description="departure and hand-over were reported")
    ride_seconds: float | None = Field(description="mean, as it was")
    planned_ride_seconds: float | None = Field(description="mean of the same, as planned")
    inside_circle: int
    planned_inside_circle: int
    timed: int
    late: int = Field(description="more than five minutes after the planned time")
    delay_seconds: float | None = Field(description="median; negative: early")


class PartPunctualityOut(Out):
    """A canteen or courier in figures."""

    code: str
    figures: PunctualityOut


class ServicePunctualityOut(Out):
    """A service in figures."""

    day: date
    meal: Meal
    together: PunctualityOut
    canteens: list[PartPunctualityOut]
    couriers: list[PartPunctualityOut]
