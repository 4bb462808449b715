"""The street engine (Valhalla) behind one small door: build its tiles, ask it questions.

Everything that has to be known about the engine to use it safely is here. Its traps: it wants
absolute paths and an existing folder; without boundaries of countries it must be told not to look
for them, or traffic drives on the left; one `Actor` shared by two threads crashes the process; its
limits are set for a public server.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import valhalla
from valhalla._scripts import PYVALHALLA_BIN_DIR

ENGINE_VERSION: str = valhalla.__version__
MODES_OF_ENGINE = ("auto", "pedestrian", "bicycle")
MATRIX_ALGORITHM = "timedistancematrix"  # 80 times faster on foot than the engine's own choice
_MOST_PLACES, _MOST_PAIRS = 20_000, 1_000_000  # in one request
# The engine's error codes for: too far apart, not connected, no street near, no path.
_NO_WAY_CODES = frozenset({154, 170, 171, 442})
# What the builder prints when it starts a stage, and the share of the work then done.
_STAGES = (
    ("Parsing ways", 0.05),
    ("Parsing relations", 0.25),
    ("Parsing nodes", 0.3),
    ("Creating graph edges", 0.4),
    ("Enhancing local graph", 0.5),
    ("HierarchyBuilder", 0.65),
    ("Creating shortcuts", 0.7),
    ("Validating", 0.9),
)

type Answer = Any  # the engine's JSON


class EngineError(RuntimeError):
    """The street engine could not build its tiles or answer a request."""


class NoWayError(EngineError):
    """The places of a request are not connected, or too far apart for the engine."""


def build_tiles(extract: Path, work: Path, tiles: Path, progress: Callable[[float], None]) -> None:
    """Build the engine's tiles from an extract and pack them into one file.

    Parameters
    ----------
    extract
        The extract; the engine reads ``.osm.pbf`` only.
    work
        An existing empty folder for intermediate files; the builder's log stays there as
        ``build.log``.
    tiles
        The tar file to write. It is mapped into memory, so threads and processes share it.
    progress
        Called with the share done, 0 to 1.

    Raises
    ------
    EngineError
        The builder failed; the message ends with the last lines of its log.
    """
    folder = work / "tiles"
    folder.mkdir()
    settings = work / "build.json"
    settings.write_text(json.dumps(_build_settings(folder)), encoding="utf-8")
    log = work / "build.log"
    command = [str(PYVALHALLA_BIN_DIR / "valhalla_build_tiles"), "-c", str(settings), str(extract)]
    _run_builder(command, log, progress)
    files = sorted(folder.rglob("*.gph"))
    if not files:
        raise EngineError(f"the street engine built no tiles from {extract}; its log is {log}")
    with tarfile.open(tiles, "w") as tar:
        for file in files:
            tar.add(file, str(file.relative_to(folder)))
    progress(1.0)


def _build_settings(folder: Path) -> Answer:
    settings = valhalla.get_config(tile_extract="", tile_dir=str(folder))
    settings["logging"] = {"type": "std_out", "color": False}
    settings["mjolnir"]["data_processing"]["use_admin_db"] = False
    settings["mjolnir"]["concurrency"] = 2
    for absent in ("traffic_extract", "timezone", "admin", "landmarks"):
        settings["mjolnir"].pop(absent, None)
    return settings


def _run_builder(command: list[str], log: Path, progress: Callable[[float], None]) -> None:
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(  # noqa: S603 - our own binary and paths
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as builder,
    ):
        try:
            for line in builder.stdout or ():
                out.write(line)
                for words, share in _STAGES:
                    if words in line:
                        progress(share)
        except BaseException:
            builder.kill()
            raise
    if builder.returncode != 0:
        last = " | ".join(log.read_text(encoding="utf-8").splitlines()[-3:])
        raise EngineError(f"the street engine could not build its tiles: {last or 'no output'}")


class Engine:
    """Questions to built tiles, from any number of threads."""

    def __init__(self, tiles: Path) -> None:
        """Open the tiles; each thread gets its own actor when it first asks."""
        if not tiles.is_file():
            raise EngineError(f"no street tiles at {tiles}: build the streets again")
        settings = valhalla.get_config(tile_extract=str(tiles), tile_dir="")
        settings["mjolnir"].pop("traffic_extract", None)
        settings["thor"]["source_to_target_algorithm"] = MATRIX_ALGORITHM
        settings["thor"]["costmatrix"]["allow_second_pass"] = True
        for mode in MODES_OF_ENGINE:
            limits = settings["service_limits"][mode]
            limits |= {"max_locations": _MOST_PLACES, "max_matrix_location_pairs": _MOST_PAIRS}
        self._settings = json.dumps(settings)
        self._second = json.dumps(
            {**settings, "thor": {**settings["thor"], "source_to_target_algorithm": "costmatrix"}}
        )
        self._local = threading.local()

    def locate(self, request: Answer) -> Answer:
        """Find the streets near points."""
        return self._ask("locate", request)

    def route(self, request: Answer) -> Answer:
        """Find the way along points."""
        return self._ask("route", request)

    def matrix(self, request: Answer, *, thorough: bool = False) -> Answer:
        """Find the times between sources and targets, thoroughly: slower, with a second pass."""
        return self._ask("matrix", request, thorough=thorough)

    def _ask(self, action: str, request: Answer, *, thorough: bool = False) -> Answer:
        name = "second" if thorough else "first"
        actor = getattr(self._local, name, None)
        if actor is None:
            actor = _open_actor(self._second if thorough else self._settings)
            setattr(self._local, name, actor)
        try:
            return json.loads(getattr(actor, action)(json.dumps(request)))
        except valhalla.ValhallaError as error:
            if error.code in _NO_WAY_CODES:
                raise NoWayError(f"no way between these places: {error}") from error
            raise EngineError(f"the street engine refused to {action}: {error}") from error


def _open_actor(settings: str) -> valhalla.Actor:
    """Open an actor from settings; it reads them from a file, once."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(settings)
        file.flush()
        return valhalla.Actor(file.name)
