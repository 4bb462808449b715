"""Builders of small plans and events for tests of what happened on a day."""

from datetime import UTC, datetime, timedelta

from mealsvc.day_words import EventKind, Outcome, Source
from mealsvc.delivery import Event, PlannedService
from mealsvc.delivery.planned import PlannedDuty, PlannedStop, PlannedTrip

START = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def at(minutes):
    """A moment so many minutes after the start of the service."""
    return START + timedelta(minutes=minutes)


def trip(number, *orders, begins=0):
    stops = tuple(
        PlannedStop(order, place, at(begins + 5 + 5 * place), 300 * place, 1)
        for place, order in enumerate(orders, start=1)
    )
    return PlannedTrip(number, at(begins), at(begins + 5), at(begins + 60), stops)


def plan(*duties, revision=1):
    """A plan of duties, each ``(courier, trips…)``."""
    return PlannedService(revision, tuple(PlannedDuty(who, tuple(trips)) for who, *trips in duties))


def event(uid, kind, minutes, *, courier=1, order=None, source=Source.PHONE, **more):
    return Event(
        uid=uid,
        kind=kind,
        source=source,
        reported_by="test",
        happened_at=at(minutes),
        received_at=at(minutes),
        courier_id=courier,
        order_id=order,
        **more,
    )


def outcome(uid, order, minutes, what=Outcome.HANDED_OVER, **more):
    return event(uid, EventKind.OUTCOME, minutes, order=order, outcome=what, **more)


def departed(uid, minutes, *orders, **more):
    return event(uid, EventKind.DEPARTED, minutes, orders=orders, **more)
