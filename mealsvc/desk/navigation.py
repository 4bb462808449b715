"""A place in the three coordinate systems that navigation programs in China expect."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.datum import Datum, from_wgs84


@dataclass(frozen=True)
class NavigationPlace:
    """One place; each pair is longitude, latitude in degrees.

    Attributes
    ----------
    wgs84
        For OpenStreetMap and the page's own map.
    gcj02
        For AMap and Tencent.
    bd09
        For Baidu.
    """

    wgs84: tuple[float, float]
    gcj02: tuple[float, float]
    bd09: tuple[float, float]


def navigation_place(lon: float | None, lat: float | None) -> NavigationPlace | None:
    """Return a place (WGS-84) in every system, rounded to a decimetre; None where there is none."""
    if lon is None or lat is None:
        return None
    pairs = [
        (round(x, 6), round(y, 6))
        for x, y in ((lon, lat), *(from_wgs84(lon, lat, d) for d in (Datum.GCJ02, Datum.BD09)))
    ]
    return NavigationPlace(*pairs)
