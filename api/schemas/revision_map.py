"""A proposed revision over the map, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from api.schemas.maps import LineShape, PointShape
from api.schemas.shapes import Out
from mealsvc.desk.revising_map import ChangesOnMap


class ChangedTripProperties(Out):
    """A trip of a duty that changes, as it is or as it would be."""

    proposed: bool = Field(description="false: as it is now")
    courier: str = Field(examples=["Z001"])
    trip: int
    stops: int
    departs_at: datetime


class ChangedTripFeature(Out):
    """Its way on the streets; null where no way is known."""

    type: Literal["Feature"] = "Feature"
    geometry: LineShape | None
    properties: ChangedTripProperties


class ChangedStopProperties(Out):
    """How the way of a meal changes, and who would bring it."""

    change: Literal["moved", "retimed", "served", "left_out"]
    order: int | None
    courier: str | None


class ChangedStopFeature(Out):
    """A stop that changes."""

    type: Literal["Feature"] = "Feature"
    geometry: PointShape
    properties: ChangedStopProperties


class RevisionMap(Out):
    """Trips before and after, then the stops that change."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[ChangedTripFeature | ChangedStopFeature]

    @classmethod
    def of(cls, found: ChangesOnMap) -> Self:
        """Return the changes as GeoJSON."""
        trips = [
            ChangedTripFeature(
                geometry=None if trip.line is None else LineShape(coordinates=trip.line),
                properties=ChangedTripProperties.model_validate(trip),
            )
            for trip in found.trips
        ]
        stops = [
            ChangedStopFeature(
                geometry=PointShape(coordinates=stop.place),
                properties=ChangedStopProperties.model_validate(stop),
            )
            for stop in found.stops
        ]
        return cls(features=[*trips, *stops])
