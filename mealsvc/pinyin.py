"""How Chinese names are typed where nobody switches the keyboard: initials, or whole pinyin.

段建娟 is found by ``djj``, ``duanjianjuan``, ``duanjj``, ``jianjuan`` and ``jj``. A character that
is read in several ways counts in each of them: 单 is ``dan`` and, as a surname, ``shan``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, product

MOST_READINGS = 48
"""Ways to read a name that are kept; the surname varies first, so all its readings are there."""

FEW_READINGS = 4
"""The same for what is longer than people's names: compounds."""

_PERSON = 4  # characters of the longest names of people

_UNITS = re.compile(r"[a-z0-9]+|[^\x00-\x7f]")
_TYPED = re.compile(r"[a-z0-9' -]*[a-z][a-z0-9' -]*")


def spellings(name: str | None) -> str:
    """Return all keys by which a name is found, each after a space.

    Keys begin at every character of the name, so that a given name alone finds it too. A search
    asks for the beginning of a key, so one that only begins another is left out.

    Parameters
    ----------
    name
        A name, Chinese or not.

    Examples
    --------
    >>> spellings("吕丹")
    ' dan ld lvdan'
    """
    units = _UNITS.findall(unicodedata.normalize("NFKC", name or "").casefold())
    read = [readings for unit in units if (readings := _readings(unit))]
    keys = [*sorted(_keys(read)), ""]
    return "".join(f" {key}" for key, after in pairwise(keys) if not after.startswith(key))


def typed(words: str) -> str | None:
    """Return how a search word is compared with keys; None where it is not typed in letters.

    Examples
    --------
    >>> typed("Lü Dan"), typed("丹")
    ('lvdan', None)
    """
    plain = unicodedata.normalize("NFC", words).casefold().replace("ü", "v")
    return re.sub(r"[' -]", "", plain) if _TYPED.fullmatch(plain) else None


def begins(character: str, letters: str, *, commonly: bool = False) -> bool:
    """Say whether letters begin with a reading of a character, or a reading with the letters.

    Parameters
    ----------
    character
        One character.
    letters
        What `typed` returns.
    commonly
        Only the most common reading counts: 方 is ``fang``, seldom ``wang``.

    Examples
    --------
    >>> begins("单", "shangy"), begins("单", "sh"), begins("单", "sg")
    (True, True, False)
    >>> begins("单", "shangy", commonly=True)
    False
    """
    readings = _readings(character.casefold())[: 1 if commonly else None]
    return any(letters.startswith(one) or one.startswith(letters) for one in readings)


def _keys(read: Sequence[tuple[str, ...]]) -> Iterator[str]:
    found: set[str] = set()
    most = MOST_READINGS if len(read) <= _PERSON else FEW_READINGS
    for start in range(len(read)):
        # The last factor of a product varies fastest, and it is to be the first character.
        ways = product(*reversed(read[start:]))
        for way in islice(ways, most):
            sounds = way[::-1]
            initials = "".join(sound[0] for sound in sounds)
            found |= {initials, sounds[0] + initials[1:], "".join(sounds)}
    yield from found


#: Readings as surnames that the dictionary lacks.
_SURNAMES = {"贠": ("yun",), "谌": ("shen",), "黑": ("he",)}


@lru_cache(maxsize=20_000)
def _readings(unit: str) -> tuple[str, ...]:
    """Return the toneless readings of a character, the common ones first; ü is v."""
    if unit.isascii():
        return (unit,)
    # Its phrases would cost 40 MB, and names are read character by character.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    read = pinyin(unit, style=Style.NORMAL, heteronym=True, errors="ignore")
    found = [*(read[0] if read else ()), *_SURNAMES.get(unit, ())]
    return tuple(dict.fromkeys(one for one in found if one.isascii()))
