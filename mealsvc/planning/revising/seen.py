"""What reports say about trips: who left with what, which doors are done."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mealsvc.day_words import StopStatus
from mealsvc.delivery import ServiceState, StopState, read_state
from mealsvc.planning.revising.in_force import TripSeen


def trips_seen(session: Session, service_id: int) -> tuple[TripSeen, ...]:
    """Return what was reported of each trip of the plan in force; trips without a report too."""
    return of_state(read_state(session, service_id))


def of_state(state: ServiceState) -> tuple[TripSeen, ...]:
    """Return what a state says of each trip.

    A stop counts as visited by its courier, whatever came of it. Where a sheet was keyed in without
    times, the planned moment is taken. What somebody else than the plan's courier reported does not
    tell where the courier is.
    """
    return tuple(
        TripSeen(
            courier_id=duty.courier_id,
            order_ids=frozenset(stop.order_id for stop in trip.stops),
            departed=trip.departed_at,
            visited={
                stop.order_id: moment
                for stop in trip.stops
                if (moment := _visited(stop, duty.courier_id)) is not None
            },
            returned=trip.returned_at,
            handed_back=duty.handed_back_at is not None,
        )
        for duty in state.duties
        for trip in duty.trips
    )


def _visited(stop: StopState, courier_id: int) -> datetime | None:
    if stop.status is not StopStatus.SETTLED or stop.by_courier_id not in (None, courier_id):
        return None
    if stop.time_known or stop.planned is None:
        return stop.at
    return stop.planned.arrives_at
