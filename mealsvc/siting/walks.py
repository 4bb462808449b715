"""Walking times for coverage: the streets' walking graph behind one small door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array

from geodata.areas import travel_time_bands
from geodata.plane import to_degrees
from geodata.walking import place_on_graph, walking_seconds
from mealsvc.runtime import Runtime
from mealsvc.streets import open_streets

type Floats = npt.NDArray[np.float64]


type Placed = Any
"""Points put onto the ways that can be walked; only the walks that made them know what it is."""


class Walks(Protocol):
    """How long it takes on foot."""

    @property
    def fingerprint(self) -> str:
        """Name of the street data."""

    def place(self, lonlat: Floats) -> Placed:
        """Put points onto the ways; degrees WGS-84, shape (n, 2)."""

    def usable(self, placed: Placed) -> npt.NDArray[np.bool_]:
        """Say of each point whether one can walk from it, shape (n,)."""

    def why_not(self, placed: Placed, index: int) -> tuple[str, str]:
        """Say in Chinese and in English why nobody can walk from a point that is not usable."""

    def seconds(
        self,
        sources: Placed,
        targets: Placed,
        *,
        limit: float,
        pace: Floats,
    ) -> csr_array:
        """Return the walking seconds within a limit, shape (sources, targets); absent is farther.

        ``pace`` is that of whoever lives at each target, km/h.
        """

    def bands(
        self, sites: Placed, seconds: Sequence[float], *, pace: float
    ) -> list[shapely.MultiPolygon]:
        """Draw the areas within walking times of the nearest site, degrees WGS-84."""

    def crossings(self) -> Floats:
        """Return where ways that can be walked meet or end, degrees WGS-84, shape (n, 2)."""


class StreetWalks:
    """Walks on the installation's streets.

    Raises
    ------
    NotReady
        If no street network was built.
    """

    def __init__(self, runtime: Runtime) -> None:
        streets = open_streets(runtime)
        self._graph = streets.walking
        self._limit_metres = runtime.settings.snap_limit_metres
        self.fingerprint = streets.info.extract.fingerprint

    def place(self, lonlat: Floats) -> Placed:
        """Put points onto the ways; degrees WGS-84, shape (n, 2)."""
        return place_on_graph(self._graph, lonlat, limit_metres=self._limit_metres)

    def usable(self, placed: Placed) -> npt.NDArray[np.bool_]:
        """Say of each point whether one can walk from it, shape (n,)."""
        flags: npt.NDArray[np.bool_] = placed.usable
        return flags

    def why_not(self, placed: Placed, index: int) -> tuple[str, str]:
        """Say in Chinese and in English why nobody can walk from a point that is not usable."""
        reason = placed.reasons[index]
        return reason.explain("zh"), reason.explain("en")

    def seconds(
        self,
        sources: Placed,
        targets: Placed,
        *,
        limit: float,
        pace: Floats,
    ) -> csr_array:
        """Return the walking seconds within a limit, shape (sources, targets)."""
        return walking_seconds(self._graph, sources, targets, limit_seconds=limit, pace=pace)

    def bands(
        self, sites: Placed, seconds: Sequence[float], *, pace: float
    ) -> list[shapely.MultiPolygon]:
        """Draw the areas within walking times of the nearest site, degrees WGS-84."""
        return travel_time_bands(
            self._graph, sites, seconds, pace=pace, limit_metres=self._limit_metres
        )

    def crossings(self) -> Floats:
        """Return where ways that can be walked meet or end, degrees WGS-84, shape (n, 2)."""
        ends = self._graph.stretches
        usable = self._graph.usable_index
        reached = np.unique(np.concatenate([ends.start[usable], ends.end[usable]]))
        return np.column_stack(to_degrees(*self._graph.crossings[reached].T))
