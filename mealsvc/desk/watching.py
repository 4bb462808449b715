"""What is new on a service's day, for consoles that listen: no names, only what to read again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session, col, func, select

from mealsvc.access import Caller
from mealsvc.day_words import EventKind, Outcome
from mealsvc.desk.services import require_service
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, DeliveryEvent, Elder, Order, Plan, PlanRevision, transaction
from mealsvc.vocabulary import Meal, RevisionState

MOST_NEWS = 500
"""Events that are told at once; whoever is farther behind reads everything again."""


@dataclass(frozen=True)
class NewEvent:
    """An event in short.

    Attributes
    ----------
    number
        Its place in the order of receipt; a stream is resumed after it.
    kind, order, courier, trip, outcome, counted, received_at
        What it tells about; ``counted`` is false for a report that is kept apart.
    canteens
        Ids of the canteens that keep the courier or the elder: who may hear of it.
    """

    number: int
    kind: EventKind
    order: int | None
    courier: str | None
    trip: int | None
    outcome: Outcome | None
    counted: bool
    received_at: datetime
    canteens: frozenset[int | None]

    def heard_by(self, caller: Caller) -> bool:
        """Return whether a caller may hear of it."""
        return caller.canteens is None or any(caller.sees(one) for one in self.canteens)

    @cached_property
    def said(self) -> str:
        """What is told, in JSON; put into words once for all who hear of it."""
        return json.dumps(
            {
                "kind": self.kind.value,
                "order": self.order,
                "courier": self.courier,
                "trip": self.trip,
                "outcome": self.outcome.value if self.outcome else None,
                "counted": self.counted,
                "received_at": self.received_at.isoformat(),
            }
        )


@dataclass(frozen=True)
class News:
    """What came after a number: events in order, and the revision in force.

    ``complete`` is false where there was more than is told at once.
    """

    events: tuple[NewEvent, ...]
    revision: int | None
    complete: bool = True


def service_and_newest(runtime: Runtime, day: date, meal: Meal) -> tuple[int, int]:
    """Return the id of a service and the number of its newest event (0: none).

    Raises
    ------
    NotFound
        If there is no such service.
    """
    with transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        query = select(func.max(col(DeliveryEvent.id))).where(
            DeliveryEvent.service_id == service.id
        )
        return service.id or 0, session.exec(query).one() or 0


def read_news(runtime: Runtime, service_id: int, after: int) -> News:
    """Return what came in of a service after an event's number."""
    with transaction(runtime.engine) as session:
        query = (
            select(DeliveryEvent, Courier.code, Courier.canteen_id, Order.canteen_id)
            .add_columns(col(Elder.canteen_id))
            .join(Courier, col(Courier.id) == DeliveryEvent.courier_id, isouter=True)
            .join(Order, col(Order.id) == DeliveryEvent.order_id, isouter=True)
            .join(Elder, col(Elder.id) == Order.elder_id, isouter=True)
            .where(col(DeliveryEvent.service_id) == service_id, col(DeliveryEvent.id) > after)
            .order_by(col(DeliveryEvent.id))
            .limit(MOST_NEWS + 1)
        )
        rows = session.execute(query).all()
        revision = _revision(session, service_id)
    events = tuple(_new_event(*row) for row in rows[:MOST_NEWS])
    return News(events, revision, complete=len(rows) <= MOST_NEWS)


def _revision(session: Session, service_id: int) -> int | None:
    return session.exec(
        select(PlanRevision.number)
        .join(Plan)
        .where(Plan.service_id == service_id, PlanRevision.state == RevisionState.PUBLISHED)
    ).first()


def _new_event(row: DeliveryEvent, courier: str | None, *canteens: int | None) -> NewEvent:
    return NewEvent(
        number=row.id or 0,
        kind=row.kind,
        order=row.order_id,
        courier=courier,
        trip=row.trip,
        outcome=row.outcome,
        counted=row.not_counted is None,
        received_at=row.received_at,
        canteens=frozenset((*canteens, row.canteen_id)),
    )
