"""Candidates from a file: places with a name, a cost and a capacity, in any coordinate system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mealsvc.errors import InvalidInput
from mealsvc.siting.map_sets import findings_told, map_file_refusals
from mealsvc.siting.walks import Walks
from mealsvc.siting.wishes import MOST_CANDIDATES, Spot

if TYPE_CHECKING:
    from geodata.map_files import MapFile
    from geodata.map_findings import Finding

_MOST_PORTIONS = 100_000
_MOST_COST = 1e12
_MOST_LATITUDE = 85.0


@dataclass(frozen=True)
class CandidateFile:
    """What a file of candidates holds.

    Attributes
    ----------
    spots
        The places, in the order of the file.
    reasons
        Of every place why nobody can walk to it, in Chinese and English; None where one can.
    findings
        Rows refused, and what else a person should know, as `mealsvc.siting.map_sets` keeps them.
    """

    spots: tuple[Spot, ...]
    reasons: tuple[tuple[str, str] | None, ...]
    findings: list[dict[str, Any]]


def read_candidates(path: Path, walks: Walks, *, crs: str | None = None) -> CandidateFile:
    """Read the candidates of a file; of an area a point inside counts.

    Parameters
    ----------
    path
        CSV, GeoJSON, GeoPackage or Shapefile (zipped too), with columns for name, cost and capacity
        if wanted.
    walks
        Where the places are looked up.
    crs
        Coordinate system, where the file does not say: ``EPSG:4490``, ``GCJ02`` …

    Raises
    ------
    InvalidInput
        If the file cannot be used, or has no usable row or too many; says what to do.
    """
    from geodata.map_files import read_map_file

    with map_file_refusals():
        file = read_map_file(path, crs=crs)
    findings = list(file.findings)
    costs = _figures(file, "cost", _MOST_COST, findings)
    portions = _figures(file, "capacity", _MOST_PORTIONS, findings)
    where = shapely.get_coordinates(shapely.point_on_surface(file.shapes)).reshape(-1, 2)
    unusable = {finding.row for finding in findings if not finding.kept}
    kept = [
        row
        for row, number in enumerate(file.rows)
        if number not in unusable and abs(where[row, 1]) <= _MOST_LATITUDE
    ]
    _require_some(path.name, len(kept))
    names = file.texts("name")
    placed = walks.place(where[kept])
    usable = walks.usable(placed).tolist()
    return CandidateFile(
        spots=tuple(_spot(where[row], names[row], costs[row], portions[row]) for row in kept),
        reasons=tuple(
            None if good else walks.why_not(placed, place) for place, good in enumerate(usable)
        ),
        findings=findings_told(sorted(findings, key=lambda finding: finding.row or 0)),
    )


def _spot(where: np.ndarray, name: str | None, cost: float | None, portions: float | None) -> Spot:
    lon, lat = where.tolist()
    capacity = None if portions is None else round(portions)
    return Spot(name=name and name[:80], lon=lon, lat=lat, cost=cost, capacity=capacity)


def _figures(
    file: MapFile, purpose: str, most: float, findings: list[Finding]
) -> list[float | None]:
    """Return the figures of a column; a cell that holds none is said, and its row left out."""
    from geodata.map_cells import as_number, as_text
    from geodata.map_findings import Finding, Problem

    heading, cells = file.purposes.get(purpose), file.cells(purpose)
    figures: list[float | None] = []
    for row, cell in zip(file.rows, cells or [None] * len(file.rows), strict=True):
        text, figure = as_text(cell), as_number(cell)
        if text is not None and (figure is None or not 0 <= figure <= most):
            findings.append(
                Finding(file.name, row, heading, text, Problem.FIGURE_UNUSABLE, kept=False)
            )
        figures.append(figure if text is not None else None)
    return figures


def _require_some(name: str, count: int) -> None:
    if not count:
        raise InvalidInput(
            f"no row of {name} can be used as a candidate; see which columns it needs: "
            "longitude and latitude, or a geometry",
            f"{name} 中没有可用的候选点；文件须有经度、纬度列或几何图形",
        )
    if count > MOST_CANDIDATES:
        raise InvalidInput(
            f"{name} has {count:,} candidates, and {MOST_CANDIDATES:,} can be asked for; "
            "leave some out",
            f"{name} 有{count}个候选点，最多{MOST_CANDIDATES}个；请删减",
        )
