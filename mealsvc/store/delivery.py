"""What happened on the day: events, appended and never changed; state is computed from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mealsvc.day_words import EventKind, NotCounted, Outcome, Source
from mealsvc.store.columns import moment_field, word_field


class DeliveryEvent(SQLModel, table=True):
    """One event of a service's day.

    ``id`` counts up in the order of receipt (of one service: writers wait for each other). ``uid``
    is made by whoever reports, so that a report sent twice is kept once. ``happened_at`` is what
    counts: ``told_at`` of the phone's clock, corrected by how far that clock was off; where nobody
    told a time (``time_known`` is false) it is when the event was received. ``about`` names the
    uid of the event that this one replaces, takes back or answers. ``not_counted`` says why a
    report is kept apart: it changes no state. ``detail`` holds what only some kinds have.
    """

    __tablename__ = "delivery_event"
    __table_args__ = (
        UniqueConstraint("service_id", "uid"),
        CheckConstraint("(kind = 'outcome') = (outcome IS NOT NULL)", name="outcome_kind"),
        CheckConstraint("trip IS NULL OR trip >= 1", name="trip"),
        Index("ix_delivery_event_elder_id_happened_at", "elder_id", "happened_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    uid: str = Field(max_length=64)
    kind: EventKind = word_field(EventKind)
    source: Source = word_field(Source)
    courier_id: int | None = Field(default=None, foreign_key="courier.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="meal_order.id", index=True)
    elder_id: int | None = Field(default=None, foreign_key="elder.id")
    canteen_id: int | None = Field(default=None, foreign_key="canteen.id")
    trip: int | None = None
    revision: int | None = None
    outcome: Outcome | None = word_field(Outcome, default=None)
    about: str | None = Field(default=None, max_length=64)
    note: str | None = Field(default=None, max_length=500)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    happened_at: datetime = moment_field()
    time_known: bool = True
    told_at: datetime | None = moment_field(default=None)
    sent_at: datetime | None = moment_field(default=None)
    received_at: datetime = moment_field()
    reported_by: str = Field(max_length=80)
    not_counted: NotCounted | None = word_field(NotCounted, default=None)
