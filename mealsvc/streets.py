"""The installation's street network: build it, open it, ask it for travel times.

The one place where settings meet ``geodata``; its errors become sentences of this service.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mealsvc.errors import InvalidInput, NotFound, NotReady, StorageFailure
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings

if TYPE_CHECKING:
    from geodata.basemap import Basemap
    from geodata.extract import ExtractInfo
    from geodata.modes import Speeds
    from geodata.places import PlaceIndex
    from geodata.streets import Streets, StreetsInfo
    from geodata.times import TravelTimes

Progress = Callable[[str, float], None]


def build_network(
    runtime: Runtime, extract: Path, *, clip: str | None = None, progress: Progress | None = None
) -> StreetsInfo:
    """Build the street network that every plan uses.

    Parameters
    ----------
    runtime
        The installation.
    extract
        OpenStreetMap extract (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``).
    clip
        ``west,south,east,north`` in degrees, or a file with a boundary; default: all of it.
    progress
        Called with what is being done and the share done (0 … 1).

    Raises
    ------
    InvalidInput
        If the extract or the clip area cannot be used; the present network stays.
    StorageFailure
        If the disk is full or the engine's builder fails; the present network stays.
    """
    from geodata.clipping import parse_clip
    from geodata.engine import EngineError
    from geodata.extract import ExtractError
    from geodata.streets import StreetsError, build_streets
    from geodata.tile_maker import BasemapError

    folder = runtime.settings.streets_folder
    try:
        area = parse_clip(clip) if clip else None
        return build_streets(extract, folder, clip=area, progress=progress)
    except ExtractError as error:
        raise InvalidInput(str(error)) from error
    except (EngineError, BasemapError, StreetsError, OSError) as error:
        raise StorageFailure(
            f"the street network could not be built in {folder}: {error}; "
            "the network that was there is still in use"
        ) from error


def describe_extract(extract: Path) -> ExtractInfo:
    """Say what an extract holds.

    Raises
    ------
    InvalidInput
        If it cannot be used.
    """
    from geodata.extract import ExtractError, describe

    try:
        return describe(extract)
    except ExtractError as error:
        raise InvalidInput(str(error)) from error


def open_streets(runtime: Runtime) -> Streets:
    """Open the built street network.

    Raises
    ------
    NotReady
        If none was built yet, or it belongs to another version.
    """
    from geodata.streets import Streets, StreetsError

    try:
        return Streets.open(
            runtime.settings.streets_folder,
            speeds=_speeds(runtime.settings),
            limit_metres=runtime.settings.snap_limit_metres,
        )
    except StreetsError as error:
        raise NotReady(
            f"{error}; run: mealsvc streets build EXTRACT",
            "还没有可用的道路数据，请管理员先运行：mealsvc streets build 地图文件",
        ) from error


def open_basemap(runtime: Runtime) -> Basemap:
    """Find the background map of the built street network.

    Raises
    ------
    NotFound
        If no network was built yet, or it was built without a map.
    """
    from geodata.basemap import Basemap
    from geodata.streets import StreetsError

    try:
        return Basemap.open(runtime.settings.streets_folder)
    except StreetsError as error:
        raise NotFound(
            f"{error}; run: mealsvc streets build EXTRACT",
            "还没有背景地图，请管理员运行：mealsvc streets build 地图文件",
        ) from error


def map_tile(runtime: Runtime, zoom: int, column: int, row: int) -> bytes | None:
    """Return a tile of the background map, compressed with gzip; ``None`` where it is empty.

    Raises
    ------
    NotFound
        If there is no background map.
    """
    from geodata.streets import StreetsError

    basemap = open_basemap(runtime)
    try:
        return basemap.tile(zoom, column, row)
    except StreetsError:
        # The streets were built anew, twice, since a moment ago: ask the new map.
        return open_basemap(runtime).tile(zoom, column, row)


def open_place_index(runtime: Runtime) -> PlaceIndex | None:
    """Open the names and addresses of the built street network; ``None`` where none was built."""
    from geodata.places import open_places
    from geodata.streets import StreetsError

    try:
        return open_places(runtime.settings.streets_folder)
    except StreetsError:
        return None


def travel_times(runtime: Runtime, streets: Streets | None = None) -> TravelTimes:
    """Return the cached travel times of the built street network.

    Raises
    ------
    NotReady
        If no network was built yet.
    """
    from geodata.times import TravelTimes

    return TravelTimes(streets or open_streets(runtime), runtime.settings.times_folder)


def _speeds(settings: Settings) -> Speeds:
    from geodata.modes import Speeds

    return Speeds(
        walking=settings.walking_kmh, bicycle=settings.bicycle_kmh, ebike=settings.ebike_kmh
    )
