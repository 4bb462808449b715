"""How things stand: the past that is kept, and the problem that is left.

The *whole* problem is the instance after all changes; its plans are the past and the future
together. The *future* problem holds only what can still be decided: orders on no begun trip,
couriers from the moment they are back, portions that have not left.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from routing.check import Verdict, check
from routing.explaining.explain import Explainer
from routing.instance import Instance
from routing.parts import Canteen, Courier, Order
from routing.plan import Plan, Trip, Unserved
from routing.repair.news import News, apply_changes
from routing.repair.past import BegunTrip, begun_trips, carried_record
from routing.repair.situation import Situation


@dataclass(frozen=True, slots=True)
class Standing:
    """A situation worked out.

    Parameters
    ----------
    situation : Situation
        What was asked.
    news : News
        The instance after its changes.
    begun : tuple of BegunTrip
        Trips that have begun.
    whole, future : Instance
        The problem with its past, and what is left of it.
    kept : tuple of Trip
        The past: begun trips that have stops, then the duties that are locked as they are.
    open_trips : dict of int to Trip
        The other trips of the plan in force by their place there, sorted by courier and departure;
        without orders that are gone or under way, not timed anew, and possibly of couriers who are
        gone.
    free : dict of str to int
        From when on a courier who is out or has been out can load again (seconds).
    present : dict of str to str
        Order id to its courier in the plan in force, for orders of the future problem.
    locked : frozenset of str
        Orders of the future problem that only their present courier may bring.
    """

    situation: Situation
    news: News
    begun: tuple[BegunTrip, ...]
    whole: Instance
    future: Instance
    kept: tuple[Trip, ...]
    open_trips: dict[int, Trip]
    free: dict[str, int]
    present: dict[str, str]
    locked: frozenset[str]


def stand(situation: Situation) -> Standing:
    """Work out what is past, what is left and who is where.

    Raises
    ------
    InvalidChange
        When a change or report names what is not there, or cannot be meant.
    """
    news = apply_changes(situation)
    begun = begun_trips(situation, news)
    free = dict(situation.busy)
    for item in begun:
        free[item.trip.courier] = max(free.get(item.trip.courier, item.back), item.back)
    under_way = {stop.order: item for item in begun for stop in item.trip.stops}
    open_trips = _open_trips(situation, news, begun, set(under_way))
    stays = situation.locked_couriers - news.gone.keys()
    duties_kept = tuple(trip for trip in open_trips.values() if trip.courier in stays)
    fixed = {stop.order for trip in duties_kept for stop in trip.stops} | set(under_way)
    whole = _whole(situation, news, begun, under_way)
    couriers = _couriers(situation, news, begun, free)
    open_trips = {key: trip for key, trip in open_trips.items() if trip.courier not in stays}
    present = {
        stop.order: trip.courier
        for trip in situation.plan.trips
        for stop in trip.stops
        if stop.order in news.orders and stop.order not in fixed
    }
    working = {courier.id for courier in couriers}
    return Standing(
        situation=situation,
        news=news,
        begun=begun,
        whole=whole,
        future=replace(
            whole,
            canteens=_canteens(situation, news, whole, begun, duties_kept),
            orders=tuple(order for order in whole.orders if order.id not in fixed),
            couriers=couriers,
        ),
        kept=(*(item.trip for item in begun if item.trip.stops), *duties_kept),
        open_trips=open_trips,
        free=free,
        present=present,
        locked=frozenset(
            order for order in situation.locked_orders if present.get(order) in working
        ),
    )


def _open_trips(
    situation: Situation, news: News, begun: tuple[BegunTrip, ...], under_way: set[str]
) -> dict[int, Trip]:
    """Return the trips that have not begun, without orders that are gone or brought already."""
    numbers = {item.number for item in begun}
    trips = {}
    for number, trip in enumerate(situation.plan.trips):
        stops = tuple(
            stop for stop in trip.stops if stop.order in news.orders and stop.order not in under_way
        )
        if stops and number not in numbers:
            trips[number] = replace(trip, stops=stops)
    return dict(sorted(trips.items(), key=lambda item: (item[1].courier, item[1].depart)))


def _whole(
    situation: Situation,
    news: News,
    begun: tuple[BegunTrip, ...],
    under_way: dict[str, BegunTrip],
) -> Instance:
    """Return the instance after all changes, with what is done or in a box as it was."""
    orders: list[Order] = []
    for order in situation.instance.orders:
        if order.id in under_way:
            orders.append(carried_record(situation, news, under_way[order.id], order.id))
        elif order.id in news.orders:
            orders.append(news.orders[order.id])
    known = situation.instance.order_by_id
    orders.extend(order for name, order in news.orders.items() if name not in known)
    spoiled: dict[str, int] = defaultdict(int)
    for item in begun:
        spoiled[item.trip.canteen] += item.spoiled
    return Instance(
        canteens=tuple(
            replace(
                canteen,
                meals=max(0, canteen.meals - spoiled[canteen.id]),
                open=min(max(canteen.open, news.late.get(canteen.id, canteen.open)), canteen.close),
            )
            for canteen in situation.instance.canteens
        ),
        orders=tuple(orders),
        couriers=tuple(
            replace(courier, shift=_shift_with_past(courier, news, begun))
            for courier in news.couriers.values()
        ),
        travel=news.travel,
        rules=situation.instance.rules,
        name=situation.instance.name,
    )


def _shift(courier: Courier, news: News) -> tuple[int, int]:
    """Return the shift up to the moment when the courier is gone."""
    start, end = courier.shift
    end = min(end, news.gone.get(courier.id, end))
    return start, max(start, end)


def _shift_with_past(courier: Courier, news: News, begun: tuple[BegunTrip, ...]) -> tuple[int, int]:
    """Return the same, but not cutting off the trip on which a courier has gone."""
    start, end = _shift(courier, news)
    if courier.id in news.gone:
        end = max([end, *(item.back for item in begun if item.trip.courier == courier.id)])
    return start, min(end, max(courier.shift[1], start))


def _couriers(
    situation: Situation, news: News, begun: tuple[BegunTrip, ...], free: dict[str, int]
) -> tuple[Courier, ...]:
    """Return who can still make trips, each from the moment of being free."""
    made: dict[str, int] = defaultdict(int)
    for item in begun:
        made[item.trip.courier] += 1
    found = []
    for courier in news.couriers.values():
        start, end = _shift(courier, news)
        start = max(start, situation.now, free.get(courier.id, situation.now))
        most = courier.max_trips
        left = None if most is None else max(0, most - made[courier.id])
        stays = courier.id in situation.locked_couriers and courier.id not in news.gone
        if start < end and left != 0 and not stays:
            found.append(replace(courier, shift=(start, end), max_trips=left))
    return tuple(found)


def _canteens(
    situation: Situation,
    news: News,
    whole: Instance,
    begun: tuple[BegunTrip, ...],
    duties_kept: tuple[Trip, ...],
) -> tuple[Canteen, ...]:
    """Return the canteens with the portions that have not left."""
    taken: dict[str, int] = defaultdict(int)
    for trip in (*(item.trip for item in begun), *duties_kept):
        taken[trip.canteen] += sum(whole.order_by_id[stop.order].meals for stop in trip.stops)
    found = []
    for canteen in whole.canteens:
        start = max(canteen.open, news.late.get(canteen.id, canteen.open))
        shut = start > canteen.close or situation.now > canteen.close
        meals = 0 if shut else max(0, canteen.meals - taken[canteen.id])
        found.append(replace(canteen, meals=meals))
    return tuple(found)


def plan_of(standing: Standing, trips: tuple[Trip, ...]) -> Plan:
    """Return the past and these trips as one plan; reasons of unserved orders are left open."""
    both = (*standing.kept, *trips)
    served = {stop.order for trip in both for stop in trip.stops}
    left = tuple(
        Unserved(order.id, "") for order in standing.whole.orders if order.id not in served
    )
    return Plan(both, left)


def judge(standing: Standing, plan: Plan) -> Verdict:
    """Check and price a plan of the whole problem; trips that have begun are facts."""
    begun = sum(1 for item in standing.begun if item.trip.stops)
    return check(standing.whole, plan, begun)


def with_reasons(standing: Standing, plan: Plan) -> Plan:
    """Return a plan of the whole problem with the causes of its unserved orders.

    Judged by what could still be decided: a canteen that has given all its portions is full, also
    if some were spoiled; a window that has passed leaves no moment.
    """
    explainer = Explainer(standing.future, Plan(plan.trips[len(standing.kept) :], ()))
    orders = standing.future.order_by_id
    return replace(
        plan,
        unserved=tuple(
            Unserved(item.order, explainer.reason(orders[item.order], tries=False))
            for item in plan.unserved
        ),
    )
