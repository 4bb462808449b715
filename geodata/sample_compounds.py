"""The walled compounds of the sample city: gates, a ring road, rows of buildings, paths, stairs."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise

from geodata.osm_sketch import Line, Metres, Sheet
from geodata.sample_grid import SIDES, Parcel
from geodata.sample_names import NameBook

_RING = 14.0  # from the wall to the inner ring road
_FIRST_ROW = 24.0  # from the ring to the first row's path
_HOUSE_DEPTH = 13.0
_DOOR = 6.0  # from a row's path to the doors
_ALLEY = 7.0  # half the gap in the middle of a row


@dataclass(frozen=True)
class House:
    """A residential building, in metres."""

    name: str
    door: Metres
    levels: int
    lift: bool


@dataclass(frozen=True)
class Compound:
    """A compound, in metres."""

    parcel_name: str
    address: str
    gate: Metres
    houses: tuple[House, ...]


@dataclass(frozen=True)
class _Style:
    """How a compound is built: old walk-ups or new towers."""

    row_pitch: float
    lengths: tuple[float, float]  # of buildings
    levels: tuple[int, int]
    bicycles_on_paths: bool
    stairs: bool


@dataclass(frozen=True)
class _HalfRow:
    """Where buildings stand along a path: from left to right of it, at its height."""

    path: Line
    left: float
    right: float
    y: float
    first_number: int


def build_compound(sheet: Sheet, rng: random.Random, names: NameBook, parcel: Parcel) -> Compound:
    """Fill a parcel with a compound and return what is in it."""
    name = names.compound()
    style = _choose_style(rng)
    ring = _draw_ring(sheet, parcel)
    main, side = rng.sample(SIDES, 2)
    gate = _draw_gate(sheet, rng, parcel, ring, main, cars=True)
    second = _draw_gate(sheet, rng, parcel, ring, side, cars=False)
    _draw_wall(sheet, parcel, {main: gate, side: second}, name)
    street = parcel.streets[main].tags["name"]
    address = f"{street}{rng.randrange(2, 400)}号"
    houses = _draw_rows(sheet, rng, ring, style, name)
    return Compound(name, address, sheet.position(gate), tuple(houses))


def _choose_style(rng: random.Random) -> _Style:
    stairs, bicycles = rng.random() < 0.3, rng.random() < 0.5
    if rng.random() < 0.65:  # built 1980 to 2000, no lifts
        return _Style(rng.uniform(44, 52), (38.0, 62.0), (5, 7), bicycles, stairs)
    return _Style(rng.uniform(66, 80), (30.0, 42.0), (11, 26), bicycles, stairs)


def _draw_ring(sheet: Sheet, parcel: Parcel) -> dict[str, Line]:
    w, s = parcel.west + _RING, parcel.south + _RING
    e, n = parcel.east - _RING, parcel.north - _RING
    sw, se, ne, nw = (sheet.node(at) for at in ((w, s), (e, s), (e, n), (w, n)))
    tags = {"highway": "service", "maxspeed": "15"}
    ends = {"south": (sw, se), "east": (se, ne), "north": (nw, ne), "west": (sw, nw)}
    return {side: sheet.line(start, end, tags) for side, (start, end) in ends.items()}


def _draw_gate(
    sheet: Sheet,
    rng: random.Random,
    parcel: Parcel,
    ring: dict[str, Line],
    side: str,
    *,
    cars: bool,
) -> int:
    """Lead a drive (or a footway) from the street through a gate in the wall to the ring."""
    share = rng.uniform(0.25, 0.75)
    x = parcel.west + share * (parcel.east - parcel.west)
    y = parcel.south + share * (parcel.north - parcel.south)
    at = {
        "south": (x, parcel.south),
        "north": (x, parcel.north),
        "west": (parcel.west, y),
        "east": (parcel.east, y),
    }[side]
    access = {"access": "yes"} if cars else {"foot": "yes", "bicycle": "yes", "motor_vehicle": "no"}
    gate = sheet.node(at, {"barrier": "lift_gate" if cars else "gate", **access})
    nodes = [parcel.streets[side].join_near(at), gate, ring[side].join_near(at)]
    way = {"highway": "service"} if cars else {"highway": "footway", "bicycle": "yes"}
    sheet.way(nodes, way)
    return gate


def _draw_wall(sheet: Sheet, parcel: Parcel, gates: dict[str, int], name: str) -> None:
    w, s, e, n = parcel.west, parcel.south, parcel.east, parcel.north
    corners = {"south": (w, s), "east": (e, s), "north": (e, n), "west": (w, n)}
    around: list[int] = []
    for side in SIDES:
        around.append(sheet.node(corners[side]))
        if side in gates:
            around.append(gates[side])
    tags = {"landuse": "residential", "residential": "gated", "name": name, "barrier": "wall"}
    sheet.way([*around, around[0]], tags)


def _draw_rows(
    sheet: Sheet, rng: random.Random, ring: dict[str, Line], style: _Style, name: str
) -> list[House]:
    (west, south), (east, north) = (
        sheet.position(ring["south"].start),
        sheet.position(ring["north"].end),
    )
    middle = (west + east) / 2
    houses: list[House] = []
    alley: list[int] = []
    y = south + _FIRST_ROW
    while y + _DOOR + _HOUSE_DEPTH + 8.0 < north:
        ends = ring["west"].join_near((west, y)), ring["east"].join_near((east, y))
        bicycles = {"bicycle": "yes"} if style.bicycles_on_paths else {}
        path = sheet.line(*ends, {"highway": "footway", **bicycles})
        alley.append(path.join_at(0.5))
        for left, right in ((west + 10.0, middle - _ALLEY), (middle + _ALLEY, east - 10.0)):
            half = _HalfRow(path, left, right, y, len(houses) + 1)
            houses += _draw_houses(sheet, rng, half, style, name)
        y += style.row_pitch
    for number, (a, b) in enumerate(pairwise(alley)):
        if style.stairs and number == len(alley) // 2 - 1:
            sheet.way([a, b], {"highway": "steps", "step_count": "18"})
        else:
            sheet.way([a, b], {"highway": "footway"})
    return houses


def _draw_houses(
    sheet: Sheet, rng: random.Random, row: _HalfRow, style: _Style, compound: str
) -> list[House]:
    """Set buildings along half a row, each with a door and a short way to the path."""
    x, right, y = row.left, row.right, row.y
    houses: list[House] = []
    while x + (length := rng.uniform(*style.lengths)) <= right:
        levels = rng.randint(*style.levels)
        house_name = f"{row.first_number + len(houses)}幢"
        low, high = y + _DOOR, y + _DOOR + _HOUSE_DEPTH
        door = (x + length / 2, low)
        entrance = sheet.node(door, {"entrance": "yes"})
        corners = [
            sheet.node(at) for at in ((x + length, low), (x + length, high), (x, high), (x, low))
        ]
        sheet.way(
            [entrance, *corners, entrance],
            {
                "building": "apartments",
                "building:levels": str(levels),
                "name": house_name,
                "addr:place": compound,
                "addr:housenumber": house_name,
            },
        )
        sheet.way([row.path.join_near(door), entrance], {"highway": "footway"})
        houses.append(House(house_name, door, levels, lift=levels >= 8))
        x += length + rng.uniform(10.0, 16.0)
    return houses
