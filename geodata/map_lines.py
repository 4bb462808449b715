"""The lines and outlines of an extract, kept beside the network for drawing small maps.

A route sheet shows each trip on a map of a few streets. Reading the extract for every map would
take a second; this index answers in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from geodata.osm_reading import NOT_STREETS, reading

type LonLat = tuple[float, float]
type Box = tuple[float, float, float, float]

_SCALE = 1e7  # whole ten-millionths of a degree, as in OSM files
_AREAS = {
    ("natural", "water"): "water",
    ("waterway", "riverbank"): "water",
    ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("landuse", "grass"): "park",
    ("landuse", "forest"): "park",
    ("landuse", "residential"): "compound",
}
OUTLINES = frozenset({"water", "park", "compound", "building"})
_WATERCOURSES = ("river", "stream", "canal")


class MapLine(NamedTuple):
    """A line or outline to draw.

    Attributes
    ----------
    kind
        For streets the value of ``highway``; ``waterway`` for the middle of a river; ``water``,
        ``park``, ``compound`` and ``building`` for outlines, whose last point is the first.
    name
        Name on the map, or an empty string.
    points
        Longitude and latitude of each bend, degrees, WGS-84.
    """

    kind: str
    name: str
    points: list[LonLat]

    @property
    def outline(self) -> bool:
        """Say whether it encloses an area."""
        return self.kind in OUTLINES


def write_map_lines(extract: Path, out: Path) -> None:
    """Read what is drawn on maps from an extract and write the index.

    Raises
    ------
    ExtractError
        The extract cannot be read.
    """
    kinds: list[str] = []
    names: list[str] = []
    ends: list[int] = []
    points: list[LonLat] = []
    for kind, name, line in _drawn(extract):
        kinds.append(kind)
        names.append(name)
        points += line
        ends.append(len(points))
    np.savez_compressed(
        out,
        kinds=np.array(kinds, dtype=np.str_),
        names=np.array(names, dtype=np.str_),
        ends=np.array(ends, dtype=np.int64),
        points=np.rint(np.array(points).reshape(-1, 2) * _SCALE).astype(np.int32),
    )


def _drawn(extract: Path) -> Iterator[tuple[str, str, list[LonLat]]]:
    kinds = osmium.filter.EntityFilter(osmium.osm.WAY | osmium.osm.AREA)
    keys = osmium.filter.KeyFilter(
        "highway", "waterway", "natural", "leisure", "landuse", "building"
    )
    shapes = osmium.filter.KeyFilter("waterway", "natural", "leisure", "landuse", "building")
    reader = osmium.FileProcessor(extract).with_areas(shapes).with_filter(kinds).with_filter(keys)
    for thing in reading(extract, reader):
        tags = thing.tags
        name = tags.get("name", "")
        if thing.is_area():
            kind = _area_kind(tags)
            if kind:
                for ring in thing.outer_rings():
                    yield kind, name, [(node.lon, node.lat) for node in ring]
            continue
        kind = tags.get("highway")
        if kind in NOT_STREETS or (kind is None and tags.get("waterway") not in _WATERCOURSES):
            continue
        line = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
        if len(line) > 1:
            yield kind or "waterway", name, line


def _area_kind(tags: Any) -> str | None:  # noqa: ANN401 - osmium's tags
    for (key, value), kind in _AREAS.items():
        if tags.get(key) == value:
            return kind
    return "building" if "building" in tags else None


class MapLines:
    """The index, ready to ask. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Read the index from the file `write_map_lines` wrote."""
        with np.load(path, allow_pickle=False) as file:
            self._kinds: list[str] = file["kinds"].tolist()
            self._names: list[str] = file["names"].tolist()
            ends: NDArray[np.int64] = file["ends"]
            self._points: NDArray[np.float64] = file["points"] / _SCALE
        self._starts = np.concatenate([[0], ends])
        owner = np.repeat(np.arange(len(ends)), np.diff(self._starts))
        shapes = shapely.linestrings(self._points, indices=owner)
        for k in np.flatnonzero(np.isin(self._kinds, list(OUTLINES))):
            shapes[k] = shapely.Polygon(shapes[k])
        self._tree = shapely.STRtree(shapes)

    def within(self, box: Box, kinds: Sequence[str] | None = None) -> list[MapLine]:
        """Give all lines that touch a box, whole, in the order of the extract.

        Parameters
        ----------
        box
            West, south, east, north in degrees.
        kinds
            Only these kinds; all by default.
        """
        found = np.sort(self._tree.query(shapely.box(*box), predicate="intersects"))
        return [
            MapLine(
                self._kinds[k],
                self._names[k],
                [
                    (lon, lat)
                    for lon, lat in self._points[self._starts[k] : self._starts[k + 1]].tolist()
                ],
            )
            for k in found.tolist()
            if kinds is None or self._kinds[k] in kinds
        ]
