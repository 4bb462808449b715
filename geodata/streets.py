"""A street network on disk: built whole from an extract, or not at all.

A network folder holds ``streets.json``, which names the current build, and ``builds/`` with a
folder for each build: the (clipped) extract it came from, the engine's tiles, the builder's log. A
new build is finished under a temporary name and becomes current when ``streets.json`` is replaced,
so whoever is interrupted, and whenever, leaves the old network working.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from filelock import FileLock

from geodata.clipping import Area
from geodata.clipping import clip as clip_extract
from geodata.directions import Language, Route, read_route
from geodata.engine import ENGINE_VERSION, Engine, EngineError, NoWayError, build_tiles
from geodata.extract import ExtractInfo, describe
from geodata.map_lines import MapLine, MapLines, write_map_lines
from geodata.modes import Speeds, TravelMode, costing
from geodata.osm_reading import copy_clean
from geodata.snapping import DEFAULT_LIMIT_METRES, Box, LonLat, Snap, snap_points

type Progress = Callable[[str, float], None]

_FORMAT = 1  # of streets.json and of the build folders
_KEPT_BUILDS = 2  # the current one, and the one that running processes may still have open


class StreetsError(ValueError):
    """A network folder holds no usable street network; the message says what to do."""


class NoRouteError(ValueError):
    """There is no way along the given places; the message says why."""


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
    EngineError
        The engine's builder failed.
    """
    tell = progress or (lambda _words, _share: None)
    folder.mkdir(parents=True, exist_ok=True)
    builds = folder / "builds"
    builds.mkdir(exist_ok=True)
    with FileLock(folder / "build.lock"):
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


def _build(extract: Path, work: Path, clip: Area | None, tell: Progress) -> StreetsInfo:
    tell("reading the extract", 0.0)
    copy = work / "extract.osm.pbf"
    if clip is None:
        copy_clean(extract, copy)
    else:
        clip_extract(extract, clip, copy)
    described = describe(copy)
    tell("building the streets", 0.3)
    scratch = work / "scratch"
    scratch.mkdir()
    build_tiles(
        copy,
        scratch,
        work / "tiles.tar",
        lambda share: tell("building the streets", 0.3 + 0.55 * share),
    )
    tell("drawing", 0.9)
    write_map_lines(copy, work / "lines.npz")
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


class Streets:
    """A street network to ask: where a place meets it, and which way to go.

    Safe to use from several threads and to open in several processes.
    """

    def __init__(self, info: StreetsInfo, build: Path, speeds: Speeds, limit_metres: float) -> None:
        """Use `Streets.open`."""
        self.info = info
        self.speeds = speeds
        self.limit_metres = limit_metres
        self.engine = Engine(build / "tiles.tar")
        self._build = build

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        speeds: Speeds | None = None,
        limit_metres: float = DEFAULT_LIMIT_METRES,
    ) -> Self:
        """Open the network in a folder.

        Parameters
        ----------
        folder
            As given to `build_streets`.
        speeds
            Speeds of travel; default `Speeds()`.
        limit_metres
            Farthest that a place may be from its street.

        Raises
        ------
        StreetsError
            There is no network, or it was written by another version.
        """
        record = folder / "streets.json"
        if not record.is_file():
            raise StreetsError(f"there is no street network in {folder}: build one from an extract")
        try:
            content = json.loads(record.read_text(encoding="utf-8"))
            if content["format"] != _FORMAT:
                raise StreetsError(
                    f"{record} has format {content['format']}: build the streets again"
                )
            info = StreetsInfo.from_dict(content)
            return cls(info, folder / "builds" / info.build, speeds or Speeds(), limit_metres)
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise StreetsError(f"{record} is damaged ({error}): build the streets again") from error
        except EngineError as error:
            raise StreetsError(str(error)) from error

    @property
    def bounds(self) -> Box:
        """West, south, east, north of the streets in degrees."""
        return self.info.extract.bounds

    @cached_property
    def _lines(self) -> MapLines:
        return MapLines(self._build / "lines.npz")

    @property
    def walking_metres_per_second(self) -> float:
        """Speed between a street and a door."""
        return self.speeds.walking / 3.6

    def snap(
        self,
        points: Sequence[LonLat],
        mode: TravelMode,
        *,
        limit_metres: float | None = None,
    ) -> list[Snap]:
        """Find where places meet the streets one can travel by a mode.

        Parameters
        ----------
        points
            Longitude and latitude in degrees, WGS-84.
        mode
            Way of travelling.
        limit_metres
            Farthest that a place may be from its street; default as opened.

        Returns
        -------
        list[Snap]
            One for each point, in order; unusable ones carry a `SnapReason`.
        """
        limit = self.limit_metres if limit_metres is None else limit_metres
        return snap_points(
            self.engine, self.bounds, points, mode, speeds=self.speeds, limit_metres=limit
        )

    def route(
        self, points: Sequence[LonLat], mode: TravelMode, *, language: Language = "zh"
    ) -> Route:
        """Find the fastest way along places, in the order given.

        Parameters
        ----------
        points
            Two or more places, longitude and latitude in degrees, WGS-84.
        mode
            Way of travelling.
        language
            Of the instructions, ``"zh"`` or ``"en"``.

        Raises
        ------
        NoRouteError
            A place cannot be used (the message says which and why), or no way connects them.
        """
        if len(points) < 2:
            raise NoRouteError(f"a route needs two places or more, not {len(points)}")
        snaps = self.snap(points, mode)
        for number, snap in enumerate(snaps, start=1):
            if snap.reason is not None:
                where = f"place {number} at {snap.lon}, {snap.lat}"
                raise NoRouteError(f"{where}: {snap.reason.explain('en')}")
        request = {
            "locations": [{"lon": snap.lon, "lat": snap.lat} for snap in snaps],
            "directions_options": {"language": "en-US", "units": "kilometers"},
            **costing(mode, self.speeds),
        }
        try:
            answer = self.engine.route(request)
        except NoWayError as error:
            raise NoRouteError(f"no way by {mode} along these places") from error
        distances = [snap.distance_metres for snap in snaps]
        return read_route(answer, points, distances, self.walking_metres_per_second, language)

    def ways_within(self, box: Box, kinds: Sequence[str] | None = None) -> list[MapLine]:
        """Give the streets, water, parks, compounds and buildings to draw on a map of a box.

        Parameters
        ----------
        box
            West, south, east, north in degrees.
        kinds
            Only these kinds (see `MapLine`); all by default.
        """
        return self._lines.within(box, kinds)
