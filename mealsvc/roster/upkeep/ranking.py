"""The order of what a search finds: who is most probably meant stands first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_
from sqlmodel import Session, col, select

from mealsvc.pinyin import begins, typed

#: Letters and digits of a keyboard that is switched to full width: ｗｇｙ, １２３.
_FULL_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code).isalnum()}

#: A whole phone number with spaces or hyphens in it.
_PHONE = re.compile(r"\s*(?:\d[ -]*){11,12}")


def words_of(typed_words: str) -> list[str]:
    """Return the words of a search, each of which must fit.

    Examples
    --------
    >>> words_of("桂花 ｗｇｙ"), words_of("138 0000-6490")
    (['桂花', 'wgy'], ['13800006490'])
    """
    plain = typed_words.translate(_FULL_WIDTH)
    return [re.sub(r"\D", "", plain)] if _PHONE.fullmatch(plain) else plain.split()


def literally(words: str) -> str:
    """Escape what LIKE would take for a wildcard."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class Called:
    """The columns by which a person is called.

    Attributes
    ----------
    code, name, phone
        Of the person.
    typed_as
        `mealsvc.pinyin.spellings` of the name.
    """

    code: Any
    name: Any
    phone: Any
    typed_as: Any


def best_first(session: Session, words: str, called: Called) -> list[Any]:
    """Return what a search is ordered by; equal ones by code.

    For each word: the code or the whole name itself, then names that begin with it (by their
    characters or by the pinyin of the surname, its common reading first), then phones that end
    with it, then names that hold it, then codes that hold it, then whatever else fits, such as a
    compound.

    Parameters
    ----------
    session
        To read the surnames with.
    words
        Whatever was typed.
    called
        The columns.
    """
    ranks = [_rank(session, word, called) for word in words_of(words)]
    code = col(called.code)
    return [sum(ranks[1:], ranks[0]), code] if ranks else [code]


def _rank(session: Session, word: str, called: Called) -> ColumnElement[int]:
    code, name = col(called.code), col(called.name)
    lower, plain = word.lower(), literally(word)
    letters = typed(word)
    begun: list[ColumnElement[bool]] = [name.ilike(f"{plain}%", escape="\\")]
    seldom: list[ColumnElement[bool]] = [literal(False)]
    held: list[ColumnElement[bool]] = [name.ilike(f"%{plain}%", escape="\\")]
    if letters:
        key = col(called.typed_as).like(f"% {literally(letters)}%", escape="\\")
        begun.append(and_(key, _surname_fits(session, letters, called, commonly=True)))
        seldom.append(and_(key, _surname_fits(session, letters, called, commonly=False)))
        held.append(key)
    whole = or_(func.lower(code) == lower, func.lower(name) == lower)
    phone = col(called.phone).like(f"%{plain}", escape="\\") if word.isdigit() else literal(False)
    in_code = code.ilike(f"%{plain}%", escape="\\")
    tiers = (whole, or_(*begun), or_(*seldom), phone, or_(*held), in_code)
    return case(*((tier, rank) for rank, tier in enumerate(tiers)), else_=len(tiers))


def _surname_fits(
    session: Session, letters: str, called: Called, *, commonly: bool
) -> ColumnElement[bool]:
    """Return the condition that a name's first character may be typed with these letters."""
    first = func.substr(called.name, 1, 1)
    known = [one for one in session.exec(select(first).distinct()) if one]
    whole = [one for one in known if begins(one, letters, commonly=commonly)]
    initial = [one for one in known if begins(one, letters[0], commonly=commonly)]
    short = func.length(called.name) >= len(letters)  # initials: one letter for each character
    return or_(first.in_(whole), and_(first.in_(initial), short))
