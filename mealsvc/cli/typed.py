"""Small values as people type them into options, refused with an example of how to write them."""

from __future__ import annotations

from datetime import time

from mealsvc.errors import InvalidInput


def number_of(text: str, whole: str, example: str) -> int:
    """Return a whole number from 1 on.

    Parameters
    ----------
    whole
        The option as it was typed, for the error.
    example
        How it is written.

    Raises
    ------
    InvalidInput
        If it is no such number.
    """
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise unreadable(whole, example)
    return int(text)


def time_of(text: str, whole: str, example: str) -> time:
    """Return a time of day such as 9:05; raises InvalidInput if it is none."""
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise unreadable(whole, example) from error


def unreadable(text: str, example: str) -> InvalidInput:
    """Return the error for an option that cannot be read."""
    return InvalidInput(
        f"{text!r} cannot be read; write it like {example}", f"无法识别“{text}”，应写成如 {example}"
    )
