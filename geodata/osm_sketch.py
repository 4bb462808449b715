"""Draw an OpenStreetMap file from scratch, in metres about a centre.

`geodata.sample` lays out its invented city on this sheet of paper: points and lines in metres east
and north, joined where they share a node, written in the order and with the fields that readers of
OSM files expect.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import osmium

type Tags = Mapping[str, str]
type Metres = tuple[float, float]

# Drawn, not surveyed: every object carries the same moment, so that a file depends on its seed
# alone.
DRAWN_AT = datetime(2026, 1, 1, tzinfo=UTC)
_METRES_PER_DEGREE = 111_195.0  # on a sphere of 6,371,009 m


@dataclass
class Line:
    """A straight street between two nodes, to which others can be joined anywhere along it."""

    sheet: Sheet
    start: int
    end: int
    tags: Tags
    joints: list[tuple[float, int]] = field(default_factory=list)

    def join_at(self, share: float, tags: Tags | None = None) -> int:
        """Make a node at this share of the length (0 to 1) and return its id."""
        (x0, y0), (x1, y1) = self.sheet.position(self.start), self.sheet.position(self.end)
        node = self.sheet.node((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share), tags)
        insort(self.joints, (share, node))
        return node

    def join_near(self, point: Metres, tags: Tags | None = None) -> int:
        """Make a node where the line passes nearest to a point, at least 2 % from its ends."""
        (x0, y0), (x1, y1) = self.sheet.position(self.start), self.sheet.position(self.end)
        dx, dy = x1 - x0, y1 - y0
        share = ((point[0] - x0) * dx + (point[1] - y0) * dy) / (dx * dx + dy * dy)
        return self.join_at(min(0.98, max(0.02, share)), tags)

    def nodes(self) -> list[int]:
        """Give the node ids from start to end."""
        return [self.start, *(node for _, node in self.joints), self.end]


class Sheet:
    """Nodes, ways and relations of a file in the making."""

    def __init__(self, centre: tuple[float, float]) -> None:
        """Start an empty sheet about a centre (longitude, latitude in degrees)."""
        self._centre = centre
        self._east = _METRES_PER_DEGREE * math.cos(math.radians(centre[1]))
        self._positions: list[Metres] = []
        self._node_tags: dict[int, dict[str, str]] = {}
        self._ways: list[tuple[list[int], Tags]] = []
        self._lines: list[Line] = []
        self._turn_bans: list[tuple[Line, int, Line]] = []

    def node(self, at: Metres, tags: Tags | None = None) -> int:
        """Add a node and return its id."""
        self._positions.append(at)
        node = len(self._positions)
        if tags:
            self._node_tags[node] = dict(tags)
        return node

    def tag_node(self, node: int, tags: Tags) -> None:
        """Add tags to a node."""
        self._node_tags.setdefault(node, {}).update(tags)

    def position(self, node: int) -> Metres:
        """Give a node's place in metres."""
        return self._positions[node - 1]

    def degrees(self, at: Metres) -> tuple[float, float]:
        """Give the longitude and latitude of a place, to seven decimals as OSM stores them."""
        lon, lat = self._centre
        return round(lon + at[0] / self._east, 7), round(lat + at[1] / _METRES_PER_DEGREE, 7)

    def line(self, start: int, end: int, tags: Tags) -> Line:
        """Add a straight street that others may join later."""
        line = Line(self, start, end, tags)
        self._lines.append(line)
        return line

    def way(self, nodes: Sequence[int], tags: Tags) -> int:
        """Add a way through given nodes and return its id."""
        self._ways.append((list(nodes), tags))
        return len(self._ways)

    def outline(self, corners: Sequence[Metres], tags: Tags) -> None:
        """Add a closed way around an area."""
        nodes = [self.node(corner) for corner in corners]
        self.way([*nodes, nodes[0]], tags)

    def ban_left_turn(self, onto: Line, via: int, turn: Line) -> None:
        """Forbid the left turn from one street into another at a node they share."""
        self._turn_bans.append((onto, via, turn))

    def write(self, path: Path) -> None:
        """Write the sheet in the format the ending of the name says (``.osm.pbf``, ``.osm``)."""
        ways = [*self._ways, *((line.nodes(), line.tags) for line in self._lines)]
        way_of = {id(line): len(self._ways) + k for k, line in enumerate(self._lines, start=1)}
        places = [self.degrees(at) for at in self._positions]
        lons, lats = zip(*places, strict=True)
        header = osmium.io.Header()
        header.set("generator", "mealsvc sample city")
        header.add_box(osmium.osm.Box(min(lons), min(lats), max(lons), max(lats)))
        stamp: dict[str, Any] = {
            "version": 1,
            "timestamp": DRAWN_AT,
            "changeset": 1,
            "uid": 1,
            "user": "sample",
        }
        with osmium.SimpleWriter(path, header=header, overwrite=True) as writer:
            for number, place in enumerate(places, start=1):
                own = self._node_tags.get(number, {})
                writer.add_node(
                    osmium.osm.mutable.Node(id=number, location=place, tags=own, **stamp)
                )
            for number, (nodes, tags) in enumerate(ways, start=1):
                writer.add_way(
                    osmium.osm.mutable.Way(id=number, nodes=nodes, tags=dict(tags), **stamp)
                )
            for number, (line, via, turn) in enumerate(self._turn_bans, start=1):
                members = [
                    ("w", way_of[id(line)], "from"),
                    ("n", via, "via"),
                    ("w", way_of[id(turn)], "to"),
                ]
                ban = {"type": "restriction", "restriction": "no_left_turn"}
                writer.add_relation(
                    osmium.osm.mutable.Relation(id=number, members=members, tags=ban, **stamp)
                )
