"""Which column of a file holds what, by the headings people write in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from geodata.map_findings import MapFileError

# What a column is for, and how it may be headed; the earlier heading wins.
HEADINGS: dict[str, tuple[str, ...]] = {
    "shape": ("wkt", "geometry", "geom", "the_geom", "shape", "几何", "几何图形"),
    "lon": ("lon", "lng", "long", "longitude", "经度", "lon_wgs84", "wgs84经度"),
    "lat": ("lat", "latitude", "纬度", "lat_wgs84", "wgs84纬度"),
    "x": ("x", "x坐标", "easting", "东坐标", "横坐标", "coord_x", "point_x", "xcoord"),
    "y": ("y", "y坐标", "northing", "北坐标", "纵坐标", "coord_y", "point_y", "ycoord"),
    "people": (
        *("people", "population", "pop", "persons", "count", "elders", "total", "weight"),
        *(
            "人数",
            "老年人数",
            "老人数",
            "老年人口",
            "人口",
            "常住人口",
            "人口数",
            "数量",
            "60岁以上人口",
        ),
        *("60岁及以上", "60岁以上", "老年人口数", "合计"),
    ),
    "name": (
        *(
            "name",
            "名称",
            "社区",
            "社区名称",
            "街道",
            "街道名称",
            "乡镇",
            "乡镇街道",
            "小区",
            "小区名称",
        ),
        *("村社", "村社区", "地名", "title"),
    ),
    "id": ("id", "code", "编号", "代码", "行政区划代码", "编码", "gid", "fid"),
    "age_band": ("age_band", "age", "age_group", "年龄段", "年龄", "年龄组"),
    "care_level": (
        *("care_level", "care", "护理等级", "自理能力", "失能等级", "照护等级", "能力等级"),
        "自理情况",
    ),
    "hardship": ("hardship", "困难类别", "困难", "困难情况", "救助类别", "困难类型", "保障类型"),
    "cost": ("cost", "造价", "费用", "成本", "投资", "建设成本", "投资额", "price"),
    "capacity": ("capacity", "供餐能力", "容量", "接待能力", "最大份数", "seats", "portions"),
}


def find_columns(
    file: str, headings: Iterable[str], told: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Say which heading serves which purpose.

    Parameters
    ----------
    file
        Name of the file, for messages.
    headings
        Of the file.
    told
        What the user says, purpose to heading; it goes before everything else.

    Returns
    -------
    dict
        Purpose to heading, for those found.

    Raises
    ------
    MapFileError
        A purpose is not known, or there is no such heading.
    """
    there = list(headings)
    plain = {_plain(heading): heading for heading in reversed(there)}
    found = {}
    for purpose, names in HEADINGS.items():
        match = next((plain[name] for each in names if (name := _plain(each)) in plain), None)
        if match is not None:
            found[purpose] = match
    for purpose, heading in (told or {}).items():
        if purpose not in HEADINGS or heading not in there:
            raise MapFileError(
                f"{file} has no column {heading!r} for {purpose!r}; its columns are "
                f"{', '.join(there)}; purposes are {', '.join(HEADINGS)}",
                f"{file} 没有用作 {purpose} 的列“{heading}”；现有列：{'、'.join(there)}",
            )
        found[purpose] = heading
    return found


def _plain(heading: str) -> str:
    """Reduce a heading to what matters: no case, spaces, or units in brackets."""
    bare = re.sub(r"[(（\[].*?[)）\]]", "", heading)
    return re.sub(r"[\s_\-:：.]", "", bare).casefold()
