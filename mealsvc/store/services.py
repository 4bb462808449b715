"""Services (one date, one meal) and the orders that they hold."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field, words_field
from mealsvc.store.people import Elder
from mealsvc.store.sites import Canteen, MealPoint
from mealsvc.vocabulary import Meal, OrderKind


class Service(SQLModel, table=True):
    """One date and one meal: the unit that is planned."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("day", "meal"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    meal: Meal = word_field(Meal)
    frozen_at: datetime | None = moment_field(default=None)

    orders: list["Order"] = Relationship(back_populates="service")


class Order(SQLModel, table=True):
    """One elder's portions in one service, or the portions that supply a meal point.

    ``canteen_id`` is who serves a dine-in (or a pick-up without a meal point) or supplies a meal
    point; for a delivery to the door it stays empty, since the plan chooses. ``part`` tells apart
    the supply orders of one meal point (split to fit boxes). An order that is no longer wanted is
    kept, ``cancelled``, because plans refer to it.
    """

    __tablename__ = "meal_order"
    __table_args__ = (
        CheckConstraint("portions >= 1", name="portions"),
        CheckConstraint("priority >= 0", name="priority"),
        CheckConstraint("handover_seconds IS NULL OR handover_seconds >= 0", name="handover"),
        CheckConstraint("(kind = 'supply') = (elder_id IS NULL)", name="elder"),
        CheckConstraint("kind <> 'supply' OR meal_point_id IS NOT NULL", name="supply"),
        CheckConstraint("(window_from IS NULL) = (window_to IS NULL)", name="window_pair"),
        CheckConstraint("window_from IS NULL OR window_from < window_to", name="window"),
        Index("uq_meal_order_elder", "service_id", "elder_id", unique=True),
        Index(
            "uq_meal_order_supply",
            "service_id",
            "meal_point_id",
            "part",
            unique=True,
            sqlite_where=text("kind = 'supply'"),
            postgresql_where=text("kind = 'supply'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    kind: OrderKind = word_field(OrderKind)
    elder_id: int | None = Field(default=None, foreign_key="elder.id", index=True)
    meal_point_id: int | None = Field(default=None, foreign_key="meal_point.id", index=True)
    canteen_id: int | None = Field(default=None, foreign_key="canteen.id", index=True)
    part: int = 1
    portions: int
    diets: list[str] = words_field()
    needs: list[str] = words_field()
    priority: int = 1
    window_from: time | None = None
    window_to: time | None = None
    handover_seconds: int | None = None
    usual_courier_id: int | None = Field(default=None, foreign_key="courier.id")
    note: str | None = Field(default=None, max_length=500)
    cancelled: bool = False

    service: Service = Relationship(back_populates="orders")
    elder: Elder | None = Relationship()
    meal_point: MealPoint | None = Relationship()
    canteen: Canteen | None = Relationship()
