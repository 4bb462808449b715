"""Why an order is not served: the first documented cause that is true of it."""

from collections.abc import Callable

from routing.instance import NO_WAY, Instance, Order
from routing.plan import Plan, Reason


def reason_for(instance: Instance, plan: Plan, order: Order) -> Reason:
    """Return the cause, checked from the broadest to the narrowest.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        A feasible plan that leaves the order out.
    order : Order
        The order.
    """
    return Explainer(instance, plan).reason(order)


class Explainer:
    """Gives the causes of one plan; what all orders share is worked out once."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        self._instance = instance
        self._left = {canteen.id: canteen.meals for canteen in instance.canteens}
        for trip in plan.trips:
            self._left[trip.canteen] -= sum(
                instance.order_by_id[stop.order].meals for stop in trip.stops
            )
        self._used = {trip.courier for trip in plan.trips}

    def reason(self, order: Order) -> Reason:
        """Return why the plan leaves this order out."""
        found = _cause_alone(self._instance, order)
        if isinstance(found, Reason):
            return found
        open_canteens = {
            c for c in found if self._left[self._instance.couriers[c].canteen] >= order.meals
        }
        if not open_canteens:
            return Reason.CANTEEN_FULL
        idle = any(
            self._instance.couriers[row].id not in self._used
            and self._instance.couriers[row].max_trips != 0
            for row in open_canteens
        )
        return Reason.NOT_WORTH_IT if idle else Reason.COURIERS_BUSY


def _cause_alone(instance: Instance, order: Order) -> Reason | list[int]:
    """Return why nobody could bring the order alone, or the couriers (rows) who could."""
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
        (Reason.NO_WAY, lambda row: max(_ride(instance, order, row)) < NO_WAY),
        (Reason.TOO_FAR, lambda row: _ride(instance, order, row)[0] <= limit),
        (Reason.WINDOW, lambda row: _fits_the_clock(instance, order, row)),
    )
    rows = list(range(len(couriers)))
    for reason, passes in sieves:
        rows = [row for row in rows if passes(row)]
        if not rows:
            return reason
    return rows


def _is_small_enough(instance: Instance, order: Order, row: int) -> bool:
    courier = instance.couriers[row]
    return order.meals <= min(courier.boxes, instance.canteen_by_id[courier.canteen].meals)


def _ride(instance: Instance, order: Order, row: int) -> tuple[int, int]:
    """Return the direct seconds to the door and back."""
    courier = instance.couriers[row]
    home = instance.canteen_by_id[courier.canteen].location
    table = instance.travel[courier.mode]
    return int(table[home, order.location]), int(table[order.location, home])


def _fits_the_clock(instance: Instance, order: Order, row: int) -> bool:
    """Return whether hours, shift, window and ride limit leave a moment for a trip of its own."""
    courier = instance.couriers[row]
    canteen = instance.canteen_by_id[courier.canteen]
    there, back = _ride(instance, order, row)
    start = max(courier.shift[0], canteen.open) + canteen.load_seconds + order.pack_seconds
    latest = min(order.window[1] - there, canteen.close)
    depart = max(start, min(order.window[0] - there, latest))
    arrive = max(depart + there, order.window[0])
    return (
        depart <= latest
        and arrive - depart <= instance.rules.max_ride_seconds
        and arrive + order.handover_seconds + back <= courier.shift[1]
    )
