"""Streets and communities from a boundary file, and which of them a place lies in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.map_files import MapFile, read_map_file
from geodata.map_findings import Finding, MapFileError
from geodata.snapping import LonLat

OUTSIDE = -1  # stands for the area of a place that lies in none


@dataclass(frozen=True)
class Boundaries:
    """Named areas, such as streets (街道) or communities (社区).

    Attributes
    ----------
    name
        Name of the file they came from.
    names
        Name of each area; its row in the file where it has none.
    codes
        Code of each area, where the file has them.
    shapes
        Polygons and multipolygons in degrees, WGS-84, valid.
    findings
        Rows refused or mended, and what else a person should know.
    """

    name: str
    names: list[str]
    codes: list[str | None]
    shapes: NDArray[np.object_]
    findings: list[Finding]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    def containing(self, points: Sequence[LonLat] | NDArray[np.float64]) -> NDArray[np.int64]:
        """Say which area each point lies in.

        Parameters
        ----------
        points
            Longitude and latitude in degrees, WGS-84, shape ``(n, 2)``.

        Returns
        -------
        numpy.ndarray
            Index of the area, -1 for none. Where areas overlap, or a point is on an edge, the
            first in the file.
        """
        lonlat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        area = np.full(len(lonlat), OUTSIDE, dtype=np.int64)
        point, found = self._tree.query(shapely.points(lonlat), predicate="intersects")
        # Last in the file first, so that the first is written last and stays.
        order = np.argsort(-found, kind="stable")
        area[point[order]] = found[order]
        return area


def read_boundaries(
    path: Path,
    *,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
    layer: str | None = None,
) -> Boundaries:
    """Read areas from a file; the parameters are those of `geodata.map_files.read_map_file`.

    Raises
    ------
    MapFileError
        The file cannot be read, does not say its coordinate system, or holds no polygon.
    """
    file = read_map_file(path, crs=crs, columns=columns, layer=layer, kinds=("Polygon",))
    if not file.rows:
        raise MapFileError(
            f"{path.name} holds no usable polygon: {_first(file, 'en')}",
            f"{path.name} 没有可用的多边形：{_first(file, 'zh')}",
        )
    names = [
        name or f"{path.stem} {row}"
        for name, row in zip(file.texts("name"), file.rows, strict=True)
    ]
    return Boundaries(file.name, names, file.texts("id"), file.shapes, file.findings)


def _first(file: MapFile, language: str) -> str:
    refused = [finding for finding in file.findings if not finding.kept]
    return refused[0].explain(language) if refused else ""
