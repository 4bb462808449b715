"""Read text tables of places or areas, in the encodings and separators people save them with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely

from geodata.map_cells import Cell, RawFile, Shapes, as_number, as_text
from geodata.map_columns import find_columns
from geodata.map_findings import Finding, MapFileError, Problem

_LONGEST_CELL = 100_000_000  # characters; a province as WKT is longer than the reader's default


def read_table(path: Path, told: Mapping[str, str] | None) -> RawFile:
    """Read a text table with WKT, longitude and latitude, or x and y.

    Parameters
    ----------
    path
        The file.
    told
        Which column serves which purpose, where the user says.

    Raises
    ------
    MapFileError
        It is no text, has no rows, or no columns with coordinates.
    """
    header, rows, lines = _lines(path)
    columns: dict[str, list[Cell]] = {
        name: [line[k].strip() or None if k < len(line) else None for line in lines]
        for k, name in enumerate(header)
        if name
    }
    purposes = find_columns(path.name, columns, told)
    findings: list[Finding] = []
    shape = purposes.get("shape")
    if shape is not None:
        shapes = _from_wkt(path.name, rows, shape, columns[shape], findings)
        return RawFile(rows, columns, shapes, None, findings)
    for east, north in (("lon", "lat"), ("x", "y")):
        if east in purposes and north in purposes:
            names = purposes[east], purposes[north]
            shapes = _from_numbers(path.name, rows, names, columns, findings)
            return RawFile(rows, columns, shapes, None, findings, degrees_told=east == "lon")
    raise MapFileError(
        f"{path.name} has no columns with coordinates (lon and lat, x and y, or wkt); its columns "
        f"are {', '.join(header)}",
        f"{path.name} 没有坐标列（经度和纬度、x 和 y，或 wkt）；现有列：{'、'.join(header)}",
    )


def _lines(path: Path) -> tuple[list[str], list[int], list[list[str]]]:
    """Give the heading, and the rows that are not empty with their numbers."""
    text = _decode(path)
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t，", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise MapFileError(
            f"{path.name} cannot be read ({error}); a quotation mark may be missing",
            f"{path.name} 无法读取，可能缺少引号",
        ) from error
    filled = [k for k, line in enumerate(lines) if any(cell.strip() for cell in line)]
    if len(filled) < 2:
        raise MapFileError(f"{path.name} holds no rows", f"{path.name} 没有数据行")
    heading, *kept = filled
    header = [cell.strip() for cell in lines[heading]]
    return header, [k + 1 for k in kept], [lines[k] for k in kept]


def _decode(path: Path) -> str:
    content = path.read_bytes()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise MapFileError(
        f"{path.name} is no text in UTF-8 or GB18030; save it as CSV (UTF-8)",
        f"{path.name} 不是 UTF-8 或 GB18030 文本，请另存为 CSV（UTF-8）",
    )


def _from_wkt(
    file: str, rows: list[int], heading: str, cells: list[Cell], findings: list[Finding]
) -> Shapes:
    shapes = np.full(len(cells), None, dtype=object)
    for k, cell in enumerate(cells):
        if cell is None:
            continue
        try:
            shapes[k] = shapely.force_2d(shapely.from_wkt(str(cell)))
        except shapely.errors.GEOSException:
            short = str(cell)[:40]
            problem = Problem.UNREADABLE_SHAPE
            findings.append(Finding(file, rows[k], heading, short, problem, kept=False))
    return shapes


def _from_numbers(
    file: str,
    rows: list[int],
    names: tuple[str, str],
    columns: dict[str, list[Cell]],
    findings: list[Finding],
) -> Shapes:
    shapes = np.full(len(columns[names[0]]), None, dtype=object)
    for k, pair in enumerate(zip(columns[names[0]], columns[names[1]], strict=True)):
        east, north = (as_number(cell) for cell in pair)
        if east is not None and north is not None:
            shapes[k] = shapely.Point(east, north)
            continue
        name, cell = (names[0], pair[0]) if east is None else (names[1], pair[1])
        problem = Problem.NO_SHAPE if cell is None else Problem.NOT_A_PLACE
        findings.append(Finding(file, rows[k], name, as_text(cell), problem, kept=False))
    return shapes
