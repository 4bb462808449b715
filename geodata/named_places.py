"""Read what has a name or an address from an extract: streets, compounds, buildings, institutions.

A street is many ways in an extract and one line in a list of results; so ways of one name that lie
near each other become one place, and so do the stops on both sides of a road.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.osm_reading import NOT_STREETS, reading

type LonLat = tuple[float, float]


class PlaceKind(StrEnum):
    """What a place of an extract is, the more general first."""

    SETTLEMENT = "settlement"
    COMPOUND = "compound"
    STREET = "street"
    INSTITUTION = "institution"
    STATION = "station"
    PARK = "park"
    WATER = "water"
    ADDRESS = "address"
    BUILDING = "building"
    OTHER = "other"


@dataclass(frozen=True)
class NamedPlace:
    """A place of an extract.

    Attributes
    ----------
    kind
        What it is.
    name
        What it is called in Chinese, else locally; an address as it is written.
    english
        Its English name, or an empty string.
    aliases
        Other names.
    point
        Longitude and latitude, degrees WGS-84; of a street, near its middle and on it.
    """

    kind: PlaceKind
    name: str
    english: str
    aliases: tuple[str, ...]
    point: LonLat


@dataclass(frozen=True)
class _Found:
    """One object of the extract."""

    kind: PlaceKind
    name: str
    english: str
    aliases: tuple[str, ...]
    shape: BaseGeometry


_ALIASES = (
    *("name", "alt_name", "old_name", "short_name", "official_name", "name:zh-Hans"),
    *("name:zh_pinyin", "name:zh-Latn-pinyin", "addr:housename"),
)
#: By key: what an object with it is; by value where values differ. The first that fits counts.
_KINDS: tuple[tuple[str, dict[str, PlaceKind] | PlaceKind], ...] = (
    ("place", PlaceKind.SETTLEMENT),
    ("railway", {"station": PlaceKind.STATION, "halt": PlaceKind.STATION}),
    ("public_transport", {"station": PlaceKind.STATION, "platform": PlaceKind.STATION,
                          "stop_position": PlaceKind.STATION}),
    ("highway", {"bus_stop": PlaceKind.STATION}),
    ("amenity", PlaceKind.INSTITUTION), ("healthcare", PlaceKind.INSTITUTION),
    ("office", PlaceKind.INSTITUTION), ("social_facility", PlaceKind.INSTITUTION),
    ("landuse", {"residential": PlaceKind.COMPOUND, "grass": PlaceKind.PARK,
                 "forest": PlaceKind.PARK, "reservoir": PlaceKind.WATER}),
    ("leisure", {"park": PlaceKind.PARK, "garden": PlaceKind.PARK}),
    ("natural", {"water": PlaceKind.WATER}),
    ("waterway", PlaceKind.WATER),
    ("building", PlaceKind.BUILDING),
)  # fmt: skip
_OTHERS = ("shop", "tourism", "leisure", "landuse", "natural", "historic", "man_made", "railway")
_LINES = {"highway": PlaceKind.STREET, "waterway": PlaceKind.WATER}
_KEYS = (
    *dict.fromkeys([*(key for key, _ in _KINDS), *_OTHERS]),
    *("addr:street", "addr:place"),
)
_GAP = 0.004  # degrees, about 400 m: pieces of a name that are no farther apart are one place


def read_named_places(extract: Path) -> list[NamedPlace]:
    """Read the places of an extract, in the order of kinds, then names.

    Raises
    ------
    ExtractError
        The extract cannot be read.
    """
    alike: dict[tuple[PlaceKind, str], list[_Found]] = defaultdict(list)
    for found in _found(extract):
        alike[found.kind, found.name].append(found)
    order = list(PlaceKind)
    return [
        place
        for kind, name in sorted(alike, key=lambda key: (order.index(key[0]), key[1]))
        for place in _merged(alike[kind, name])
    ]


def _found(extract: Path) -> Iterator[_Found]:
    kinds = osmium.filter.EntityFilter(osmium.osm.NODE | osmium.osm.WAY | osmium.osm.AREA)
    keys = osmium.filter.KeyFilter(*_KEYS)
    shapes = osmium.filter.KeyFilter(*(key for key in _KEYS if key != "highway"))
    reader = osmium.FileProcessor(extract).with_areas(shapes).with_filter(kinds).with_filter(keys)
    wkb = osmium.geom.WKBFactory()
    for thing in reading(extract, reader):
        try:
            yield from _named(thing, wkb)
        except (osmium.InvalidLocationError, RuntimeError):
            continue  # cut off at the extract's edge, or an outline that crosses itself


def _named(thing: Any, wkb: Any) -> Iterator[_Found]:  # noqa: ANN401 - osmium's
    tags = thing.tags
    line = thing.is_way()
    if line:
        kind = next((kind for key, kind in _LINES.items() if key in tags), None)
        if kind is None or tags.get("highway") in NOT_STREETS:
            return
    else:
        kind = _kind(tags)
    address = None if line else _address(tags)
    name = tags.get("name:zh") or tags.get("name")
    if kind is PlaceKind.BUILDING and address and name == tags.get("addr:housenumber"):
        name = None  # "3幢" alone says nothing; its address does
    if not name and not address:
        return
    shape = _shape(thing, wkb)
    if name and kind is not None:
        yield _Found(kind, name, tags.get("name:en") or "", _aliases(tags, name), shape)
    if address:
        yield _Found(PlaceKind.ADDRESS, address, "", (), shape)


def _kind(tags: Any) -> PlaceKind | None:  # noqa: ANN401 - osmium's tags
    for key, kinds in _KINDS:
        value = tags.get(key)
        if value is not None and value != "no":
            found = kinds if isinstance(kinds, PlaceKind) else kinds.get(value)
            if found is not None:
                return found
    return PlaceKind.OTHER if any(key in tags for key in _OTHERS) else None


def _address(tags: Any) -> str | None:  # noqa: ANN401 - osmium's tags
    """Return street or compound with the number, as it is written where it is."""
    where = tags.get("addr:street") or tags.get("addr:place")
    number = (tags.get("addr:housenumber") or "").split(";")[0].strip()
    if not where or not number:
        return None
    if where[-1].isascii() or "À" <= where[-1] <= "ɏ":  # Latin letters
        return f"{where} {number}"
    return f"{where}{number}号" if number[-1].isdecimal() else f"{where}{number}"


def _aliases(tags: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - osmium's tags
    given = (part.strip() for key in _ALIASES for part in tags.get(key, "").split(";"))
    return tuple(dict.fromkeys(one for one in given if one and one != name))


def _shape(thing: Any, wkb: Any) -> BaseGeometry:  # noqa: ANN401 - osmium's
    if thing.is_node():
        return shapely.Point(thing.location.lon, thing.location.lat)
    draw = wkb.create_linestring if thing.is_way() else wkb.create_multipolygon
    shape: BaseGeometry = shapely.from_wkb(draw(thing))
    return shape


def _merged(found: Sequence[_Found]) -> Iterator[NamedPlace]:
    """Give one place for all objects of a name and kind that lie near each other."""
    for group in _near_each_other(found):
        whole = shapely.union_all([one.shape for one in group])
        yield NamedPlace(
            kind=group[0].kind,
            name=group[0].name,
            english=next((one.english for one in group if one.english), ""),
            aliases=tuple(dict.fromkeys(alias for one in group for alias in one.aliases)),
            point=_middle(whole),
        )


def _near_each_other(found: Sequence[_Found]) -> list[list[_Found]]:
    if len(found) == 1:
        return [list(found)]
    shapes = [one.shape for one in found]
    pieces = shapely.get_parts(shapely.union_all(shapely.buffer(shapes, _GAP / 2, quad_segs=2)))
    piece_of = shapely.STRtree(pieces).nearest(shapes).tolist()
    groups: dict[int, list[_Found]] = defaultdict(list)
    for one, piece in zip(found, piece_of, strict=True):
        groups[piece].append(one)
    return [groups[piece] for piece in sorted(groups)]


def _middle(shape: BaseGeometry) -> LonLat:
    """Return a point of a shape near its middle: on the street, inside the area."""
    if shape.area > 0:
        point = shapely.point_on_surface(shape)
    else:
        point = shapely.get_point(shapely.shortest_line(shape, shape.centroid), 0)
    return round(point.x, 6), round(point.y, 6)
