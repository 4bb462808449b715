"""Travel times for planning: the street network behind one small door, so tests can do without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geodata.engine import EngineError
from geodata.modes import TravelMode
from mealsvc.errors import NotReady, StorageFailure
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

    def between(self, sources: Sequence[Place], targets: Sequence[Place], mode: Mode) -> Seconds:
        """Return the travel times from some places to others, shape (sources, targets)."""


class StreetTravel:
    """Travel times on the installation's street network, cached on disk.

    Raises
    ------
    NotReady
        If no street network was built.
    StorageFailure
        If measured times cannot be kept.
    """

    def __init__(self, runtime: Runtime) -> None:
        streets = open_streets(runtime)
        self._times = travel_times(runtime, streets)
        self._folder = runtime.settings.times_folder
        self.fingerprint = streets.info.extract.fingerprint

    def unusable(self, places: Sequence[Place], mode: Mode) -> set[int]:
        """Return the indices of places too far from a street, or on an island."""
        with self._sentences():
            return set(self._times.unusable(places, TravelMode(mode.value)))

    def seconds(self, places: Sequence[Place], mode: Mode, progress: Share) -> Seconds:
        """Return the travel times between all places, shape (places, places)."""
        with self._sentences():
            matrix: Seconds = self._times.matrix(places, TravelMode(mode.value), progress=progress)
        return matrix

    def between(self, sources: Sequence[Place], targets: Sequence[Place], mode: Mode) -> Seconds:
        """Return the travel times from some places to others, shape (sources, targets)."""
        with self._sentences():
            matrix: Seconds = self._times.between(sources, targets, TravelMode(mode.value))
        return matrix

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turn what the street engine and the disk complain of into sentences."""
        try:
            yield
        except EngineError as error:
            raise NotReady(
                f"the street network does not answer ({error}); "
                "build it again: mealsvc streets build EXTRACT",
                "道路数据无法使用，请管理员重新生成：mealsvc streets build 地图文件",
            ) from error
        except OSError as error:
            raise StorageFailure(
                f"travel times cannot be kept in {self._folder} ({error.strerror or error}); "
                "nothing was planned, free some space and try again",
                "行程时间无法保存（磁盘可能已满），没有制定计划；请清理空间后再试",
            ) from error
