"""Look up places of the imported extract by name or address, without asking anybody outside.

The index belongs to a build of the street network. It is one long text of keys, the best known
kinds and the shortest names first, that is searched from the front: so the first hits are the best
ones, and a hundred thousand names take milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from geodata.kept_places import kept_places
from geodata.named_places import LonLat, NamedPlace, PlaceKind
from geodata.network import read_network
from geodata.plane import metres_per_unit, to_plane
from geodata.search_keys import Wanted, key_of

_FARTHEST = 5_000.0  # metres from a settlement's middle to places that are said to lie there
_MOST_SEEN = 20_000  # keys looked at for one query; common syllables would take all


class PlaceIndex:
    """The places of an extract, ready to ask. Safe to use from several threads."""

    def __init__(self, places: Sequence[NamedPlace]) -> None:
        """Index places, which are told in this order where they fit equally well."""
        self.places = tuple(places)
        order = list(PlaceKind)
        rows = sorted(
            (order.index(place.kind), len(key), key, number)
            for number, place in enumerate(self.places)
            for key in _keys(place)
        )
        self._place_of = [number for *_, number in rows]
        self._keys = [key for _, _, key, _ in rows]
        self._text = "\n" + "".join(key + "\n" for key in self._keys)
        self._starts = np.cumsum([1, *(len(key) + 1 for key in self._keys)]).tolist()
        self._settlements = [one for one in self.places if one.kind is PlaceKind.SETTLEMENT]
        self._middles = _tree([one.point for one in self._settlements])

    def search(self, wanted: Wanted, limit: int) -> list[tuple[int, NamedPlace]]:
        """Return the places that fit best, each with how well (`Wanted.level`).

        Parameters
        ----------
        wanted
            What to look for.
        limit
            How many at most.
        """
        if not wanted.phrase:
            return []
        best: dict[int, int] = {}
        phrase = wanted.phrase
        longest = max(wanted.words, key=len)
        for piece in (f"\n{phrase}\n", f"\n{phrase}", phrase, longest):
            for row in self._rows_with(piece):
                level = wanted.level(self._keys[row])
                if level is not None:
                    best.setdefault(self._place_of[row], level)
                if len(best) >= limit:
                    break
            if len(best) >= limit:
                break
        ranked = sorted(best.items(), key=lambda found: found[1])  # keeps the order of hits
        return [(level, self.places[number]) for number, level in ranked]

    def settlement_near(self, point: LonLat) -> NamedPlace | None:
        """Return the settlement whose middle is nearest, if one is near enough to be named."""
        if self._middles is None:
            return None
        here = _plane([point])[0]
        units, number = self._middles.query(here)
        near = float(units) * float(metres_per_unit(here[1])) <= _FARTHEST
        return self._settlements[int(number)] if near else None

    def _rows_with(self, piece: str) -> Iterator[int]:
        """Give the rows in which a piece of text occurs, from the front."""
        at = self._text.find(piece)
        for _ in range(_MOST_SEEN):
            if at < 0:
                return
            row = bisect_right(self._starts, at + (piece[0] == "\n")) - 1
            yield row
            at = self._text.find(piece, self._starts[row + 1] - 1)


def open_places(folder: Path) -> PlaceIndex:
    """Open the place index of the network in a folder; make it where it is missing.

    Parameters
    ----------
    folder
        As given to `geodata.network.build_streets`.

    Raises
    ------
    StreetsError
        There is no network.
    ExtractError
        The extract of the network cannot be read.
    """
    _, build = read_network(folder)
    return _opened(build)


@lru_cache(maxsize=2)
def _opened(build: Path) -> PlaceIndex:
    """Open an index once in a process; a new build is another folder."""
    return PlaceIndex(kept_places(build))


def _keys(place: NamedPlace) -> set[str]:
    names = (place.name, place.english, *place.aliases)
    return {key for key in map(key_of, names) if key}


def _plane(points: Sequence[LonLat]) -> NDArray[np.float64]:
    degrees = np.array(points, dtype=np.float64)
    return np.column_stack(to_plane(degrees[:, 0], degrees[:, 1]))


def _tree(points: Sequence[LonLat]) -> KDTree | None:
    return KDTree(_plane(points)) if points else None
