"""From arrays back to a plan with ids and times."""

from collections.abc import Iterable

from routing.check import check
from routing.instance import Instance
from routing.parts import Order
from routing.plan import Plan, Stop, Trip, Unserved
from routing.search.search import Duty


def build_trip(
    instance: Instance, courier_row: int, ready: int, order_rows: list[int]
) -> tuple[Trip, int]:
    """Return a trip with its best times, loading from `ready` at the earliest, and its return.

    It leaves as soon as it may, but not so early that it would only wait at doors.
    """
    courier = instance.couriers[courier_row]
    canteen = instance.canteen_by_id[courier.canteen]
    orders = [instance.orders[row] for row in order_rows]
    seconds = instance.travel[courier.mode]
    clock, here, opens, shuts = 0, canteen.location, -(10**12), canteen.close
    offsets = []
    for order in orders:
        clock += int(seconds[here, order.location])
        offsets.append(clock)
        opens, shuts = max(opens, order.window[0] - clock), min(shuts, order.window[1] - clock)
        clock += order.handover_seconds
        here = order.location
    load = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    begin = max(ready, courier.shift[0], canteen.open)
    depart = max(begin + load, min(opens, shuts))
    stops, late = [], depart
    for order, offset in zip(orders, offsets, strict=True):
        late = max(late, order.window[0] - offset)
        stops.append(Stop(order.id, late + offset))
    back = late + clock + int(seconds[here, canteen.location])
    return Trip(courier.id, canteen.id, depart, tuple(stops)), back


def build_trips(instance: Instance, duties: list[Duty]) -> list[Trip]:
    """Return the trips of duties given as rows of orders, one duty per courier.

    Parameters
    ----------
    instance : Instance
        The problem.
    duties : list of Duty
        Per courier the trips in the order driven, each a list of order rows.
    """
    trips: list[Trip] = []
    for courier_row, duty in enumerate(duties):
        ready = -(10**12)
        for order_rows in duty:
            trip, ready = build_trip(instance, courier_row, ready, order_rows)
            trips.append(trip)
    return trips


def duties_of(instance: Instance, plan: Plan) -> list[Duty]:
    """Return the trips of a plan as rows of orders, without what the instance does not know."""
    rows = {order.id: row for row, order in enumerate(instance.orders)}
    duties: dict[str, Duty] = {courier.id: [] for courier in instance.couriers}
    for trip in sorted(plan.trips, key=lambda trip: trip.depart):
        known = [rows[stop.order] for stop in trip.stops if stop.order in rows]
        if known and trip.courier in duties:
            duties[trip.courier].append(known)
    return list(duties.values())


def finish_plan(
    instance: Instance, trips: list[Trip], reasons: Iterable[Unserved], bound: float, seconds: float
) -> Plan:
    """Return the plan of these trips, priced.

    Parameters
    ----------
    instance : Instance
        The problem.
    trips : list of Trip
        By courier and time.
    reasons : iterable of Unserved
        Every order that no trip brings, with the reason.
    bound : float
        Proven; a plan that costs less shows that it was rounded up by a hair.
    seconds : float
        Wall time used.
    """
    draft = Plan(tuple(trips), tuple(reasons))
    cost = check(instance, draft).cost
    return Plan(draft.trips, draft.unserved, cost, min(bound, cost), seconds)


def left_out(instance: Instance, trips: Iterable[Trip]) -> list[Order]:
    """Return the orders that none of these trips brings, in the order of the instance."""
    served = {stop.order for trip in trips for stop in trip.stops}
    return [order for order in instance.orders if order.id not in served]
