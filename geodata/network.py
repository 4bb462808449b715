"""A street network on disk: built whole from an extract, or not at all.

A network folder holds ``streets.json``, which names the current build, and ``builds/`` with a
folder for each build: the (clipped) extract it came from, the engine's tiles, the tiles of the
background map, its names and addresses, the builder's log. A new build is finished under a
temporary name and becomes current when ``streets.json`` is replaced, so whoever is interrupted, and
whenever, leaves the old network working.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from filelock import FileLock

from geodata.clipping import Area
from geodata.clipping import clip as clip_extract
from geodata.engine import ENGINE_VERSION, build_tiles
from geodata.extract import ExtractInfo, describe
from geodata.kept_places import kept_places
from geodata.map_lines import write_map_lines
from geodata.osm_reading import check_file, copy_clean
from geodata.tile_maker import make_tiles
from geodata.walking.graph import open_walking_graph

type Progress = Callable[[str, float], None]

_FORMAT = 1  # of streets.json and of the build folders
# Room to build in, as a multiple of the extract's size; a finished network takes about ten times a
# .osm.pbf. Other formats are larger to begin with.
_ROOM_FOR_PBF, _ROOM_FOR_OTHERS = 30, 6
BASEMAP_FILE = "basemap.pmtiles"  # in a build's folder
_KEPT_BUILDS = 2  # the current one, and the one that running processes may still have open


class StreetsError(ValueError):
    """A folder holds no usable street network, or has no room for one; says what to do."""


@dataclass(frozen=True)
class StreetsInfo:
    """What a built network is.

    Attributes
    ----------
    extract
        The extract it was built from, after clipping.
    source
        Name of the file that was given.
    clipped
        Whether only a part of that file was taken.
    engine
        Version of the street engine.
    build
        Name of the build's folder.
    """

    extract: ExtractInfo
    source: str
    clipped: bool
    engine: str
    build: str

    def as_dict(self) -> dict[str, Any]:
        """Give a form that JSON can hold."""
        return {
            "format": _FORMAT,
            "source": self.source,
            "clipped": self.clipped,
            "engine": self.engine,
            "build": self.build,
            "extract": self.extract.as_dict(),
        }

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Self:
        """Read back what `as_dict` gave."""
        extract = ExtractInfo.from_dict(record["extract"])
        own = {name: record[name] for name in ("source", "clipped", "engine", "build")}
        return cls(extract=extract, **own)


def build_streets(
    extract: Path, folder: Path, *, clip: Area | None = None, progress: Progress | None = None
) -> StreetsInfo:
    """Build the street network of an extract.

    Parameters
    ----------
    extract
        OpenStreetMap file (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``).
    folder
        Where the network is kept; made if missing. A network already there stays in use until the
        new one is complete, and stays for good if the build fails or is interrupted.
    clip
        Take only what touches this area: west, south, east, north in degrees, or a geometry
        (see `geodata.extract.parse_clip`).
    progress
        Called with a word for what is going on and the share done, 0 to 1.

    Raises
    ------
    ExtractError
        The extract cannot be used, or has no streets in the clip area.
    StreetsError
        There is not enough room on the disk.
    EngineError
        The engine's builder failed.
    BasemapError
        The background map could not be made.
    """
    tell = progress or (lambda _words, _share: None)
    check_file(extract)
    folder.mkdir(parents=True, exist_ok=True)
    builds = folder / "builds"
    builds.mkdir(exist_ok=True)
    with FileLock(folder / "build.lock"):
        _check_room(extract, builds)
        work = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=builds))
        try:
            info = _build(extract, work, clip, tell)
            final = Path(tempfile.mkdtemp(prefix=f"{info.extract.fingerprint[:12]}-", dir=builds))
            work.rename(
                final
            )  # onto the empty folder just made: the name is new, so nobody has it open
            info = replace(info, build=final.name)
            _write_json(folder / "streets.json", info.as_dict())
        finally:
            shutil.rmtree(work, ignore_errors=True)
        _drop_old_builds(builds, info.build)
    tell("done", 1.0)
    return info


def _check_room(extract: Path, builds: Path) -> None:
    """Refuse to start on a disk that is nearly full: the writer of extracts aborts the process."""
    factor = _ROOM_FOR_PBF if extract.name.endswith(".osm.pbf") else _ROOM_FOR_OTHERS
    needed = extract.stat().st_size * factor
    free = shutil.disk_usage(builds).free
    if free < needed:
        raise StreetsError(
            f"building the streets of {extract} takes about {needed / 1e6:.0f} MB in {builds}, "
            f"where {free / 1e6:.0f} MB are free: make room or choose another folder"
        )


def _build(extract: Path, work: Path, clip: Area | None, tell: Progress) -> StreetsInfo:
    tell("reading the extract", 0.0)
    copy = work / "extract.osm.pbf"
    if clip is None:
        copy_clean(extract, copy)
    else:
        clip_extract(extract, clip, copy)
    described = describe(copy, called=extract)
    tell("building the streets", 0.3)
    scratch = work / "scratch"
    scratch.mkdir()
    build_tiles(
        copy,
        scratch,
        work / "tiles.tar",
        lambda share: tell("building the streets", 0.3 + 0.35 * share),
    )
    tell("drawing", 0.65)
    write_map_lines(copy, work / "lines.npz")
    tell("finding the ways to walk", 0.67)
    open_walking_graph(work)
    tell("reading names and addresses", 0.69)
    kept_places(work)
    make_tiles(
        copy, scratch, work / BASEMAP_FILE, lambda share: tell("drawing the map", 0.7 + 0.3 * share)
    )
    (scratch / "build.log").rename(work / "build.log")
    shutil.rmtree(scratch)
    return StreetsInfo(
        extract=replace(described, name=extract.name),
        source=extract.name,
        clipped=clip is not None,
        engine=ENGINE_VERSION,
        build="",
    )


def _write_json(path: Path, record: dict[str, Any]) -> None:
    """Replace a file in one step."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=".", suffix=".json", delete=False, encoding="utf-8"
    ) as file:
        json.dump(record, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def _drop_old_builds(builds: Path, current: str) -> None:
    """Remove leavings of killed builds, and all but the newest finished ones."""
    finished = []
    for entry in builds.iterdir():
        if entry.name.startswith(".unfinished-"):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != current:
            finished.append(entry)
    finished.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in finished[_KEPT_BUILDS - 1 :]:
        shutil.rmtree(entry, ignore_errors=True)


def read_network(folder: Path) -> tuple[StreetsInfo, Path]:
    """Find the current build of a network folder: what it is, and where.

    Raises
    ------
    StreetsError
        There is no network, its record is damaged, or it was written by another version.
    """
    record = folder / "streets.json"
    if not record.is_file():
        raise StreetsError(f"there is no street network in {folder}: build one from an extract")
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        found = content["format"]
        if found == _FORMAT:
            info = StreetsInfo.from_dict(content)
            return info, folder / "builds" / info.build
    except (ValueError, KeyError, TypeError) as error:
        raise StreetsError(f"{record} is damaged ({error}): build the streets again") from error
    raise StreetsError(f"{record} has format {found}: build the streets again")
