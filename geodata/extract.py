"""OpenStreetMap extracts: describe them, clip them, and say plainly what is wrong with a file.

An extract is the one input that everything else stands on, and people get it from many places: a
province from a mirror, a district cut by a colleague, a web page saved under the wrong name.
Nothing is built from a file before it was read through here.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
import osmium
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

type Box = tuple[float, float, float, float]

ENDINGS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
# Values of `highway` that nobody can travel on.
NOT_STREETS = frozenset(
    [
        "abandoned",
        "bus_stop",
        "construction",
        "corridor",
        "demolished",
        "dismantled",
        "elevator",
        "emergency_bay",
        "planned",
        "platform",
        "proposed",
        "raceway",
        "razed",
        "removed",
        "rest_area",
        "services",
    ]
)
_CHUNK = 1 << 20


class ExtractError(ValueError):
    """An extract or a clip area cannot be used; the message says what to do."""


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


def describe(path: Path) -> ExtractInfo:
    """Read an extract through and describe its streets.

    Raises
    ------
    ExtractError
        The file is missing, empty, broken, not OpenStreetMap, or has no streets.
    """
    check_file(path)
    classes: Counter[str] = Counter()
    refs: list[int] = []
    sizes: list[int] = []
    lons: list[float] = []
    lats: list[float] = []
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
            f"{path} holds no streets (ways tagged highway, with the positions of their nodes): "
            "export the area again with all its ways and nodes"
        )
    count, share = _connected(np.array(refs, dtype=np.int64), np.array(sizes))
    return ExtractInfo(
        name=path.name,
        fingerprint=fingerprint(path),
        bounds=(min(lons), min(lats), max(lons), max(lats)),
        ways_by_class=dict(classes.most_common()),
        street_ways=len(sizes),
        street_nodes=count,
        connected_share=share,
        date=_header_date(path) or (newest if newest.year > 1970 else None),
    )


def check_file(path: Path) -> None:
    """Refuse what cannot be an extract before reading it."""
    if not path.exists():
        raise ExtractError(f"there is no file {path}: check the path of the extract")
    if not path.is_file():
        raise ExtractError(f"{path} is a folder: name the .osm.pbf or .osm file itself")
    if path.stat().st_size == 0:
        raise ExtractError(f"{path} is empty: download the extract again")
    if not path.name.endswith(ENDINGS):
        raise ExtractError(f"{path} is not named as an extract: expected {' or '.join(ENDINGS)}")


def read_streets(path: Path) -> Iterator[Any]:
    """Go through the ways one can travel on, with the places of their nodes.

    Raises
    ------
    ExtractError
        The file cannot be read as OpenStreetMap data.
    """
    kinds = osmium.filter.EntityFilter(osmium.osm.WAY)
    streets = osmium.filter.KeyFilter("highway")
    reader = osmium.FileProcessor(path).with_locations().with_filter(kinds).with_filter(streets)
    for way in reading(path, reader):
        if way.tags["highway"] not in NOT_STREETS:
            yield way


def reading(path: Path, reader: Iterable[Any]) -> Iterator[Any]:
    """Pass on what a reader gives, and turn its complaints into an `ExtractError`."""
    objects = iter(reader)
    while True:
        try:
            thing = next(objects)
        except StopIteration:
            return
        except (RuntimeError, OSError, UnicodeDecodeError) as error:
            raise ExtractError(
                f"{path} cannot be read as OpenStreetMap data ({error}): "
                "it is damaged or something else; download the extract again"
            ) from error
        yield thing


def fingerprint(path: Path) -> str:
    """Give the SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


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


def _header_date(path: Path) -> datetime | None:
    text = osmium.FileProcessor(path).header.get("osmosis_replication_timestamp")
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None  # a header written by hand; the ways' own dates serve


def to_pbf(path: Path, out: Path) -> None:
    """Copy an extract of any format into the one the street engine reads.

    Raises
    ------
    ExtractError
        The file is missing, empty, broken or not OpenStreetMap.
    """
    check_file(path)
    if path.name.endswith(".osm.pbf"):
        shutil.copyfile(path, out)
        return
    reader = osmium.FileProcessor(path)
    with osmium.SimpleWriter(out, overwrite=True) as writer:
        for thing in reading(path, reader):
            writer.add(thing)
