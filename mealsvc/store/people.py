"""Elders: one person one file, with contacts, address, standing orders, pauses and changes."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field, words_field
from mealsvc.store.typed_names import keep_typed, typed_as_field
from mealsvc.vocabulary import (
    CareLevel,
    EndReason,
    Hardship,
    Meal,
    MealWay,
    Sex,
    UnlocatedReason,
)


@keep_typed("name")
class Elder(SQLModel, table=True):
    """A person who receives meals.

    ``canteen_id`` is the canteen whose manager keeps the file (``canteen_given`` tells whether the
    roster named it or it was derived from meal point, usual courier or distance); which canteen
    cooks a delivered meal is the plan's choice.
    """

    __tablename__ = "elder"
    __table_args__ = (
        CheckConstraint("handover_seconds IS NULL OR handover_seconds >= 0", name="handover"),
        CheckConstraint("priority IS NULL OR priority >= 0", name="priority"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80, index=True)
    typed_as: str = typed_as_field()
    sex: Sex | None = word_field(Sex, default=None)
    birth_date: date | None = None
    phone: str | None = Field(default=None, max_length=32)
    care_level: CareLevel = word_field(CareLevel, default=CareLevel.INDEPENDENT)
    lives_alone: bool = False
    hardship: Hardship | None = word_field(Hardship, default=None)
    diets: list[str] = words_field()
    door_note: str | None = Field(default=None, max_length=500)
    canteen_id: int | None = Field(default=None, foreign_key="canteen.id", index=True)
    canteen_given: bool = False
    meal_point_id: int | None = Field(default=None, foreign_key="meal_point.id", index=True)
    usual_courier_id: int | None = Field(default=None, foreign_key="courier.id", index=True)
    handover_seconds: int | None = None
    priority: int | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = word_field(EndReason, default=None)
    created_at: datetime = moment_field()
    updated_at: datetime = moment_field()

    address: "Address" = Relationship(
        back_populates="elder",
        sa_relationship_kwargs={"uselist": False, "cascade": "all, delete-orphan"},
    )
    contacts: list["Contact"] = Relationship(
        back_populates="elder",
        sa_relationship_kwargs={"order_by": "Contact.rank", "cascade": "all, delete-orphan"},
    )
    standing_orders: list["StandingOrder"] = Relationship(
        back_populates="elder",
        sa_relationship_kwargs={
            "order_by": "StandingOrder.meal, StandingOrder.valid_from",
            "cascade": "all, delete-orphan",
        },
    )
    pauses: list["Pause"] = Relationship(
        back_populates="elder",
        sa_relationship_kwargs={"order_by": "Pause.first_day", "cascade": "all, delete-orphan"},
    )
    order_changes: list["OrderChange"] = Relationship(
        back_populates="elder",
        sa_relationship_kwargs={"order_by": "OrderChange.day", "cascade": "all, delete-orphan"},
    )


class Contact(SQLModel, table=True):
    """Whom to call when the elder does not answer; rank 1 is called first."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("elder_id", "rank"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    id: int | None = Field(default=None, primary_key=True)
    elder_id: int | None = Field(
        default=None, nullable=False, foreign_key="elder.id", ondelete="CASCADE"
    )
    rank: int = 1
    name: str = Field(max_length=80)
    phone: str | None = Field(default=None, max_length=32)
    relation: str | None = Field(default=None, max_length=40)

    elder: Elder = Relationship(back_populates="contacts")


