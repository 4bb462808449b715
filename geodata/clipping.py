"""Cut an extract to the area that is served, so that a province's file does for a district.

Streets that cross the edge are kept whole, so nothing is cut off in mid-block; turn restrictions
and shapes made of several ways are kept where their ways are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.osm_reading import ExtractError, add_clean, check_file, new_header, reading

type Box = tuple[float, float, float, float]
type Area = Box | BaseGeometry

_BOX_FORM = "west,south,east,north in degrees, for example 120.10,30.20,120.20,30.30"
# Shapes of several ways worth keeping whole; borders of provinces are not.
_SHAPE_KEYS = ("building", "landuse", "leisure", "natural", "waterway", "amenity")


def parse_clip(text: str) -> Area:
    """Read a clip area as typed by a person: a box or the path of a boundary file.

    Parameters
    ----------
    text
        ``west,south,east,north`` in degrees, WGS-84, or a file with polygons (GeoJSON, GeoPackage,
        Shapefile) in any coordinate reference system it names; without one WGS-84 is meant.

    Raises
    ------
    ExtractError
        It is neither, or makes no sense; the message says what to do.
    """
    parts = text.split(",")
    if Path(text).exists():
        return _read_boundary(Path(text))
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise ExtractError(
            f"clip {text!r} is neither an existing boundary file nor a box; give {_BOX_FORM}"
        ) from None
    if len(numbers) != 4:
        raise ExtractError(f"clip box {text!r} has {len(numbers)} numbers; give {_BOX_FORM}")
    west, south, east, north = numbers
    check_box((west, south, east, north))
    return west, south, east, north


def check_box(box: Box) -> None:
    """Refuse a box that is empty, upside down, off the globe, or given latitude first."""
    west, south, east, north = box
    latitude_first = max(abs(south), abs(north)) > 90 and max(abs(west), abs(east)) <= 90
    if latitude_first:
        raise ExtractError(f"clip box {box} looks like latitude first; give {_BOX_FORM}")
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ExtractError(f"clip box {box} encloses nothing on the globe; give {_BOX_FORM}")


def _read_boundary(path: Path) -> BaseGeometry:
    try:
        frame = geopandas.read_file(path)
    except (RuntimeError, OSError, ValueError) as error:
        raise ExtractError(
            f"boundary file {path} cannot be read ({error}): give a GeoJSON file with polygons"
        ) from error
    if frame.crs is not None:
        frame = frame.to_crs(epsg=4326)
    polygons = frame[frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    area = shapely.make_valid(shapely.union_all(polygons.geometry.to_numpy()))
    if area.is_empty or area.area == 0:
        raise ExtractError(f"boundary file {path} holds no polygon: draw the area as a polygon")
    return area


def clip(path: Path, area: Area, out: Path) -> None:
    """Write the part of an extract that touches an area.

    Parameters
    ----------
    path
        The extract.
    area
        West, south, east, north in degrees, or a geometry in WGS-84.
    out
        File to write; its ending chooses the format. An existing file is replaced.

    Raises
    ------
    ExtractError
        The extract cannot be read, the area makes no sense, or there are no streets in it.
    """
    check_file(path)
    if isinstance(area, tuple):
        check_box(area)
        area = shapely.box(*area)
    shapely.prepare(area)
    tracker, streets, elsewhere = _select(path, area)
    if not streets:
        raise ExtractError(_nothing_there(path, area, elsewhere))
    tracker.complete_backward_references(path, relation_depth=0)
    source = osmium.FileProcessor(path)
    header = new_header(source)
    west, south, east, north = area.bounds
    header.add_box(osmium.osm.Box(west, south, east, north))
    with osmium.SimpleWriter(out, header=header, overwrite=True) as writer:
        for thing in reading(path, source.with_filter(tracker.id_filter())):
            if thing.is_way():
                add_clean(writer, thing)
            else:
                writer.add(thing)


def _select(path: Path, area: BaseGeometry) -> tuple[osmium.IdTracker, int, Box | None]:
    """Choose what to keep; also count the streets kept and, while none is, bound the others."""
    tracker = osmium.IdTracker()
    kept_ways: set[int] = set()
    streets = 0
    elsewhere: Box | None = None
    # Nodes without tags matter as parts of ways only; ways without tags may be parts of lakes.
    tagged = osmium.filter.EmptyTagFilter()
    tagged.enable_for(osmium.osm.NODE)
    for thing in reading(path, osmium.FileProcessor(path).with_locations().with_filter(tagged)):
        if thing.is_node():
            if shapely.contains_xy(area, thing.lon, thing.lat):
                tracker.add_node(thing.id)
        elif thing.is_way():
            line = [(n.lon, n.lat) for n in thing.nodes if n.location.valid()]
            if len(line) < 2:
                continue
            if area.intersects(shapely.LineString(line)):
                tracker.add_way(thing.id)
                kept_ways.add(thing.id)
                streets += "highway" in thing.tags
            elif "highway" in thing.tags and not streets:
                elsewhere = _bounds(line, elsewhere)
        elif _wanted(thing, kept_ways):
            tracker.add_relation(thing.id)
    return tracker, streets, elsewhere


def _wanted(relation: Any, kept_ways: set[int]) -> bool:  # noqa: ANN401 - osmium's relation
    """Keep turn restrictions whose ways are all kept, and shapes of which a part is kept."""
    ways = [member.ref in kept_ways for member in relation.members if member.type == "w"]
    kind = relation.tags.get("type", "")
    if kind.startswith("restriction"):
        return bool(ways) and all(ways)
    return kind == "multipolygon" and any(ways) and any(k in relation.tags for k in _SHAPE_KEYS)


def _bounds(line: list[tuple[float, float]], box: Box | None) -> Box:
    """Give the box around a line, and around the box so far."""
    lons, lats = zip(*line, strict=True)
    west, south, east, north = box or (lons[0], lats[0], lons[0], lats[0])
    return min(west, *lons), min(south, *lats), max(east, *lons), max(north, *lats)


def _nothing_there(path: Path, area: BaseGeometry, elsewhere: Box | None) -> str:
    """Say why a clip found no streets."""
    if elsewhere is None:
        return f"{path} holds no streets at all: export the area again with all its ways and nodes"
    where = ", ".join(f"{number:.4f}" for number in elsewhere)
    if shapely.box(*elsewhere).intersects(shapely.transform(area, lambda xy: xy[:, ::-1])):
        return f"the clip area has latitude first: swap it; {path} covers (west to north) {where}"
    return (
        f"there are no streets of {path} in the clip area: "
        f"choose an area within (west, south, east, north) {where}"
    )
