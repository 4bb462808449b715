"""Typed reading of untrusted JSON values, so that every error can name the field."""

import math
from collections.abc import Mapping, Sequence

from routing.errors import InvalidInstance

type Json = Mapping[str, object]
"""A JSON object as the standard library reads it."""


def as_object(value: object, path: str) -> Json:
    """Return a JSON object, or raise `InvalidInstance` naming `path`."""
    if not isinstance(value, Mapping):
        raise InvalidInstance(path, f"an object is needed, not {shown(value)}")
    return value


def as_list(value: object, path: str) -> Sequence[object]:
    """Return a JSON list, or raise `InvalidInstance` naming `path`."""
    if not isinstance(value, list | tuple):
        raise InvalidInstance(path, f"a list is needed, not {shown(value)}")
    return value


def as_text(value: object, path: str) -> str:
    """Return a non-empty text, or raise `InvalidInstance` naming `path`."""
    if not isinstance(value, str) or not value:
        raise InvalidInstance(path, f"a text is needed, not {shown(value)}")
    return value


def as_whole(value: object, path: str) -> int:
    """Return a whole number (3 or 3.0), or raise `InvalidInstance` naming `path`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidInstance(path, f"a whole number is needed, not {shown(value)}")
    if value != int(value):
        raise InvalidInstance(path, f"a whole number is needed, not {value}")
    return int(value)


def as_number(value: object, path: str) -> float:
    """Return a finite number, or raise `InvalidInstance` naming `path`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidInstance(path, f"a number is needed, not {shown(value)}")
    return value


def as_pair(value: object, path: str) -> tuple[int, int]:
    """Return two whole numbers, or raise `InvalidInstance` naming `path`."""
    items = as_list(value, path)
    if len(items) != 2:
        raise InvalidInstance(path, f"two numbers are needed, not {len(items)}")
    return as_whole(items[0], f"{path}[0]"), as_whole(items[1], f"{path}[1]")


def as_texts(value: object, path: str) -> tuple[str, ...]:
    """Return a list of texts, or raise `InvalidInstance` naming `path`."""
    return tuple(
        as_text(item, f"{path}[{place}]") for place, item in enumerate(as_list(value, path))
    )


def need(data: Json, name: str, path: str) -> object:
    """Return the value of a field that must be there, or raise `InvalidInstance` naming it."""
    if name not in data:
        raise InvalidInstance(f"{path}.{name}" if path else name, "is missing")
    return data[name]


def shown(value: object) -> str:
    """Return a value as a short text for an error message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