@keep_typed("compound")
class Address(SQLModel, table=True):
    """Where the elder lives: the postal parts, and a place on the map or the reason why none.

    ``raw_lon``/``raw_lat`` are what the source gave, in ``datum``; ``lon``/``lat`` are WGS-84.
    ``roster_place`` is what the last imported roster said, verbatim, so that a place set by hand
    (``placed_by_hand``) survives a roster that only repeats itself.
    """

    __tablename__ = "address"
    __table_args__ = (
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="pair"),
        CheckConstraint("(lon IS NULL) <> (unlocated_reason IS NULL)", name="located"),
        CheckConstraint(
            "lon IS NULL OR (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90)", name="range"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    elder_id: int | None = Field(
        default=None, nullable=False, foreign_key="elder.id", unique=True, ondelete="CASCADE"
    )
    compound: str | None = Field(default=None, max_length=120, index=True)
    typed_as: str = typed_as_field()
    building: str | None = Field(default=None, max_length=40)
    unit: str | None = Field(default=None, max_length=40)
    floor: int | None = None
    lift: bool | None = None
    room: str | None = Field(default=None, max_length=40)
    datum: str | None = Field(default=None, max_length=16)
    raw_lon: str | None = Field(default=None, max_length=64)
    raw_lat: str | None = Field(default=None, max_length=64)
    lon: float | None = None
    lat: float | None = None
    unlocated_reason: UnlocatedReason | None = word_field(UnlocatedReason, default=None, index=True)
    unlocated_detail: str | None = Field(default=None, max_length=300)
    roster_place: str | None = Field(default=None, max_length=200)
    placed_by_hand: bool = False

    elder: Elder = Relationship(back_populates="address")

    @property
    def text(self) -> str:
        """The address as one line, as it is spoken: compound, building, unit, room."""
        return spoken(self.compound, self.building, self.unit, self.room)


def spoken(*parts: str | None) -> str:
    """Return the parts of an address as one line: compound, building, unit, room."""
    return "".join(part for part in parts if part)


class StandingOrder(SQLModel, table=True):
    """What an elder eats on which weekdays (bit 0 = Monday), until paused or ended."""

    __tablename__ = "standing_order"
    __table_args__ = (
        UniqueConstraint("elder_id", "meal", "valid_from"),
        CheckConstraint("portions >= 1", name="portions"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        CheckConstraint("(window_from IS NULL) = (window_to IS NULL)", name="window_pair"),
        CheckConstraint("window_from IS NULL OR window_from < window_to", name="window"),
    )

    id: int | None = Field(default=None, primary_key=True)
    elder_id: int | None = Field(
        default=None, nullable=False, foreign_key="elder.id", index=True, ondelete="CASCADE"
    )
    meal: Meal = word_field(Meal)
    way: MealWay = word_field(MealWay)
    portions: int = 1
    weekdays: int = 127
    valid_from: date
    valid_to: date | None = None
    window_from: time | None = None
    window_to: time | None = None

    elder: Elder = Relationship(back_populates="standing_orders")


class Pause(SQLModel, table=True):
    """Days without meals (hospital, travel); no last day means until further notice."""

    __tablename__ = "pause"
    __table_args__ = (CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),)

    id: int | None = Field(default=None, primary_key=True)
    elder_id: int | None = Field(
        default=None, nullable=False, foreign_key="elder.id", index=True, ondelete="CASCADE"
    )
    first_day: date
    last_day: date | None = None
    reason: str | None = Field(default=None, max_length=120)

    elder: Elder = Relationship(back_populates="pauses")


class OrderChange(SQLModel, table=True):
    """A one-off change of one elder's meal on one day; 0 portions cancels it."""

    __tablename__ = "order_change"
    __table_args__ = (
        UniqueConstraint("elder_id", "day", "meal"),
        CheckConstraint("portions >= 0", name="portions"),
        CheckConstraint("(window_from IS NULL) = (window_to IS NULL)", name="window_pair"),
        CheckConstraint("window_from IS NULL OR window_from < window_to", name="window"),
    )

    id: int | None = Field(default=None, primary_key=True)
    elder_id: int | None = Field(
        default=None, nullable=False, foreign_key="elder.id", index=True, ondelete="CASCADE"
    )
    day: date = Field(index=True)
    meal: Meal = word_field(Meal)
    portions: int
    way: MealWay | None = word_field(MealWay, default=None)
    window_from: time | None = None
    window_to: time | None = None
    note: str | None = Field(default=None, max_length=300)
    made_at: datetime = moment_field()
    made_by: str | None = Field(default=None, max_length=80)

    elder: Elder = Relationship(back_populates="order_changes")
