"""Read longitudes and latitudes: numbers, text, degrees and minutes, one cell for both."""

from __future__ import annotations

import re

from mealsvc.roster.values import Unreadable, Value, plain
from mealsvc.roster.worksheets import Uncounted

_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?°?")
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})[°度](?:(\d{1,2}(?:\.\d+)?)['′‘’分m](?:(\d{1,2}(?:\.\d+)?)(?:[\"″“”秒s]|''|′′))?)?"
)
_NAMES = re.compile(r"经度|纬度|东经|北纬|longitude|latitude|long|lng|lon|lat|[:=]")


def degrees(value: Value) -> float:
    """Read one longitude or latitude.

    Parameters
    ----------
    value
        A number, or text such as ``120.06544``, ``E120.0654``, ``120°05′12.3″E``, ``120度5分``.

    Returns
    -------
    float
        Degrees; west and south are negative.

    Raises
    ------
    Unreadable
        If it is no such value.
    """
    if isinstance(value, (Uncounted, bool)):
        raise Unreadable("uncounted" if isinstance(value, Uncounted) else "not_degrees")
    if isinstance(value, (int, float)):
        if value != value:  # noqa: PLR0124 - not a number
            raise Unreadable("not_degrees")
        return float(value)
    spoken = _NAMES.sub("", plain(value))
    side = re.search(r"^[nsew]|[nsew]$", spoken)
    sign = -1.0 if side and side[0] in "sw" else 1.0
    spoken = re.sub(r"^[nsew]|[nsew]$", "", spoken)
    if _DECIMAL.fullmatch(spoken):
        return sign * float(spoken.rstrip("°"))
    match = _SEXAGESIMAL.fullmatch(spoken)
    if not match:
        raise Unreadable("not_degrees")
    whole, minutes, seconds = (float(part or 0) for part in match.groups())
    if minutes >= 60 or seconds >= 60:
        raise Unreadable("not_degrees")
    return sign * (whole + minutes / 60 + seconds / 3600)


def pair(value: Value) -> tuple[str, str]:
    """Split a cell that holds both, in the order written: ``120.1,30.2``, ``120.1 30.2``.

    Raises
    ------
    Unreadable
        If it does not hold two values.
    """
    shown = str(value).strip() if value is not None else ""
    shown = shown.strip("()[]（）【】")
    parts = [
        part for part in re.split(r"[,，;；/、]+|(?<=[\d°″\"秒NSEWnsew])\s+", shown) if part.strip()
    ]
    if len(parts) != 2:
        raise Unreadable("not_a_pair")
    return parts[0].strip(), parts[1].strip()
