"""What a courier carries by the plan in force, and what earlier published revisions gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from mealsvc.store import Duty, Plan, PlanRevision, Stop, Trip
from mealsvc.vocabulary import RevisionState


@dataclass(frozen=True)
class Carried:
    """Orders of one courier in one service.

    Attributes
    ----------
    trips
        Orders by revision and number of the trip, of every revision that was ever published.
    present
        Number of the revision in force; None where none is.
    """

    trips: dict[tuple[int, int], tuple[int, ...]]
    present: int | None

    @property
    def ever(self) -> frozenset[int]:
        """Every order that the courier was ever given."""
        return frozenset(order for orders in self.trips.values() for order in orders)

    @property
    def now(self) -> frozenset[int]:
        """Orders of the plan in force."""
        return frozenset(
            order
            for (revision, _), orders in self.trips.items()
            for order in orders
            if revision == self.present
        )

    def trip(self, revision: int | None, number: int) -> tuple[int, ...]:
        """Return the orders of a trip (default: of the revision in force); empty: no such trip."""
        return self.trips.get((revision or self.present or 0, number), ())


def read_carried(session: Session, service_id: int, courier_id: int) -> Carried:
    """Return what a courier was given in a service, by every published revision of its plan."""
    given: dict[tuple[int, int], list[int]] = defaultdict(list)
    asked = {"service_id": service_id, "courier_id": courier_id}
    for revision, trip, order_id in session.execute(_GIVEN, asked):
        given[revision, trip].append(order_id)
    present = session.execute(_PRESENT, {"service_id": service_id}).scalar()
    return Carried({key: tuple(orders) for key, orders in given.items()}, present)


_GIVEN = (
    select(PlanRevision.number, Trip.number, Stop.order_id)
    .join(Plan, col(Plan.id) == PlanRevision.plan_id)
    .join(Duty, col(Duty.revision_id) == PlanRevision.id)
    .join(Trip, col(Trip.duty_id) == Duty.id)
    .join(Stop, col(Stop.trip_id) == Trip.id)
    .where(
        col(Plan.service_id) == bindparam("service_id"),
        col(Duty.courier_id) == bindparam("courier_id"),
        col(PlanRevision.published_at).is_not(None),
    )
    .order_by(col(PlanRevision.number), col(Trip.number), col(Stop.number))
)
_PRESENT = (
    select(PlanRevision.number)
    .join(Plan, col(Plan.id) == PlanRevision.plan_id)
    .where(
        col(Plan.service_id) == bindparam("service_id"),
        col(PlanRevision.state).in_((RevisionState.PUBLISHED, RevisionState.CLOSED)),
    )
    .order_by(col(PlanRevision.number).desc())
)
