"""What a repair starts from: a plan in force, the present time, what happened, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.instance import Instance
from routing.parts import Courier, Order, Seconds
from routing.plan import Plan


@dataclass(frozen=True, slots=True)
class OrderGone:
    """An order is cancelled."""

    order: str


@dataclass(frozen=True, slots=True)
class OrderNew:
    """An order is added; its id must be new."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order with a known id is replaced: other portions, place, window, needs."""

    order: Order


@dataclass(frozen=True, slots=True)
class CourierGone:
    """A courier can do nothing any more from `since` on (seconds)."""

    courier: str
    since: int


@dataclass(frozen=True, slots=True)
class CourierAvailable:
    """A courier comes, comes back or works other hours: the record replaces one of the same id."""

    courier: Courier


@dataclass(frozen=True, slots=True)
class CanteenLate:
    """Nothing can be loaded at a canteen before `until` (seconds)."""

    canteen: str
    until: int


@dataclass(frozen=True, slots=True)
class TravelChanged:
    """New travel times of some modes; matrices may have new places after the known ones."""

    travel: Mapping[str, Seconds]


@dataclass(frozen=True, slots=True)
class TravelSlower:
    """All travel times of a mode (None: of all modes) are multiplied by a factor."""

    factor: float
    mode: str | None = None


type Change = (
    OrderGone
    | OrderNew
    | OrderChanged
    | CourierGone
    | CourierAvailable
    | CanteenLate
    | TravelChanged
    | TravelSlower
)


@dataclass(frozen=True, slots=True)
class TripReport:
    """What is known of a trip that the plan alone does not tell.

    Without a report a trip is taken to go as planned. With one, only what it says has happened.

    Parameters
    ----------
    trip : int
        Place of the trip in `Plan.trips`.
    begun : bool
        Whether loading has begun; False keeps a trip open that should have begun.
    departed : int or None
        When it left (seconds); None means as planned.
    visited : mapping of str to int
        Order id to the start of its hand-over (seconds), delivered or not.
    returned : int or None
        When the courier was back; what was not visited by then must be brought again.
    """

    trip: int
    begun: bool = True
    departed: int | None = None
    visited: Mapping[str, int] = field(default_factory=dict)
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A plan in force at a moment, and what has become known since it was made.

    Parameters
    ----------
    instance : Instance
        The problem that the plan answers.
    plan : Plan
        The plan in force; it may break rules, for example after a change by hand.
    now : int
        The present time, seconds from the start of the service.
    reports : tuple of TripReport
        At most one per trip.
    changes : tuple
        Applied in this order.
    locked_orders : frozenset of str
        Orders that stay with their courier.
    locked_couriers : frozenset of str
        Couriers whose duty stays as it is, even where that breaks a rule.
    known : int or None
        Up to when the reports tell (seconds), where changes begin later, at `now`; None means now.
    busy : mapping of str to int
        Couriers who are out without a trip in the plan, because no stop is left of it, and when
        they are back (seconds).
    """

    instance: Instance
    plan: Plan
    now: int
    reports: tuple[TripReport, ...] = ()
    changes: tuple[Change, ...] = ()
    locked_orders: frozenset[str] = frozenset()
    locked_couriers: frozenset[str] = frozenset()
    known: int | None = None
    busy: Mapping[str, int] = field(default_factory=dict)
