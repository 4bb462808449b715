"""Put a draft into a record, field by field, and know whether anything changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from mealsvc.roster.drafts import Keep, Maybe, PlaceDraft
from mealsvc.roster.places import Located, Place


class Stamped(Protocol):
    """A record that knows when it was changed."""

    updated_at: datetime


class Placed(Located, Protocol):
    """A record whose place may come from a roster or from a hand."""

    roster_place: str | None
    placed_by_hand: bool


def assign(record: object, **values: Any) -> bool:  # noqa: ANN401 - any field
    """Set the fields that differ, leaving out those to keep; say whether anything changed."""
    changed = False
    for name, value in values.items():
        if isinstance(value, Keep):
            continue
        if isinstance(value, (list, tuple)):
            value = sorted(value)  # noqa: PLW2901 - word lists are kept sorted
        if getattr(record, name) != value:
            setattr(record, name, value)
            changed = True
    return changed


def put_place(record: Placed, place: Place) -> bool:
    """Store a place; say whether anything changed."""
    return assign(
        record,
        datum=place.datum,
        raw_lon=place.raw_lon,
        raw_lat=place.raw_lat,
        lon=place.lon,
        lat=place.lat,
        unlocated_reason=place.reason,
        unlocated_detail=place.detail,
    )


def take_place(record: Placed, draft: Maybe[PlaceDraft]) -> tuple[bool, bool]:
    """Store a roster's place unless a better one was set by hand.

    Returns
    -------
    tuple of bool
        Whether anything changed, and whether a place set by hand was kept although the roster's
        cannot be used.
    """
    if isinstance(draft, Keep):
        return False, False
    unusable = draft.place.reason is not None
    if record.placed_by_hand and record.lon is not None:
        if record.roster_place == draft.cells:
            return False, unusable
        if unusable:
            return assign(record, roster_place=draft.cells), True
    changed = put_place(record, draft.place)
    return assign(record, roster_place=draft.cells, placed_by_hand=False) or changed, False


class Directory[R]:
    """Records that others refer to, found by code or by a name that only one of them has.

    Parameters
    ----------
    records
        All of them.
    code, name
        How to get a record's code and name.
    """

    def __init__(
        self, records: Iterable[R], code: Callable[[R], str], name: Callable[[R], str]
    ) -> None:
        self._code = code
        self._name = name
        self._by_code: dict[str, R] = {}
        self._by_name: dict[str, list[R]] = {}
        for record in records:
            self.add(record)

    def add(self, record: R) -> None:
        """Add one."""
        self._by_code[self._code(record)] = record
        self._by_name.setdefault(self._name(record), []).append(record)

    def find(self, words: str | None) -> R | None:
        """Return the record of a code or name; None when there is none or several."""
        if words is None:
            return None
        named = self._by_name.get(words, [])
        return self._by_code.get(words) or (named[0] if len(named) == 1 else None)

    @property
    def by_code(self) -> Mapping[str, R]:
        """All records by code."""
        return self._by_code
