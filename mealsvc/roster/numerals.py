"""Chinese numerals, as far as rosters use them: counts, floors, years spelled digit by digit."""

from __future__ import annotations

import re

_DIGITS = {mark: k for k, mark in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def chinese_number(words: str) -> int | None:
    """Return the number that Chinese numerals say, or None when they say none.

    Parameters
    ----------
    words
        For example 两, 十二, 二十, 一百零五, 负一, or digit by digit 一九三八.

    Examples
    --------
    >>> [chinese_number(words) for words in ("两", "十二", "负一", "一九三八", "半")]
    [2, 12, -1, 1938, None]
    """
    if words.startswith("负"):
        positive = chinese_number(words[1:])
        return None if positive is None else -positive
    words = words.replace("廿", "二十").replace("卅", "三十")
    if not words or any(mark not in _DIGITS and mark not in _UNITS for mark in words):
        return None
    if all(mark in _DIGITS for mark in words):
        return int("".join(str(_DIGITS[mark]) for mark in words))
    return _by_units(words)


def _by_units(words: str) -> int | None:
    """Read 一百零五: every unit once, larger units first, at most one digit before each."""
    match = re.fullmatch(r"(?:(.)[千仟])?零?(?:(.)[百佰])?零?(?:(.?)[十拾])?零?(.?)", words)
    if not match:
        return None
    *tens, ones = match.groups()
    total = 0
    for digit, unit in zip(tens, (1000, 100, 10), strict=True):
        if digit is None:
            continue
        if digit and digit not in _DIGITS:
            return None
        total += (_DIGITS[digit] if digit else 1) * unit
    if ones and ones not in _DIGITS:
        return None
    return total + (_DIGITS[ones] if ones else 0)
