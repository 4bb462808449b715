"""From what people report to what the solver reads: records looked up, times in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import time

from sqlmodel import Session, col, select

import routing
from mealsvc.demand.rules import Window
from mealsvc.demand.urgent import OrderEdit, delivery_values, window_values
from mealsvc.errors import Conflict, InvalidInput
from mealsvc.planning.facts import OrderFacts, ServiceFacts, read_facts
from mealsvc.planning.ids import canteen_name, courier_name, order_name
from mealsvc.planning.instance import routing_order
from mealsvc.planning.reach import Reach
from mealsvc.planning.revising.changes import (
    CanteenLate,
    CourierAway,
    CourierComes,
    DayChange,
    HandedBack,
    OrderAmended,
    OrderCancelled,
    OrderUrgent,
    StreetClosed,
    TravelSlower,
)
from mealsvc.planning.revising.in_force import InForce
from mealsvc.planning.revising.streets_today import StreetsToday
from mealsvc.planning.travel import Place, Travel
from mealsvc.roster.upkeep import get_canteen, get_courier, get_elder
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Elder, Order
from mealsvc.vocabulary import Mode, OrderKind, label
from routing import repair


@dataclass
class Translated:
    """Changes as the solver reads them, and what they mean for the records.

    Attributes
    ----------
    changes
        For :class:`routing.repair.Situation`.
    edits
        Of orders, done when the revision is accepted.
    newcomers
        Elder id by the name that an order without a number has in the problem.
    busy
        Couriers (names) who come later, and when, in seconds of the service.
    cancelled, amended
        Names of orders, which must still be within reach.
    streets
        The travel times of the day.
    """

    streets: StreetsToday
    changes: list[repair.Change] = field(default_factory=list)
    edits: list[OrderEdit] = field(default_factory=list)
    newcomers: dict[str, int] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    amended: set[str] = field(default_factory=set)


def translate(
    session: Session,
    runtime: Runtime,
    force: InForce,
    asked: Iterable[DayChange],
    open_travel: Callable[[], Travel],
) -> Translated:
    """Return what changes mean for the plan in force.

    Parameters
    ----------
    session
        An open session.
    runtime
        Settings and clock.
    force
        The plan that is carried out.
    asked
        What changed, in this order.
    open_travel
        Opens the measured travel times.

    Raises
    ------
    NotFound
        If there is no such elder, courier or canteen.
    Conflict
        If a change does not fit the service: no meal to cancel, nobody at work …
    """
    stored = force.stored
    streets = StreetsToday(
        stored.instance, dict(stored.afoot.slower), stored.afoot.closed, open_travel
    )
    translator = _Translator(session, runtime, force, Translated(streets))
    for change in asked:
        translator.add(change)
    return translator.done()


class _Translator:
    """Looks records up and adds up what changes mean."""

    def __init__(
        self, session: Session, runtime: Runtime, force: InForce, found: Translated
    ) -> None:
        self._session, self._runtime, self._force, self._found = session, runtime, force, found
        self._facts: ServiceFacts | None = None

    def add(self, change: DayChange) -> None:
        """Add what one change means."""
        match change:
            case OrderCancelled(elder):
                self._cancel(elder)
            case OrderUrgent():
                self._bring(change)
            case OrderAmended():
                self._amend(change)
            case CourierAway(courier, since):
                self._send_home(courier, since)
            case HandedBack():
                pass  # reports tell who: mealsvc.planning.revising.handing_back
            case CourierComes(courier, hours):
                self._call_in(courier, hours)
            case CanteenLate(canteen, minutes):
                self._delay(canteen, minutes)
            case TravelSlower(percent, mode):
                self._found.streets.slow_down(percent, mode)
            case StreetClosed(places, metres):
                self._found.streets.close(places, metres)

    def done(self) -> Translated:
        """Return everything, new travel times first."""
        streets = self._found.streets
        if streets.changed:
            self._found.changes.insert(0, repair.TravelChanged(dict(streets.tables)))
        return self._found

    def _cancel(self, code: str) -> None:
        order = self._order_of(get_elder(self._session, code), code)
        name = order_name(order.id or 0)
        if name in self._force.stored.instance.order_by_id:
            self._found.changes.append(repair.OrderGone(name))
        self._found.cancelled.add(name)
        self._found.edits.append(OrderEdit(order.id, order.elder_id or 0, {"cancelled": True}))

    def _amend(self, change: OrderAmended) -> None:
        elder = get_elder(self._session, change.elder)
        order = self._order_of(elder, change.elder)
        name = order_name(order.id or 0)
        portions = order.portions if change.portions is None else change.portions
        values = {} if change.window is None else window_values(change.window, self._force.hours)
        values |= {} if change.portions is None else {"portions": portions}
        record = self._force.stored.instance.order_by_id.get(name)
        if record is not None:
            self._found.changes.append(
                repair.OrderChanged(
                    replace(
                        record,
                        location=self._found.streets.index_of(_place_of(elder)),
                        meals=portions,
                        pack_seconds=self._runtime.settings.pack_seconds * portions,
                        window=self._window(values) if change.window else record.window,
                    )
                )
            )
        self._found.amended.add(name)
        self._found.edits.append(OrderEdit(order.id, order.elder_id or 0, values))

    def _window(self, values: dict[str, time | None]) -> tuple[int, int]:
        hours = self._force.hours
        first, last = values["window_from"] or hours.first, values["window_to"] or hours.last
        return hours.offset(first), hours.offset(last)

    def _order_of(self, elder: Elder, code: str) -> Order:
        """Return the meal that an elder is brought in the service."""
        order = self._any_order_of(elder)
        if order is None or order.cancelled:
            raise Conflict(
                f"elder {code} has no meal in this service, so nothing can be changed",
                f"老人 {code} 本餐次没有订餐，无需更改",
            )
        if order.kind is not OrderKind.DELIVERY:
            way = label(order.kind, "en")
            raise Conflict(
                f"the meal of elder {code} is not delivered to the door but {way}",
                f"老人 {code} 本餐次不是送餐上门（{label(order.kind)}）",
            )
        return order

    def _any_order_of(self, elder: Elder) -> Order | None:
        query = select(Order).where(
            col(Order.service_id) == self._force.service.id, col(Order.elder_id) == elder.id
        )
        return self._session.exec(query).first()

    def _bring(self, change: OrderUrgent) -> None:
        elder = get_elder(self._session, change.elder)
        settings, hours = self._runtime.settings, self._force.hours
        present = self._any_order_of(elder)
        self._require_new(change.elder, elder, present)
        values = delivery_values(
            elder, settings, hours, portions=change.portions, window=change.window, note=change.note
        )
        order_id = present.id if present is not None else None
        name = order_name(order_id) if order_id is not None else f"new{len(self._found.newcomers)}"
        window = (values["window_from"], values["window_to"])
        facts = OrderFacts(
            id=order_id or 0,
            kind=OrderKind.DELIVERY,
            portions=change.portions,
            priority=values["priority"],
            needs=tuple(values["needs"]),
            window=None if window[0] is None else window,
            handover_seconds=values["handover_seconds"],
            canteen_id=None,
            usual_courier_id=values["usual_courier_id"],
            place=_place_of(elder),
        )
        if order_id is None:
            self._found.newcomers[name] = elder.id or 0
        self._found.changes.append(repair.OrderNew(replace(self._routed(facts), id=name)))
        self._found.edits.append(OrderEdit(order_id, elder.id or 0, values))

    def _require_new(self, code: str, elder: Elder, present: Order | None) -> None:
        """Refuse a meal for who has one at the door already, or gets none any more."""
        if elder.ended_on is not None and elder.ended_on <= self._force.service.day:
            raise Conflict(
                f"the service of elder {code} ended on {elder.ended_on}",
                f"老人 {code} 的服务已于 {elder.ended_on} 终止",
            )
        name = order_name(present.id or 0) if present is not None else ""
        planned = name in self._force.stored.instance.order_by_id
        asked = any(edit.elder_id == elder.id for edit in self._found.edits)
        if asked or (planned and present is not None and not present.cancelled):
            raise Conflict(
                f"elder {code} is brought a meal in this service already; change that order",
                f"老人 {code} 本餐次已有送餐订单，请直接修改该订单",
            )
        if planned:
            raise Conflict(
                f"the cancelled meal of elder {code} is on its way; it cannot be ordered again",
                f"老人 {code} 已取消的餐正在途中，不能再次下单",
            )

    def _routed(self, order: OrderFacts) -> routing.Order:
        """Return a new order as the problem states it."""
        streets = self._found.streets
        location = streets.index_of(order.place or (0.0, 0.0))
        facts = self._service_facts
        where = {place: index for index, place in enumerate(streets.places)}
        tables = {Mode(name): table for name, table in streets.tables.items()}
        known = [one for one in facts.canteens if one.place in where]
        staff = [one for one in facts.couriers if one.mode in tables]
        couriers = {one.id: [c for c in staff if c.canteen_id == one.id] for one in known}
        reach = Reach(known, couriers, tables, where, self._runtime.settings)
        return routing_order(order, facts, self._runtime.settings, location, reach)

    @property
    def _service_facts(self) -> ServiceFacts:
        if self._facts is None:
            settings = self._runtime.settings
            self._facts = read_facts(self._session, settings, self._force.service)
        return self._facts

    def _send_home(self, code: str, since: time | None) -> None:
        courier = get_courier(self._session, code)
        names = self._force.names_of(courier.id or 0)
        if not names:
            raise Conflict(
                f"courier {code} is not at work in this service",
                f"送餐员 {code} 本餐次不当班",
            )
        now = self._force.seconds(self._runtime.clock())
        moment = now if since is None else self._force.hours.offset(since)
        self._found.changes += [repair.CourierGone(name, max(moment, now)) for name in names]

    def _call_in(self, code: str, hours: Window) -> None:
        courier = get_courier(self._session, code)
        first, last = (self._force.hours.offset(at) for at in hours)
        instance = self._force.stored.instance
        if canteen_name(courier.canteen_id) not in instance.canteen_by_id:
            raise Conflict(
                f"the canteen of courier {code} does not cook in this service",
                f"送餐员 {code} 所属食堂本餐次不供餐",
            )
        if last <= max(first, self._force.seconds(self._runtime.clock())):
            raise InvalidInput(
                f"courier {code} cannot work until {hours[1]:%H:%M}: that is past or before the "
                "beginning",
                f"送餐员 {code} 的结束时间 {hours[1]:%H:%M} 已过或早于开始时间",
            )
        names = self._force.names_of(courier.id or 0)
        shifts = [instance.courier_by_id[name].shift for name in names]
        name = names[0] if names else courier_name(courier.id or 0)
        if any(first < shift[1] and shift[0] < last for shift in shifts[1:]):
            raise Conflict(
                f"courier {code} has two separate shifts; these hours overlap the second one",
                f"送餐员 {code} 本餐次有两个时段，所填时间与第二个时段重叠",
            )
        self._found.streets.add_mode(courier.mode)
        begins = min(first, shifts[0][0]) if shifts else first
        self._found.busy[name] = first
        self._found.changes.append(repair.CourierAvailable(_record(courier, name, (begins, last))))

    def _delay(self, code: str, minutes: int) -> None:
        canteen = get_canteen(self._session, code)
        name = canteen_name(canteen.id or 0)
        known = self._force.stored.instance.canteen_by_id.get(name)
        if known is None:
            raise Conflict(
                f"canteen {code} does not cook in this service",
                f"食堂 {code} 本餐次不供餐",
            )
        now = self._force.seconds(self._runtime.clock())
        self._found.changes.append(repair.CanteenLate(name, max(now, known.open) + 60 * minutes))


def _place_of(elder: Elder) -> Place:
    """Return where an elder lives."""
    address = elder.address
    if address is None or address.lon is None or address.lat is None:
        raise Conflict(
            f"elder {elder.code} has no place on the map; set it first",
            f"老人 {elder.code} 还没有定位，请先在地图上设置位置",
        )
    return round(address.lon, 6), round(address.lat, 6)


def _record(courier: Courier, name: str, shift: tuple[int, int]) -> routing.Courier:
    return routing.Courier(
        id=name,
        canteen=canteen_name(courier.canteen_id),
        mode=courier.mode.value,
        boxes=courier.boxes,
        shift=shift,
        skills=tuple(courier.skills),
        max_trips=courier.max_trips,
    )
