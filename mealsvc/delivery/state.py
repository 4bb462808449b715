"""How far a service is: computed from the plan in force and what was reported, nothing else.

Nothing is delivered because time passed. The rules:

* An event that was taken back or replaced does not count: see
  :func:`mealsvc.delivery.events.standing`.
* Of several outcomes of one stop the latest counts; of the same moment, paper before phone and
  the office before both.
* A departure is known by what was loaded, so it stays true when a revision numbers trips anew.
* Who hands back gives away every stop of the present plan that has no outcome yet.
* An order that somebody reported on and that is not in the plan any more is listed beside it.

The same events give the same state in whatever order, and however often, they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlmodel import Session

from mealsvc.day_words import (
    SERVED,
    EventKind,
    Fate,
    Outcome,
    Source,
    StopStatus,
    TripStatus,
)
from mealsvc.delivery.events import Event, read_events, standing
from mealsvc.delivery.planned import (
    PlannedDuty,
    PlannedService,
    PlannedStop,
    PlannedTrip,
    read_planned,
)


@dataclass(frozen=True)
class StopState:
    """What is known of one order's stop.

    Attributes
    ----------
    order_id, courier_id
        The order, and who has it in the plan in force (None: it is not in it any more).
    planned
        The stop as planned, where it is in the plan.
    status
        How far it is.
    outcome, outcome_uid, at, time_known, source, note
        The outcome that counts: what, its event, when, whether somebody told the time, from where.
    by_courier_id
        Who reported it, or on whose sheet it stood; may be another than the plan has.
    departed_at
        When the meal left the canteen, as reported; None where nobody said.
    fates, given_to
        Where portions went that were not handed over; to whom, or what else was said of it.
    photos
        Names of photos, oldest first.
    doubled
        Whether two couriers say that they handed the meal over.
    """

    order_id: int
    courier_id: int | None
    planned: PlannedStop | None
    status: StopStatus
    outcome: Outcome | None = None
    outcome_uid: str | None = None
    at: datetime | None = None
    time_known: bool = False
    source: Source | None = None
    note: str | None = None
    by_courier_id: int | None = None
    departed_at: datetime | None = None
    fates: tuple[tuple[Fate, int], ...] = ()
    given_to: str | None = None
    photos: tuple[str, ...] = ()
    doubled: bool = False

    @property
    def served(self) -> bool:
        """Whether there is evidence that the meal was received."""
        return self.outcome in SERVED

    @property
    def unaccounted(self) -> int:
        """Portions neither handed over nor accounted for, once the stop has an outcome."""
        if self.status is not StopStatus.SETTLED or self.served or self.planned is None:
            return 0
        return max(0, self.planned.portions - sum(number for _, number in self.fates))


@dataclass(frozen=True)
class TripState:
    """What is known of a trip; the moments are those reported, None where nobody said."""

    planned: PlannedTrip
    status: TripStatus
    departed_at: datetime | None
    returned_at: datetime | None
    stops: tuple[StopState, ...]


@dataclass(frozen=True)
class DutyState:
    """What is known of a courier's duty.

    Attributes
    ----------
    handed_back_at, handed_back_why
        Since when the courier cannot go on, and what was said of it.
    seen
        The newest revision confirmed as seen.
    """

    courier_id: int
    status: TripStatus
    trips: tuple[TripState, ...]
    handed_back_at: datetime | None
    handed_back_why: str | None
    seen: int | None

    @property
    def stops(self) -> tuple[StopState, ...]:
        """All stops of the duty in the order of the plan."""
        return tuple(stop for trip in self.trips for stop in trip.stops)


@dataclass(frozen=True)
class ServiceState:
    """What is known of a service.

    Attributes
    ----------
    revision
        The plan in force; None where nothing is published.
    duties
        Of the plan in force, by courier.
    beside
        Orders that somebody reported on and that are not in the plan in force, by order.
    """

    revision: int | None
    duties: tuple[DutyState, ...]
    beside: tuple[StopState, ...]

    @property
    def stops(self) -> tuple[StopState, ...]:
        """Every stop: those of the plan, then those beside it."""
        return (*(stop for duty in self.duties for stop in duty.stops), *self.beside)

    def stop(self, order_id: int) -> StopState | None:
        """Return the stop of an order, None where it is neither planned nor reported on."""
        return next((stop for stop in self.stops if stop.order_id == order_id), None)


def read_state(session: Session, service_id: int) -> ServiceState:
    """Return the state of a service from the records."""
    return service_state(read_planned(session, service_id), read_events(session, service_id))


def service_state(planned: PlannedService, events: Iterable[Event]) -> ServiceState:
    """Return the state of a service.

    Parameters
    ----------
    planned
        The plan in force.
    events
        Everything reported, in any order and any number of times.
    """
    return state_of(planned, standing(events))


def state_of(planned: PlannedService, events: Sequence[Event]) -> ServiceState:
    """Return the state of a service from its standing events alone.

    Parameters
    ----------
    planned
        The plan in force.
    events
        From :func:`mealsvc.delivery.events.standing`.
    """
    told = _Told(events)
    beside = sorted(told.outcomes.keys() - planned.orders)
    return ServiceState(
        revision=planned.revision,
        duties=tuple(_duty(told, duty) for duty in planned.duties),
        beside=tuple(_stop(told, order_id, None, None) for order_id in beside),
    )


def state_after(
    before: ServiceState,
    planned: PlannedService,
    events: Sequence[Event],
    changed: Collection[Event],
) -> ServiceState:
    """Return the state after some events came or went, computing only what they are about.

    Parameters
    ----------
    before
        The state before that, of the same plan.
    planned
        The plan in force.
    events
        All standing events.
    changed
        Those that stand now and did not before, and those that stood before and do not now.
    """
    couriers = {event.courier_id for event in changed}
    orders = {order for event in changed for order in (event.order_id, *event.orders)}
    places = [
        place
        for place, duty in enumerate(planned.duties)
        if duty.courier_id in couriers or not orders.isdisjoint(duty.orders)
    ]
    outside = {order for order in orders if order is not None} - planned.orders
    if outside:
        outside.update(stop.order_id for stop in before.beside)
    couriers.update(planned.duties[place].courier_id for place in places)
    about = outside.union(*(planned.duties[place].orders for place in places))
    told = _Told(
        [
            event
            for event in events
            if event.courier_id in couriers
            or event.order_id in about
            or not about.isdisjoint(event.orders)
        ]
    )
    duties = list(before.duties)
    for place in places:
        duties[place] = _duty(told, planned.duties[place])
    beside = sorted(outside & told.outcomes.keys())
    return ServiceState(
        revision=planned.revision,
        duties=tuple(duties),
        beside=tuple(_stop(told, one, None, None) for one in beside) if outside else before.beside,
    )


class _Told:
    """Standing events, sorted by what they tell about; each list is oldest first."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.outcomes: dict[int, list[Event]] = defaultdict(list)
        self.loads: dict[int, list[Event]] = defaultdict(list)
        self.returns: dict[int | None, list[Event]] = defaultdict(list)
        self.accounts: dict[int, Event] = {}
        self.photos: dict[int, list[str]] = defaultdict(list)
        self.handed_back: dict[int | None, Event] = {}
        self.seen: dict[int | None, int] = {}
        for event in events:
            self._keep(event)

    def _keep(self, event: Event) -> None:
        order = event.order_id
        match event.kind:
            case EventKind.OUTCOME if order is not None:
                self.outcomes[order].append(event)
            case EventKind.DEPARTED:
                for loaded in event.orders:
                    self.loads[loaded].append(event)
            case EventKind.RETURNED:
                self.returns[event.courier_id].append(event)
            case EventKind.ACCOUNTED if order is not None:
                self.accounts[order] = event
            case EventKind.PHOTO if order is not None and event.photo:
                self.photos[order].append(event.photo)
            case EventKind.HANDED_BACK:
                self.handed_back.setdefault(event.courier_id, event)
            case EventKind.SEEN:
                before = self.seen.get(event.courier_id, 0)
                self.seen[event.courier_id] = max(before, event.revision or 0)

    def departure(
        self, order_id: int, courier_id: int | None, until: datetime | None = None
    ) -> datetime | None:
        """Return when a courier last left with an order, not after ``until``."""
        moments = [
            event.happened_at
            for event in self.loads.get(order_id, ())
            if event.courier_id == courier_id and (until is None or event.happened_at <= until)
        ]
        return moments[-1] if moments else None


