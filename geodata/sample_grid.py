"""The streets, river and parks of the sample city; between them lie parcels for compounds."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from geodata.osm_sketch import Line, Metres, Sheet, Tags
from geodata.sample_names import COLUMN_ROADS, OLD_STREET, RIVER, ROW_ROADS, NameBook

CENTRE = (120.6, 30.36)  # fields in northern Zhejiang
CITY = "临澜市"
SIDES = ("south", "east", "north", "west")

_COLUMNS = (-2500.0, -1800.0, -1080.0, -360.0, 360.0, 1080.0, 1800.0, 2500.0)
_ROWS = (-2000.0, -1370.0, -730.0, -95.0, 95.0, 730.0, 1370.0, 2000.0)
_SOUTH_BANK, _NORTH_BANK = 3, 4  # rows
_BRIDGES = (1, 4, 6)  # columns
_FOOTBRIDGE = 3  # column without a road bridge
_ONE_WAY = {2: "-1", 3: "yes"}  # columns of the old town, north of the river: one down, one up
_ROUNDABOUT = (4, 5)  # column, row
_OLD_TOWN = ((3, 4), (2, 4))  # superblocks by column and row of their south-west corner
_OTHER_USES: dict[tuple[int, int], Tags] = {
    (4, 4): {"leisure": "park", "name": "钟楼公园"},
    (0, 1): {"leisure": "park", "name": "采荷公园"},
    (6, 5): {"leisure": "park", "name": "东湖公园"},
    (4, 2): {"amenity": "school", "name": "临澜中学"},
    (1, 5): {"amenity": "school", "name": "青云小学"},
    (5, 1): {"amenity": "hospital", "name": "临澜市中医院"},
    (3, 1): {"landuse": "commercial", "name": "金桥广场"},
    (5, 5): {"landuse": "commercial", "name": "临澜商务中心"},
    (0, 6): {"landuse": "industrial", "name": "环北工业园"},
}
_SPEEDS = {"primary": "60", "secondary": "50", "tertiary": "40", "residential": "30"}
_WATER_HALF_WIDTH = 42.0
_PROMENADE = 62.0  # from the middle of the river
_SETBACK = 20.0  # from the middle of a street to the wall of a parcel


@dataclass
class Parcel:
    """A piece of a superblock: an upright rectangle and the streets along its sides."""

    west: float
    south: float
    east: float
    north: float
    streets: dict[str, Line]  # by side


type Crossings = dict[tuple[int, int], dict[str, int]]
type Edges = dict[tuple[int, int], Line]


def lay_out_streets(sheet: Sheet, rng: random.Random, names: NameBook) -> list[Parcel]:
    """Draw everything but the compounds, and return the parcels left for them."""
    crossings = _draw_crossings(sheet, rng)
    rows, columns = _draw_roads(sheet, crossings)
    _draw_river(sheet, crossings)
    _forbid_left_turns(sheet, rows, columns)
    parcels: list[Parcel] = []
    for r in (0, 1, 2, 4, 5, 6):
        for c in range(len(_COLUMNS) - 1):
            streets = {
                "south": rows[c, r],
                "north": rows[c, r + 1],
                "west": columns[c, r],
                "east": columns[c + 1, r],
            }
            if (c, r) in _OTHER_USES:
                _draw_other_use(sheet, _parcel(sheet, streets), _OTHER_USES[c, r])
            elif (c, r) in _OLD_TOWN:
                _draw_old_town(sheet, rng, names, streets, named=(c, r) == _OLD_TOWN[0])
            else:
                parcels += _split(sheet, rng, names, streets)
    return parcels


def _river_middle(x: float) -> float:
    return 90.0 * math.sin(x / 900.0)


def _draw_crossings(sheet: Sheet, rng: random.Random) -> Crossings:
    """Make the node of each crossing, given by the side one arrives at (a roundabout has four)."""
    crossings: Crossings = {}
    for c, x in enumerate(_COLUMNS):
        for r, y in enumerate(_ROWS):
            bend = _river_middle(x) * (1.0 - min(1.0, abs(abs(y) - 95.0) / 1300.0))
            at = (
                x + rng.uniform(-25, 25),
                y + bend + (0 if abs(y) < 100 else rng.uniform(-25, 25)),
            )
            if (c, r) == _ROUNDABOUT:
                crossings[c, r] = _draw_roundabout(sheet, at)
                continue
            lights = {"highway": "traffic_signals"} if c in _BRIDGES and r in (2, 5) else None
            crossings[c, r] = dict.fromkeys(SIDES, sheet.node(at, lights))
    return crossings


def _draw_roundabout(sheet: Sheet, at: Metres) -> dict[str, int]:
    ring = [
        sheet.node((at[0] + 30 * math.cos(k * math.pi / 4), at[1] + 30 * math.sin(k * math.pi / 4)))
        for k in range(8)
    ]
    tags = {"highway": "primary", "junction": "roundabout", "name": "钟楼环岛", "oneway": "yes"}
    sheet.way([*ring, ring[0]], tags)  # against the clock: traffic keeps right
    return {"east": ring[0], "north": ring[2], "west": ring[4], "south": ring[6]}


def _road(kind: str, name: str, **more: str) -> dict[str, str]:
    tags = {"highway": kind, "name": name, "maxspeed": _SPEEDS[kind], **more}
    return tags if kind == "residential" else {"sidewalk": "both", **tags}


def _draw_roads(sheet: Sheet, crossings: Crossings) -> tuple[Edges, Edges]:
    rows: Edges = {}
    columns: Edges = {}
    for c in range(len(_COLUMNS)):
        for r in range(len(_ROWS)):
            if c + 1 < len(_COLUMNS):
                kind = {2: "primary", 5: "primary", 0: "secondary", 7: "secondary"}.get(
                    r, "tertiary"
                )
                ends = crossings[c, r]["east"], crossings[c + 1, r]["west"]
                rows[c, r] = sheet.line(*ends, _road(kind, ROW_ROADS[r]))
            if r + 1 == len(_ROWS) or (r == _SOUTH_BANK and c not in _BRIDGES):
                continue
            kind = {4: "primary", 1: "secondary", 6: "secondary"}.get(c, "tertiary")
            tags = _road(kind, COLUMN_ROADS[c])
            if r == _SOUTH_BANK:
                tags |= {"bridge": "yes", "layer": "1"}
            if r >= _NORTH_BANK and c in _ONE_WAY:
                tags |= {"oneway": _ONE_WAY[c], "oneway:bicycle": "yes"}
            ends = crossings[c, r]["north"], crossings[c, r + 1]["south"]
            columns[c, r] = sheet.line(*ends, tags)
    return rows, columns


def _forbid_left_turns(sheet: Sheet, rows: Edges, columns: Edges) -> None:
    """Forbid the left turn off the two road bridges at the ends of the city, as busy cities do."""
    for c in (_BRIDGES[0], _BRIDGES[2]):
        onto = columns[c, _SOUTH_BANK]
        turn = rows[c - 1, _NORTH_BANK]
        sheet.ban_left_turn(onto, onto.end, turn)


def _draw_river(sheet: Sheet, crossings: Crossings) -> None:
    xs = [x * 100.0 for x in range(-28, 29)]
    south = [(x, _river_middle(x) - _WATER_HALF_WIDTH) for x in xs]
    north = [(x, _river_middle(x) + _WATER_HALF_WIDTH) for x in reversed(xs)]
    sheet.outline([*south, *north], {"natural": "water", "water": "river", "name": RIVER})
    middle = [sheet.node((x, _river_middle(x))) for x in xs]
    sheet.way(middle, {"waterway": "river", "name": RIVER})
    landings = []
    for row, sign, side in ((_SOUTH_BANK, -1, "north"), (_NORTH_BANK, 1, "south")):
        walk: list[int] = []
        for c, x in enumerate(_COLUMNS):
            walk.append(sheet.node((x + 8.0, _river_middle(x + 8.0) + sign * _PROMENADE)))
            steps = (
                {"highway": "steps", "step_count": "14"}
                if c in _BRIDGES
                else {"highway": "footway"}
            )
            sheet.way([crossings[c, row][side], walk[-1]], steps)
            if c + 1 < len(_COLUMNS):
                half = x + 360.0
                walk.append(sheet.node((half, _river_middle(half) + sign * _PROMENADE)))
        sheet.way(walk, {"highway": "footway", "name": "江滨步道", "surface": "paved"})
        landings.append(walk[2 * _FOOTBRIDGE])
    _draw_footbridge(sheet, landings[0], landings[1])


def _draw_footbridge(sheet: Sheet, south: int, north: int) -> None:
    (x0, y0), (x1, y1) = sheet.position(south), sheet.position(north)
    low, high = sheet.node((x0, y0 + 12.0)), sheet.node((x1, y1 - 12.0))
    sheet.way([south, low], {"highway": "steps", "step_count": "24"})
    sheet.way([low, high], {"highway": "footway", "name": "彩虹桥", "bridge": "yes", "layer": "1"})
    sheet.way([high, north], {"highway": "steps", "step_count": "24"})


def _parcel(sheet: Sheet, streets: dict[str, Line]) -> Parcel:
    """Give the largest upright rectangle between four streets, set back from them."""

    def ends(side: str, axis: int) -> tuple[float, float]:
        line = streets[side]
        return sheet.position(line.start)[axis], sheet.position(line.end)[axis]

    return Parcel(
        west=max(ends("west", 0)) + _SETBACK,
        south=max(ends("south", 1)) + _SETBACK,
        east=min(ends("east", 0)) - _SETBACK,
        north=min(ends("north", 1)) - _SETBACK,
        streets=streets,
    )


def _split(
    sheet: Sheet, rng: random.Random, names: NameBook, streets: dict[str, Line]
) -> list[Parcel]:
    """Cut a superblock in two by a side street; one in four of these is one-way."""
    near, far = ("south", "north") if rng.random() < 0.6 else ("west", "east")
    tags = _road("residential", names.lane())
    if rng.random() < 0.25:
        tags["oneway"] = "yes"
    share = rng.uniform(0.44, 0.56)
    lane = sheet.line(streets[near].join_at(share), streets[far].join_at(share), tags)
    first, second = ("east", "west") if near == "south" else ("north", "south")
    return [
        _parcel(sheet, {**streets, first: lane}),
        _parcel(sheet, {**streets, second: lane}),
    ]


def _draw_other_use(sheet: Sheet, parcel: Parcel, tags: Tags) -> None:
    """Draw a park with a pond and walks, or an institution with its buildings and drive."""
    w, s, e, n = parcel.west, parcel.south, parcel.east, parcel.north
    sheet.outline([(w, s), (e, s), (e, n), (w, n)], tags)
    x, y = (w + e) / 2, (s + n) / 2
    doors = [parcel.streets[side].join_near((x, y)) for side in SIDES]
    if "leisure" in tags:
        hub = [
            sheet.node((x + 90 * dx, y + 90 * dy)) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))
        ]
        sheet.way([*hub, hub[0]], {"highway": "footway"})
        for door, corner in zip(doors, hub, strict=True):
            sheet.way([door, corner], {"highway": "footway"})
        around = [(x + 50 * math.cos(k * 0.7), y + 40 * math.sin(k * 0.7)) for k in range(9)]
        sheet.outline(around, {"natural": "water", "water": "pond"})
        return
    middle = sheet.node((x, y))
    sheet.way([doors[0], middle, doors[2]], {"highway": "service"})
    for dx, dy in ((-150, -120), (60, -120), (-150, 60), (60, 60)):
        a, b = x + dx, y + dy
        sheet.outline([(a, b), (a + 90, b), (a + 90, b + 40), (a, b + 40)], {"building": "yes"})


def _draw_old_town(
    sheet: Sheet, rng: random.Random, names: NameBook, streets: dict[str, Line], *, named: bool
) -> None:
    """Draw a web of lanes too narrow for cars, around a pedestrian street."""
    shares = (0.25, 0.5, 0.75)
    lanes = []
    for share in shares:
        walk = named and share == 0.5
        tags = (
            {"highway": "pedestrian", "name": OLD_STREET, "bicycle": "no"}
            if walk
            else {"highway": "living_street", "name": names.lane()}
        )
        ends = streets["south"].join_at(share), streets["north"].join_at(share)
        lanes.append(sheet.line(*ends, tags))
    for share in shares:
        knots = [lane.join_at(share) for lane in lanes]
        nodes = [streets["west"].join_at(share), *knots, streets["east"].join_at(share)]
        sheet.way(nodes, {"highway": "living_street", "name": names.lane()})
    for column in range(8):
        for row in range(8):
            # Two houses between each pair of lanes, clear of both.
            across, up = ((k // 2 + (0.29 if k % 2 == 0 else 0.71)) / 4 for k in (column, row))
            x, y = _between(sheet, streets, across, up)
            wide, deep = rng.uniform(16, 26), rng.uniform(14, 22)
            corners = [(x - wide, y - deep), (x + wide, y - deep), (x + wide, y + deep)]
            sheet.outline(
                [*corners, (x - wide, y + deep)], {"building": "house", "building:levels": "2"}
            )


def _between(sheet: Sheet, streets: dict[str, Line], east: float, north: float) -> Metres:
    """Give the point of a superblock at these shares of the way east and north."""
    (x0, y0), (x1, y1) = (_along(sheet, streets[side], east) for side in ("south", "north"))
    return x0 + (x1 - x0) * north, y0 + (y1 - y0) * north


def _along(sheet: Sheet, line: Line, share: float) -> Metres:
    (x0, y0), (x1, y1) = sheet.position(line.start), sheet.position(line.end)
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
