"""Put a place onto the street network, or say why it cannot be used.

Left alone, the engine moves a point up to 35 km to the nearest street without a word, and one
point it cannot use fails a whole request. So every place passes here first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geodata.engine import Engine
from geodata.modes import Speeds, TravelMode, costing

type LonLat = tuple[float, float]
type Box = tuple[float, float, float, float]

DEFAULT_LIMIT_METRES = 150.0
# A street from which fewer than this many others can be reached is an island (the engine's own
# default).
LEAST_REACH = 50
_BATCH = 500
_LOOK_METRES = 2000.0  # how far to look for the nearest street of a place that is too far from one
# A place just over the edge of the extract may still be near one of its streets: 0.002 degrees,
# about 200 m.
_MARGIN = 0.002


class SnapReason(StrEnum):
    """Why a place cannot be used."""

    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    SWAPPED_AXES = "swapped_axes"
    OUTSIDE_EXTRACT = "outside_extract"
    TOO_FAR_FROM_STREET = "too_far_from_street"
    ISLAND = "island"

    def explain(self, language: str = "en") -> str:
        """Say in a sentence what is wrong and what to do (``"en"`` or ``"zh"``)."""
        return _SENTENCES[self][0 if language == "en" else 1]


_SENTENCES = {
    SnapReason.NOT_A_NUMBER: (
        "longitude or latitude is missing or not a number; enter both in degrees",
        "经度或纬度缺失或不是数字，请以度为单位填写",
    ),
    SnapReason.OUT_OF_RANGE: (
        "no such place on earth; longitude is -180 to 180, latitude -90 to 90",
        "坐标超出范围，经度应在 -180 至 180、纬度应在 -90 至 90 之间",
    ),
    SnapReason.SWAPPED_AXES: (
        "longitude and latitude look swapped; enter longitude first",
        "经纬度似乎填反了，请先经度后纬度",
    ),
    SnapReason.OUTSIDE_EXTRACT: (
        (
            "outside the imported streets; check the place and its coordinate system, "
            "or import a larger extract"
        ),
        "不在已导入的道路范围内，请核对位置和坐标系，或导入更大范围的地图",
    ),
    SnapReason.TOO_FAR_FROM_STREET: (
        "no usable street near enough; check the place, or add the missing path to the map",
        "附近没有可用的道路，请核对位置，或在地图中补充缺失的道路",
    ),
    SnapReason.ISLAND: (
        "the streets near it are not connected to the others; check the map around the place",
        "附近道路与路网不连通，请检查该处地图",
    ),
}


@dataclass(frozen=True)
class Snap:
    """Where a place meets the street network.

    Attributes
    ----------
    lon, lat
        The point on the street, or the place itself when there is a `reason`. Degrees, WGS-84.
    distance_metres
        From the place to that point, or to the nearest street when there is a `reason`; ``inf``
        when none was found within 2 km.
    street
        Name of the street, where it has one.
    reason
        Why the place cannot be used; None when it can.
    """

    lon: float
    lat: float
    distance_metres: float
    street: str | None = None
    reason: SnapReason | None = None

    @property
    def usable(self) -> bool:
        """Say whether trips can start and end here."""
        return self.reason is None


def snap_points(
    engine: Engine,
    bounds: Box,
    points: Sequence[LonLat],
    mode: TravelMode,
    *,
    speeds: Speeds,
    limit_metres: float,
) -> list[Snap]:
    """Snap places; one result for each, in order. See `Streets.snap`."""
    results = [_refuse(point, bounds) for point in points]
    open_places = [k for k, found in enumerate(results) if found is None]
    request = _Locating(engine, costing(mode, speeds))
    for k, edges in request.near(points, open_places, limit_metres):
        results[k] = _choose(points[k], edges, limit_metres)
    # Only to say how far it is: people correct a place more readily when they know.
    far = [
        k
        for k in open_places
        if (found := results[k]) and found.reason is SnapReason.TOO_FAR_FROM_STREET
    ]
    for k, edges in request.near(points, far, _LOOK_METRES):
        metres = min((edge["distance"] for edge in edges), default=math.inf)
        results[k] = _without(points[k], SnapReason.TOO_FAR_FROM_STREET, metres)
    return [found for found in results if found is not None]


@dataclass(frozen=True)
class _Locating:
    """Ask the engine for the streets near places, some at a time."""

    engine: Engine
    how: dict[str, object]

    def near(
        self, points: Sequence[LonLat], chosen: Sequence[int], limit_metres: float
    ) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Give the index of each chosen place and the streets near it."""
        for start in range(0, len(chosen), _BATCH):
            batch = chosen[start : start + _BATCH]
            locations = [
                {
                    "lon": points[k][0],
                    "lat": points[k][1],
                    "search_cutoff": limit_metres,
                    "minimum_reachability": LEAST_REACH,
                }
                for k in batch
            ]
            answers = self.engine.locate({"locations": locations, "verbose": True, **self.how})
            for k, answer in zip(batch, answers, strict=True):
                yield k, answer.get("edges") or []


def _refuse(point: LonLat, bounds: Box) -> Snap | None:
    """Find what is wrong with a place before asking the engine."""
    lon, lat = point
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return _without(point, SnapReason.NOT_A_NUMBER)
    if _within(lon, lat, bounds):
        return None
    if _within(lat, lon, bounds):
        return _without(point, SnapReason.SWAPPED_AXES)
    if abs(lon) > 180 or abs(lat) > 90:
        return _without(point, SnapReason.OUT_OF_RANGE)
    return _without(point, SnapReason.OUTSIDE_EXTRACT)


def _within(lon: float, lat: float, bounds: Box) -> bool:
    west, south, east, north = bounds
    return west - _MARGIN <= lon <= east + _MARGIN and south - _MARGIN <= lat <= north + _MARGIN


def _without(point: LonLat, reason: SnapReason, metres: float = math.inf) -> Snap:
    return Snap(point[0], point[1], metres, reason=reason)


def _choose(point: LonLat, edges: list[dict[str, Any]], limit_metres: float) -> Snap:
    """Take the nearest street that leads anywhere."""
    near = [edge for edge in edges if edge["distance"] <= limit_metres]
    if not near:
        return _without(point, SnapReason.TOO_FAR_FROM_STREET)
    connected = [
        edge for edge in near if min(edge["outbound_reach"], edge["inbound_reach"]) >= LEAST_REACH
    ]
    if not connected:
        nearest = min(edge["distance"] for edge in near)
        return _without(point, SnapReason.ISLAND, nearest)
    best = min(connected, key=lambda edge: edge["distance"])
    names = best["edge_info"].get("names") or [None]
    return Snap(best["correlated_lon"], best["correlated_lat"], best["distance"], names[0])
