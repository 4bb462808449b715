"""Why orders are not served, and meals outside the circle: documented causes to be checked."""

from collections.abc import Callable
from enum import StrEnum

from routing.instance import Instance
from routing.parts import NO_WAY, Courier, Order
from routing.plan import Reason, Trip


class Delay(StrEnum):
    """Why a meal is handed over outside the circle: the first that is true, from the top."""

    FAR = "far"
    """Even straight there, every courier who could bring it takes longer than the circle."""
    FAR_FROM_HERE = "far_from_here"
    """Straight there takes this courier longer than the circle, though not every courier."""
    WAITING = "waiting"
    """It waits in the box at doors whose windows are not open yet."""
    COMBINED = "combined"
    """Other doors of its trip come first."""


def cause_alone(instance: Instance, order: Order) -> Reason | list[int]:
    """Return why nobody could bring the order on a trip of its own, or the couriers who could.

    Parameters
    ----------
    instance : Instance
        The problem.
    order : Order
        The order.

    Returns
    -------
    Reason or list of int
        A cause that holds in every plan, or rows of couriers.
    """
    homes = {
        canteen.id
        for canteen in instance.canteens
        if order.canteens is None or canteen.id in order.canteens
    }
    if not homes:
        return Reason.NO_CANTEEN
    needs, limit = set(order.needs), instance.rules.max_ride_seconds
    couriers = instance.couriers
    sieves: tuple[tuple[Reason, Callable[[int], bool]], ...] = (
        (
            Reason.NO_COURIER,
            lambda row: couriers[row].canteen in homes and couriers[row].max_trips != 0,
        ),
        (Reason.NO_SKILL, lambda row: needs <= set(couriers[row].skills)),
        (Reason.TOO_BIG, lambda row: _is_small_enough(instance, order, row)),
        (Reason.NO_WAY, lambda row: max(straight(instance, order, couriers[row])) < NO_WAY),
        (Reason.TOO_FAR, lambda row: straight(instance, order, couriers[row])[0] <= limit),
        (Reason.WINDOW, lambda row: _fits_the_clock(instance, order, row)),
    )
    rows = list(range(len(couriers)))
    for reason, passes in sieves:
        rows = [row for row in rows if passes(row)]
        if not rows:
            return reason
    return rows


def straight(instance: Instance, order: Order, courier: Courier) -> tuple[int, int]:
    """Return the direct seconds to the door and back."""
    home = instance.canteen_by_id[courier.canteen].location
    table = instance.travel[courier.mode]
    return int(table[home, order.location]), int(table[order.location, home])


def price_alone(instance: Instance, order: Order, courier: Courier) -> float:
    """Return the least that a trip for this order alone costs, by a courier used for nothing else.

    Windows and hours are left aside, so it may really cost more.
    """
    price = instance.rules.cost
    there, back = straight(instance, order, courier)
    cost = price.courier + price.travel_second * (there + back)
    if order.usual_courier not in (None, courier.id):
        cost += price.unfamiliar_courier
    if there > instance.rules.circle_seconds:
        cost += price.outside_circle_meal * order.weight
    return cost


def delay(instance: Instance, trip: Trip, order: Order) -> Delay:
    """Return why a meal of a trip is outside the circle.

    Parameters
    ----------
    instance : Instance
        The problem.
    trip : Trip
        A trip of a feasible plan.
    order : Order
        One of its orders, handed over outside the circle.
    """
    circle = instance.rules.circle_seconds
    found = cause_alone(instance, order)
    able = [] if isinstance(found, Reason) else [instance.couriers[row] for row in found]
    courier = instance.courier_by_id[trip.courier]
    rides = [straight(instance, order, one)[0] for one in able]
    here = straight(instance, order, courier)[0]
    if min(rides, default=here) > circle:
        return Delay.FAR
    if here > circle:
        return Delay.FAR_FROM_HERE
    return Delay.WAITING if _offset(instance, trip, order) <= circle else Delay.COMBINED


def _offset(instance: Instance, trip: Trip, order: Order) -> int:
    """Return the seconds from departure to a hand-over of a trip if nothing waits."""
    table = instance.travel[instance.courier_by_id[trip.courier].mode]
    here, clock = instance.canteen_by_id[trip.canteen].location, 0
    for stop in trip.stops:
        one = instance.order_by_id[stop.order]
        clock += int(table[here, one.location])
        if one.id == order.id:
            break
        clock, here = clock + one.handover_seconds, one.location
    return clock


def _is_small_enough(instance: Instance, order: Order, row: int) -> bool:
    courier = instance.couriers[row]
    return order.meals <= min(courier.boxes, instance.canteen_by_id[courier.canteen].meals)


def _fits_the_clock(instance: Instance, order: Order, row: int) -> bool:
    """Return whether hours, shift, window and ride limit leave a moment for a trip of its own."""
    courier = instance.couriers[row]
    canteen = instance.canteen_by_id[courier.canteen]
    there, back = straight(instance, order, courier)
    start = max(courier.shift[0], canteen.open) + canteen.load_seconds + order.pack_seconds
    latest = min(order.window[1] - there, canteen.close)
    depart = max(start, min(order.window[0] - there, latest))
    arrive = max(depart + there, order.window[0])
    return (
        depart <= latest
        and arrive - depart <= instance.rules.max_ride_seconds
        and arrive + order.handover_seconds + back <= courier.shift[1]
    )
