"""A street network to ask: where a place meets it, which way to go, what to draw.

`Streets` puts the engine, the rules for snapping, the instructions and the lines for small maps
behind one door. How a network comes about is in `geodata.network`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from geodata.directions import Language, Route, read_route
from geodata.engine import Engine, EngineError, NoWayError
from geodata.map_lines import MapLine, MapLines
from geodata.modes import Speeds, TravelMode, costing
from geodata.network import StreetsError, StreetsInfo, build_streets, read_network
from geodata.snapping import DEFAULT_LIMIT_METRES, Box, LonLat, Snap, SnapReason, snap_points
from geodata.walking.graph import WalkingGraph, open_walking_graph

__all__ = [
    "NoRouteError",
    "Snap",
    "SnapReason",
    "Streets",
    "StreetsError",
    "StreetsInfo",
    "TravelMode",
    "build_streets",
]


class NoRouteError(ValueError):
    """There is no way along the given places; the message says why."""


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
        info, build = read_network(folder)
        try:
            return cls(info, build, speeds or Speeds(), limit_metres)
        except EngineError as error:
            raise StreetsError(str(error)) from error

    @property
    def bounds(self) -> Box:
        """West, south, east, north of the streets in degrees."""
        return self.info.extract.bounds

    @cached_property
    def _lines(self) -> MapLines:
        return MapLines(self._build / "lines.npz")

    @cached_property
    def walking(self) -> WalkingGraph:
        """The ways one can walk, for the times of thousands (`geodata.walking`).

        Kept with the build of this network; made anew, which takes seconds, where it is missing.
        """
        return open_walking_graph(self._build)

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
