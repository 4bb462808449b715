"""OpenStreetMap extracts: describe them, clip them, and say plainly what is wrong with a file.

An extract is the one input that everything else stands on, and people get it from many places: a
province from a mirror, a district cut by a colleague, a web page saved under the wrong name.
Nothing is built from a file before it was read through here.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.clipping import Area, Box, clip, parse_clip
from geodata.osm_reading import ExtractError, check_file, fingerprint, header_date, read_streets

__all__ = ["Area", "ExtractError", "ExtractInfo", "clip", "describe", "parse_clip"]


@dataclass(frozen=True)
class ExtractInfo:
    """What an extract holds.

    Attributes
    ----------
    name
        File name.
    fingerprint
        SHA-256 of the content, hexadecimal.
    bounds
        West, south, east, north of its streets in degrees.
    ways_by_class
        Streets by value of ``highway``, most frequent first.
    street_ways, street_nodes
        How many streets, and how many points they are drawn with.
    connected_share
        Share of the street nodes, 0 to 1, that hang together in the largest connected piece.
    date
        State of the data: from the file's header, else the newest change of a street; None when
        the file does not tell.
    """

    name: str
    fingerprint: str
    bounds: Box
    ways_by_class: dict[str, int]
    street_ways: int
    street_nodes: int
    connected_share: float
    date: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """Give a form that JSON can hold."""
        record = asdict(self)
        record["date"] = self.date.isoformat() if self.date else None
        return record

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Self:
        """Read back what `as_dict` gave."""
        date = datetime.fromisoformat(record["date"]) if record["date"] else None
        return cls(**{**record, "bounds": tuple(record["bounds"]), "date": date})


def describe(path: Path, *, called: Path | None = None) -> ExtractInfo:
    """Read an extract through and describe its streets.

    Parameters
    ----------
    path
        The extract.
    called
        The file that people know, of which `path` is a copy; named in messages.

    Raises
    ------
    ExtractError
        The file is missing, empty, broken, not OpenStreetMap, or has no streets.
    """
    check_file(path)
    classes: Counter[str] = Counter()
    # Arrays, not lists: a province has ten million of these.
    refs, sizes = array("q"), array("q")
    lons, lats = array("d"), array("d")
    newest = datetime.fromtimestamp(0, UTC)
    for way in read_streets(path):
        nodes = [(n.ref, n.lon, n.lat) for n in way.nodes if n.location.valid()]
        if len(nodes) < 2:
            continue
        classes[way.tags["highway"]] += 1
        newest = max(newest, way.timestamp)
        sizes.append(len(nodes))
        for ref, lon, lat in nodes:
            refs.append(ref)
            lons.append(lon)
            lats.append(lat)
    if not sizes:
        raise ExtractError(
            f"{called or path} holds no streets (ways tagged highway, with the positions of their "
            "nodes): export the area again with all its ways and nodes"
        )
    count, share = _connected(np.array(refs), np.array(sizes))
    return ExtractInfo(
        name=path.name,
        fingerprint=fingerprint(path),
        bounds=(min(lons), min(lats), max(lons), max(lats)),
        ways_by_class=dict(classes.most_common()),
        street_ways=len(sizes),
        street_nodes=count,
        connected_share=share,
        date=header_date(path) or (newest if newest.year > 1970 else None),
    )


def _connected(refs: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[int, float]:
    """Count the nodes and find the share of them in the largest connected piece."""
    nodes, index = np.unique(refs, return_inverse=True)
    last = np.zeros(len(refs), dtype=bool)
    last[np.cumsum(sizes) - 1] = True
    start = np.flatnonzero(~last)
    ones = np.ones(len(start), dtype=np.int8)
    graph = coo_array((ones, (index[start], index[start + 1])), shape=(len(nodes), len(nodes)))
    _, piece = connected_components(graph, directed=False)
    return len(nodes), float(np.bincount(piece).max() / len(nodes))
