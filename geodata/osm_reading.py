"""Read OpenStreetMap files, and say plainly what is wrong with one that cannot be read."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
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


def fingerprint(path: Path) -> str:
    """Give the SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
