"""Read the ways that can be walked, and the water that cannot, from an extract."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.osm_reading import read_streets, reading
from geodata.plane import metres_per_unit, to_plane
from geodata.walking.ways import passable, walkable

_WATERCOURSES = frozenset(("river", "canal", "stream", "riverbank"))
# Smaller water that does not flow is walked around: ponds, pools and fountains.
_POND_SQUARE_METRES = 5_000.0
_RAILWAYS = frozenset(("rail", "light_rail", "monorail", "narrow_gauge"))


@dataclass(frozen=True)
class WalkedWays:
    """The ways that can be walked, one after the other.

    Attributes
    ----------
    nodes
        Node of each bend: an id of the extract, or a negative number of its own for each end of a
        way at a gate that walkers cannot pass.
    lons, lats
        Its place in degrees.
    sizes
        How many bends each way has.
    """

    nodes: NDArray[np.int64]
    lons: NDArray[np.float64]
    lats: NDArray[np.float64]
    sizes: NDArray[np.int64]


def read_walked_ways(path: Path) -> WalkedWays:
    """Read the ways that can be walked; closed gates cut them.

    Raises
    ------
    ExtractError
        The file cannot be read as OpenStreetMap data.
    """
    closed = _closed_gates(path)
    nodes, sizes = array("q"), array("q")
    lons, lats = array("d"), array("d")
    cuts = 0
    for way in read_streets(path):
        if not walkable(way.tags):
            continue
        line = [(n.ref, n.lon, n.lat) for n in way.nodes if n.location.valid()]
        for piece in _pieces(line, closed):
            sizes.append(len(piece))
            for ref, lon, lat in piece:
                cuts += ref in closed
                nodes.append(-cuts if ref in closed else ref)
                lons.append(lon)
                lats.append(lat)
    return WalkedWays(np.array(nodes), np.array(lons), np.array(lats), np.array(sizes))


def _closed_gates(path: Path) -> set[int]:
    nodes = osmium.filter.EntityFilter(osmium.osm.NODE)
    keys = osmium.filter.KeyFilter("barrier", "foot", "access")
    reader = osmium.FileProcessor(path).with_filter(nodes).with_filter(keys)
    return {node.id for node in reading(path, reader) if not passable(node.tags)}


def _pieces(
    line: list[tuple[int, float, float]], closed: set[int]
) -> Iterable[list[tuple[int, float, float]]]:
    """Cut a way where a closed gate stands; the gate ends the piece before and begins the next."""
    start = 0
    for k in range(1, len(line)):
        if line[k][0] in closed or k == len(line) - 1:
            yield line[start : k + 1]
            start = k


def read_barriers(path: Path) -> list[BaseGeometry]:
    """Read what nobody walks across off the streets: water, and railways on the ground.

    Returns
    -------
    list
        Lines and areas in degrees. Covered streams, ponds, and railways in tunnels or on bridges
        are no barriers and are left out.

    Raises
    ------
    ExtractError
        The file cannot be read as OpenStreetMap data.
    """
    kinds = osmium.filter.EntityFilter(osmium.osm.WAY | osmium.osm.AREA)
    keys = osmium.filter.KeyFilter("natural", "waterway", "railway")
    reader = osmium.FileProcessor(path).with_areas(osmium.filter.KeyFilter("natural", "waterway"))
    return list(_barriers(reading(path, reader.with_filter(kinds).with_filter(keys))))


def _barriers(things: Iterable[Any]) -> Iterator[BaseGeometry]:
    for thing in things:
        tags = thing.tags
        if thing.is_area():
            if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
                flows = "waterway" in tags or tags.get("water") in _WATERCOURSES
                least = 0.0 if flows else _POND_SQUARE_METRES
                yield from (shape for shape in _polygons(thing) if _square_metres(shape) > least)
        elif tags.get("tunnel", "no") == "no" and tags.get("covered", "no") == "no":
            rail = tags.get("railway") in _RAILWAYS and tags.get("bridge", "no") == "no"
            if tags.get("waterway") in _WATERCOURSES or rail:
                line = [(n.lon, n.lat) for n in thing.nodes if n.location.valid()]
                if len(line) > 1:
                    yield shapely.LineString(line)


def _polygons(area: Any) -> Iterator[BaseGeometry]:  # noqa: ANN401 - osmium's area
    for ring in area.outer_rings():
        holes = [[(n.lon, n.lat) for n in hole] for hole in area.inner_rings(ring)]
        yield shapely.make_valid(shapely.Polygon([(n.lon, n.lat) for n in ring], holes))


def _square_metres(shape: BaseGeometry) -> float:
    x, y = to_plane(*shapely.get_coordinates(shape).T)
    on_plane = shapely.transform(shape, lambda _: np.column_stack([x, y]))
    return float(on_plane.area * metres_per_unit(y.mean()) ** 2)
