"""The day itself: proposed revisions of a published plan, and what must stay as it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.vocabulary import ProposalState


class Proposal(SQLModel, table=True):
    """A revision that somebody may accept, worked out from one published revision.

    ``content`` says what was asked and what would change, in ids; ``problem`` and ``answer`` are
    the instance and the plan that acceptance publishes. ``revision`` is the number it got.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'accepted') = (revision IS NOT NULL)", name="accepted"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    based_on: int
    state: ProposalState = word_field(ProposalState, default=ProposalState.OPEN)
    made_at: datetime = moment_field()
    made_by: str = Field(max_length=80)
    decided_at: datetime | None = moment_field(default=None)
    decided_by: str | None = Field(default=None, max_length=80)
    revision: int | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    problem: bytes = Field(sa_type=LargeBinary)


class PlanLock(SQLModel, table=True):
    """An order that stays with its courier, or a courier whose duty stays as it is."""

    __tablename__ = "plan_lock"
    __table_args__ = (
        CheckConstraint("(order_id IS NULL) <> (courier_id IS NULL)", name="one"),
        UniqueConstraint("plan_id", "order_id"),
        UniqueConstraint("plan_id", "courier_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="meal_order.id")
    courier_id: int | None = Field(default=None, foreign_key="courier.id")
    made_at: datetime = moment_field()
    made_by: str = Field(max_length=80)
