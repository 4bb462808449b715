"""How long the hand-over at an elder's door takes, learnt from what really happened.

Couriers report when a meal is handed over. Between two reports of one trip lie the way, which the
plan knows, and the hand-over with the way up and down; so a hand-over took what is left of the time
between them. Taps are unreliable, so:

* An interval counts only where both ends are known: a forgotten tap spoils the interval after it.
* Taps less than :data:`BURST` apart, or against the order of the trip, were made later from memory:
  they, and the interval after them, do not count.
* What is left must be a time that a hand-over can take; of an elder's times the median counts
  once those farther than three scaled median absolute deviations from it are left out (Leys et al.
  2013, "Detecting outliers: do not use standard deviation around the mean, use absolute deviation
  around the median").
* Few times are mixed with the rule of thumb by credibility, n / (n + :data:`WEIGHT_OF_THE_RULE`)
  (Bühlmann 1967, "Experience rating and credibility").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlmodel import Session, col, select

from mealsvc.day_words import EventKind, Outcome
from mealsvc.delivery.events import Event, event_of, standing
from mealsvc.store import DeliveryEvent, Duty, Order, Plan, PlanRevision, Service, Stop, Trip
from mealsvc.vocabulary import RevisionState

LOOK_BACK = timedelta(days=42)
"""How far back times count; people and doors change."""

BURST = 10.0
"""Seconds: nobody hands over at two doors in less."""

SHORTEST, LONGEST = 15.0, 1200.0
"""Seconds that a hand-over can take."""

LEAST_SAMPLES = 5
"""Times that are needed before anything is learnt."""

WEIGHT_OF_THE_RULE = 5
"""The rule of thumb weighs as much as so many times."""


@dataclass(frozen=True)
class Leg:
    """A stop of a trip as planned: whose order, how many seconds of way lead to it."""

    order_id: int
    elder_id: int | None
    travel_seconds: int


@dataclass(frozen=True)
class Tap:
    """When an outcome was reported; ``handed_over`` is false for every other outcome."""

    at: datetime
    handed_over: bool


@dataclass(frozen=True)
class Lesson:
    """What was learnt of one elder's door: the median in seconds, of how many times."""

    seconds: float
    samples: int


def samples_of(
    legs: Sequence[Leg], taps: Mapping[int, Tap], departed: datetime | None
) -> dict[int, float]:
    """Return the seconds that hand-overs of one trip took, by order, where they can be known.

    Parameters
    ----------
    legs
        The stops in the order of the plan.
    taps
        Reports by order; a stop without one was forgotten.
    departed
        When the trip left, if reported.
    """
    moments = [departed, *(taps[leg.order_id].at if leg.order_id in taps else None for leg in legs)]
    gaps = [
        None if before is None or after is None else (after - before).total_seconds()
        for before, after in pairwise(moments)
    ]
    rushed = [gap is not None and gap < BURST for gap in gaps]
    found: dict[int, float] = {}
    for place, (leg, gap) in enumerate(zip(legs, gaps, strict=True)):
        if gap is None or not taps[leg.order_id].handed_over:
            continue
        if any(rushed[max(0, place - 1) : place + 2]):  # it, the one before, or the one after
            continue
        seconds = gap - leg.travel_seconds
        if SHORTEST <= seconds <= LONGEST:
            found[leg.order_id] = seconds
    return found


def lesson_of(samples: Sequence[float]) -> Lesson | None:
    """Return what an elder's times teach; None while there are too few."""
    if len(samples) < LEAST_SAMPLES:
        return None
    middle = median(samples)
    spread = 1.4826 * median(abs(one - middle) for one in samples)
    near = [one for one in samples if abs(one - middle) <= 3 * spread]
    if len(near) < LEAST_SAMPLES:
        return None
    return Lesson(median(near), len(near))


