"""Read files of places and areas: tables, GeoJSON, GeoPackage, Shapefile, also zipped.

Whatever the format and the coordinate system, what comes out is shapes in WGS-84 with their columns
and the number of each row in the file. A bad row is said and left out; it never harms a good one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.map_cells import Cell, Shapes, as_text
from geodata.map_columns import find_columns
from geodata.map_findings import Finding, MapFileError, Problem
from geodata.map_frames import Frame, guess, surveyors_axes
from geodata.map_layers import MOST_BYTES, read_layer
from geodata.map_tables import read_table

type Floats = NDArray[np.float64]

TABLES = (".csv", ".tsv", ".txt")
# What a file of each kind begins with: the reader of map files goes by content, and some of its
# formats fetch other files.
_BEGINNINGS = {
    ".geojson": b"{",
    ".json": b"{",
    ".gpkg": b"SQLite format 3\0",
    ".shp": b"\x00\x00\x27\x0a",
}
_CHINA = shapely.box(72.0, 0.8, 137.9, 55.9)


@dataclass(frozen=True)
class MapFile:
    """What a file holds.

    Attributes
    ----------
    name
        File name.
    rows
        Number of each row kept: of a text table, the heading being 1; of the feature from 1 in
        others.
    shapes
        Shape of each row in degrees, WGS-84; mended where it crossed itself.
    columns
        Cells by heading.
    purposes
        Which heading serves which purpose (`geodata.map_columns`).
    frame
        Name of the coordinate system the file was read in.
    findings
        Rows refused, and what else a person should know.
    """

    name: str
    rows: list[int]
    shapes: Shapes
    columns: dict[str, list[Cell]]
    purposes: dict[str, str]
    frame: str
    findings: list[Finding]

    def cells(self, purpose: str) -> list[Cell] | None:
        """Give the column that serves a purpose, if there is one."""
        heading = self.purposes.get(purpose)
        return None if heading is None else self.columns[heading]

    def texts(self, purpose: str) -> list[str | None]:
        """Give the cells of a purpose as words; None where there is nothing."""
        return [as_text(cell) for cell in self.cells(purpose) or [None] * len(self.rows)]


def read_map_file(
    path: Path,
    *,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
    layer: str | None = None,
    kinds: Sequence[str] = ("Point", "Polygon"),
) -> MapFile:
    """Read a file of places or areas.

    Parameters
    ----------
    path
        ``.csv``, ``.tsv``, ``.txt`` (UTF-8, UTF-16 or GB18030; columns with WKT, longitude and
        latitude, or x and y), ``.geojson``, ``.json``, ``.gpkg``, ``.shp``, or a ``.zip`` of one.
    crs
        Coordinate system of the file as the user says: WGS-84, GCJ-02, BD-09 and the maps that use
        them, or a number of EPSG. It goes before what the file itself says.
    columns
        Which column serves which purpose where its heading does not tell (`geodata.map_columns`).
    layer
        Which layer of a file with several.
    kinds
        Shapes wanted: ``"Point"``, ``"Polygon"``. Several in one count as one.

    Raises
    ------
    MapFileError
        The file cannot be read, or does not say its coordinate system and neither does the user;
        the message has a guess.
    """
    told = Frame.parse(crs) if crs else None
    check_kind(path)
    raw = read_table(path, columns) if path.suffix.lower() in TABLES else read_layer(path, layer)
    purposes = find_columns(path.name, raw.columns, columns)
    findings = list(raw.findings)
    x, y = _centres(raw.shapes)
    frame = told or raw.frame
    if frame is None and raw.degrees_told:
        frame = Frame.parse("WGS-84")
        if bool(shapely.intersects_xy(_CHINA, x, y).any()):
            findings.append(_of_file(path.name, Problem.ASSUMED_WGS84))
    if frame is None:
        raise _undeclared(path.name, x, y)
    shapes = raw.shapes
    if surveyors_axes(frame, x, y):
        shapes = shapely.transform(shapes, lambda xy: xy[:, ::-1])
        findings.append(_of_file(path.name, Problem.SURVEY_AXES))
    shapes = frame.to_wgs84(shapes)
    good = _check(path.name, shapes, raw.rows, findings, kinds)
    _refuse_a_wrong_system(path.name, frame, x, y, findings)
    kept = np.flatnonzero(good)
    return MapFile(
        name=path.name,
        rows=[raw.rows[k] for k in kept],
        shapes=shapes[kept],
        columns={name: [cells[k] for k in kept] for name, cells in raw.columns.items()},
        purposes=purposes,
        frame=frame.name,
        findings=sorted(findings, key=lambda finding: finding.row or 0),
    )


def check_kind(path: Path) -> None:
    """Refuse a file that is missing, empty, too large, or of no kind that can be read."""
    if not path.is_file():
        raise MapFileError(f"there is no file {path}", f"找不到文件 {path}")
    size = path.stat().st_size
    if not 0 < size <= MOST_BYTES:
        raise MapFileError(
            f"{path.name} has {size:,} bytes; a file of 1 to {MOST_BYTES:,} can be read",
            f"{path.name} 大小为 {size} 字节，只能读取 1 至 {MOST_BYTES} 字节的文件",
        )
    kind = path.suffix.lower()
    if kind in TABLES or kind == ".zip":
        return
    beginning = _BEGINNINGS.get(kind)
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
        file.seek(0)
        exact = file.read(16)
    if beginning is None or not (start.startswith(beginning) or exact.startswith(beginning)):
        raise MapFileError(
            f"{path.name} is no table (.csv), GeoJSON, GeoPackage (.gpkg) or Shapefile (.shp, or "
            ".zip of its parts)",
            f"{path.name} 不是表格（.csv）、GeoJSON、GeoPackage（.gpkg）或 "
            "Shapefile（.shp 或其 .zip 压缩包）",
        )


def _of_file(name: str, problem: Problem) -> Finding:
    return Finding(name, None, None, None, problem, kept=True)


def _undeclared(name: str, x: Floats, y: Floats) -> MapFileError:
    english, chinese = guess(x, y)
    return MapFileError(
        f"{name} does not say its coordinate system: say which it is (crs); {english}",
        f"{name} 未注明坐标系，请注明（crs）；{chinese}",
    )


def _centres(shapes: Shapes) -> tuple[Floats, Floats]:
    """Give a point of every shape that has one."""
    box = shapely.bounds(shapes)
    box = box[np.isfinite(box).all(axis=1)]
    return (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2


def _check(
    name: str,
    shapes: Shapes,
    rows: list[int],
    findings: list[Finding],
    kinds: Sequence[str],
) -> NDArray[np.bool_]:
    """Mend shapes in place, and say which rows can be used."""
    already = {finding.row for finding in findings if not finding.kept}
    good = np.zeros(len(shapes), dtype=bool)
    for k, (shape, row) in enumerate(zip(shapes, rows, strict=True)):
        if row in already:
            continue
        problem = None
        if shape is None or shape.is_empty:
            problem = Problem.NO_SHAPE
        elif not _on_earth(shape.bounds):
            west, south, east, north = shape.bounds
            swapped = _on_earth((south, west, north, east))
            problem = Problem.AXES_SWAPPED if swapped else Problem.NOT_A_PLACE
        elif shape.geom_type.removeprefix("Multi") not in kinds:
            problem = Problem.WRONG_KIND
        elif not shape.is_valid:
            shapes[k] = _only_areas(shapely.make_valid(shape))
            fine = not shapes[k].is_empty
            problem = None if fine else Problem.WRONG_KIND
            if fine:
                findings.append(Finding(name, row, None, None, Problem.REPAIRED, kept=True))
        good[k] = problem is None
        if problem is not None:
            findings.append(Finding(name, row, None, None, problem, kept=False))
    return good


def _on_earth(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    finite = all(map(math.isfinite, bounds))
    return finite and -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _only_areas(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")]
    return shapely.union_all(parts)


def _refuse_a_wrong_system(
    name: str,
    frame: Frame,
    x: Floats,
    y: Floats,
    findings: list[Finding],
) -> None:
    """Stop when most places are not on earth: the system is wrong, not the rows."""
    nowhere = (Problem.NOT_A_PLACE, Problem.AXES_SWAPPED)
    unplaced = [each for each in findings if each.problem in nowhere]
    lost = sum(each.field is None for each in unplaced)
    if lost and lost * 2 > len(x):
        english, chinese = guess(x, y)
        raise MapFileError(
            f"the coordinates of {name} do not fit {frame.name}: say which system it is (crs); "
            f"{english}",
            f"{name} 的坐标与 {frame.name} 不符，请注明坐标系（crs）；{chinese}",
        )
