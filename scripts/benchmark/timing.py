"""When a trip can run and what it costs, for models that see a trip as one thing."""

from dataclasses import dataclass

from routing import NO_WAY, Courier, Instance


@dataclass(frozen=True, slots=True)
class Timing:
    """A courier's trip along given stops, at its best departure.

    Parameters
    ----------
    before : int
        Seconds of loading before it leaves.
    earliest, latest : int
        When it may leave without waiting at a door, or `latest` only if it must wait at one.
    after : int
        Seconds from leaving to the return.
    price : float
        Of its travel, its meals outside the circle, and elders who know another courier.
    """

    before: int
    earliest: int
    latest: int
    after: int
    price: float


def time_trip(instance: Instance, courier: Courier, rows: list[int]) -> Timing | None:
    """Return how a courier would make a trip, or None when a rule forbids it.

    Parameters
    ----------
    instance : Instance
        The problem.
    courier : Courier
        Who.
    rows : list of int
        Rows of the orders, in the order of hand-over.
    """
    orders = [instance.orders[row] for row in rows]
    if sum(order.meals for order in orders) > courier.boxes:
        return None
    if any(not set(order.needs) <= set(courier.skills) for order in orders):
        return None
    canteen, rules = instance.canteen_by_id[courier.canteen], instance.rules
    seconds = instance.travel[courier.mode]
    clock = travel = 0
    here, opens, shuts, rides = canteen.location, 0, canteen.close, []
    for order in orders:
        step = int(seconds[here, order.location])
        clock, travel, here = clock + step, travel + step, order.location
        if step >= NO_WAY:
            return None
        rides.append(clock)
        opens, shuts = max(opens, order.window[0] - clock), min(shuts, order.window[1] - clock)
        clock += order.handover_seconds
    home = int(seconds[here, canteen.location])
    waits = max(0, opens - shuts)
    after = clock + home + waits
    before = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    earliest = max(min(opens, shuts), max(canteen.open, courier.shift[0]) + before)
    latest = min(shuts, courier.shift[1] - after)
    if home >= NO_WAY or rides[-1] + waits > rules.max_ride_seconds or earliest > latest:
        return None
    cost = rules.cost
    outside = sum(
        order.weight
        for order, ride in zip(orders, rides, strict=True)
        if ride + waits > rules.circle_seconds
    )
    strangers = sum(order.usual_courier not in {None, courier.id} for order in orders)
    price = cost.travel_second * (travel + home) + cost.outside_circle_meal * outside
    return Timing(before, earliest, latest, after, price + cost.unfamiliar_courier * strangers)
