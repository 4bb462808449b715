"""From rows to route sheets: put every fact of a revision where a courier will look for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo

from mealsvc.roster.short_names import short_name
from mealsvc.sheets.changes import ChangeKind, GoneStop, StopChange, Visit, compare, gone_stops
from mealsvc.sheets.facts import (
    CanteenFacts,
    RouteSheet,
    SheetHead,
    Special,
    StopFacts,
    TripFacts,
)
from mealsvc.sheets.hosts import host_of, place_of
from mealsvc.sheets.records import Records, known
from mealsvc.store import Canteen, Duty, Order, Stop, Trip
from mealsvc.vocabulary import OrderKind, RevisionState


def sheet_head(records: Records, printed_at: datetime) -> SheetHead:
    """Return what every sheet of the revision says at its top."""
    revision = records.revision
    return SheetHead(
        day=records.service.day,
        meal=records.service.meal,
        revision=revision.number,
        state=revision.state,
        replaces=records.before.number if records.before else None,
        replaced_by=records.published if revision.state is RevisionState.SUPERSEDED else None,
        printed_at=printed_at,
    )


def canteen_facts(canteen: Canteen) -> CanteenFacts:
    """Return what sheets say of a canteen."""
    return CanteenFacts(
        id=known(canteen.id),
        code=canteen.code,
        name=canteen.name,
        address=canteen.address or "",
        phone=canteen.phone or "",
        place=place_of(canteen.lon, canteen.lat),
    )


def specials_of_points(orders: Iterable[Order], records: Records) -> dict[int, tuple[Special, ...]]:
    """Return the special portions by person that each supply order carries, by order id.

    A meal point's portions may be split over several supply orders (parts). Specials fill the
    parts from the first one on, in the order of the guests' codes, so each is packed exactly once.
    """
    parts: dict[int, list[Order]] = defaultdict(list)
    guests: dict[int, list[Special]] = defaultdict(list)
    for order in orders:
        if order.cancelled or order.meal_point_id is None:
            continue
        if order.kind is OrderKind.SUPPLY:
            parts[order.meal_point_id].append(order)
        elif order.kind is OrderKind.PICK_UP and order.diets:
            guests[order.meal_point_id] += own_special(order, records)
    packed: dict[int, tuple[Special, ...]] = {}
    for point, supplies in parts.items():
        waiting = sorted(guests[point], key=lambda special: special.code)
        for order in sorted(supplies, key=lambda supply: supply.part):
            taken, waiting = _fill(order.portions, waiting)
            packed[known(order.id)] = tuple(taken)
    return packed


def own_special(order: Order, records: Records) -> tuple[Special, ...]:
    """Return an elder's own order as a special, or nothing when it is the regular meal."""
    if not order.diets or order.elder_id is None:
        return ()
    elder = records.elders[order.elder_id]
    short = short_name(elder.name, elder.sex)
    return (Special(elder.name, short, elder.code, order.portions, tuple(order.diets)),)


def _fill(room: int, waiting: list[Special]) -> tuple[list[Special], list[Special]]:
    taken: list[Special] = []
    left: list[Special] = []
    for special in waiting:
        fits = min(room, special.portions)
        room -= fits
        for portions, where in ((fits, taken), (special.portions - fits, left)):
            if portions:
                where.append(replace(special, portions=portions))
    return taken, left


def route_sheets(records: Records, head: SheetHead, zone: tzinfo) -> list[RouteSheet]:
    """Return the sheets of all couriers with a duty, in the order of their codes.

    Parameters
    ----------
    zone
        Time zone in which moments are stated.
    """
    changes = _changes(records, zone)
    packed = specials_of_points(records.orders.values(), records)
    gone = _gone(records)
    return [
        _route_sheet(records, duty, head, zone, changes, packed, gone.get(duty.courier_id, ()))
        for duty in records.duties
    ]


