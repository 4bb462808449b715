"""Changes that would help: each moves one limit of the problem by a stated amount."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from routing.instance import Instance
from routing.parts import Canteen, Courier, Order, Rules


class Kind(StrEnum):
    """What is changed; `Change.amount` is in the unit named."""

    WINDOW_EARLIER = "window_earlier"
    """The order's window begins earlier (seconds)."""
    WINDOW_LATER = "window_later"
    """The order's window ends later (seconds)."""
    RIDE = "ride"
    """The ride limit is higher (seconds)."""
    CIRCLE = "circle"
    """The circle is wider (seconds)."""
    SHIFT_EARLIER = "shift_earlier"
    """The courier's shift begins earlier (seconds)."""
    SHIFT_LATER = "shift_later"
    """The courier's shift ends later (seconds)."""
    HOURS_EARLIER = "hours_earlier"
    """The canteen opens earlier (seconds)."""
    HOURS_LATER = "hours_later"
    """The canteen closes later (seconds)."""
    PORTIONS = "portions"
    """The canteen gives more portions."""
    BOXES = "boxes"
    """The courier's boxes hold more portions; with a canteen, those of all its couriers."""
    SKILL = "skill"
    """The courier has the skills that the order needs (number of skills that were lacking)."""
    CANTEEN = "canteen"
    """The order may also come from this canteen (1)."""
    TRIP = "trip"
    """The courier may make more trips."""
    COURIER = "courier"
    """One courier more at the canteen (1), within `Change.shift`."""
    PRIORITY = "priority"
    """The order's priority is at least this (a number, not a difference)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One limit moved.

    Parameters
    ----------
    kind : Kind
        Which limit.
    amount : float
        By how much, in the unit of the kind.
    order, courier, canteen : str or None
        Whose limit it is; ids of the instance.
    limit : float or None
        Where the limit is then: a time (seconds from the start of the service) or a number.
    shift : tuple of int or None
        Of one courier more: from loading to return (seconds).
    mode, boxes, skills : str, int and tuple of str, or None
        Of one courier more: travel mode, portions per trip, and the skills needed, if any.
    """

    kind: Kind
    amount: float
    order: str | None = None
    courier: str | None = None
    canteen: str | None = None
    limit: float | None = None
    shift: tuple[int, int] | None = None
    mode: str | None = None
    boxes: int | None = None
    skills: tuple[str, ...] | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form, without what says nothing."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["kind"] = self.kind.value
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value is not None
        }


@dataclass(frozen=True, slots=True)
class Effort:
    """How changes of different kinds compare: minutes of work or waiting that one is as hard as.

    The defaults are a judgement, made to be replaced by an installation's own.

    Parameters
    ----------
    window, shift, hours, ride, circle : float
        Per minute that a window, a shift, a canteen's hours, the ride limit or the circle is moved.
    portion, box : float
        Per portion that a canteen cooks, or a courier's boxes hold, more.
    skill, canteen, trip : float
        For a skill to be learnt, another canteen to cook the order, a trip above the most agreed.
    courier, courier_minute : float
        For one more courier to be found, and per minute of his or her time.
    """

    window: float = 1
    shift: float = 2
    hours: float = 3
    ride: float = 5
    circle: float = 15
    portion: float = 2
    box: float = 4
    skill: float = 120
    canteen: float = 10
    trip: float = 15
    courier: float = 30
    courier_minute: float = 1


def applied(instance: Instance, changes: Iterable[Change]) -> Instance:
    """Return the instance with some changes made.

    Parameters
    ----------
    instance : Instance
        The problem.
    changes : iterable of Change
        Made one after the other; they name ids of the instance.
    """
    for change in changes:
        instance = (
            _joined(instance, change) if change.kind is Kind.COURIER else _moved(instance, change)
        )
    return instance


def _moved(instance: Instance, change: Change) -> Instance:
    """Return the instance with one limit moved."""
    amount = int(change.amount)
    if change.kind in (Kind.RIDE, Kind.CIRCLE):
        return replace(instance, rules=_rules(instance.rules, change.kind, amount))
    orders, couriers, canteens = instance.orders, instance.couriers, instance.canteens
    if change.order is not None:
        orders = tuple(_order(o, change) if o.id == change.order else o for o in orders)
    if change.kind is Kind.BOXES and change.courier is None:
        couriers = tuple(
            _courier(c, change, ()) if c.canteen == change.canteen else c for c in couriers
        )
    if change.courier is not None:
        needs = instance.order_by_id[change.order].needs if change.order is not None else ()
        couriers = tuple(
            _courier(c, change, needs) if c.id == change.courier else c for c in couriers
        )
    if change.canteen is not None:
        canteens = tuple(_canteen(c, change) if c.id == change.canteen else c for c in canteens)
    return replace(instance, orders=orders, couriers=couriers, canteens=canteens)


def _rules(rules: Rules, kind: Kind, amount: int) -> Rules:
    if kind is Kind.RIDE:
        return replace(rules, max_ride_seconds=rules.max_ride_seconds + amount)
    return replace(rules, circle_seconds=rules.circle_seconds + amount)


def _order(order: Order, change: Change) -> Order:
    earliest, latest = order.window
    amount = int(change.amount)
    match change.kind:
        case Kind.WINDOW_EARLIER:
            return replace(order, window=(earliest - amount, latest))
        case Kind.WINDOW_LATER:
            return replace(order, window=(earliest, latest + amount))
        case Kind.PRIORITY:
            return replace(order, priority=change.amount)
        case Kind.CANTEEN if order.canteens is not None and change.canteen is not None:
            return replace(order, canteens=(*order.canteens, change.canteen))
        case _:
            return order


def _courier(courier: Courier, change: Change, needs: tuple[str, ...]) -> Courier:
    start, end = courier.shift
    amount = int(change.amount)
    match change.kind:
        case Kind.SHIFT_EARLIER:
            return replace(courier, shift=(start - amount, end))
        case Kind.SHIFT_LATER:
            return replace(courier, shift=(start, end + amount))
        case Kind.BOXES:
            return replace(courier, boxes=courier.boxes + amount)
        case Kind.SKILL:
            return replace(courier, skills=tuple(sorted({*courier.skills, *needs})))
        case Kind.TRIP if courier.max_trips is not None:
            return replace(courier, max_trips=courier.max_trips + amount)
        case _:
            return courier


def _canteen(canteen: Canteen, change: Change) -> Canteen:
    amount = int(change.amount)
    match change.kind:
        case Kind.HOURS_EARLIER:
            return replace(canteen, open=canteen.open - amount)
        case Kind.HOURS_LATER:
            return replace(canteen, close=canteen.close + amount)
        case Kind.PORTIONS:
            return replace(canteen, meals=canteen.meals + amount)
        case _:
            return canteen


def new_courier_id(instance: Instance) -> str:
    """Return an id for one more courier that nobody has."""
    number = 1
    while f"new{number}" in instance.courier_by_id:
        number += 1
    return f"new{number}"


def _joined(instance: Instance, change: Change) -> Instance:
    """Return the instance with one courier more, who has all skills that orders ask for."""
    if change.canteen is None or change.mode is None or change.shift is None:
        raise ValueError("one courier more needs a canteen, a travel mode and a shift")
    needs = {need for order in instance.orders for need in order.needs}
    if change.order is not None:
        needs = set(instance.order_by_id[change.order].needs)
    more = Courier(
        id=new_courier_id(instance),
        canteen=change.canteen,
        mode=change.mode,
        boxes=change.boxes or 1,
        shift=change.shift,
        skills=tuple(sorted(needs)),
    )
    return replace(instance, couriers=(*instance.couriers, more))