def blended(rule_seconds: int, lesson: Lesson | None) -> int:
    """Return the seconds to plan with: the rule of thumb, moved as far as times are credible."""
    if lesson is None:
        return rule_seconds
    weight = lesson.samples / (lesson.samples + WEIGHT_OF_THE_RULE)
    return round(weight * lesson.seconds + (1 - weight) * rule_seconds)


def read_lessons(session: Session, before: date) -> dict[int, Lesson]:
    """Return what the services of the last weeks teach, by elder.

    Parameters
    ----------
    session
        The transaction.
    before
        Services of this day and later are not looked at.
    """
    times: dict[int, list[float]] = defaultdict(list)
    events = _events(session, before)
    for (service_id, courier_id, _), legs in _trips(session, before).items():
        told = [one for one in events.get(service_id, ()) if one.courier_id == courier_id]
        if not told:
            continue
        elders = {leg.order_id: leg.elder_id for leg in legs}
        for order_id, seconds in samples_of(legs, _taps(told), _departed(told, legs)).items():
            elder_id = elders[order_id]
            if elder_id is not None:
                times[elder_id].append(seconds)
    lessons = {elder_id: lesson_of(found) for elder_id, found in times.items()}
    return {elder_id: lesson for elder_id, lesson in lessons.items() if lesson is not None}


def _trips(session: Session, before: date) -> dict[tuple[int, int, int], list[Leg]]:
    """Return the trips of plans that were in force, by service, courier and trip."""
    query = (
        select(Plan.service_id, Duty.courier_id, Trip.id, Stop.order_id)
        .add_columns(col(Order.elder_id), col(Stop.travel_seconds))
        .join(PlanRevision, col(PlanRevision.plan_id) == Plan.id)
        .join(Duty, col(Duty.revision_id) == PlanRevision.id)
        .join(Trip, col(Trip.duty_id) == Duty.id)
        .join(Stop, col(Stop.trip_id) == Trip.id)
        .join(Order, col(Order.id) == Stop.order_id)
        .join(Service, col(Service.id) == Plan.service_id)
        .where(
            col(Service.day).between(before - LOOK_BACK, before - timedelta(days=1)),
            col(PlanRevision.state).in_((RevisionState.PUBLISHED, RevisionState.CLOSED)),
        )
        .order_by(col(Trip.id), col(Stop.number))
    )
    trips: dict[tuple[int, int, int], list[Leg]] = defaultdict(list)
    for service_id, courier_id, trip_id, order_id, elder_id, travel in session.execute(query):
        trips[service_id, courier_id, trip_id].append(Leg(order_id, elder_id, travel))
    return trips


def _events(session: Session, before: date) -> dict[int, list[Event]]:
    """Return the standing events by service, oldest first."""
    query = (
        select(DeliveryEvent)
        .join(Service, col(Service.id) == DeliveryEvent.service_id)
        .where(
            col(Service.day).between(before - LOOK_BACK, before - timedelta(days=1)),
            col(DeliveryEvent.kind).in_(
                (EventKind.OUTCOME, EventKind.DEPARTED, EventKind.RETRACTED)
            ),
            col(DeliveryEvent.not_counted).is_(None),
        )
        .order_by(col(DeliveryEvent.id))
    )
    told: dict[int, list[Event]] = defaultdict(list)
    for row in session.exec(query):
        told[row.service_id].append(event_of(row))
    return {service_id: standing(events) for service_id, events in told.items()}


def _taps(events: Sequence[Event]) -> dict[int, Tap]:
    """Return the last outcome of each order, where its moment is known."""
    last = {event.order_id: event for event in events if event.kind is EventKind.OUTCOME}
    return {
        order_id: Tap(event.happened_at, event.outcome is Outcome.HANDED_OVER)
        for order_id, event in last.items()
        if order_id is not None and event.time_known
    }


def _departed(events: Sequence[Event], legs: Sequence[Leg]) -> datetime | None:
    loaded = {leg.order_id for leg in legs}
    left = [
        event.happened_at
        for event in events
        if event.kind is EventKind.DEPARTED and loaded & set(event.orders)
    ]
    return left[-1] if left else None