def _changes(records: Records, zone: tzinfo) -> dict[int, StopChange]:
    """Return the changed stops by order id, in local time; none without a published one before."""
    if records.before is None:
        return {}
    published_at = records.revision.published_at
    changes = compare(records.visits, records.visits_before, published_at=published_at)
    for order_id, change in changes.items():
        was = change.before
        if was is None:
            continue
        was = replace(was, arrives_at=was.arrives_at.astimezone(zone))
        moved = change.kind is ChangeKind.COURIER
        name = records.couriers[was.courier_id].name if moved else ""
        changes[order_id] = replace(change, before=was, courier=name)
    return changes


def _route_sheet(
    records: Records,
    duty: Duty,
    head: SheetHead,
    zone: tzinfo,
    changes: dict[int, StopChange],
    packed: dict[int, tuple[Special, ...]],
    gone: tuple[GoneStop, ...],
) -> RouteSheet:
    courier = records.couriers[duty.courier_id]
    return RouteSheet(
        head=head,
        duty_id=known(duty.id),
        courier_id=duty.courier_id,
        courier_code=courier.code,
        courier_name=courier.name,
        courier_phone=courier.phone or "",
        mode=courier.mode,
        boxes=courier.boxes,
        canteen=canteen_facts(records.canteens[courier.canteen_id]),
        trips=tuple(
            _trip(records, trip, zone, changes, packed)
            for trip in records.trips.get(known(duty.id), [])
        ),
        gone=gone,
        changed=duty.courier_id in records.changed_couriers,
    )


def _trip(
    records: Records,
    trip: Trip,
    zone: tzinfo,
    changes: dict[int, StopChange],
    packed: dict[int, tuple[Special, ...]],
) -> TripFacts:
    return TripFacts(
        number=trip.number,
        loads_at=trip.loads_at.astimezone(zone),
        departs_at=trip.departs_at.astimezone(zone),
        returns_at=trip.returns_at.astimezone(zone),
        stops=tuple(
            _stop(records, stop, zone, changes.get(stop.order_id), packed)
            for stop in records.stops.get(known(trip.id), [])
        ),
    )


def _stop(
    records: Records,
    stop: Stop,
    zone: tzinfo,
    change: StopChange | None,
    packed: dict[int, tuple[Special, ...]],
) -> StopFacts:
    order = records.orders[stop.order_id]
    window = None
    if order.window_from is not None and order.window_to is not None:
        window = (order.window_from, order.window_to)
    host = host_of(order, records)
    supplied = order.kind is OrderKind.SUPPLY
    return StopFacts(
        number=stop.number,
        order_id=stop.order_id,
        kind=order.kind,
        arrives_at=stop.arrives_at.astimezone(zone),
        ride_seconds=stop.ride_seconds,
        inside_circle=stop.inside_circle,
        name=host.name,
        short_name=host.short_name,
        code=host.code,
        portions=order.portions,
        diets=() if supplied else tuple(order.diets),
        specials=packed.get(stop.order_id, ()) if supplied else own_special(order, records),
        needs=tuple(order.needs),
        address=host.address,
        phone=host.phone,
        contacts=host.contacts,
        notes=tuple(dict.fromkeys(note for note in (host.note, order.note) if note)),
        window=window,
        opens=host.opens,
        place=host.place,
        change=change,
        relabelled=stop.order_id in records.relabelled,
    )


def _gone(records: Records) -> dict[int, tuple[GoneStop, ...]]:
    """Return by courier the stops of the revision before that they have no longer."""
    now = {visit.order_id: visit for visit in records.visits}
    return {
        courier: tuple(_gone_stop(was, now.get(was.order_id), records) for was in stops)
        for courier, stops in gone_stops(records.visits, records.visits_before).items()
    }


def _gone_stop(was: Visit, visit: Visit | None, records: Records) -> GoneStop:
    host = host_of(records.orders[was.order_id], records)
    taken_by = "" if visit is None else records.couriers[visit.courier_id].name
    return GoneStop(host.name, host.code, was.trip, was.number, taken_by)
