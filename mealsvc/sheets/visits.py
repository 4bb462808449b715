"""Read the stops of plan revisions as far as comparing needs them, and which came before which."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from mealsvc.planning.facts import order_said, snapshot_of
from mealsvc.planning.stored import orders_planned
from mealsvc.sheets.changes import Visit
from mealsvc.store import Duty, Order, PlanRevision, Stop, Trip


def published_before(session: Session, revision: PlanRevision) -> PlanRevision | None:
    """Return the revision published last before this one was (or now, if it is a draft)."""
    earlier = select(PlanRevision).where(
        PlanRevision.plan_id == revision.plan_id,
        PlanRevision.id != revision.id,
        col(PlanRevision.published_at).is_not(None),
    )
    if revision.published_at is not None:
        earlier = earlier.where(
            or_(
                col(PlanRevision.published_at) < revision.published_at,
                (col(PlanRevision.published_at) == revision.published_at)
                & (col(PlanRevision.number) < revision.number),
            )
        )
    newest_first = col(PlanRevision.published_at).desc(), col(PlanRevision.number).desc()
    return session.exec(earlier.order_by(*newest_first)).first()


def read_visits(session: Session, revision: PlanRevision) -> list[Visit]:
    """Return the stops of a revision; each order says what it said when that was planned."""
    rows = session.execute(_VISITS.where(col(Duty.revision_id) == revision.id)).all()
    said = orders_planned(revision)
    missing = {order_id for order_id, *_ in rows} - said.keys()
    if missing:  # nobody planned with these: what they say now is all that is known
        orders = session.exec(select(Order).where(col(Order.id).in_(missing)))
        said |= {int(name): order_said(one) for name, one in snapshot_of(orders).items()}
    visits = []
    for order_id, courier_id, trip, number, arrives_at in rows:
        order = said[order_id]
        visits.append(
            Visit(
                order_id=order_id,
                courier_id=courier_id,
                trip=trip,
                number=number,
                arrives_at=arrives_at,
                portions=order.portions,
                window=order.window,
                place=order.place,
            )
        )
    return visits


_VISITS = (
    select(Stop.order_id, Duty.courier_id, Trip.number)
    .add_columns(col(Stop.number), col(Stop.arrives_at))
    .join(Trip, col(Trip.id) == Stop.trip_id)
    .join(Duty, col(Duty.id) == Trip.duty_id)
)
