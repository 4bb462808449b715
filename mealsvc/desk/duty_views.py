"""Duties of a plan as the console shows them, with what a revision changes for each courier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from mealsvc.access import Caller
from mealsvc.desk.people import Person, person
from mealsvc.sheets.changes import ChangeKind, StopChange, changed_couriers, compare
from mealsvc.sheets.visits import published_before, read_visits
from mealsvc.store import Courier, Duty, PlanRevision, Stop, Trip
from mealsvc.vocabulary import Mode, OrderKind


@dataclass(frozen=True)
class ChangeView:
    """How a stop differs from the revision published before, and what it was there.

    ``courier`` (code) is who had it, where that is what changed and the caller sees that courier;
    a new stop was nothing before.
    """

    kind: ChangeKind
    courier: str | None
    trip: int | None
    arrives_at: datetime | None
    portions: int | None


@dataclass(frozen=True)
class StopView:
    """A stop of a trip; ``elder`` is left out where the role shows nobody."""

    number: int
    order: int
    kind: OrderKind
    portions: int
    arrives_at: datetime
    ride_seconds: int
    travel_seconds: int
    inside_circle: bool
    elder: Person | None
    meal_point: str | None
    change: ChangeView | None


@dataclass(frozen=True)
class TripView:
    """A trip with its stops."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    travel_seconds: int
    portions: int
    stops: list[StopView]


@dataclass(frozen=True)
class DutyView:
    """One courier's trips; ``duty`` is what links and sheets name it by.

    ``changed`` tells whether the courier must act differently than in the revision published
    before, be it that stops were only taken away.
    """

    duty: int
    courier: str
    courier_name: str | None
    canteen: str
    mode: Mode
    boxes: int
    changed: bool
    trips: list[TripView]


class DutyViews:
    """Shows duties of one revision, with what differs from the revision published before."""

    def __init__(self, session: Session, revision: PlanRevision, caller: Caller) -> None:
        self._detail = caller.grant.detail
        self._changes: dict[int, StopChange] = {}
        self._changed: frozenset[int] = frozenset()
        self._codes: dict[int, str] = {}
        before = published_before(session, revision)
        if before is None:
            return
        now, then = read_visits(session, revision), read_visits(session, before)
        published_at = revision.published_at
        self._changes = compare(now, then, published_at=published_at)
        self._changed = changed_couriers(now, then, published_at=published_at)
        couriers = session.execute(select(Courier.id, Courier.code, Courier.canteen_id))
        self._codes = {key: code for key, code, kept_by in couriers if caller.sees(kept_by)}

    def of(self, duties: Iterable[Duty]) -> list[DutyView]:
        """Return these duties as they are shown."""
        return [self._duty(duty) for duty in duties]

    def _duty(self, duty: Duty) -> DutyView:
        courier = duty.courier
        shown = person(courier, self._detail)
        return DutyView(
            duty=duty.id or 0,
            courier=courier.code,
            courier_name=shown.name if shown else None,
            canteen=courier.canteen.code,
            mode=courier.mode,
            boxes=courier.boxes,
            changed=duty.courier_id in self._changed,
            trips=[self._trip(trip) for trip in duty.trips],
        )

    def _trip(self, trip: Trip) -> TripView:
        return TripView(
            number=trip.number,
            loads_at=trip.loads_at,
            departs_at=trip.departs_at,
            returns_at=trip.returns_at,
            travel_seconds=trip.travel_seconds,
            portions=sum(stop.order.portions for stop in trip.stops),
            stops=[self._stop(stop) for stop in trip.stops],
        )

    def _stop(self, stop: Stop) -> StopView:
        order = stop.order
        return StopView(
            number=stop.number,
            order=stop.order_id,
            kind=order.kind,
            portions=order.portions,
            arrives_at=stop.arrives_at,
            ride_seconds=stop.ride_seconds,
            travel_seconds=stop.travel_seconds,
            inside_circle=stop.inside_circle,
            elder=person(order.elder, self._detail),
            meal_point=order.meal_point.code if order.meal_point else None,
            change=self._change(self._changes.get(stop.order_id)),
        )

    def _change(self, change: StopChange | None) -> ChangeView | None:
        if change is None:
            return None
        was, moved = change.before, change.kind is ChangeKind.COURIER
        return ChangeView(
            kind=change.kind,
            courier=self._codes.get(was.courier_id) if was and moved else None,
            trip=was.trip if was else None,
            arrives_at=was.arrives_at if was else None,
            portions=was.portions if was else None,
        )
