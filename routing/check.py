"""Is a plan feasible, and what does it cost? Answered from the instance alone, without any solver.

One function per rule of the file format. The figures of a broken plan are given too, as far as its
trips can be read, so that a hand-made change can be priced with the rules it breaks.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from routing.instance import Instance
from routing.parts import NO_WAY, Canteen, Courier, Order
from routing.plan import Plan, Trip

ROUNDING = 0.5
"""How far a stated cost or bound may be off by rounding."""


class Rule(StrEnum):
    """The rules that a plan can break."""

    KNOWN = "known"
    """Couriers, canteens and orders are those of the instance, and no trip is empty."""
    HOME = "home"
    """A trip starts at its courier's own canteen."""
    BOXES = "boxes"
    """Portions of a trip fit the courier's boxes."""
    CANTEEN_HOURS = "canteen_hours"
    """Loading begins after the canteen opens, the trip leaves before it closes."""
    WAY = "way"
    """There is a way to every stop."""
    EARLIEST = "earliest"
    """Nothing is handed over before the courier can be there and the window is open."""
    WINDOW = "window"
    """Hand-over starts before the window closes."""
    RIDE = "ride"
    """No meal rides longer than the limit."""
    ONCE = "once"
    """No order is on two trips."""
    ALLOWED = "allowed"
    """The order allows the canteen."""
    SKILLS = "skills"
    """The courier has the skills that the order needs."""
    SHIFT = "shift"
    """Loading start to return lies within the shift."""
    OVERLAP = "overlap"
    """The trips of a courier do not overlap."""
    MAX_TRIPS = "max_trips"
    """A courier makes no more trips than allowed."""
    CANTEEN_MEALS = "canteen_meals"
    """A canteen gives no more portions than it has."""
    UNSERVED_LIST = "unserved_list"
    """The unserved list is exactly the orders that no trip brings."""
    COST = "cost"
    """The stated cost is the cost."""
    BOUND = "bound"
    """The stated bound is not above the cost."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule, and a sentence that says where and how."""

    rule: Rule
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker found.

    Parameters
    ----------
    faults : tuple of Fault
        Empty for a feasible plan.
    cost : float
        Recomputed by the prices of the instance.
    unserved_weight, outside_weight : float
        Σ meals · priority unserved, and handed over outside the circle.
    couriers, trips : int
        How many are used.
    travel : int
        Seconds of travel, returns included.
    unfamiliar : int
        Orders brought by another than their usual courier.
    unserved_orders, outside_orders : int
        How many orders are unserved, and outside the circle.
    """

    faults: tuple[Fault, ...]
    cost: float
    unserved_weight: float
    outside_weight: float
    couriers: int
    trips: int
    travel: int
    unfamiliar: int
    unserved_orders: int
    outside_orders: int

    @property
    def feasible(self) -> bool:
        """Whether no rule is broken."""
        return not self.faults


@dataclass(slots=True)
class _Ledger:
    """What is added up while the trips are read."""

    instance: Instance
    faults: list[Fault] = field(default_factory=list)
    served: set[str] = field(default_factory=set)
    cooked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    busy: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    travel: int = 0
    outside_weight: float = 0
    outside_orders: int = 0
    unfamiliar: int = 0

    def fault(self, rule: Rule, text: str) -> None:
        self.faults.append(Fault(rule, text))


def check(instance: Instance, plan: Plan, begun: int = 0) -> Verdict:
    """Check a plan against every rule and price it.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        Any plan, also a broken one or one made elsewhere.
    begun : int
        How many of its first trips have begun on a day that is carried out. Their times are facts:
        nobody can have been too early at a door, and late is late.

    Returns
    -------
    Verdict
        The faults, the cost and its parts.
    """
    ledger = _Ledger(instance)
    for number, trip in enumerate(plan.trips):
        _read_trip(ledger, trip, f"trip {number}", fact=number < begun)
    _check_duties(ledger)
    _check_canteens(ledger)
    left = [order for order in instance.orders if order.id not in ledger.served]
    if {item.order for item in plan.unserved} != {order.id for order in left}:
        ledger.fault(Rule.UNSERVED_LIST, "the unserved list is not the orders that no trip brings")
    price = instance.rules.cost
    unserved_weight = sum(order.weight for order in left)
    cost = (
        price.unserved_meal * unserved_weight
        + price.outside_circle_meal * ledger.outside_weight
        + price.courier * len(ledger.busy)
        + price.travel_second * ledger.travel
        + price.unfamiliar_courier * ledger.unfamiliar
    )
    _check_claims(ledger, plan, cost)
    return Verdict(
        faults=tuple(ledger.faults),
        cost=cost,
        unserved_weight=unserved_weight,
        outside_weight=ledger.outside_weight,
        couriers=len(ledger.busy),
        trips=len(plan.trips),
        travel=ledger.travel,
        unfamiliar=ledger.unfamiliar,
        unserved_orders=len(left),
        outside_orders=ledger.outside_orders,
    )


def _read_trip(ledger: _Ledger, trip: Trip, where: str, *, fact: bool) -> None:
    """Check one trip and add its figures to the ledger; an unreadable trip adds nothing."""
    courier = ledger.instance.courier_by_id.get(trip.courier)
    canteen = ledger.instance.canteen_by_id.get(trip.canteen)
    if courier is None or canteen is None:
        ledger.fault(
            Rule.KNOWN, f"{where}: unknown courier {trip.courier!r} or canteen {trip.canteen!r}"
        )
        return
    if courier.canteen != canteen.id:
        ledger.fault(Rule.HOME, f"{where}: {courier.id} does not start at {canteen.id}")
    by_id = ledger.instance.order_by_id
    unknown = [stop.order for stop in trip.stops if stop.order not in by_id]
    if unknown or not trip.stops:
        what = f"unknown order {unknown[0]!r}" if unknown else "no stop"
        ledger.fault(Rule.KNOWN, f"{where}: {what}")
        return
    orders = [by_id[stop.order] for stop in trip.stops]
    meals = sum(order.meals for order in orders)
    if meals > courier.boxes:
        ledger.fault(Rule.BOXES, f"{where}: {meals} portions in {courier.boxes} boxes")
    ledger.cooked[canteen.id] += meals
    begin = trip.depart - canteen.load_seconds - sum(order.pack_seconds for order in orders)
    if begin < canteen.open or trip.depart > canteen.close:
        ledger.fault(
            Rule.CANTEEN_HOURS,
            f"{where}: loads at {begin} and leaves at {trip.depart}, "
            f"{canteen.id} is open {canteen.open}–{canteen.close}",
        )
    for order in orders:
        _check_match(ledger, order, courier, canteen, where)
    finish = _follow(ledger, trip, orders, courier, canteen, where, fact=fact)
    if begin < courier.shift[0] or finish > courier.shift[1]:
        ledger.fault(
            Rule.SHIFT,
            f"{where}: {begin}–{finish} is outside the shift {list(courier.shift)} of {courier.id}",
        )
    ledger.busy[courier.id].append((begin, finish))


def _follow(
    ledger: _Ledger,
    trip: Trip,
    orders: list[Order],
    courier: Courier,
    canteen: Canteen,
    where: str,
    *,
    fact: bool,
) -> int:
    """Walk the stops in order, check times, and return the time of return."""
    rules = ledger.instance.rules
    seconds = ledger.instance.travel[courier.mode]
    clock, here = trip.depart, canteen.location
    for order, stop in zip(orders, trip.stops, strict=True):
        step = int(seconds[here, order.location])
        if step >= NO_WAY:
            ledger.fault(Rule.WAY, f"{where}: no way to {order.id}")
        ledger.travel += step
        clock = stop.arrive if fact else max(clock + step, order.window[0])
        if stop.arrive < clock:
            ledger.fault(
                Rule.EARLIEST,
                f"{where}: {order.id} handed over at {stop.arrive}, not before {clock}",
            )
        clock = max(clock, stop.arrive)
        if clock > order.window[1]:
            ledger.fault(
                Rule.WINDOW,
                f"{where}: {order.id} at {clock} misses its window {list(order.window)}",
            )
        ride = clock - trip.depart
        if ride > rules.max_ride_seconds:
            ledger.fault(
                Rule.RIDE, f"{where}: {order.id} rides {ride} s, at most {rules.max_ride_seconds}"
            )
        if ride > rules.circle_seconds:
            ledger.outside_weight += order.weight
            ledger.outside_orders += 1
        clock, here = clock + order.handover_seconds, order.location
    home = int(seconds[here, canteen.location])
    ledger.travel += home
    return clock + home


def _check_match(
    ledger: _Ledger, order: Order, courier: Courier, canteen: Canteen, where: str
) -> None:
    """Check that this order may come from this canteen by this courier, and only once."""
    if order.id in ledger.served:
        ledger.fault(Rule.ONCE, f"{where}: {order.id} is served twice")
    ledger.served.add(order.id)
    if order.canteens is not None and canteen.id not in order.canteens:
        ledger.fault(Rule.ALLOWED, f"{where}: {order.id} may not come from {canteen.id}")
    missing = sorted(set(order.needs) - set(courier.skills))
    if missing:
        ledger.fault(
            Rule.SKILLS, f"{where}: {courier.id} lacks {', '.join(missing)} for {order.id}"
        )
    if order.usual_courier is not None and order.usual_courier != courier.id:
        ledger.unfamiliar += 1


def _check_duties(ledger: _Ledger) -> None:
    """Check that no courier is in two places, or sent too often."""
    for courier_id, spans in ledger.busy.items():
        for (_, end), (start, _) in pairwise(sorted(spans)):
            if start < end:
                ledger.fault(
                    Rule.OVERLAP, f"{courier_id}: loads at {start} before returning at {end}"
                )
        most = ledger.instance.courier_by_id[courier_id].max_trips
        if most is not None and len(spans) > most:
            ledger.fault(Rule.MAX_TRIPS, f"{courier_id}: {len(spans)} trips, at most {most}")


def _check_canteens(ledger: _Ledger) -> None:
    """Check that no canteen gives more than it has."""
    for canteen_id, meals in ledger.cooked.items():
        most = ledger.instance.canteen_by_id[canteen_id].meals
        if meals > most:
            ledger.fault(Rule.CANTEEN_MEALS, f"{canteen_id}: {meals} portions of {most}")


def _check_claims(ledger: _Ledger, plan: Plan, cost: float) -> None:
    """Check what the plan says about itself."""
    if plan.cost is not None and abs(plan.cost - cost) > ROUNDING:
        ledger.fault(Rule.COST, f"the plan says it costs {plan.cost}, it costs {cost}")
    if plan.bound is not None and plan.bound > cost + ROUNDING:
        ledger.fault(Rule.BOUND, f"the stated bound {plan.bound} is above the cost {cost}")
