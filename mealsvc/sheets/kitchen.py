"""What a canteen cooks and packs for one service: the kitchen count.

Portions are counted once, where they leave the kitchen: brought to a door, sent to a meal point,
eaten in, or collected at the canteen itself. What a meal point's guests collect is counted as the
supply that carries it. Orders that the plan leaves out are not cooked; they are listed with the
reason, so that somebody calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mealsvc.planning.reasons import UNLOCATED
from mealsvc.sheets.assemble import canteen_facts, own_special
from mealsvc.sheets.facts import (
    AddressFacts,
    CanteenFacts,
    ContactFacts,
    RouteSheet,
    SheetHead,
    Special,
)
from mealsvc.sheets.hosts import host_of
from mealsvc.sheets.reasons import NO_KITCHEN
from mealsvc.sheets.records import Records, known
from mealsvc.store import Order
from mealsvc.vocabulary import OrderKind

KINDS = (OrderKind.DELIVERY, OrderKind.SUPPLY, OrderKind.DINE_IN, OrderKind.PICK_UP)
"""The ways out of the kitchen, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class DietCount:
    """Portions of one combination of diets; no diets means the regular meal.

    Attributes
    ----------
    portions
        By way out of the kitchen, in the order of :data:`KINDS`.
    """

    diets: tuple[str, ...]
    portions: tuple[int, ...]

    @property
    def total(self) -> int:
        """Portions of all ways."""
        return sum(self.portions)


@dataclass(frozen=True, slots=True)
class SpecialPerson:
    """Whose special meal it is and where it goes.

    ``courier`` and ``trip`` say who carries it; both are empty for meals eaten in or collected.
    """

    special: Special
    kind: OrderKind
    courier: str
    trip: int | None


