"""What a courier carries by the plan in force, and what earlier published revisions gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

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
    query = (
        select(PlanRevision.number, Trip.number, Stop.order_id)
        .join(Plan, col(Plan.id) == PlanRevision.plan_id)
        .join(Duty, col(Duty.revision_id) == PlanRevision.id)
        .join(Trip, col(Trip.duty_id) == Duty.id)
        .join(Stop, col(Stop.trip_id) == Trip.id)
        .where(
            Plan.service_id == service_id,
            Duty.courier_id == courier_id,
            col(PlanRevision.published_at).is_not(None),
        )
        .order_by(col(PlanRevision.number), col(Trip.number), col(Stop.number))
    )
    for revision, trip, order_id in session.exec(query):
        given[revision, trip].append(order_id)
    present = session.exec(
        select(PlanRevision.number)
        .join(Plan, col(Plan.id) == PlanRevision.plan_id)
        .where(
            Plan.service_id == service_id,
            col(PlanRevision.state).in_((RevisionState.PUBLISHED, RevisionState.CLOSED)),
        )
        .order_by(col(PlanRevision.number).desc())
    ).first()
    return Carried({key: tuple(orders) for key, orders in given.items()}, present)
