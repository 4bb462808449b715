"""The map over the wire: GeoJSON (RFC 7946) of sites and routes, and what the background is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from api.schemas.shapes import LocalTime, Out
from geodata.basemap import Basemap
from mealsvc.desk.map_layers import SiteOnMap, TripOnMap
from mealsvc.desk.plan_stops import StopOnMap
from mealsvc.vocabulary import Mode, SiteKind

#: Longitude and latitude, WGS-84.
Position = tuple[float, float]

TILE_PATH = "/api/v1/basemap/tiles/{z}/{x}/{y}.mvt"


class BasemapOut(Out):
    """The background map: where its vector tiles are, and what they cover."""

    tiles: str = Field(
        description="address of a tile; `{z}`, `{x}` and `{y}` as in web maps",
        examples=[f"{TILE_PATH}?v=0f3c21ab54d1-x7c2"],
    )
    bounds: tuple[float, float, float, float] = Field(description="west, south, east, north")
    least_zoom: int = Field(examples=[6])
    most_zoom: int = Field(examples=[15])
    date: datetime | None = Field(description="state of the data, where the extract tells")
    attribution: str = Field(examples=["© OpenStreetMap contributors"])

    @classmethod
    def of(cls, basemap: Basemap) -> Self:
        """Describe a background map."""
        return cls(
            tiles=f"{TILE_PATH}?v={basemap.stamp}",
            bounds=basemap.bounds,
            least_zoom=basemap.least_zoom,
            most_zoom=basemap.most_zoom,
            date=basemap.date,
            attribution="© OpenStreetMap contributors",
        )


class PointShape(Out):
    """A place."""

    type: Literal["Point"] = "Point"
    coordinates: Position


class LineShape(Out):
    """A way."""

    type: Literal["LineString"] = "LineString"
    coordinates: list[Position]


class SiteProperties(Out):
    """A canteen or a meal point."""

    kind: SiteKind
    code: str = Field(examples=["ST01"])
    name: str = Field(examples=["望河老年食堂"])
    address: str | None
    canteen: str | None = Field(description="the canteen that supplies a meal point")
    active: bool
    capacity: int = Field(description="portions: a canteen's over its meals, a point's a meal")
    opens: LocalTime | None
    closes: LocalTime | None


class SiteFeature(Out):
    """A site as a feature; without a usable place its geometry is null."""

    type: Literal["Feature"] = "Feature"
    geometry: PointShape | None
    properties: SiteProperties


class SiteCollection(Out):
    """Canteens, then meal points, by code."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[SiteFeature]

    @classmethod
    def of(cls, found: list[SiteOnMap]) -> Self:
        """Return sites as GeoJSON."""
        return cls(
            features=[
                SiteFeature(
                    geometry=None if site.place is None else PointShape(coordinates=site.place),
                    properties=SiteProperties.model_validate(site),
                )
                for site in found
            ]
        )


class RouteProperties(Out):
    """A trip of a courier; the name only where the role shows it."""

    courier: str = Field(examples=["Z001"])
    courier_name: str | None
    canteen: str = Field(examples=["ST01"])
    mode: Mode
    trip: int
    stops: int
    portions: int
    departs_at: datetime
    returns_at: datetime
    travel_seconds: int


class RouteFeature(Out):
    """A trip's way on the streets, without its stops; null where no way is known."""

    type: Literal["Feature"] = "Feature"
    geometry: LineShape | None
    properties: RouteProperties


class RouteCollection(Out):
    """The trips of a plan's revision, by duty."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    revision: int
    features: list[RouteFeature]

    @classmethod
    def of(cls, revision: int, found: list[TripOnMap]) -> Self:
        """Return trips as GeoJSON."""
        return cls(
            revision=revision,
            features=[
                RouteFeature(
                    geometry=None if trip.line is None else LineShape(coordinates=trip.line),
                    properties=RouteProperties.model_validate(trip),
                )
                for trip in found
            ],
        )


class StopProperties(Out):
    """A stop of a trip; nobody is named."""

    order: int
    courier: str = Field(examples=["Z001"])
    trip: int
    number: int = Field(description="its place among the stops of the trip, from 1")


class StopFeature(Out):
    """A stop at its door."""

    type: Literal["Feature"] = "Feature"
    geometry: PointShape
    properties: StopProperties


class StopCollection(Out):
    """The stops of a plan's revision that have a usable place, by duty."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    revision: int
    features: list[StopFeature]

    @classmethod
    def of(cls, revision: int, found: list[StopOnMap]) -> Self:
        """Return stops as GeoJSON."""
        return cls(
            revision=revision,
            features=[
                StopFeature(
                    geometry=PointShape(coordinates=stop.place),
                    properties=StopProperties.model_validate(stop),
                )
                for stop in found
            ],
        )