class _Accounted(TypedDict):
    """What is known of a stop with or without an outcome."""

    fates: tuple[tuple[Fate, int], ...]
    given_to: str | None
    photos: tuple[str, ...]


def _stop(
    told: _Told, order_id: int, courier_id: int | None, planned: PlannedStop | None
) -> StopState:
    reports = told.outcomes.get(order_id, [])
    account = told.accounts.get(order_id)
    accounted = _Accounted(
        fates=account.fates if account else (),
        given_to=account.note if account else None,
        photos=tuple(told.photos.get(order_id, ())),
    )
    if not reports:
        departed = told.departure(order_id, courier_id)
        status = StopStatus.UNDER_WAY if departed else StopStatus.WAITING
        if courier_id in told.handed_back:
            status = StopStatus.HANDED_BACK
        return StopState(order_id, courier_id, planned, status, departed_at=departed, **accounted)
    last = reports[-1]
    timed = _timed(reports, last)
    return StopState(
        order_id=order_id,
        courier_id=courier_id,
        planned=planned,
        status=StopStatus.SETTLED,
        outcome=last.outcome,
        outcome_uid=last.uid,
        at=timed.happened_at,
        time_known=timed.time_known,
        source=last.source,
        note=last.note,
        by_courier_id=last.courier_id,
        departed_at=told.departure(order_id, last.courier_id, timed.happened_at),
        **accounted,
        doubled=len({e.courier_id for e in reports if e.outcome in SERVED}) > 1,
    )


