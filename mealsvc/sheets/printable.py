"""Make sure that every character of the data can be printed.

Typst prints an empty box, without a word, for a character that no font has. So every text is
checked against the fonts first: a missing character is printed as 〓 and named by its code point
in a note on the same sheet, in the manifest and on the command line. An installation with rarer
names puts a font that has them (a TrueType or OpenType file) into the folder ``fonts`` of its home.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from mealsvc.errors import InvalidInput, NotReady

OWN_FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans SC"
GETA = "〓"
"""The printer's mark for a character that is not in the case."""

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# Invisible signs that fonts need not have: joiners, marks of direction, variation selectors.
_INVISIBLE = {0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}
_CONTROL = {*range(0x20), *range(0x7F, 0xA0)}
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def font_files(extra: Path) -> list[Path]:
    """Return the font files that sheets use: the package's own and those of a folder.

    Parameters
    ----------
    extra
        Folder of the installation's additional fonts; need not exist.

    Raises
    ------
    NotReady
        If the package's own fonts are not there.
    """
    own = [OWN_FONTS / "NotoSansSC-Regular.ttf", OWN_FONTS / "NotoSansSC-Bold.ttf"]
    for path in own:
        if not path.is_file():
            raise NotReady(
                f"the typeface of the sheets is missing ({path.name}); install the package again: "
                "scripts/setup"
            )
    more = sorted(path for path in extra.glob("*") if path.suffix.lower() in _SUFFIXES)
    return own + more


@cache
def _characters(path: Path, _changed: int) -> frozenset[int]:
    """Return the code points of a font file; read again only when the file changes."""
    collection = path.suffix.lower() in {".ttc", ".otc"}
    try:
        with path.open("rb") as file:
            fonts = TTCollection(file, lazy=True).fonts if collection else [TTFont(file, lazy=True)]
            return frozenset().union(*(font.getBestCmap() or () for font in fonts))
    except (OSError, TTLibError) as error:
        raise InvalidInput(
            f"{path} cannot be read as a font ({error}); remove it or replace it"
        ) from error


def printable_characters(files: Iterable[Path]) -> frozenset[int]:
    """Return the code points that at least one font file can print."""
    return frozenset().union(*(_characters(path, path.stat().st_mtime_ns) for path in files))


@cache
def _plain(characters: frozenset[int]) -> frozenset[int]:
    """Return the code points that are printed as they are; most texts hold nothing else."""
    return (characters - _INVISIBLE - _CONTROL).difference(*_SELECTORS) | {ord(" ")}


class Proof:
    """Reads texts like a proofreader: what comes out can be printed.

    Parameters
    ----------
    characters
        Code points that can be printed.

    Attributes
    ----------
    missing
        Characters met that cannot, each with the texts it stood in, in order of appearance.
    """

    def __init__(self, characters: frozenset[int]) -> None:
        self._characters = characters
        self._plain = _plain(characters)
        self.missing: dict[str, list[str]] = {}

    def accepts(self, text: str) -> bool:
        """Tell whether a text can be printed exactly as it is."""
        return self._plain.issuperset(map(ord, text))

    def text(self, text: str) -> str:
        """Return a text without control and invisible signs, missing characters as 〓."""
        if self.accepts(text):
            return " ".join(text.split())
        seen: list[str] = []
        for character in text:
            code = ord(character)
            if code in _INVISIBLE or any(code in selectors for selectors in _SELECTORS):
                continue
            if character.isspace() or code in _CONTROL:
                seen.append(" ")
            elif code in self._characters:
                seen.append(character)
            else:
                where = self.missing.setdefault(character, [])
                if text not in where:
                    where.append(text)
                seen.append(GETA)
        return " ".join("".join(seen).split())

    def data(self, data: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Return JSON data with every text in it read."""
        match data:
            case str():
                return self.text(data)
            case dict():
                return {key: self.data(value) for key, value in data.items()}
            case list() | tuple():
                return [self.data(value) for value in data]
            case _:
                return data


def code_point(character: str) -> str:
    """Return the name of a character that cannot be printed, for example ``U+20BB7``."""
    return f"U+{ord(character):04X}"
