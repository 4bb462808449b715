"""Convert between the coordinate systems in which Chinese maps and rosters give places.

The same door differs by 100 to 700 metres between WGS-84 (satellite receivers, OpenStreetMap),
GCJ-02 (AMap, Tencent) and BD-09 (Baidu). Everything in this project is computed in WGS-84; this
module is the only place that knows the other two.

GCJ-02 adds to a WGS-84 position an offset made of sines, published in many open converters; BD-09
turns and stretches GCJ-02 about the origin. Both are given here in the forward direction only. The
way back is found by fixed-point iteration, because the offset changes by less than 0.2 % of the
distance moved: every step gains three digits and a few steps reach the limit of floating point.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import overload

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

_SEMI_MAJOR_AXIS = 6378245.0  # metres, Krasovsky 1940: the ellipsoid GCJ-02 is defined on
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BD_ANGLE = np.pi * 3000.0 / 180.0
_BD_OFFSET = (0.0065, 0.006)  # degrees east and north
# Outside this box GCJ-02 is the same as WGS-84: (west, south, east, north), the box all converters
# use.
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)
_ROUNDS = 8  # of the inverse; five reach 1e-12 degrees in tests, the rest costs nothing


class Datum(StrEnum):
    """The coordinate system of a longitude and latitude."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"

    @classmethod
    def parse(cls, text: str) -> Datum:
        """Understand the name of a datum, or of a map that uses it, as people write it.

        Parameters
        ----------
        text
            For example ``"wgs84"``, ``"GCJ-02"``, ``"高德"``, ``"百度坐标"``, ``"GPS"``,
            ``"EPSG:4326"``. Case, spaces, hyphens and the words 坐标, 坐标系 and 地图 do not
            matter.

        Raises
        ------
        ValueError
            The name is not known; the message lists the accepted ones.
        """
        plain = re.sub(r"[\s\-_.:/()（）]|坐标系?|地图|系$", "", text.strip().casefold())
        datum = _NAMES.get(plain)
        if datum is None:
            known = "; ".join(f"{d}: {', '.join(names)}" for d, names in _ALIASES.items())
            raise ValueError(f"unknown coordinate system {text!r}; accepted are {known}")
        return datum


_ALIASES = {
    # CGCS2000, the national geodetic frame, and WGS-84 agree to centimetres.
    Datum.WGS84: (
        *("WGS-84", "WGS1984", "GPS", "EPSG:4326", "CGCS2000", "EPSG:4490", "国家2000", "大地2000"),
        *("天地图", "北斗", "地球坐标", "OSM", "OpenStreetMap"),
    ),
    Datum.GCJ02: (
        *(
            "GCJ-02",
            "GCJ",
            "高德",
            "AMap",
            "Gaode",
            "腾讯",
            "Tencent",
            "QQ地图",
            "微信",
            "火星坐标",
            "国测局",
        ),
        *("Mars", "Google中国", "谷歌中国"),
    ),
    Datum.BD09: ("BD-09", "BD09LL", "BD", "百度", "Baidu"),
}


def _plain(name: str) -> str:
    return re.sub(r"[\s\-_.:]|坐标|地图", "", name.casefold())


_NAMES = {_plain(name): datum for datum, names in _ALIASES.items() for name in names}


@overload
def to_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]: ...
@overload
def to_wgs84(lon: Floats, lat: Floats, datum: Datum) -> tuple[Floats, Floats]: ...
def to_wgs84(
    lon: float | Floats, lat: float | Floats, datum: Datum
) -> tuple[float, float] | tuple[Floats, Floats]:
    """Give the WGS-84 position of a point stated in another datum.

    Parameters
    ----------
    lon, lat
        Degrees; two numbers, or two arrays of one shape.
    datum
        The coordinate system they are stated in.

    Returns
    -------
    tuple
        Longitude and latitude in WGS-84, of the same kind as the input. Applying `from_wgs84` to
        them gives the input back to better than a centimetre. Points outside China's box are
        returned unchanged from GCJ-02. Not-a-number stays not-a-number.
    """
    x, y = _arrays(lon, lat)
    if datum is Datum.BD09:
        x, y = _bd09_to_gcj02(x, y)
    if datum is not Datum.WGS84:
        x, y = _gcj02_to_wgs84(x, y)
    return _like_input(lon, x, y)


@overload
def from_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]: ...
@overload
def from_wgs84(lon: Floats, lat: Floats, datum: Datum) -> tuple[Floats, Floats]: ...
def from_wgs84(
    lon: float | Floats, lat: float | Floats, datum: Datum
) -> tuple[float, float] | tuple[Floats, Floats]:
    """State a WGS-84 point in another datum; the parameters and results mirror `to_wgs84`."""
    x, y = _arrays(lon, lat)
    if datum is not Datum.WGS84:
        x, y = _wgs84_to_gcj02(x, y)
    if datum is Datum.BD09:
        x, y = _gcj02_to_bd09(x, y)
    return _like_input(lon, x, y)


def _arrays(lon: float | Floats, lat: float | Floats) -> tuple[Floats, Floats]:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _like_input(
    given: float | Floats, x: Floats, y: Floats
) -> tuple[float, float] | tuple[Floats, Floats]:
    if isinstance(given, np.ndarray):
        return x, y
    return float(x), float(y)


def _waves(x: Floats, *terms: tuple[float, float]) -> Floats:
    total = np.zeros_like(x)
    for amplitude, divisor in terms:
        total += amplitude * np.sin(x * np.pi / divisor)
    return total * (2.0 / 3.0)


def _gcj02_offset(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Degrees that GCJ-02 adds at a WGS-84 position (zero outside China)."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    common = _waves(x, (20.0, 1 / 6), (20.0, 0.5))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))
    # Metres to degrees on the ellipsoid: radii of curvature of the meridian and of the parallel.
    phi = np.radians(lat)
    w = 1.0 - _ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    meridian = _SEMI_MAJOR_AXIS * (1.0 - _ECCENTRICITY_SQUARED) / w**1.5
    parallel = _SEMI_MAJOR_AXIS / np.sqrt(w) * np.cos(phi)
    west, south, least_east, least_north = _CHINA
    inside = (lon >= west) & (lon <= least_east) & (lat >= south) & (lat <= least_north)
    dlon = np.where(inside, np.degrees(east / parallel), 0.0)
    dlat = np.where(inside, np.degrees(north / meridian), 0.0)
    return dlon, dlat


def _wgs84_to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    dlon, dlat = _gcj02_offset(lon, lat)
    return lon + dlon, lat + dlat


def _gcj02_to_wgs84(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon, lat
    for _ in range(_ROUNDS):
        dlon, dlat = _gcj02_offset(x, y)
        x, y = lon - dlon, lat - dlat
    return x, y


def _gcj02_to_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_ANGLE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_ANGLE)
    return radius * np.cos(angle) + _BD_OFFSET[0], radius * np.sin(angle) + _BD_OFFSET[1]


def _bd09_to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - _BD_OFFSET[0], lat - _BD_OFFSET[1]
    for _ in range(_ROUNDS):
        there_x, there_y = _gcj02_to_bd09(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    return x, y
