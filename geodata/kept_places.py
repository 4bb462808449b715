"""The names and addresses of an extract, kept beside the street network that it was built into."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from geodata.kept_arrays import Arrays, kept_arrays
from geodata.named_places import NamedPlace, PlaceKind, read_named_places

_FORMAT = 1  # raise when other places are read, or kept in another form
_SCALE = 1e7  # whole ten-millionths of a degree, as in OSM files


def kept_places(build: Path) -> list[NamedPlace]:
    """Return the places of a build; read them from its extract and keep them where missing.

    Parameters
    ----------
    build
        Folder with the extract, as `geodata.network` lays it out.

    Raises
    ------
    ExtractError
        The extract of the build cannot be read.
    """
    path, lock = build / f"places-{_FORMAT}.npz", build / "places.lock"
    return _unpacked(
        kept_arrays(path, lock, lambda: _packed(read_named_places(build / "extract.osm.pbf")))
    )


def _packed(places: Sequence[NamedPlace]) -> Arrays:
    words = [[one.kind, one.name, one.english, *one.aliases] for one in places]
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    points = np.array([one.point for one in places], dtype=np.float64).reshape(-1, 2)
    return {
        "words": np.frombuffer(text, dtype=np.uint8),
        "points": np.rint(points * _SCALE).astype(np.int32),
    }


def _unpacked(arrays: Arrays) -> list[NamedPlace]:
    words = json.loads(arrays["words"].tobytes())
    points = (arrays["points"].astype(np.float64) / _SCALE).tolist()
    return [
        NamedPlace(PlaceKind(kind), name, english, tuple(aliases), (lon, lat))
        for (kind, name, english, *aliases), (lon, lat) in zip(words, points, strict=True)
    ]
