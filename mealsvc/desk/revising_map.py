"""A proposed revision over the map: ways of changed duties before and after, stops that change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlmodel import Session, col, select

import routing
from geodata.streets import Streets
from mealsvc.access import Caller, Detail
from mealsvc.desk.map_layers import LonLat, way_on_streets
from mealsvc.errors import NotReady
from mealsvc.planning import plan_of, read, revising
from mealsvc.planning.ids import record_id
from mealsvc.planning.revising.telling import differences_of
from mealsvc.planning.stored import unpack
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Proposal, transaction
from mealsvc.streets import open_streets
from mealsvc.vocabulary import Meal, Mode


@dataclass(frozen=True)
class ChangedTrip:
    """A trip of a changed duty, as it was or as it would be; ``line`` as in ``TripOnMap``."""

    proposed: bool
    courier: str
    trip: int
    stops: int
    departs_at: datetime
    line: list[LonLat] | None


@dataclass(frozen=True)
class ChangedStop:
    """Where a meal is brought whose way changes, and how (see ``StopDifference``)."""

    change: str
    order: int | None
    courier: str | None
    place: LonLat


@dataclass(frozen=True)
class ChangesOnMap:
    """What a proposal changes on the map."""

    trips: list[ChangedTrip]
    stops: list[ChangedStop]


def changes_on_map(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int
) -> ChangesOnMap:
    """Return the trips of changed duties that differ, and the stops that change, within reach.

    Doors are addresses: whoever sees nobody gets no stops.

    Raises
    ------
    NotFound
        If the service has no such proposal.
    """
    with transaction(runtime.engine) as session:
        proposal = revising.find_proposal(session, day, meal, number)
        book = _Book(session, caller, proposal)
        before = read.chosen(session, day, meal, proposal.based_on)
        old = plan_of(session, before)
        old_instance = unpack(before.instance).instance
    new = routing.Plan.from_dict(proposal.answer)
    streets = _streets(runtime)
    was, will = set(old.trips), set(new.trips)
    trips = [
        *book.trips(streets, old_instance, old.trips, was - will, proposed=False),
        *book.trips(streets, book.instance, new.trips, will - was, proposed=True),
    ]
    full = caller.grant.detail is Detail.FULL
    return ChangesOnMap(trips, list(book.stops(old_instance)) if full else [])


def _streets(runtime: Runtime) -> Streets | None:
    try:
        return open_streets(runtime)
    except NotReady:
        return None


class _Book:
    """The problem of a proposal, and the couriers within reach."""

    def __init__(self, session: Session, caller: Caller, proposal: Proposal) -> None:
        stored = unpack(proposal.problem)
        self.instance, self._opens = stored.instance, stored.opens
        self._content = proposal.content
        names = self._content["differences"]["couriers"]
        ids = {record_id(name) for name in names}
        found = session.exec(select(Courier).where(col(Courier.id).in_(ids)))
        self._within = {one.id: one for one in found if caller.sees(one.canteen_id)}

    def trips(
        self,
        streets: Streets | None,
        instance: routing.Instance,
        whole: Iterable[routing.Trip],
        wanted: set[routing.Trip],
        *,
        proposed: bool,
    ) -> Iterable[ChangedTrip]:
        """Yield the wanted trips, numbered as on the courier's sheet."""
        numbers: dict[int, int] = {}
        for trip in sorted(whole, key=lambda one: one.depart):
            courier_id = record_id(trip.courier)
            numbers[courier_id] = numbers.get(courier_id, 0) + 1
            if trip not in wanted or courier_id not in self._within:
                continue
            mode = Mode(instance.courier_by_id[trip.courier].mode)
            places = _places(instance, trip)
            yield ChangedTrip(
                proposed=proposed,
                courier=self._within[courier_id].code,
                trip=numbers[courier_id],
                stops=len(trip.stops),
                departs_at=self._opens + timedelta(seconds=trip.depart),
                line=way_on_streets(streets, mode, places) if streets else None,
            )

    def stops(self, before: routing.Instance) -> Iterable[ChangedStop]:
        """Yield the stops whose way changes."""
        found = differences_of(self._content)
        changes = [
            *(("left_out", one.order, None) for one in (*found.dropped, *found.refused)),
            *(("served", one.order, one.courier) for one in found.served),
            *(("moved", one.order, one.after) for one in found.moved),
            *(("retimed", one.order, one.courier) for one in found.retimed),
        ]
        for change, name, courier in changes:
            known = self._within.get(record_id(courier)) if courier else None
            place = _place_of(self.instance, name) or _place_of(before, name)
            if place is None or (courier and known is None):
                continue
            order = record_id(name) if name.startswith("o") else None
            yield ChangedStop(change, order, known.code if known else None, place)


def _place_of(instance: routing.Instance, name: str) -> LonLat | None:
    order = instance.order_by_id.get(name)
    if order is None or instance.coordinates is None:
        return None
    return instance.coordinates[order.location]


def _places(instance: routing.Instance, trip: routing.Trip) -> list[LonLat]:
    """Return where a trip comes by, each place once in a row."""
    places = instance.coordinates or ()
    home = instance.canteen_by_id[trip.canteen].location
    way = [home, *(instance.order_by_id[stop.order].location for stop in trip.stops), home]
    return [places[home], *(places[there] for here, there in pairwise(way) if here != there)]
