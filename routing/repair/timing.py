"""Departures: as planned where that is still possible, so that few doors get another time."""

from collections.abc import Sequence
from dataclasses import dataclass

from routing.instance import Instance
from routing.parts import Courier, Order
from routing.plan import Stop, Trip
from routing.search.search import Duty

NEVER = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Wish:
    """A trip without times yet.

    Parameters
    ----------
    orders : tuple of str
        Its stops.
    depart : int
        When it should leave (seconds).
    fixed : bool
        Whether it leaves exactly then, whatever that breaks.
    settled : bool
        Whether it leaves then as long as its courier is there, though another time may be better.
    """

    orders: tuple[str, ...]
    depart: int = NEVER
    fixed: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the clock needs to know of a trip: loading, T_end, D and L of `duties`."""

    load: int
    end: int
    opens: int
    shuts: int


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
    told = {(trip.courier, stop.order): trip.depart for trip in planned for stop in trip.stops}
    trips: list[Trip] = []
    for courier, duty in zip(instance.couriers, duties, strict=True):
        wishes = []
        for rows in duty:
            orders = tuple(instance.orders[row].id for row in rows)
            times = [told.get((courier.id, order), NEVER) for order in orders]
            wishes.append(Wish(orders, max(times, key=times.count)))
        trips.extend(time_duty(instance, courier, wishes, NEVER))
    return trips


def time_duty(
    instance: Instance, courier: Courier, wishes: Sequence[Wish], ready: int
) -> list[Trip]:
    """Return the trips of one courier with their times, later than wished where it must be.

    Parameters
    ----------
    instance : Instance
        The problem.
    courier : Courier
        Who drives.
    wishes : sequence of Wish
        The trips in the order driven.
    ready : int
        When loading can begin at the earliest, beside shift and opening hours.
    """
    canteen = instance.canteen_by_id[courier.canteen]
    shapes = [_shape(instance, courier, _orders(instance, wish)) for wish in wishes]
    latest, limit = [], courier.shift[1]
    for shape in reversed(shapes):
        latest.append(min(shape.shuts, limit - shape.end))
        limit = latest[-1] - shape.load
    ready = max(ready, courier.shift[0], canteen.open)
    trips = []
    for wish, shape, last in zip(wishes, shapes, reversed(latest), strict=True):
        loaded = ready + shape.load
        if wish.fixed or (wish.settled and wish.depart >= loaded):
            depart = wish.depart
        else:
            soonest = max(loaded, min(shape.opens, shape.shuts))
            depart = max(soonest, min(wish.depart, last))
        trips.append(drive(instance, courier, wish.orders, depart))
        ready = max(depart, shape.opens) + shape.end
    return trips


def drive(instance: Instance, courier: Courier, orders: Sequence[str], depart: int) -> Trip:
    """Return a trip that leaves at a given second, in time or not."""
    seconds = instance.travel[courier.mode]
    clock, here = depart, instance.canteen_by_id[courier.canteen].location
    stops = []
    for name in orders:
        order = instance.order_by_id[name]
        arrive = max(clock + int(seconds[here, order.location]), order.window[0])
        stops.append(Stop(name, arrive))
        clock, here = arrive + order.handover_seconds, order.location
    return Trip(courier.id, courier.canteen, depart, tuple(stops))


def _orders(instance: Instance, wish: Wish) -> list[Order]:
    return [instance.order_by_id[name] for name in wish.orders]


def _shape(instance: Instance, courier: Courier, orders: list[Order]) -> _Shape:
    canteen = instance.canteen_by_id[courier.canteen]
    seconds = instance.travel[courier.mode]
    clock, here, opens, shuts = 0, canteen.location, NEVER, canteen.close
    for order in orders:
        clock += int(seconds[here, order.location])
        opens, shuts = max(opens, order.window[0] - clock), min(shuts, order.window[1] - clock)
        clock, here = clock + order.handover_seconds, order.location
    load = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    return _Shape(load, clock + int(seconds[here, canteen.location]), opens, shuts)
