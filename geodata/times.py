"""Travel times between places, asked once and kept.

Homes seldom move, and the engine needs seconds for what a plan reads in a moment. So times are
cached by place, mode, speeds and extract; tomorrow's plan asks the engine only for the homes that
are new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.engine import NoWayError
from geodata.modes import TravelMode, costing, fastest_metres_per_second
from geodata.snapping import LonLat, Snap
from geodata.streets import Streets
from geodata.time_store import LONGEST, NO_WAY, UNKNOWN, TimeStore

type Seconds = NDArray[np.int32]
type Places = NDArray[np.int32]  # [place][lon, lat] in millionths of a degree

_RULES = 1  # raise when the same request would give other times than before
_SOURCES_PER_REQUEST = 50
_TARGETS_PER_REQUEST = 5000
_THREADS = 2
_NOWHERE = np.iinfo(np.int32).max  # stands for a coordinate that is not a number
_METRES_PER_DEGREE = 111_195.0


class TravelTimes:
    """Travel-time matrices of a street network, cached in a folder.

    Several threads and processes may use one folder.
    """

    def __init__(self, streets: Streets, cache_folder: Path) -> None:
        """Keep the cache of a network in a folder, which is made if missing."""
        self._streets = streets
        self._folder = cache_folder

    def matrix(
        self,
        places: Sequence[LonLat],
        mode: TravelMode,
        *,
        limit_seconds: int | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Seconds:
        """Give the travel times between all places.

        Parameters
        ----------
        places
            Longitude and latitude in degrees, WGS-84; equal places are asked once.
        mode
            Way of travelling.
        limit_seconds
            Times beyond this need not be known: such pairs may be 65535.
        progress
            Called with the share done, 0 to 1.

        Returns
        -------
        numpy.ndarray
            int32, shape ``(n, n)``, whole seconds ``[from][to]`` from door to door: along the
            streets, and between streets and places in a straight line at `Speeds.walking`. 65535
            where there is no way or a place is not usable (see `unusable`); 0 on the diagonal,
            also for those.
        """
        return self.between(places, places, mode, limit_seconds=limit_seconds, progress=progress)

    def between(
        self,
        sources: Sequence[LonLat],
        targets: Sequence[LonLat],
        mode: TravelMode,
        *,
        limit_seconds: int | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Seconds:
        """Give the travel times from every source to every target, shape ``(sources, targets)``.

        As `matrix` otherwise; the time from a place to itself is 0.
        """
        tell = progress or (lambda _share: None)
        store = self._store(mode)
        row_places, rows = _distinct(sources)
        column_places, columns = _distinct(targets)
        known = store.read(row_places, column_places)
        wanted = known == UNKNOWN
        if limit_seconds is not None:
            wanted &= self._within_reach(row_places, column_places, mode, limit_seconds)
        if wanted.any():
            self._fill(known, wanted, row_places, column_places, mode=mode, tell=tell)
            store.add(row_places, column_places, known)
        known[known == UNKNOWN] = NO_WAY
        tell(1.0)
        result: Seconds = known[np.ix_(rows, columns)].astype(np.int32)
        same = (row_places[rows][:, None, :] == column_places[columns][None, :, :]).all(axis=2)
        result[same] = 0
        return result

    def unusable(self, places: Sequence[LonLat], mode: TravelMode) -> dict[int, Snap]:
        """Give the places that no time can be given for, by index, with their reason."""
        snaps = self._streets.snap(places, mode)
        return {k: snap for k, snap in enumerate(snaps) if not snap.usable}

    def _store(self, mode: TravelMode) -> TimeStore:
        """Open the file of this mode; its name depends on all that the times depend on."""
        info = self._streets.info
        depends_on = {
            "rules": _RULES,
            "extract": info.extract.fingerprint,
            "engine": info.engine,
            "costing": costing(mode, self._streets.speeds),
            "walking": self._streets.speeds.walking,
            "limit": self._streets.limit_metres,
        }
        digest = hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()[:16]
        return TimeStore(self._folder / f"{mode}-{digest}.npz")

    def _within_reach(
        self, sources: Places, targets: Places, mode: TravelMode, limit_seconds: int
    ) -> NDArray[np.bool_]:
        """Tell which pairs are near enough, as the crow flies, to be worth asking for."""
        metres = limit_seconds * fastest_metres_per_second(mode, self._streets.speeds)
        scale = _METRES_PER_DEGREE / 1e6
        y0, y1 = sources[:, 1] * scale, targets[:, 1] * scale
        narrowing = np.cos(np.radians(self._streets.bounds[3]))
        x0, x1 = sources[:, 0] * scale * narrowing, targets[:, 0] * scale * narrowing
        near: NDArray[np.bool_] = (
            np.hypot(x0[:, None] - x1[None, :], y0[:, None] - y1[None, :]) <= metres
        )
        return near

    def _fill(
        self,
        known: NDArray[np.uint16],
        wanted: NDArray[np.bool_],
        sources: Places,
        targets: Places,
        *,
        mode: TravelMode,
        tell: Callable[[float], None],
    ) -> None:
        """Ask the engine for the wanted pairs and write them into `known`."""
        asked, sought = wanted.any(axis=1), wanted.any(axis=0)
        if np.array_equal(sources, targets):
            row_snaps = column_snaps = self._snaps(sources, asked | sought, mode)
        else:
            row_snaps = self._snaps(sources, asked, mode)
            column_snaps = self._snaps(targets, sought, mode)
        row_ok = np.array([k in row_snaps and row_snaps[k].usable for k in range(len(sources))])
        column_ok = np.array(
            [k in column_snaps and column_snaps[k].usable for k in range(len(targets))]
        )
        known[wanted & ~(row_ok[:, None] & column_ok[None, :])] = NO_WAY
        wanted = wanted & row_ok[:, None] & column_ok[None, :]
        blocks = list(_blocks(wanted, sources, targets))
        if len(blocks) == 1:  # one of today's doors: a thread would first open the tiles again
            rows, columns = blocks[0]
            some = [row_snaps[k] for k in rows], [column_snaps[k] for k in columns]
            known[np.ix_(rows, columns)] = self._ask(*some, mode)
            return
        total, done = sum(len(rows) * len(columns) for rows, columns in blocks), 0
        with ThreadPoolExecutor(_THREADS) as pool:
            jobs = {
                pool.submit(
                    self._ask,
                    [row_snaps[k] for k in rows],
                    [column_snaps[k] for k in columns],
                    mode,
                ): (rows, columns)
                for rows, columns in blocks
            }
            try:
                for job in as_completed(jobs):
                    rows, columns = jobs[job]
                    known[np.ix_(rows, columns)] = job.result()
                    done += len(rows) * len(columns)
                    tell(done / total)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _snaps(
        self, places: Places, chosen: NDArray[np.bool_], mode: TravelMode
    ) -> dict[int, Snap]:
        """Put those places onto the streets that something is asked about, by index."""
        index = np.flatnonzero(chosen)
        snaps = self._streets.snap(_degrees(places[index]), mode)
        return dict(zip(index.tolist(), snaps, strict=True))

    def _ask(
        self, sources: list[Snap], targets: list[Snap], mode: TravelMode
    ) -> NDArray[np.uint16]:
        """Ask for a block of door-to-door times between usable places."""
        street = self._on_streets(sources, targets, mode, thorough=False)
        lost_rows = np.flatnonzero(np.isnan(street).all(axis=1))
        lost_columns = np.flatnonzero(np.isnan(street).all(axis=0))
        # The fast method sometimes finds no way at all from (or to) a place that has one.
        if len(lost_rows):
            again = self._on_streets([sources[k] for k in lost_rows], targets, mode, thorough=True)
            street[lost_rows] = again
        if len(lost_columns) and len(lost_rows) < len(sources):
            again = self._on_streets(
                sources, [targets[k] for k in lost_columns], mode, thorough=True
            )
            street[:, lost_columns] = again
        speed = self._streets.walking_metres_per_second
        start = np.array([snap.distance_metres for snap in sources]) / speed
        end = np.array([snap.distance_metres for snap in targets]) / speed
        seconds = np.rint(street + start[:, None] + end[None, :])
        seconds[~(seconds <= LONGEST)] = NO_WAY
        return seconds.astype(np.uint16)

    def _on_streets(
        self, sources: list[Snap], targets: list[Snap], mode: TravelMode, *, thorough: bool
    ) -> NDArray[np.float64]:
        """Ask the engine; not-a-number where it finds no way.

        A request with more sources than targets makes the engine search backwards, and then its
        times are wrong by minutes; such requests name their last target often enough.
        """
        named = targets + targets[-1:] * (len(sources) - len(targets))
        request = {
            "sources": [{"lon": snap.lon, "lat": snap.lat} for snap in sources],
            "targets": [{"lon": snap.lon, "lat": snap.lat} for snap in named],
            "verbose": False,
            **costing(mode, self._streets.speeds),
        }
        try:
            answer = self._streets.engine.matrix(request, thorough=thorough)
        except NoWayError:
            return self._in_halves(sources, targets, mode, thorough=thorough)
        found = np.array(answer["sources_to_targets"]["durations"], dtype=np.float64)
        return found[:, : len(targets)]

    def _in_parts(
        self,
        sources: list[Snap],
        targets: list[Snap],
        mode: TravelMode,
        size: int,
        *,
        thorough: bool,
    ) -> NDArray[np.float64]:
        """Ask for some of the sources at a time."""
        parts = [
            self._on_streets(sources[start : start + size], targets, mode, thorough=thorough)
            for start in range(0, len(sources), size)
        ]
        return np.vstack(parts)

    def _in_halves(
        self, sources: list[Snap], targets: list[Snap], mode: TravelMode, *, thorough: bool
    ) -> NDArray[np.float64]:
        """Ask again in parts after a refusal: a pair without a way costs nothing but itself."""
        if len(sources) > 1:
            return self._in_parts(
                sources, targets, mode, (len(sources) + 1) // 2, thorough=thorough
            )
        if len(targets) == 1:
            return np.full((1, 1), np.nan)
        half = len(targets) // 2
        parts = [
            self._on_streets(sources, part, mode, thorough=thorough)
            for part in (targets[:half], targets[half:])
        ]
        return np.hstack(parts)


def _distinct(points: Sequence[LonLat]) -> tuple[Places, NDArray[np.intp]]:
    """Round places to a millionth of a degree (0.1 m), each once, and say which is which."""
    degrees = np.array(points, dtype=np.float64).reshape(-1, 2)
    fine = np.isfinite(degrees) & (np.abs(degrees) <= 360.0)
    rounded = np.where(fine, np.rint(np.where(fine, degrees, 0.0) * 1e6), _NOWHERE).astype(np.int32)
    places, index = np.unique(rounded, axis=0, return_inverse=True)
    return places, index.reshape(-1)


def _degrees(places: Places) -> list[LonLat]:
    return [
        (lon / 1e6 if lon != _NOWHERE else np.nan, lat / 1e6 if lat != _NOWHERE else np.nan)
        for lon, lat in places.tolist()
    ]


def _blocks(
    wanted: NDArray[np.bool_], sources: Places, targets: Places
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Cut the wanted pairs into requests: rows that are mostly wanted, then the others."""
    full = wanted.sum(axis=1) * 2 > wanted.shape[1]
    for part in (wanted & full[:, None], wanted & ~full[:, None]):
        for rows in _batches(np.flatnonzero(part.any(axis=1)), sources, _SOURCES_PER_REQUEST):
            needed = np.flatnonzero(part[rows].any(axis=0))
            for columns in _batches(needed, targets, _TARGETS_PER_REQUEST):
                yield rows, columns


def _batches(index: NDArray[np.intp], places: Places, size: int) -> Iterator[NDArray[np.intp]]:
    """Cut places into batches of neighbours: along strips a kilometre wide, from west to east."""
    chosen = places[index]
    order = np.lexsort((chosen[:, 0], chosen[:, 1] // 10_000))
    for start in range(0, len(index), size):
        yield index[order[start : start + size]]
