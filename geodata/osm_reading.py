"""Read OpenStreetMap files, and say plainly what is wrong with one that cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import osmium

ENDINGS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")
# Values of `highway` that nobody can travel on.
NOT_STREETS = frozenset(
    (
        *("abandoned", "bus_stop", "construction", "corridor", "demolished", "dismantled"),
        *("elevator", "emergency_bay", "planned", "platform", "proposed", "raceway", "razed"),
        *("removed", "rest_area", "services"),
    )
)
_CHUNK = 1 << 20
_DATE = "osmosis_replication_timestamp"  # of a file's header


class ExtractError(ValueError):
    """An extract or a clip area cannot be used; the message says what to do."""


def check_file(path: Path) -> None:
    """Refuse what cannot be an extract before reading it.

    Raises
    ------
    ExtractError
        There is no such file, it is a folder, it is empty, or its name has another ending.
    """
    if not path.exists():
        raise ExtractError(f"there is no file {path}: check the path of the extract")
    if not path.is_file():
        raise ExtractError(f"{path} is a folder: name the .osm.pbf or .osm file itself")
    if path.stat().st_size == 0:
        raise ExtractError(f"{path} is empty: download the extract again")
    if not path.name.endswith(ENDINGS):
        raise ExtractError(
            f"{path} is not named as an OpenStreetMap extract: expected {', '.join(ENDINGS)}"
        )


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
        with reported(path):
            thing = next(objects, None)
        if thing is None:
            return
        yield thing


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn the complaints of osmium about a file into an `ExtractError`."""
    try:
        yield
    except (RuntimeError, UnicodeDecodeError) as error:
        raise ExtractError(
            f"{path} cannot be read as OpenStreetMap data ({error}): "
            "it is damaged or something else; download the extract again"
        ) from error


def copy_clean(path: Path, out: Path) -> None:
    """Copy an extract, of any format, into the one the street engine reads, without broken streets.

    Raises
    ------
    ExtractError
        The file is missing, empty, broken or not OpenStreetMap.
    """
    check_file(path)
    source = osmium.FileProcessor(path)
    with (
        reported(path),
        osmium.SimpleWriter(out, header=new_header(source), overwrite=True) as writer,
    ):
        ways = osmium.filter.EntityFilter(osmium.osm.WAY)
        streets = osmium.filter.KeyFilter("highway")
        # All that is not a street passes from file to file without becoming a Python object.
        for way in source.with_filter(ways).with_filter(streets).handler_for_filtered(writer):
            add_clean(writer, way)


def add_clean(writer: osmium.SimpleWriter, way: Any) -> None:  # noqa: ANN401 - osmium's way
    """Write a way without repeated nodes.

    A street that names the same node twice in a row gives the engine an edge from a node to itself.
    It then mistakes other edges for that one's way back, and routes jump for kilometres.
    """
    nodes = [node.ref for node in way.nodes]
    distinct = [node for node, _ in groupby(nodes)]
    if len(distinct) == len(nodes):
        writer.add_way(way)
    elif len(distinct) > 1:
        writer.add_way(way.replace(nodes=distinct))


def new_header(source: osmium.FileProcessor) -> osmium.io.Header:
    """Make the header of a file derived from another, with the date of its data."""
    header = osmium.io.Header()
    header.set("generator", "mealsvc")
    date = source.header.get(_DATE)
    if date:
        header.set(_DATE, date)
    return header


def header_date(path: Path) -> datetime | None:
    """Give the date of the data as the header of a file tells it, if it does."""
    text = osmium.FileProcessor(path).header.get(_DATE)
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None  # a header written by hand


def fingerprint(path: Path) -> str:
    """Give the SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
