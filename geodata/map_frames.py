"""Bring coordinates of any declared system to WGS-84, and guess what an undeclared one may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.datum import Datum, to_wgs84
from geodata.map_findings import MapFileError

type Floats = NDArray[np.float64]
type Shapes = NDArray[np.object_]

_WEB_MERCATOR = 3857
_NORTHINGS = (1.8e6, 6.2e6)  # metres from the equator, everywhere in China
_EASTINGS = ((1e5, 9e5), (1.3e7, 2.4e7), (2.4e7, 4.6e7))  # plain, and after a number of the zone


@dataclass(frozen=True)
class Frame:
    """A coordinate system: a reference system of EPSG and others, or a Chinese datum.

    Attributes
    ----------
    name
        As people know it.
    crs
        The reference system; longitude and latitude for a datum.
    datum
        WGS-84, or what longitude and latitude have to be freed from.
    """

    name: str
    crs: pyproj.CRS
    datum: Datum = Datum.WGS84

    @classmethod
    def parse(cls, text: str) -> Self:
        """Understand ``"GCJ-02"``, ``"百度"``, ``"EPSG:4549"``, ``"4549"`` or WKT of a system.

        Raises
        ------
        MapFileError
            It is none of these.
        """
        try:
            datum = Datum.parse(text)
        except ValueError:
            pass
        else:
            return cls(datum.value, pyproj.CRS.from_epsg(4326), datum)
        try:
            number = text.strip()
            return cls.of(pyproj.CRS.from_user_input(int(number) if number.isdigit() else number))
        except pyproj.exceptions.CRSError:
            raise MapFileError(
                f"{text!r} is no coordinate system; give WGS-84, GCJ-02, BD-09 or a number such as "
                "EPSG:4549",
                f"无法识别坐标系“{text}”；请填 WGS-84、GCJ-02、BD-09 或 EPSG:4549 这样的编号",
            ) from None

    @classmethod
    def of(cls, crs: pyproj.CRS) -> Self:
        """Give the frame of a reference system."""
        return cls(crs.name, crs)

    def to_wgs84(self, shapes: Shapes) -> Shapes:
        """Give shapes in WGS-84 degrees; what does not fit the system comes out not finite."""
        # Longitude or easting first, whatever the system says of its axes: so it stands in files.
        turn = pyproj.Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)

        def move(xy: Floats) -> Floats:
            lon, lat = turn.transform(xy[:, 0], xy[:, 1])
            if self.datum is not Datum.WGS84:
                lon, lat = to_wgs84(np.asarray(lon), np.asarray(lat), self.datum)
            return np.column_stack([lon, lat])

        moved: Shapes = shapely.transform(shapes, move)
        return moved


def surveyors_axes(frame: Frame, x: Floats, y: Floats) -> bool:
    """Say whether x is north and y is east, as on Chinese survey sheets."""
    if not frame.crs.is_projected or frame.crs.to_epsg() == _WEB_MERCATOR or not len(x):
        return False
    north, east = float(np.nanmedian(x)), float(np.nanmedian(y))
    return _northing(north) and any(low < east < high for low, high in _EASTINGS)


def guess(x: Floats, y: Floats) -> tuple[str, str]:
    """Guess from the range of coordinates what system they may be in: English and Chinese."""
    if not len(x):
        return "", ""
    east, north = float(np.nanmedian(x)), float(np.nanmedian(y))
    if _northing(east) and not _northing(north) and abs(north) > 180:
        english, chinese = guess(y, x)
        return f"x looks like northings; {english}", f"x 似为北坐标；{chinese}"
    fits = (sentences for likely, *sentences in _looks(east, north) if likely)
    english, chinese = next(fits, ("they fit no usual system", "不符合任何常用坐标系"))
    return english, chinese


def _looks(east: float, north: float) -> Iterator[tuple[bool, str, str]]:
    """Go through the usual systems: whether a place may be in it, and the words to say so."""
    yield (
        abs(east) <= 180 and abs(north) <= 90,
        (
            "they look like degrees: WGS-84, or GCJ-02 if made with AMap or Tencent, "
            "or BD-09 if made with Baidu"
        ),
        "看起来是经纬度：WGS-84；取自高德或腾讯则为 GCJ-02，取自百度则为 BD-09",
    )
    yield (
        abs(east) <= 90 and abs(north) <= 180,
        "they look like degrees with the latitude first; exchange the columns",
        "看起来纬度在前，请将两列互换",
    )
    zone = int(east // 1e6)
    # Zones 13 and 14 are in the far west; the same numbers on web maps are the east of China.
    yield (
        15 <= zone <= 23 and _northing(north),
        f"they look like CGCS2000 in zones of 6 degrees, zone {zone} (EPSG:{4478 + zone})",
        f"看起来是 CGCS2000 六度带第 {zone} 带（EPSG:{4478 + zone}）",
    )
    yield (
        25 <= zone <= 45 and _northing(north),
        f"they look like CGCS2000 in zones of 3 degrees, zone {zone} (EPSG:{4488 + zone})",
        f"看起来是 CGCS2000 三度带第 {zone} 带（EPSG:{4488 + zone}）",
    )
    yield (
        1e5 <= east <= 9e5 and 0 < north < 1e7,
        (
            "they look like metres in a zone that is not named: in Hangzhou often CGCS2000 about "
            "120 degrees east (EPSG:4549) or UTM 50 or 51 north (EPSG:32650, EPSG:32651)"
        ),
        (
            "看起来是未注明分带的平面坐标（米）：杭州常用 CGCS2000 中央经线 120°（EPSG:4549）"
            "或 UTM 50/51 带（EPSG:32650、EPSG:32651）"
        ),
    )
    yield (
        abs(east) <= 20_037_509 and abs(north) <= 20_048_967,
        f"they look like the Mercator plane of web maps (EPSG:{_WEB_MERCATOR})",
        f"看起来是网络地图的墨卡托投影（EPSG:{_WEB_MERCATOR}）",
    )


def _northing(metres: float) -> bool:
    return _NORTHINGS[0] < metres < _NORTHINGS[1]
