"""Read one plan revision with everything its sheets mention, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func
from sqlmodel import Session, col, select

from mealsvc.sheets.changes import Visit, changed_couriers, relabelled
from mealsvc.sheets.visits import published_before, read_visits
from mealsvc.store import (
    Address,
    Canteen,
    Contact,
    Courier,
    Duty,
    Elder,
    MealPoint,
    Order,
    Plan,
    PlanRevision,
    Service,
    Stop,
    Trip,
    UnservedOrder,
)
from mealsvc.vocabulary import RevisionState


@dataclass(frozen=True)
class Records:
    """Rows of one revision and of the people, places and orders that it refers to.

    Attributes
    ----------
    before
        The published revision that this one replaces (or would replace, if it is a draft).
    published
        Number of the revision that is published now, if any.
    orders
        All orders of the service by id, cancelled ones too, because an old revision may hold them.
    visits, visits_before
        The stops of this revision and of the one before.
    """

    service: Service
    revision: PlanRevision
    before: PlanRevision | None
    published: int | None
    duties: list[Duty]
    trips: dict[int, list[Trip]]
    stops: dict[int, list[Stop]]
    unserved: list[UnservedOrder]
    visits: list[Visit]
    visits_before: list[Visit]
    orders: dict[int, Order]
    elders: dict[int, Elder]
    addresses: dict[int, Address]
    contacts: dict[int, list[Contact]]
    canteens: dict[int, Canteen]
    meal_points: dict[int, MealPoint]
    couriers: dict[int, Courier]

    @cached_property
    def relabelled(self) -> frozenset[int]:
        """Orders whose labels differ from those of the revision before; none without one."""
        return frozenset() if self.before is None else relabelled(self.visits, self.visits_before)

    @cached_property
    def changed_couriers(self) -> frozenset[int]:
        """Couriers whose duty differs from the revision before; none without one."""
        if self.before is None:
            return frozenset()
        published_at = self.revision.published_at
        return changed_couriers(self.visits, self.visits_before, published_at=published_at)


def known(value: int | None) -> int:
    """Return the id of a row that is stored (it is only empty before the first flush)."""
    if value is None:
        raise ValueError("this row has no id; it was never stored")
    return value


def read_records(session: Session, revision: PlanRevision) -> Records:
    """Read everything that the sheets of a revision mention."""
    service = session.exec(
        select(Service).join(Plan).where(Plan.id == revision.plan_id),
    ).one()
    service_id = known(service.id)
    before = published_before(session, revision)
    duties, trips, stops = _duties(session, known(revision.id))
    ordered = select(Order.elder_id).where(Order.service_id == service_id)
    whose = col(Elder.id).in_(ordered)
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for contact in session.exec(
        select(Contact).join(Elder).where(whose).order_by(col(Contact.elder_id), col(Contact.rank))
    ):
        contacts[known(contact.elder_id)].append(contact)
    orders = {
        known(order.id): order
        for order in session.exec(select(Order).where(Order.service_id == service_id))
    }
    return Records(
        service=service,
        revision=revision,
        before=before,
        published=session.exec(
            select(PlanRevision.number).where(
                PlanRevision.plan_id == revision.plan_id,
                PlanRevision.state == RevisionState.PUBLISHED,
            )
        ).first(),
        duties=duties,
        trips=trips,
        stops=stops,
        unserved=list(
            session.exec(
                select(UnservedOrder)
                .where(UnservedOrder.revision_id == revision.id)
                .order_by(col(UnservedOrder.order_id))
            )
        ),
        visits=read_visits(session, revision),
        visits_before=[] if before is None else read_visits(session, before),
        orders=orders,
        elders={known(row.id): row for row in session.exec(select(Elder).where(whose))},
        addresses={
            known(row.elder_id): row
            for row in session.exec(select(Address).join(Elder).where(whose))
        },
        contacts=dict(contacts),
        canteens={known(row.id): row for row in session.exec(select(Canteen))},
        meal_points={known(row.id): row for row in session.exec(select(MealPoint))},
        couriers={known(row.id): row for row in session.exec(select(Courier))},
    )


def _duties(
    session: Session, revision_id: int
) -> tuple[list[Duty], dict[int, list[Trip]], dict[int, list[Stop]]]:
    duties = list(
        session.exec(
            select(Duty)
            .join(Courier)
            .where(Duty.revision_id == revision_id)
            .order_by(func.lower(Courier.code), col(Courier.code))
        )
    )
    trips: dict[int, list[Trip]] = defaultdict(list)
    stops: dict[int, list[Stop]] = defaultdict(list)
    of_revision = select(Trip).join(Duty).where(Duty.revision_id == revision_id)
    for trip in session.exec(of_revision.order_by(col(Trip.number))):
        trips[known(trip.duty_id)].append(trip)
    of_trips = select(Stop).join(Trip).join(Duty).where(Duty.revision_id == revision_id)
    for stop in session.exec(of_trips.order_by(col(Stop.number))):
        stops[known(stop.trip_id)].append(stop)
    return duties, dict(trips), dict(stops)