@dataclass(frozen=True, slots=True)
class PackedTrip:
    """What is packed for one trip, and until when."""

    courier_code: str
    courier_name: str
    trip: int
    loads_at: datetime
    departs_at: datetime
    stops: int
    portions: int
    regular_portions: int
    specials: tuple[Special, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An order that the revision does not serve, and whom to call.

    ``reason`` is the plan's word, :data:`~mealsvc.sheets.reasons.NO_KITCHEN`, or for an address
    without a place the :class:`~mealsvc.vocabulary.UnlocatedReason`, of which ``detail`` says more.
    """

    order_id: int
    kind: OrderKind
    name: str
    code: str
    portions: int
    diets: tuple[str, ...]
    reason: str
    detail: str
    phone: str
    contacts: tuple[ContactFacts, ...]
    address: AddressFacts


@dataclass(frozen=True, slots=True)
class KitchenCount:
    """Everything that one kitchen needs to know about one service.

    Attributes
    ----------
    diets
        One row per combination; the regular meal first, then by size.
    specials
        Special portions by person, in the order of their diets.
    trips
        Packing list in the order of loading.
    left_out
        Orders of this canteen's elders that nobody serves.
    released
        Couriers (code, name) who had a duty in the published revision before and have none now.
    """

    head: SheetHead
    canteen: CanteenFacts
    diets: tuple[DietCount, ...]
    specials: tuple[SpecialPerson, ...]
    trips: tuple[PackedTrip, ...]
    left_out: tuple[LeftOut, ...]
    released: tuple[tuple[str, str], ...]

    @property
    def portions(self) -> tuple[int, ...]:
        """Portions by way out of the kitchen, in the order of :data:`KINDS`."""
        return tuple(sum(row.portions[at] for row in self.diets) for at in range(len(KINDS)))

    @property
    def total(self) -> int:
        """Portions to cook."""
        return sum(self.portions)


def kitchen_counts(
    records: Records, head: SheetHead, sheets: Iterable[RouteSheet]
) -> list[KitchenCount]:
    """Return the counts of all canteens that cook, or have orders left out, by canteen code.

    Parameters
    ----------
    sheets
        All route sheets of the revision.
    """
    by_canteen: dict[int, list[RouteSheet]] = defaultdict(list)
    for sheet in sheets:
        by_canteen[sheet.canteen.id].append(sheet)
    here: dict[int, list[Order]] = defaultdict(list)
    for order in records.orders.values():
        canteen = home_canteen(order, records)
        if canteen is not None and _stays_here(order):
            here[canteen].append(order)
    left: dict[int | None, list[LeftOut]] = defaultdict(list)
    for canteen, entry in all_left_out(records):
        left[canteen].append(entry)
    released = _released(records)
    concerned = {*by_canteen, *here, *released, *(one for one in left if one is not None)}
    counts = [
        _count(records, head, canteen, by_canteen[canteen], here[canteen], left[canteen], released)
        for canteen in concerned
    ]
    return sorted(counts, key=lambda count: count.canteen.code)


def _stays_here(order: Order) -> bool:
    """Tell whether an order is eaten or collected at the canteen itself."""
    if order.cancelled:
        return False
    return order.kind is OrderKind.DINE_IN or (
        order.kind is OrderKind.PICK_UP and order.meal_point_id is None
    )


def home_canteen(order: Order, records: Records) -> int | None:
    """Return the canteen that answers for an order: the one named, else the elder's own."""
    if order.canteen_id is not None or order.elder_id is None:
        return order.canteen_id
    return records.elders[order.elder_id].canteen_id


def all_left_out(records: Records) -> list[tuple[int | None, LeftOut]]:
    """Return every order that nobody serves, with the canteen that answers for it.

    Beside what the plan leaves out these are meals to be eaten or collected that no kitchen cooks:
    the elder has no canteen, or the meal point is not supplied.
    """
    entries = [(records.orders[row.order_id], row.reason) for row in records.unserved]
    supplied = {
        order.meal_point_id
        for order in records.orders.values()
        if order.kind is OrderKind.SUPPLY and not order.cancelled
    }
    for order in records.orders.values():
        at_point = order.kind is OrderKind.PICK_UP and order.meal_point_id is not None
        unsupplied = at_point and not order.cancelled and order.meal_point_id not in supplied
        if unsupplied or (_stays_here(order) and home_canteen(order, records) is None):
            entries.append((order, NO_KITCHEN))
    entries.sort(key=lambda entry: known(entry[0].id))
    return [
        (home_canteen(order, records), _left_out(order, reason, records))
        for order, reason in entries
    ]


def _left_out(order: Order, reason: str, records: Records) -> LeftOut:
    host = host_of(order, records)
    address = None if order.elder_id is None else records.addresses.get(order.elder_id)
    detail = ""
    if reason == UNLOCATED and address is not None and address.unlocated_reason is not None:
        reason, detail = str(address.unlocated_reason), address.unlocated_detail or ""
    return LeftOut(
        order_id=known(order.id),
        kind=order.kind,
        name=host.name,
        code=host.code,
        portions=order.portions,
        diets=tuple(order.diets),
        reason=reason,
        detail=detail,
        phone=host.phone,
        contacts=host.contacts,
        address=host.address,
    )


def _count(
    records: Records,
    head: SheetHead,
    canteen: int,
    sheets: list[RouteSheet],
    here: list[Order],
    left: list[LeftOut],
    released: dict[int, list[tuple[str, str]]],
) -> KitchenCount:
    people = [*_carried(sheets), *_served_here(here, records)]
    portions: Counter[OrderKind] = Counter()
    for sheet in sheets:
        for stop in (stop for trip in sheet.trips for stop in trip.stops):
            portions[stop.kind] += stop.portions
    for order in here:
        portions[order.kind] += order.portions
    people.sort(key=lambda one: (one.special.diets, one.special.code))
    return KitchenCount(
        head=head,
        canteen=canteen_facts(records.canteens[canteen]),
        diets=_by_diets(portions, people),
        specials=tuple(people),
        trips=tuple(_packed(sheets)),
        left_out=tuple(left),
        released=tuple(released.get(canteen, ())),
    )


def _carried(sheets: Iterable[RouteSheet]) -> list[SpecialPerson]:
    return [
        SpecialPerson(special, stop.kind, sheet.courier_name, trip.number)
        for sheet in sheets
        for trip in sheet.trips
        for stop in trip.stops
        for special in stop.specials
    ]


def _served_here(orders: Iterable[Order], records: Records) -> list[SpecialPerson]:
    return [
        SpecialPerson(special, order.kind, "", None)
        for order in orders
        for special in own_special(order, records)
    ]


def _by_diets(
    portions: Counter[OrderKind], people: Iterable[SpecialPerson]
) -> tuple[DietCount, ...]:
    special: dict[tuple[str, ...], Counter[OrderKind]] = defaultdict(Counter)
    for person in people:
        special[person.special.diets][person.kind] += person.special.portions
    regular = Counter(portions)
    for kinds in special.values():
        regular.subtract(kinds)
    rows = [
        DietCount(diets, tuple(kinds[kind] for kind in KINDS)) for diets, kinds in special.items()
    ]
    rows.sort(key=lambda row: (-row.total, row.diets))
    return (DietCount((), tuple(regular[kind] for kind in KINDS)), *rows)


def _packed(sheets: Iterable[RouteSheet]) -> list[PackedTrip]:
    trips = [
        PackedTrip(
            courier_code=sheet.courier_code,
            courier_name=sheet.courier_name,
            trip=trip.number,
            loads_at=trip.loads_at,
            departs_at=trip.departs_at,
            stops=len(trip.stops),
            portions=trip.portions,
            regular_portions=trip.regular_portions,
            specials=tuple(special for stop in trip.stops for special in stop.specials),
        )
        for sheet in sheets
        for trip in sheet.trips
    ]
    return sorted(trips, key=lambda trip: (trip.loads_at, trip.courier_code, trip.trip))


def _released(records: Records) -> dict[int, list[tuple[str, str]]]:
    now = {visit.courier_id for visit in records.visits}
    before = {visit.courier_id for visit in records.visits_before}
    gone: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for courier_id in before - now:
        courier = records.couriers[courier_id]
        gone[courier.canteen_id].append((courier.code, courier.name))
    return {canteen: sorted(couriers) for canteen, couriers in gone.items()}
