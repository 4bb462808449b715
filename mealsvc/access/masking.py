"""Personal data for people who may know that a person exists but not who it is."""

from __future__ import annotations

from datetime import date


def mask_name(name: str) -> str:
    """Keep the family name: 段建娟 → 段**; a name of one character shows nothing.

    Examples
    --------
    >>> mask_name("段建娟"), mask_name("段"), mask_name("")
    ('段**', '*', '')
    """
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_phone(phone: str | None) -> str | None:
    """Keep the last two digits.

    Examples
    --------
    >>> mask_phone("13800005408"), mask_phone(None)
    ('*********08', None)
    """
    if phone is None:
        return None
    return "*" * max(0, len(phone) - 2) + phone[-2:] if len(phone) > 4 else "*" * len(phone)


def mask_birth(birth: date | None) -> date | None:
    """Keep the year, which age bands need: the first of January stands for it."""
    return None if birth is None else birth.replace(month=1, day=1)
