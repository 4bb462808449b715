"""What the rows of all four tables share: code, name, place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

from geodata.datum import Datum
from mealsvc.roster.coordinates import pair
from mealsvc.roster.drafts import KEEP, Maybe, PlaceDraft
from mealsvc.roster.findings import Severity
from mealsvc.roster.places import Box, read_place
from mealsvc.roster.times import time_of_day
from mealsvc.roster.values import Read, Unreadable, Value, name, text, written

if TYPE_CHECKING:
    from mealsvc.roster.rows import RowReader

CODE_LIMIT = 40
NAME_LIMIT = 80


def key_text(
    reader: RowReader, key: str, limit: int, read: Callable[[Value], str | None] = text
) -> str | None:
    """Read a code or name without which the row cannot be taken; None after reporting why."""
    try:
        found = read(reader.cell(key))
    except Unreadable as fault:
        reader.report(Severity.ERROR, fault.code, key)
        return None
    if not found:
        reader.report(Severity.ERROR, f"{key}_missing", key)
        return None
    if len(found) > limit:
        reader.report(Severity.ERROR, "too_long_key", key, limit=limit)
        return None
    return found


def identity(reader: RowReader) -> tuple[str, str] | None:
    """Read code and name; None when one is missing (both faults are reported)."""
    code = key_text(reader, "code", CODE_LIMIT)
    called = key_text(reader, "name", NAME_LIMIT, name if reader.has("sex", "boxes") else text)
    return (code, called) if code and called else None


def reference(reader: RowReader, key: str) -> Maybe[str | None]:
    """Read the code of another record."""
    return reader.text(key, CODE_LIMIT)


def place(reader: RowReader, area: Box) -> Maybe[PlaceDraft]:
    """Read the place of a row; what is wrong with it is reported once streets were asked, too."""
    if not reader.has("lon", "lat", "position"):
        return KEEP
    lon, lat, datum = reader.cell("lon"), reader.cell("lat"), reader.cell("datum")
    both = reader.cell("position")
    if lon is None and lat is None and both is not None:
        try:
            lon, lat = pair(both)
        except Unreadable:
            lon, lat = str(both), str(both)
    elif lat is None and isinstance(lon, str) and re.search(r"\d\s*[,，]\s*\d", lon):
        lon, lat = pair(lon)
    if datum is None:
        datum = _datum_of_header(reader)
    cells = "|".join(written(value) for value in (lon, lat, datum))[:200]
    return PlaceDraft(read_place(lon, lat, datum, area), cells)


def _datum_of_header(reader: RowReader) -> str | None:
    """Return the coordinate system that a header names in brackets: 经度(高德)."""
    for key in ("lon", "position"):
        index = reader.header.places.get(key)
        found = (
            re.search(r"[(（](.+?)[)）]", reader.header.titles[index])
            if index is not None
            else None
        )
        if found:
            try:
                return Datum.parse(found[1]).value
            except ValueError:
                continue
    return None


def hours(
    reader: RowReader, first: str, last: str, effect: tuple[str, str]
) -> tuple[Maybe[time], Maybe[time]]:
    """Read when something opens and closes.

    Parameters
    ----------
    reader
        The row.
    first, last
        Keys of the two columns.
    effect
        What happens where they cannot be used (Chinese, English).
    """
    zh, en = effect
    opens = reader.take(first, time_of_day, "not_a_time", effect=en, effect_zh=zh)
    closes = reader.take(last, time_of_day, "not_a_time", effect=en, effect_zh=zh)
    if isinstance(opens, time) and isinstance(closes, time) and opens >= closes:
        reader.report(Severity.WARNING, "hours_reversed", last, effect=en, effect_zh=zh)
        return KEEP, KEEP
    return opens or KEEP, closes or KEEP


def number_within(
    reader: RowReader,
    key: str,
    read: Callable[[Value], Read[int]],
    bounds: tuple[int, int],
    effect: tuple[str, str],
) -> Maybe[int | None]:
    """Read a whole number in a range; outside it is left out with a warning."""
    zh, en = effect
    found = reader.take(key, read)
    least, most = bounds
    if isinstance(found, int) and not least <= found <= most:
        reader.report(
            Severity.WARNING, "out_of_range", key, least=least, most=most, effect=en, effect_zh=zh
        )
        return KEEP
    return found
