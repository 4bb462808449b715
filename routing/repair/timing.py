"""Departures: as planned where that is still possible, so that few doors get another time."""

from dataclasses import dataclass

from routing.answer import build_trip
from routing.instance import Instance
from routing.plan import Stop, Trip
from routing.search import Duty

NEVER = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the clock needs to know of a trip, see `routing.duties`.

    Parameters
    ----------
    load : int
        Loading seconds.
    end : int
        Seconds from departure to return when nothing waits.
    opens, shuts : int
        Leaving before `opens` gains nothing, leaving after `shuts` is too late.
    """

    load: int
    end: int
    opens: int
    shuts: int


def shape_of(instance: Instance, courier_row: int, order_rows: list[int]) -> Shape:
    """Return the shape of a trip, given as rows of the instance."""
    courier = instance.couriers[courier_row]
    canteen = instance.canteen_by_id[courier.canteen]
    seconds = instance.travel[courier.mode]
    clock, here, opens, shuts = 0, canteen.location, NEVER, canteen.close
    load = canteen.load_seconds
    for row in order_rows:
        order = instance.orders[row]
        clock += int(seconds[here, order.location])
        opens, shuts = max(opens, order.window[0] - clock), min(shuts, order.window[1] - clock)
        clock, here = clock + order.handover_seconds, order.location
        load += order.pack_seconds
    return Shape(load, clock + int(seconds[here, canteen.location]), opens, shuts)


def time_duties(instance: Instance, duties: list[Duty], planned: tuple[Trip, ...]) -> list[Trip]:
    """Return the trips of duties with their times.

    Parameters
    ----------
    instance : Instance
        The problem that is left.
    duties : list of Duty
        Per courier the trips in the order driven, each possible within the duty.
    planned : tuple of Trip
        Trips of the plan in force. A trip leaves when the one of the same courier with the most
        common orders was to leave, if that is possible and no meal rides longer for it.
    """
    wishes: dict[tuple[str, str], int] = {
        (trip.courier, stop.order): trip.depart for trip in planned for stop in trip.stops
    }
    trips: list[Trip] = []
    for courier_row, duty in enumerate(duties):
        trips.extend(_time_duty(instance, courier_row, duty, wishes))
    return trips


def _time_duty(
    instance: Instance, courier_row: int, duty: Duty, wishes: dict[tuple[str, str], int]
) -> list[Trip]:
    """Return the trips of one duty with their times."""
    courier = instance.couriers[courier_row]
    shapes = [shape_of(instance, courier_row, rows) for rows in duty]
    latest, limit = [], courier.shift[1]
    for shape in reversed(shapes):
        latest.append(min(shape.shuts, limit - shape.end))
        limit = latest[-1] - shape.load
    trips, ready = [], NEVER
    for rows, shape, last in zip(duty, shapes, reversed(latest), strict=True):
        earliest, _ = build_trip(instance, courier_row, ready, rows)
        told = [wishes.get((courier.id, instance.orders[row].id), NEVER) for row in rows]
        wish = max(told, key=told.count)
        depart = max(earliest.depart, min(wish, last))
        trip, ready = build_trip(instance, courier_row, depart - shape.load, rows)
        trips.append(trip)
    return trips


def drive(instance: Instance, courier_id: str, order_ids: list[str], depart: int) -> Trip:
    """Return a trip that leaves at a given second, in time or not."""
    courier = instance.courier_by_id[courier_id]
    home = instance.canteen_by_id[courier.canteen].location
    seconds = instance.travel[courier.mode]
    clock, here, stops = depart, home, []
    for name in order_ids:
        order = instance.order_by_id[name]
        arrive = max(clock + int(seconds[here, order.location]), order.window[0])
        stops.append(Stop(name, arrive))
        clock, here = arrive + order.handover_seconds, order.location
    return Trip(courier_id, courier.canteen, depart, tuple(stops))
