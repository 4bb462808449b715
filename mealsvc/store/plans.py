"""Plans: numbered revisions with every number of their summary, duties, trips and stops."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.store.couriers import Courier
from mealsvc.store.services import Order, Service
from mealsvc.vocabulary import RevisionState


class Plan(SQLModel, table=True):
    """The plan of one service; what it says is in its revisions."""

    __tablename__ = "plan"

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", unique=True)

    service: Service = Relationship()
    revisions: list["PlanRevision"] = Relationship(
        back_populates="plan", sa_relationship_kwargs={"order_by": "PlanRevision.number"}
    )


class PlanRevision(SQLModel, table=True):
    """One complete answer for a service; never changed after it is published.

    Portions and orders count deliveries and supplies; ``dine_in_portions`` and
    ``pick_up_portions`` are what the kitchen cooks besides. ``circle_share`` is the share of
    delivered portions handed over inside the circle (0 … 1). ``unlocated_orders`` have no usable
    place and are part of ``unserved_orders``. ``explanation`` is what ``routing.explain`` says
    of the plan, in its JSON form; None where no time was given to it.
    """

    __tablename__ = "plan_revision"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("circle_share BETWEEN 0 AND 1", name="circle_share"),
        CheckConstraint("bound IS NULL OR bound <= cost + 0.5", name="bound"),
        CheckConstraint("(published_at IS NULL) = (state = 'draft')", name="published"),
        Index(
            "uq_plan_revision_published",
            "plan_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    number: int
    state: RevisionState = word_field(RevisionState, default=RevisionState.DRAFT)
    created_at: datetime = moment_field()
    created_by: str = Field(max_length=80)
    published_at: datetime | None = moment_field(default=None)
    published_by: str | None = Field(default=None, max_length=80)

    orders: int
    portions: int
    served_orders: int
    served_portions: int
    unserved_orders: int
    unlocated_orders: int
    dine_in_portions: int
    pick_up_portions: int
    circle_portions: int
    circle_share: float
    couriers: int
    couriers_on_shift: int
    trips: int
    travel_seconds: int
    unfamiliar_orders: int
    cost: int
    bound: float | None = None
    solve_seconds: float
    seed: int
    streets_fingerprint: str = Field(max_length=80)
    instance: bytes = Field(sa_type=LargeBinary)
    explanation: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))

    plan: Plan = Relationship(back_populates="revisions")
    duties: list["Duty"] = Relationship(
        back_populates="revision",
        sa_relationship_kwargs={"order_by": "Duty.courier_id", "cascade": "all, delete-orphan"},
    )
    unserved: list["UnservedOrder"] = Relationship(
        back_populates="revision",
        sa_relationship_kwargs={
            "order_by": "UnservedOrder.order_id",
            "cascade": "all, delete-orphan",
        },
    )

    @property
    def gap(self) -> float | None:
        """Relative distance of the cost from its proven lower bound (0 = optimal)."""
        if self.bound is None:
            return None
        return 0.0 if self.cost <= 0 else max(0.0, (self.cost - self.bound) / self.cost)


class Duty(SQLModel, table=True):
    """The trips of one courier in one service."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("revision_id", "courier_id"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int | None = Field(
        default=None, nullable=False, foreign_key="plan_revision.id", index=True, ondelete="CASCADE"
    )
    courier_id: int = Field(foreign_key="courier.id", index=True)

    revision: PlanRevision = Relationship(back_populates="duties")
    courier: Courier = Relationship()
    trips: list["Trip"] = Relationship(
        back_populates="duty",
        sa_relationship_kwargs={"order_by": "Trip.number", "cascade": "all, delete-orphan"},
    )


class Trip(SQLModel, table=True):
    """Load at the canteen, visit the stops, return."""

    __tablename__ = "trip"
    __table_args__ = (
        UniqueConstraint("duty_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("loads_at <= departs_at", name="loading"),
        CheckConstraint("departs_at <= returns_at", name="return"),
    )

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int | None = Field(
        default=None, nullable=False, foreign_key="duty.id", index=True, ondelete="CASCADE"
    )
    number: int
    loads_at: datetime = moment_field()
    departs_at: datetime = moment_field()
    returns_at: datetime = moment_field()
    travel_seconds: int

    duty: Duty = Relationship(back_populates="trips")
    stops: list["Stop"] = Relationship(
        back_populates="trip",
        sa_relationship_kwargs={"order_by": "Stop.number", "cascade": "all, delete-orphan"},
    )


class Stop(SQLModel, table=True):
    """One order's hand-over on a trip; ``arrives_at`` is when the hand-over starts."""

    __tablename__ = "stop"
    __table_args__ = (
        UniqueConstraint("trip_id", "number"),
        UniqueConstraint("trip_id", "order_id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("ride_seconds >= 0", name="ride"),
    )

    id: int | None = Field(default=None, primary_key=True)
    trip_id: int | None = Field(
        default=None, nullable=False, foreign_key="trip.id", index=True, ondelete="CASCADE"
    )
    number: int
    order_id: int = Field(foreign_key="meal_order.id", index=True)
    arrives_at: datetime = moment_field()
    ride_seconds: int
    travel_seconds: int
    inside_circle: bool

    trip: Trip = Relationship(back_populates="stops")
    order: Order = Relationship()


class UnservedOrder(SQLModel, table=True):
    """An order that a revision leaves out, with a reason that can be checked."""

    __tablename__ = "unserved_order"
    __table_args__ = (UniqueConstraint("revision_id", "order_id"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int | None = Field(
        default=None, nullable=False, foreign_key="plan_revision.id", index=True, ondelete="CASCADE"
    )
    order_id: int = Field(foreign_key="meal_order.id", index=True)
    reason: str = Field(max_length=40)

    revision: PlanRevision = Relationship(back_populates="unserved")
    order: Order = Relationship()
