"""The travel times of one network, mode and set of speeds, in one file.

Places are rows and columns of a square matrix in which most is known, so a new place adds one row
and one column and nothing is computed twice. The file is replaced as a whole under a lock; readers
need no lock. A file that cannot be read is as good as none: it only costs time.
"""

from __future__ import annotations

import logging
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

type Places = NDArray[np.int32]  # [place][lon, lat] in millionths of a degree
type Times = NDArray[np.uint16]  # seconds, or NO_WAY, or UNKNOWN

NO_WAY = 65535
UNKNOWN = 65534
LONGEST = 65533  # seconds, 18 hours; longer is as good as no way
MOST_PLACES = 6000  # in one file, 72 MB; the places longest unused make room
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
_log = logging.getLogger(__name__)


class TimeStore:
    """Known travel times between places, kept in a file."""

    def __init__(self, path: Path, *, most_places: int = MOST_PLACES) -> None:
        """Use a file, which need not exist yet; its folder is made when something is kept."""
        self._path = path
        self._most = most_places

    def read(self, sources: Places, targets: Places) -> Times:
        """Give what is known, shape ``(sources, targets)``; the rest is `UNKNOWN`."""
        result = np.full((len(sources), len(targets)), UNKNOWN, dtype=np.uint16)
        places, _, times = self._load()
        rows, row_known = _find(places, sources)
        columns, column_known = _find(places, targets)
        found = times[np.ix_(rows[row_known], columns[column_known])]
        result[np.ix_(np.flatnonzero(row_known), np.flatnonzero(column_known))] = found
        return result

    def add(self, sources: Places, targets: Places, times: Times) -> None:
        """Keep times of shape ``(sources, targets)``; what is `UNKNOWN` in them changes nothing.

        A request with more places than the store may hold is not kept.
        """
        touched = np.unique(np.concatenate([sources, targets]), axis=0)
        if len(touched) > self._most:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._path}.lock"):
            places, used, known = self._load()
            room = np.argsort(-used, kind="stable")[: self._most - len(touched)]
            kept = np.union1d(room, _matching(places, touched))
            merged = np.unique(np.concatenate([places[kept], touched]), axis=0)
            old, _ = _find(merged, places[kept])
            grown = np.full((len(merged), len(merged)), UNKNOWN, dtype=np.uint16)
            grown[np.ix_(old, old)] = known[np.ix_(kept, kept)]
            rows, _ = _find(merged, sources)
            columns, _ = _find(merged, targets)
            block = grown[np.ix_(rows, columns)]
            grown[np.ix_(rows, columns)] = np.where(times == UNKNOWN, block, times)
            last_used = np.zeros(len(merged), dtype=np.int64)
            last_used[old] = used[kept]
            last_used[_find(merged, touched)[0]] = used.max(initial=0) + 1
            self._save(merged, last_used, grown)

    def _load(self) -> tuple[Places, NDArray[np.int64], Times]:
        """Read the file; nothing known if it is missing or damaged."""
        try:
            with self._path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                places, used, times = file["places"], file["used"], file["times"]
            if places.shape != (len(used), 2) or times.shape != (len(used), len(used)):
                raise ValueError("the shapes do not fit together")
        except FileNotFoundError:
            pass
        except _DAMAGE as error:
            _log.warning(
                "travel times in %s are damaged (%s) and are computed anew", self._path, error
            )
        else:
            return places, used, times
        empty = np.empty((0, 2), dtype=np.int32)
        return empty, np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.uint16)

    def _save(self, places: Places, used: NDArray[np.int64], times: Times) -> None:
        with tempfile.NamedTemporaryFile(
            dir=self._path.parent, suffix=".tmp", delete=False
        ) as file:
            try:
                np.savez(file, places=places, used=used, times=times)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(self._path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


def _keys(places: Places) -> NDArray[np.int64]:
    """Give each place one number, in the order in which `numpy.unique` sorts rows."""
    pair = places.astype(np.int64)
    keys: NDArray[np.int64] = (pair[:, 0] << 32) + pair[:, 1] + (1 << 31)
    return keys


def _find(places: Places, wanted: Places) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Find the index of each wanted place among sorted places, and whether it is there."""
    keys, sought = _keys(places), _keys(wanted)
    if not len(keys):
        return np.zeros(len(sought), dtype=np.intp), np.zeros(len(sought), dtype=np.bool_)
    index = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    return index, keys[index] == sought


def _matching(places: Places, wanted: Places) -> NDArray[np.intp]:
    index, there = _find(places, wanted)
    return index[there]
