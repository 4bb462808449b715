"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, TypeDecorator
from sqlmodel import Field


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware going in, aware (UTC) coming out, also where the database has no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass an aware datetime")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WordList(TypeDecorator[list[str]]):
    """A short list of words (diets, needs, skills), kept sorted and without repeats."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002
        """Sort, so that equal sets are equal in the database."""
        return sorted({str(word) for word in value or ()})


def word_field(kind: type[StrEnum], **extra: Any) -> Any:  # noqa: ANN401 - SQLModel's own type
    """Return a field that stores an enum's value as text, checked by the database.

    Parameters
    ----------
    kind
        The enum; the CHECK constraint lists its values.
    **extra
        Passed to :func:`sqlmodel.Field`.
    """
    kept = Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
    )
    return Field(sa_type=kept, **extra)


def moment_field(**extra: Any) -> Any:  # noqa: ANN401
    """Return a field for an aware moment."""
    return Field(sa_type=UtcDateTime, **extra)


def words_field(**extra: Any) -> Any:  # noqa: ANN401
    """Return a field for a short list of words, empty by default."""
    return Field(sa_type=WordList, default_factory=list, **extra)


def weekday_mask(days: Iterable[int]) -> int:
    """Return the bit mask of weekdays (Monday = 0), for tables that hold a weekday set.

    Examples
    --------
    >>> weekday_mask([0, 2, 4])
    21
    """
    mask = 0
    for day in days:
        if not 0 <= day <= 6:
            raise ValueError(f"weekday {day} is not 0 (Monday) … 6 (Sunday)")
        mask |= 1 << day
    return mask


def weekdays_of(mask: int) -> tuple[int, ...]:
    """Return the weekdays (Monday = 0) of a bit mask."""
    return tuple(day for day in range(7) if mask >> day & 1)
