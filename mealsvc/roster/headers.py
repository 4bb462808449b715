"""Find the header row of a table, whatever stands above it and however its titles are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from mealsvc.roster.columns import COLUMNS, SHEET_NAMES, Column, Kind
from mealsvc.roster.values import plain
from mealsvc.roster.worksheets import Row, Sheet

#: A header is looked for in this many rows; above it are titles.
_HEADER_WITHIN = 30


@dataclass(frozen=True)
class Header:
    """Where the columns of a table stand.

    Attributes
    ----------
    row
        Number of the header row.
    places
        Column index (0 = A) by key.
    titles
        The header as written, by column index.
    unknown
        Titles that mean nothing to us (or repeat one that is already taken).
    missing
        Needed columns that are not there.
    """

    row: int
    places: Mapping[str, int]
    titles: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    missing: tuple[Column, ...] = field(default=())


def _normal(title: str) -> str:
    """Compare titles without spaces, brackets and their content, marks and case."""
    bare = unicodedata.normalize("NFKC", title).casefold()
    bare = re.sub(r"[(\[【「].*?[)\]】」]", "", bare) or bare
    return re.sub(r"[\s_\-:*#/.]+", "", bare)


def _names(kind: Kind) -> dict[str, str]:
    return {_normal(name): column.key for column in COLUMNS[kind] for name in column.names}


_KEYS = {kind: _names(kind) for kind in Kind}


def match_header(row: Row, kind: Kind) -> Header:
    """Match one row with the columns of a table, whether it is a header or not."""
    places: dict[str, int] = {}
    titles: dict[int, str] = {}
    unknown: list[str] = []
    for index, cell in enumerate(row.cells):
        if cell is None:
            continue
        titles[index] = str(cell).strip()
        key = _KEYS[kind].get(_normal(titles[index]))
        if key is None or key in places:
            unknown.append(titles[index])
        else:
            places[key] = index
    missing = tuple(c for c in COLUMNS[kind] if c.needed and c.key not in places)
    return Header(row.number, places, titles, tuple(unknown), missing)


def find_header(sheet: Sheet, kind: Kind) -> Header | None:
    """Return the row that names the most columns of a table, or None when no row names two."""
    best: Header | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        header = match_header(row, kind)
        if best is None or len(header.places) > len(best.places):
            best = header
    return best if best and len(best.places) >= 2 else None


def named_for(sheet: Sheet, kind: Kind) -> bool:
    """Say whether the sheet's name says what it lists."""
    return plain(sheet.name) in {plain(name) for name in SHEET_NAMES[kind]}
