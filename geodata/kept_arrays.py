"""Arrays kept in a file beside a build: read when they are there, else made once and kept."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

type Arrays = dict[str, NDArray[np.generic]]


def kept_arrays(path: Path, lock: Path, make: Callable[[], Arrays]) -> Arrays:
    """Return the arrays of a file; where it is missing or damaged, make them and write it.

    Parameters
    ----------
    path
        The file, ``.npz``; it appears whole or not at all.
    lock
        A file that keeps two processes from making the same at once.
    make
        Makes the arrays.
    """
    arrays = _load(path)
    if arrays is None:
        with FileLock(lock):
            arrays = _load(path)  # another process may have made it meanwhile
            if arrays is None:
                arrays = make()
                _save(path, arrays)
    return arrays


def _load(path: Path) -> Arrays | None:
    """Read the file; none if it is missing or damaged, for it can be made anew."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _save(path: Path, arrays: Arrays) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
