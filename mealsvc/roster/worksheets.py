"""A sheet as rows of plain cell values, whatever kind of file it came from.

Nothing here knows what the columns mean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

type Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

#: More rows or columns than this in one sheet is a stray cell far outside, or not a roster.
MOST_ROWS = 200_000
MOST_COLUMNS = 400
#: A file that unpacks to more than this is refused before it fills the memory.
MOST_BYTES = 600_000_000


@dataclass(frozen=True)
class Uncounted:
    """A cell that shows something but holds no value: an error or a formula never calculated."""

    text: str

    def __str__(self) -> str:
        """Return the formula or the error as the spreadsheet shows it."""
        return self.text


@dataclass(frozen=True)
class Row:
    """One row as the spreadsheet shows it.

    Attributes
    ----------
    number
        Row number, the first row of the sheet being 1.
    cells
        Values from column A on; empty cells are None.
    """

    number: int
    cells: tuple[Cell | Uncounted, ...]

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet (a CSV file is one sheet without a name).

    Attributes
    ----------
    file
        Name of the file, for messages.
    name
        Name of the sheet; empty for text files.
    rows
        All rows, empty ones too.
    merged
        Rows and columns (0-based) of cells that a merged cell above or to the left fills: those
        below the top cell repeat its value, those to its right stay empty.
    """

    file: str
    name: str
    rows: tuple[Row, ...]
    merged: frozenset[tuple[int, int]] = field(default=frozenset())

    @property
    def where(self) -> str:
        """The sheet as a message names it."""
        return f"{self.file} [{self.name}]" if self.name else self.file


def column_letter(index: int) -> str:
    """Return the letter of a column (0 → A, 26 → AA).

    Examples
    --------
    >>> column_letter(27)
    'AB'
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def used_rows(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows up to the last one that holds anything."""
    last = max((k for k, row in enumerate(rows) if not row.empty), default=-1)
    yield from rows[: last + 1]
