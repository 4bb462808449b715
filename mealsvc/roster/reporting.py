"""Findings about places, which are known only after the streets and the records were asked."""

from __future__ import annotations

from collections.abc import Callable

from mealsvc.roster.drafts import Keep, Maybe, PlaceDraft
from mealsvc.roster.findings import Severity
from mealsvc.roster.places import LonLat
from mealsvc.roster.rows import RowReader


def report_place(
    reader: RowReader,
    draft: Maybe[PlaceDraft],
    *,
    kept: bool,
    neighbours: Callable[[], tuple[int, LonLat] | None] = lambda: None,
) -> None:
    """Report a place that cannot be used.

    Parameters
    ----------
    reader
        The row.
    draft
        Its place.
    kept
        Whether a place set by hand stands instead.
    neighbours
        Tells how many homes of the same compound are located, and where; asked only for a place
        that cannot be used, and offered as a suggestion.
    """
    if isinstance(draft, Keep):
        return
    place = draft.place
    if place.reason is None:
        return
    key = "lon" if reader.has("lon") else "position"
    if kept:
        reader.report(Severity.NOTE, "place_kept", key)
        return
    hint = hint_zh = ""
    near = neighbours()
    if near is not None:
        count, (lon, lat) = near
        hint = f"; {count} homes of the compound are at about {lon:.6f}, {lat:.6f} (WGS-84)"
        hint_zh = f"；同小区已有 {count} 户定位，约在 {lon:.6f}, {lat:.6f}（WGS-84）"
    reader.report(
        Severity.PLACE,
        f"place_{place.reason.value}",
        key,
        hint=hint,
        hint_zh=hint_zh,
        detail=place.detail or "",
        lon=place.raw_lat,
        lat=place.raw_lon,
    )
