"""Names as they are compared in a search: written in many ways, meant as one.

``１２号``, ``12 号`` and ``12号`` are one number, ``3栋``, ``3#`` and ``3号楼`` the third building
(``3幢``), ``São João`` is found by ``sao joao``. Traditional characters stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CHARACTERS = 80
"""What is longer is no name; a query is cut there."""

_GAPS = re.compile(r"[^\w#]+")
_BUILDING = re.compile(r"(?<=\d)(?:号楼|栋|幢楼|#)")
_REGION = re.compile(r"^.{1,8}?(?:省|市|区|县|镇|乡|街道|社区)(?=.{2})")
_INSIDE = re.compile(r"(?:\d+(?:室|楼|层|单元))+$")  # of a building
_NUMBER = re.compile(r"(?<=[^\x00-\x7f])\d+[a-z]?(?:号|弄|幢|座)?$")  # not that of a code: ST01


def key_of(text: str) -> str:
    """Return the form of a name or of a piece of one that is compared.

    Examples
    --------
    >>> key_of("翠竹新村 ３号楼"), key_of("Rua São João, 12")
    ('翠竹新村3幢', 'ruasaojoao12')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFD", plain)
    bare = "".join(one for one in letters if unicodedata.category(one) != "Mn")
    return _BUILDING.sub("幢", _GAPS.sub("", bare).replace("_", ""))


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for.

    Attributes
    ----------
    phrase
        All of it as one key.
    words
        The keys of its words; each must occur in a name.
    """

    phrase: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, query: str) -> Wanted:
        """Understand a query; without letters or digits its phrase is empty."""
        words = (key_of(word) for word in query[:MOST_CHARACTERS].split())
        return cls(key_of(query[:MOST_CHARACTERS]), tuple(word for word in words if word))

    def level(self, key: str) -> int | None:
        """Say how well a key fits: 0 the same, 1 its beginning, 2 a part, 3 all words; or None."""
        if key == self.phrase:
            return 0
        if key.startswith(self.phrase):
            return 1
        if self.phrase in key:
            return 2
        return 3 if all(word in key for word in self.words) else None

    def wider(self) -> Iterator[Wanted]:
        """Give what to look for when nothing is found, the narrowest first.

        An address is often written with the city before it and the flat behind it, and maps seldom
        have every number: without the city, then the building, then its compound or street.
        """
        tried = {self.phrase}
        inner = self.phrase
        while inner:
            for start in (inner, *_without_regions(inner)):
                if start not in tried:
                    tried.add(start)
                    yield Wanted(start, (start,))
            inner = _shortened(inner)
        if len(self.words) > 1 and self.words[-1].isdecimal():  # Rua dos Andradas 1137
            yield Wanted("".join(self.words[:-1]), self.words[:-1])


def _without_regions(phrase: str) -> Iterator[str]:
    while (shorter := _REGION.sub("", phrase)) != phrase:
        phrase = shorter
        yield phrase


def _shortened(phrase: str) -> str:
    """Return an address without its last part; empty when none is left to leave out."""
    for part in (_INSIDE, _NUMBER):
        shorter = part.sub("", phrase)
        if shorter != phrase:
            return shorter
    return ""
