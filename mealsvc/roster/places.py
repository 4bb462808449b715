"""Turn what a source says about a place into a point on our map, or into the reason why not.

A wrong point sends a courier to a wrong door, so nothing is repaired silently: swapped axes, an
unnamed coordinate system or a point far from every street make the place *unlocated*, with a
suggestion where there is one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from geodata.datum import Datum, to_wgs84
from geodata.modes import TravelMode
from geodata.snapping import Snap, SnapReason
from geodata.streets import Streets
from mealsvc.roster.coordinates import degrees
from mealsvc.roster.values import Unreadable, Value, plain, written
from mealsvc.runtime import Runtime
from mealsvc.streets import open_streets
from mealsvc.vocabulary import UnlocatedReason

type Box = tuple[float, float, float, float]
type LonLat = tuple[float, float]

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Place:
    """A point in WGS-84, or the reason why there is none.

    Attributes
    ----------
    raw_lon, raw_lat
        What the source gave, as text; None when it gave nothing.
    datum
        The source's coordinate system, by its canonical name (``"GCJ-02"``); None when unnamed.
    lon, lat
        Degrees in WGS-84; both None when the place cannot be used.
    reason, detail
        Why it cannot be used, and what the source gave or how far it is from a street: figures and
        quotations only, because it is stored, and shown in the language of whoever looks at it.
    suggestion
        Degrees in WGS-84 that are probably meant; never used without a person's consent.
    """

    raw_lon: str | None = None
    raw_lat: str | None = None
    datum: str | None = None
    lon: float | None = None
    lat: float | None = None
    reason: UnlocatedReason | None = UnlocatedReason.MISSING
    detail: str | None = None
    suggestion: LonLat | None = None

    @property
    def point(self) -> LonLat | None:
        """The point in WGS-84, if there is one."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class Located(Protocol):
    """A record with a place: an elder's address, a canteen, a meal point."""

    datum: str | None
    raw_lon: str | None
    raw_lat: str | None
    lon: float | None
    lat: float | None
    unlocated_reason: UnlocatedReason | None
    unlocated_detail: str | None


def metres_between(one: LonLat, other: LonLat) -> float:
    """Return the distance of two points as the crow flies, in metres (flat earth; a few km)."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * _METRES_PER_DEGREE


def read_place(lon: Value, lat: Value, datum: Value, area: Box) -> Place:
    """Understand a source's longitude, latitude and coordinate system.

    Parameters
    ----------
    lon, lat
        As the cells hold them.
    datum
        Name of the coordinate system, or of the map that the pair was read from.
    area
        West, south, east, north: where places of this installation can be.
    """
    raw = Place(raw_lon=written(lon)[:64] or None, raw_lat=written(lat)[:64] or None)
    system = _datum(datum)
    raw = replace(raw, datum=system.value if system else None)
    if lon is None and lat is None:
        return raw
    if lon is None or lat is None:
        return replace(raw, detail=_as_given(raw))
    try:
        x, y = degrees(lon), degrees(lat)
    except Unreadable:
        return replace(raw, reason=UnlocatedReason.UNREADABLE, detail=_as_given(raw))
    if x == 0 and y == 0:
        return replace(raw, detail=_as_given(raw))
    if system is None:
        said = written(datum)[:300] if plain(datum) else None
        return replace(raw, reason=UnlocatedReason.UNKNOWN_DATUM, detail=said)
    return _within(raw, x, y, system, area)


def _as_given(raw: Place) -> str:
    """Return the pair as the source gave it."""
    return f"{raw.raw_lon or '–'}, {raw.raw_lat or '–'}"


def _datum(datum: Value) -> Datum | None:
    if not plain(datum):
        return None
    try:
        return Datum.parse(written(datum))
    except ValueError:
        return None


def _within(raw: Place, x: float, y: float, system: Datum, area: Box) -> Place:
    if inside((x, y), area):
        lon, lat = to_wgs84(x, y, system)
        return replace(raw, lon=round(lon, 7), lat=round(lat, 7), reason=None)
    if inside((y, x), area):
        lon, lat = to_wgs84(y, x, system)
        return replace(
            raw,
            reason=UnlocatedReason.SWAPPED_AXES,
            detail=_as_given(raw),
            suggestion=(round(lon, 7), round(lat, 7)),
        )
    west, south, east, north = area
    return replace(
        raw,
        reason=UnlocatedReason.OUTSIDE_AREA,
        detail=f"{x:g}, {y:g}; {west:g}–{east:g}, {south:g}–{north:g}",
    )


def inside(point: LonLat, area: Box) -> bool:
    """Say whether a point is in a box (west, south, east, north)."""
    west, south, east, north = area
    return west <= point[0] <= east and south <= point[1] <= north


_SNAP_REASONS = {
    SnapReason.NOT_A_NUMBER: UnlocatedReason.UNREADABLE,
    SnapReason.OUT_OF_RANGE: UnlocatedReason.OUTSIDE_AREA,
    SnapReason.SWAPPED_AXES: UnlocatedReason.SWAPPED_AXES,
    SnapReason.OUTSIDE_EXTRACT: UnlocatedReason.OUTSIDE_AREA,
    SnapReason.TOO_FAR_FROM_STREET: UnlocatedReason.FAR_FROM_STREET,
    SnapReason.ISLAND: UnlocatedReason.ISLAND,
}


def built_streets(runtime: Runtime) -> Streets | None:
    """Open the street network; None when none has been built yet.

    Raises
    ------
    NotReady
        If there is one that cannot be used.
    """
    if not (runtime.settings.streets_folder / "streets.json").exists():
        return None
    return open_streets(runtime)


def check_against_streets(
    places: Sequence[Place], streets: Streets | None, limit_metres: float
) -> list[Place]:
    """Refuse the points that no courier can reach from a street.

    Parameters
    ----------
    places
        Located or not; unlocated ones stay as they are.
    streets
        The street network; with None every place stays as it is.
    limit_metres
        Farther from a usable street than this is refused.
    """
    if streets is None:
        return list(places)
    points = sorted({place.point for place in places if place.point is not None})
    snaps = dict(
        zip(points, streets.snap(points, TravelMode.FOOT, limit_metres=limit_metres), strict=True)
    )
    checked = []
    for place in places:
        snap = snaps[place.point] if place.point is not None else None
        if snap is None or snap.reason is None:
            checked.append(place)
            continue
        checked.append(
            replace(
                place,
                lon=None,
                lat=None,
                reason=_SNAP_REASONS[snap.reason],
                detail=_snap_detail(place, snap),
            )
        )
    return checked


def _snap_detail(place: Place, snap: Snap) -> str:
    """Return figures that need no language: how far the street is, or where the place is."""
    if snap.reason is SnapReason.OUTSIDE_EXTRACT or not math.isfinite(snap.distance_metres):
        return f"{place.lon:.6f}, {place.lat:.6f}"
    return f"{snap.distance_metres:.0f} m"
