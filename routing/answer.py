"""From arrays back to a plan with ids and times."""

from routing.check import check
from routing.instance import Instance
from routing.plan import Plan, Reason, Stop, Trip, Unserved
from routing.search.search import Duty

MOST_TRIED = 1000
"""For so many orders left out places are tried to tell causes apart, so that no time is lost."""


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


def finish_plan(instance: Instance, trips: list[Trip], bound: float, seconds: float) -> Plan:
    """Return the plan of these trips, with the unserved and their reasons, priced."""
    from routing.explaining.explain import Explainer  # explanations build trips, too

    served = {stop.order for trip in trips for stop in trip.stops}
    left = [order for order in instance.orders if order.id not in served]
    draft = Plan(tuple(trips), tuple(Unserved(order.id, Reason.COURIERS_BUSY) for order in left))
    explainer = Explainer(instance, draft)
    unserved = tuple(
        Unserved(order.id, explainer.reason(order, tries=number < MOST_TRIED))
        for number, order in enumerate(left)
    )
    cost = check(instance, draft).cost
    return Plan(draft.trips, unserved, cost, min(bound, cost), seconds)
