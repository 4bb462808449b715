"""A file of places or areas before its coordinates are understood, and how its cells are read."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.map_findings import Finding
from geodata.map_frames import Frame

type Shapes = NDArray[np.object_]
type Cell = str | float | None


@dataclass(frozen=True)
class RawFile:
    """What stands in a file.

    Attributes
    ----------
    rows
        Number of each row: of a text table, the heading being 1; of the feature from 1 in others.
    columns
        Cells by heading.
    shapes
        Shapes in the coordinates of the file; None where there is none.
    frame
        The coordinate system that the file declares.
    findings
        What is wrong with single rows so far.
    degrees_told
        Whether the columns with coordinates are headed longitude and latitude.
    """

    rows: list[int]
    columns: dict[str, list[Cell]]
    shapes: Shapes
    frame: Frame | None
    findings: list[Finding]
    degrees_told: bool = False


def as_text(cell: Cell) -> str | None:
    """Give a cell as a word, without spaces around it; None where there is nothing."""
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


def as_number(cell: Cell) -> float | None:
    """Read a number; None where there is none. Commas between thousands are read."""
    try:
        number = float(str(cell).replace(",", "").replace("，", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
