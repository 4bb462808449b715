"""Canteens with their capacity per meal, and the meal points that they supply."""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.vocabulary import Meal, UnlocatedReason


class Canteen(SQLModel, table=True):
    """A kitchen that cooks, serves dine-in and loads couriers."""

    __tablename__ = "canteen"
    __table_args__ = (
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="pair"),
        CheckConstraint("(lon IS NULL) <> (unlocated_reason IS NULL)", name="located"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80)
    address: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=32)
    datum: str | None = Field(default=None, max_length=16)
    raw_lon: str | None = Field(default=None, max_length=64)
    raw_lat: str | None = Field(default=None, max_length=64)
    lon: float | None = None
    lat: float | None = None
    unlocated_reason: UnlocatedReason | None = word_field(UnlocatedReason, default=None)
    unlocated_detail: str | None = Field(default=None, max_length=300)
    roster_place: str | None = Field(default=None, max_length=200)
    placed_by_hand: bool = False
    note: str | None = Field(default=None, max_length=500)
    active: bool = True
    created_at: datetime = moment_field()
    updated_at: datetime = moment_field()

    meals: list["CanteenMeal"] = Relationship(
        back_populates="canteen",
        sa_relationship_kwargs={"order_by": "CanteenMeal.meal", "cascade": "all, delete-orphan"},
    )
    meal_points: list["MealPoint"] = Relationship(back_populates="canteen")


class CanteenMeal(SQLModel, table=True):
    """How many portions a canteen cooks for a meal, and between which times couriers load."""

    __tablename__ = "canteen_meal"
    __table_args__ = (
        UniqueConstraint("canteen_id", "meal"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("opens < closes", name="hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    canteen_id: int | None = Field(
        default=None, nullable=False, foreign_key="canteen.id", ondelete="CASCADE"
    )
    meal: Meal = word_field(Meal)
    capacity: int
    opens: time
    closes: time

    canteen: Canteen = Relationship(back_populates="meals")


class MealPoint(SQLModel, table=True):
    """A place where elders collect or eat meals that a canteen sends."""

    __tablename__ = "meal_point"
    __table_args__ = (
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("opens < closes", name="hours"),
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="pair"),
        CheckConstraint("(lon IS NULL) <> (unlocated_reason IS NULL)", name="located"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80)
    address: str | None = Field(default=None, max_length=200)
    canteen_id: int = Field(foreign_key="canteen.id", index=True)
    capacity: int
    opens: time
    closes: time
    datum: str | None = Field(default=None, max_length=16)
    raw_lon: str | None = Field(default=None, max_length=64)
    raw_lat: str | None = Field(default=None, max_length=64)
    lon: float | None = None
    lat: float | None = None
    unlocated_reason: UnlocatedReason | None = word_field(UnlocatedReason, default=None)
    unlocated_detail: str | None = Field(default=None, max_length=300)
    roster_place: str | None = Field(default=None, max_length=200)
    placed_by_hand: bool = False
    note: str | None = Field(default=None, max_length=500)
    active: bool = True
    created_at: datetime = moment_field()
    updated_at: datetime = moment_field()

    canteen: Canteen = Relationship(back_populates="meal_points")
