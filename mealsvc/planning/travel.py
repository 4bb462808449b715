"""Travel times for planning: the street network behind one small door, so tests can do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geodata.modes import TravelMode
from mealsvc.runtime import Runtime
from mealsvc.streets import open_streets, travel_times
from mealsvc.vocabulary import Mode

type Place = tuple[float, float]
"""Longitude and latitude, WGS-84."""

type Seconds = npt.NDArray[np.int32]
"""Travel seconds, shape (places, places), ``[from][to]``; 65535 means no way."""

type Share = Callable[[float], None]
"""Called with how much is done, 0 … 1."""


class Travel(Protocol):
    """How long it takes from place to place."""

    @property
    def fingerprint(self) -> str:
        """Name of the street data; plans made on the same data have the same."""

    def unusable(self, places: Sequence[Place], mode: Mode) -> set[int]:
        """Return the indices of places that cannot be reached from any street."""

    def seconds(self, places: Sequence[Place], mode: Mode, progress: Share) -> Seconds:
        """Return the travel times between all places, shape (places, places)."""


class StreetTravel:
    """Travel times on the installation's street network, cached on disk.

    Raises
    ------
    NotReady
        If no street network was built.
    """

    def __init__(self, runtime: Runtime) -> None:
        streets = open_streets(runtime)
        self._times = travel_times(runtime, streets)
        self.fingerprint = streets.info.extract.fingerprint

    def unusable(self, places: Sequence[Place], mode: Mode) -> set[int]:
        """Return the indices of places too far from a street, or on an island."""
        return set(self._times.unusable(places, TravelMode(mode.value)))

    def seconds(self, places: Sequence[Place], mode: Mode, progress: Share) -> Seconds:
        """Return the travel times between all places, shape (places, places)."""
        matrix: Seconds = self._times.matrix(places, TravelMode(mode.value), progress=progress)
        return matrix
