"""The background map: vector tiles of the imported extract, read one by one.

The tiles (Mapbox Vector Tiles in one PMTiles file) are made while the street network is built and
belong to that build, so map and travel times always show the same data. Source layers: ``road``
(``class``, ``level``, ``steps``), ``waterway`` (``class``), ``water``, ``green`` and ``grounds``
(``kind``), ``building``, ``label`` (``kind``); names are ``name`` (Chinese, else local) and
``name_en``.
"""

from __future__ import annotations

import gzip
import mmap
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pmtiles.reader import Reader

from geodata.basemap_features import LEAST_ZOOM, MOST_ZOOM
from geodata.clipping import Box
from geodata.network import BASEMAP_FILE, StreetsError, read_network


@dataclass(frozen=True)
class Basemap:
    """The background map of a street network.

    Attributes
    ----------
    path
        The file with the tiles.
    stamp
        Changes when the map is made anew; for addresses that may be kept by browsers.
    bounds
        West, south, east, north of the streets, degrees.
    least_zoom, most_zoom
        Zooms that there are tiles for.
    date
        State of the data; ``None`` when the extract does not tell.
    """

    path: Path
    stamp: str
    bounds: Box
    least_zoom: int
    most_zoom: int
    date: datetime | None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Find the background map of the network in a folder.

        Raises
        ------
        StreetsError
            There is no network, or it was built by a version that made no map.
        """
        info, build = read_network(folder)
        path = build / BASEMAP_FILE
        if not path.is_file():
            raise StreetsError(
                f"the street network in {folder} has no map: build the streets again"
            )
        return cls(path, info.build, info.extract.bounds, LEAST_ZOOM, MOST_ZOOM, info.extract.date)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile, compressed with gzip, or ``None`` where the map is empty.

        Parameters
        ----------
        zoom, column, row
            As in web maps: columns from the west, rows from the north.

        Raises
        ------
        StreetsError
            The map was replaced twice while it was open.
        """
        if not (self.least_zoom <= zoom <= self.most_zoom and 0 <= column < 2**zoom > row >= 0):
            return None
        try:
            with (
                self.path.open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
            ):
                reader = Reader(lambda offset, length: content[offset : offset + length])
                found: bytes | None = reader.get(zoom, column, row)
        except FileNotFoundError as error:
            raise StreetsError(f"{self.path} is gone: the streets were built again") from error
        return found


def plain(tile: bytes) -> bytes:
    """Return a tile as it is without compression."""
    return gzip.decompress(tile)
