"""What of an extract is drawn on the background map, in which layer and from which zoom on.

The layers follow what a planner needs to find a place: streets by class, footways, railways, water,
green, the grounds of compounds and institutions, buildings, and names. Everything else of
OpenStreetMap is left out, so that tiles stay small enough for a laptop without a graphics card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.osm_reading import NOT_STREETS, reading

#: Zooms that tiles are made for; nearer ones are drawn from the tiles of the last.
LEAST_ZOOM, MOST_ZOOM = 6, 15

#: Street class on the map and its first zoom, by value of ``highway``; the rest are paths.
_ROADS: dict[str, tuple[str, int]] = {
    "motorway": ("motorway", 6), "motorway_link": ("motorway", 10),
    "trunk": ("trunk", 6), "trunk_link": ("trunk", 10),
    "primary": ("primary", 8), "primary_link": ("primary", 12),
    "secondary": ("secondary", 9), "secondary_link": ("secondary", 12),
    "tertiary": ("tertiary", 11), "tertiary_link": ("tertiary", 13),
    "unclassified": ("minor", 12), "residential": ("minor", 12), "living_street": ("minor", 12),
    "road": ("minor", 12), "pedestrian": ("minor", 13), "busway": ("service", 13),
    "service": ("service", 14), "track": ("service", 14),
}  # fmt: skip
_PATH = ("path", 14)

#: Ground that is coloured, by tag: layer and kind.
_GROUND: dict[tuple[str, str], tuple[str, str]] = {
    ("natural", "water"): ("water", "water"), ("waterway", "riverbank"): ("water", "water"),
    ("waterway", "dock"): ("water", "water"), ("landuse", "reservoir"): ("water", "water"),
    ("landuse", "basin"): ("water", "water"),
    ("leisure", "park"): ("green", "park"), ("leisure", "garden"): ("green", "park"),
    ("leisure", "pitch"): ("green", "park"), ("leisure", "golf_course"): ("green", "park"),
    ("landuse", "recreation_ground"): ("green", "park"), ("landuse", "grass"): ("green", "grass"),
    ("landuse", "meadow"): ("green", "grass"), ("landuse", "village_green"): ("green", "grass"),
    ("landuse", "forest"): ("green", "wood"), ("natural", "wood"): ("green", "wood"),
    ("natural", "scrub"): ("green", "wood"), ("landuse", "cemetery"): ("green", "grass"),
    ("natural", "wetland"): ("green", "grass"), ("landuse", "orchard"): ("green", "grass"),
    ("landuse", "residential"): ("grounds", "residential"),
    ("landuse", "commercial"): ("grounds", "commercial"),
    ("landuse", "retail"): ("grounds", "commercial"),
    ("landuse", "industrial"): ("grounds", "industrial"),
    ("amenity", "school"): ("grounds", "school"), ("amenity", "college"): ("grounds", "school"),
    ("amenity", "kindergarten"): ("grounds", "school"),
    ("amenity", "university"): ("grounds", "school"),
    ("amenity", "hospital"): ("grounds", "hospital"),
    ("amenity", "clinic"): ("grounds", "hospital"),
}  # fmt: skip

_BUILDING_ZOOM, _STATION_ZOOM = 14, 13

#: Named points, by tag: kind of label and its first zoom.
_POINTS: dict[tuple[str, str], tuple[str, int]] = {
    ("place", "city"): ("city", 6), ("place", "town"): ("town", 9),
    ("place", "borough"): ("suburb", 10), ("place", "suburb"): ("suburb", 11),
    ("place", "village"): ("suburb", 12), ("place", "quarter"): ("suburb", 12),
    ("place", "neighbourhood"): ("suburb", 14), ("place", "hamlet"): ("suburb", 14),
    ("amenity", "hospital"): ("hospital", 13), ("amenity", "clinic"): ("hospital", 15),
    ("amenity", "school"): ("school", 15), ("amenity", "university"): ("school", 13),
    ("amenity", "townhall"): ("office", 15), ("amenity", "community_centre"): ("office", 15),
    ("amenity", "marketplace"): ("market", 15), ("railway", "station"): ("station", _STATION_ZOOM),
    ("leisure", "park"): ("park", 14),
}  # fmt: skip

_WATERCOURSES = {"river": 8, "canal": 10, "stream": 13}
_KEYS = ("highway", "railway", "waterway", "natural", "leisure", "landuse", "amenity", "building")
_LABEL_PIXELS, _AREA_PIXELS = 56, 3  # sides from which on an area is named, and drawn
_TILE_PIXELS = 512


def write_features(extract: Path, out: Path) -> int:
    """Write what is drawn as lines of GeoJSON for the tile maker, and count them.

    Parameters
    ----------
    extract
        The extract.
    out
        File to write: one GeoJSON feature a line, each with its layer and first zoom.

    Raises
    ------
    ExtractError
        The extract cannot be read.
    """
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for count, line in enumerate(_features(extract), start=1):  # noqa: B007 - returned
            file.write(line + "\n")
    return count


def _features(extract: Path) -> Iterator[str]:
    wanted = osmium.filter.KeyFilter(*_KEYS, "place")
    shapes = osmium.filter.KeyFilter(*_KEYS)
    kinds = osmium.filter.EntityFilter(osmium.osm.NODE | osmium.osm.WAY | osmium.osm.AREA)
    reader = osmium.FileProcessor(extract).with_areas(shapes).with_filter(kinds).with_filter(wanted)
    wkb = osmium.geom.WKBFactory()
    for thing in reading(extract, reader):
        try:
            if thing.is_node():
                yield from _point(thing)
            elif thing.is_way():
                yield from _line(thing, wkb)
            else:
                yield from _area(thing, wkb)
        except (osmium.InvalidLocationError, RuntimeError):
            # A line that was cut off at the extract's edge, an outline that crosses itself: one
            # shape less on a background.
            continue


def _point(node: Any) -> Iterator[str]:  # noqa: ANN401 - osmium's node
    names = _names(node.tags)
    for (key, value), (kind, zoom) in _POINTS.items():
        if names and node.tags.get(key) == value:
            place = shapely.Point(node.location.lon, node.location.lat)
            yield _feature("label", {"kind": kind, **names}, place, zoom)
            return


def _line(way: Any, wkb: Any) -> Iterator[str]:  # noqa: ANN401 - osmium's way and factory
    tags = way.tags
    if tags.get("area") == "yes" and "highway" in tags:
        return  # a square: its buildings show it
    layer, properties, zoom = _line_kind(tags)
    if layer:
        line = shapely.from_wkb(wkb.create_linestring(way))
        yield _feature(layer, {**properties, **_names(tags)}, line, zoom)


def _line_kind(tags: Any) -> tuple[str, dict[str, str], int]:  # noqa: ANN401 - osmium's tags
    """Return layer, properties and first zoom of a line; an empty layer if it is not drawn."""
    highway, railway = tags.get("highway"), tags.get("railway")
    if highway and highway not in NOT_STREETS:
        kind, zoom = _ROADS.get(highway, _PATH)
        properties = {"class": kind}
        if highway == "steps":
            properties["steps"] = "yes"
        for mark in ("bridge", "tunnel"):
            if tags.get(mark, "no") != "no":
                properties["level"] = mark
        return "road", properties, zoom
    if railway in {"rail", "light_rail"} and tags.get("tunnel", "no") == "no":
        return "road", {"class": "rail"}, 11
    if tags.get("waterway") in _WATERCOURSES and tags.get("tunnel", "no") == "no":
        return "waterway", {"class": tags["waterway"]}, _WATERCOURSES[tags["waterway"]]
    return "", {}, 0


def _area(area: Any, wkb: Any) -> Iterator[str]:  # noqa: ANN401 - osmium's area and factory
    tags = area.tags
    if _below_ground(tags):
        # Its outline would lie across the streets above; a station's name still tells where one is.
        if tags.get("railway") == "station" and _names(tags):
            shape = shapely.from_wkb(wkb.create_multipolygon(area))
            about = {"kind": "station", **_names(tags)}
            yield _feature("label", about, shapely.point_on_surface(shape), _STATION_ZOOM)
        return
    if "building" in tags and tags["building"] != "no":
        shape = shapely.from_wkb(wkb.create_multipolygon(area))
        number = tags.get("addr:housenumber")
        names = _names(tags) or ({"name": number} if number else {})
        yield _feature("building", names, shape, _BUILDING_ZOOM)
        return
    for (key, value), (layer, kind) in _GROUND.items():
        if tags.get(key) == value:
            shape = shapely.from_wkb(wkb.create_multipolygon(area))
            yield _feature(layer, {"kind": kind}, shape, _zoom_of(shape, _AREA_PIXELS))
            names = _names(tags)
            if names:
                about = {"kind": kind, **names}
                zoom = _zoom_of(shape, _LABEL_PIXELS)
                yield _feature("label", about, shapely.point_on_surface(shape), zoom)
            return


def _below_ground(tags: Any) -> bool:  # noqa: ANN401 - osmium's tags
    level = tags.get("layer", "") if "building" in tags else ""
    return level.startswith("-") or tags.get("location") == "underground"


def _zoom_of(shape: BaseGeometry, pixels: float) -> int:
    """Return from which zoom on an area is as wide and high as so many pixels."""
    side = math.sqrt(shape.area) or 1e-9  # degrees
    zoom = math.ceil(math.log2(pixels * 360 / (_TILE_PIXELS * side)))
    return min(max(zoom, LEAST_ZOOM), MOST_ZOOM)


def _names(tags: Any) -> dict[str, str]:  # noqa: ANN401 - osmium's tags
    """Return the name in Chinese, else the local one, and the English one where it is another."""
    name = tags.get("name:zh") or tags.get("name")
    if not name:
        return {}
    english = tags.get("name:en")
    return {"name": name, "name_en": english} if english and english != name else {"name": name}


def _feature(layer: str, properties: dict[str, str], shape: BaseGeometry, zoom: int) -> str:
    return json.dumps(
        {
            "type": "Feature",
            "tippecanoe": {"layer": layer, "minzoom": zoom},
            "properties": properties,
            "geometry": shapely.geometry.mapping(shape),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
