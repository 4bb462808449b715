"""Couriers: travel mode, boxes, skills, shifts by weekday and days away."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field, words_field
from mealsvc.store.sites import Canteen
from mealsvc.store.typed_names import keep_typed, typed_as_field
from mealsvc.vocabulary import CourierKind, Mode


@keep_typed("name")
class Courier(SQLModel, table=True):
    """A volunteer, staff member or platform rider; every trip starts and ends at the canteen."""

    __tablename__ = "courier"
    __table_args__ = (
        CheckConstraint("boxes >= 0", name="boxes"),
        CheckConstraint("max_trips IS NULL OR max_trips >= 1", name="max_trips"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80, index=True)
    typed_as: str = typed_as_field()
    phone: str | None = Field(default=None, max_length=32)
    kind: CourierKind = word_field(CourierKind, default=CourierKind.VOLUNTEER)
    canteen_id: int = Field(foreign_key="canteen.id", index=True)
    mode: Mode = word_field(Mode, default=Mode.EBIKE)
    boxes: int
    skills: list[str] = words_field()
    max_trips: int | None = None
    note: str | None = Field(default=None, max_length=500)
    active: bool = True
    created_at: datetime = moment_field()
    updated_at: datetime = moment_field()

    canteen: Canteen = Relationship()
    shifts: list["Shift"] = Relationship(
        back_populates="courier",
        sa_relationship_kwargs={"order_by": "Shift.starts", "cascade": "all, delete-orphan"},
    )
    absences: list["Absence"] = Relationship(
        back_populates="courier",
        sa_relationship_kwargs={"order_by": "Absence.first_day", "cascade": "all, delete-orphan"},
    )


class Shift(SQLModel, table=True):
    """Time that a courier offers on some weekdays (bit 0 = Monday), local time."""

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("courier_id", "weekdays", "starts"),
        CheckConstraint("starts < ends", name="hours"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
    )

    id: int | None = Field(default=None, primary_key=True)
    courier_id: int | None = Field(
        default=None, nullable=False, foreign_key="courier.id", index=True, ondelete="CASCADE"
    )
    weekdays: int = 127
    starts: time
    ends: time

    courier: Courier = Relationship(back_populates="shifts")


class Absence(SQLModel, table=True):
    """Days on which a courier cannot come; no last day means until further notice."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),)

    id: int | None = Field(default=None, primary_key=True)
    courier_id: int | None = Field(
        default=None, nullable=False, foreign_key="courier.id", index=True, ondelete="CASCADE"
    )
    first_day: date
    last_day: date | None = None
    reason: str | None = Field(default=None, max_length=120)

    courier: Courier = Relationship(back_populates="absences")
