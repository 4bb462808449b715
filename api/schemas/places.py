"""What a search for a place answers."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from api.schemas.maps import Position
from api.schemas.shapes import Out
from mealsvc.desk.places import FoundPlace


class PlaceOut(Out):
    """A place that fits."""

    kind: str = Field(
        description="canteen, meal_point, area, settlement, compound, street, institution, "
        "station, park, water, address, building, other",
        examples=["street"],
    )
    name: str = Field(examples=["中山路"])
    english: str | None = Field(description="where the map data has it")
    code: str | None = Field(description="of a canteen or meal point", examples=["ST01"])
    detail: str | None = Field(description="address of a canteen or meal point")
    area: str | None = Field(description="the street, community or settlement it is in")
    point: Position


class PlacesOut(Out):
    """The places that fit, the best first."""

    places: list[PlaceOut]

    @classmethod
    def of(cls, found: list[FoundPlace]) -> Self:
        """Return places as they are sent."""
        return cls(places=[PlaceOut.model_validate(place) for place in found])
