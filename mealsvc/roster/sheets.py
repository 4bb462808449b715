"""Open whatever file a canteen sends and give its sheets as rows of plain cell values.

Nothing here knows what the columns mean. A file that cannot be read is refused with one sentence
that says why and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mealsvc.errors import InvalidInput

type Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

#: More rows or columns than this in one sheet is a stray cell far outside, or not a roster.
MOST_ROWS = 200_000
MOST_COLUMNS = 400
#: A file that unpacks to more than this is refused before it fills the memory.
MOST_BYTES = 600_000_000

TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}


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


def read_sheets(path: Path) -> list[list[Sheet]]:
    """Read the sheets of a spreadsheet or text file.

    Parameters
    ----------
    path
        XLSX, XLSM, XLSB, XLS, ODS, or CSV/TSV text in UTF-8, UTF-16 or GB18030.

    Returns
    -------
    list of list of Sheet
        For each sheet its possible readings: one for a workbook; for a text file one per separator
        (the reader of the header chooses).

    Raises
    ------
    InvalidInput
        If the file is missing, empty, protected, of another kind or damaged.
    """
    from mealsvc.roster.textfiles import read_text_file
    from mealsvc.roster.workbooks import read_workbook

    try:
        with path.open("rb") as opened:
            head = opened.read(8)
    except FileNotFoundError as error:
        raise InvalidInput(
            f"there is no file {path}; check the name", f"没有文件 {path}，请核对文件名"
        ) from error
    except IsADirectoryError as error:
        raise InvalidInput(f"{path} is a folder; name the file in it") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if not head:
        raise InvalidInput(
            f"{path.name} is empty (0 bytes); export it again",
            f"{path.name} 是空文件（0 字节），请重新导出",
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return [[sheet] for sheet in read_workbook(path)]
    return [list(read_text_file(path))]


def used_rows(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows up to the last one that holds anything."""
    last = max((k for k, row in enumerate(rows) if not row.empty), default=-1)
    yield from rows[: last + 1]
