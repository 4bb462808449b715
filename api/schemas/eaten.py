"""Meals eaten elsewhere and person-meals over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.reports import Uid
from api.schemas.services import PersonOut
from api.schemas.shapes import In, Out
from mealsvc.desk.eaten import EatenEntry
from mealsvc.vocabulary import MealWay

Code = Annotated[str, Field(min_length=1, max_length=40)]


class EatenIn(In):
    """A meal that an elder ate in a canteen, or picked up there."""

    id: Uid
    elder: Code = Field(description="code of the file, as on the card", examples=["L0001"])
    way: MealWay = Field(description="dine_in or pick_up")
    canteen: Code = Field(examples=["ST01"])
    portions: int = Field(1, ge=1, le=20)

    def told(self) -> EatenEntry:
        """Return the entry."""
        said = self.model_dump(exclude={"id"})
        return EatenEntry(uid=self.id, **said)


class EatenOut(Out):
    """A meal eaten elsewhere."""

    uid: str
    elder: PersonOut | None
    way: MealWay
    canteen: str
    portions: int
    at: datetime
    by: str


class TakeBackIn(In):
    """Take back a record that was a mistake."""

    id: Uid = Field(description="of the taking back")


class PersonMealsOut(Out):
    """Served meals of one way."""

    persons: int
    portions: int


class DayMealsOut(Out):
    """Person-meals of a service, for which there is evidence."""

    ways: dict[MealWay, PersonMealsOut]
    persons: int = Field(description="different elders in all")
    twice: int = Field(description="served in more than one way: to be looked into")