def _timed(reports: Sequence[Event], last: Event) -> Event:
    """Return the report that tells when the outcome happened.

    A sheet keyed in without times says what happened, not when: a phone that said the same knows.
    """
    if last.time_known:
        return last
    same = [e for e in reports if e.time_known and e.outcome == last.outcome]
    return same[-1] if same else last


def _trip(told: _Told, trip: PlannedTrip, courier_id: int) -> TripState:
    stops = tuple(_stop(told, stop.order_id, courier_id, stop) for stop in trip.stops)
    orders = {stop.order_id for stop in trip.stops}
    left = [
        event.happened_at
        for order_id in orders
        for event in told.loads.get(order_id, ())
        if event.courier_id == courier_id
    ]
    back = [
        event.happened_at
        for event in told.returns.get(courier_id, ())
        if orders & set(event.orders)
    ]
    departed, returned = max(left, default=None), max(back, default=None)
    settled = [stop.status is StopStatus.SETTLED for stop in stops]
    if all(settled):
        status = TripStatus.DONE
    elif courier_id in told.handed_back:
        status = TripStatus.HANDED_BACK
    elif departed is not None or any(settled):
        status = TripStatus.UNDER_WAY
    else:
        status = TripStatus.WAITING
    return TripState(trip, status, departed, returned, stops)


def _duty(told: _Told, duty: PlannedDuty) -> DutyState:
    trips = tuple(_trip(told, trip, duty.courier_id) for trip in duty.trips)
    statuses = {trip.status for trip in trips}
    if statuses <= {TripStatus.DONE}:
        status = TripStatus.DONE
    elif TripStatus.HANDED_BACK in statuses:
        status = TripStatus.HANDED_BACK
    elif statuses == {TripStatus.WAITING}:
        status = TripStatus.WAITING
    else:
        status = TripStatus.UNDER_WAY
    back = told.handed_back.get(duty.courier_id)
    return DutyState(
        courier_id=duty.courier_id,
        status=status,
        trips=trips,
        handed_back_at=back.happened_at if back else None,
        handed_back_why=back.note if back else None,
        seen=told.seen.get(duty.courier_id),
    )
