"""Codes of canteens, meal points and couriers for their database ids, read once per answer."""

from __future__ import annotations

from sqlmodel import Session, SQLModel

from mealsvc.store import Canteen, Courier, MealPoint


class Codes:
    """Turns ids into the codes that people know; the session remembers what was read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def canteen(self, key: int | None) -> str | None:
        """Return a canteen's code."""
        return self._code(Canteen, key)

    def meal_point(self, key: int | None) -> str | None:
        """Return a meal point's code."""
        return self._code(MealPoint, key)

    def courier(self, key: int | None) -> str | None:
        """Return a courier's code."""
        return self._code(Courier, key)

    def _code(self, table: type[SQLModel], key: int | None) -> str | None:
        found = self._session.get(table, key) if key is not None else None
        return str(getattr(found, "code")) if found is not None else None  # noqa: B009
