"""From the facts of a service to the problem that is solved: places, not people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

import routing
from mealsvc.demand.rules import usable_window
from mealsvc.errors import InvalidInput, NotReady
from mealsvc.planning.facts import CourierFacts, OrderFacts, ServiceFacts
from mealsvc.planning.ids import canteen_name, courier_name, order_name
from mealsvc.planning.reach import Reach
from mealsvc.planning.travel import Place, Seconds, Share, Travel
from mealsvc.settings import Settings
from mealsvc.vocabulary import Mode, service_zh


@dataclass(frozen=True)
class Problem:
    """An instance, and what stayed outside it.

    Attributes
    ----------
    instance
        What is solved.
    unlocated
        Orders without a usable place, by id.
    fingerprint
        Name of the street data; empty when no travel time was needed.
    """

    instance: routing.Instance
    unlocated: tuple[int, ...]
    fingerprint: str


def build_problem(
    facts: ServiceFacts,
    settings: Settings,
    open_travel: Callable[[], Travel],
    progress: Share,
) -> Problem:
    """State the planning problem of a service.

    Parameters
    ----------
    facts
        The service.
    settings
        Rules and prices.
    open_travel
        Opens the travel times; only called when somebody is to travel.
    progress
        Called with the share done, 0 … 1.

    Raises
    ------
    NotReady
        If there is no open canteen, or no street network, although something is to be carried.
    InvalidInput
        If the facts make no sense together; the message names the field.
    """
    located = [order for order in facts.orders if order.place is not None]
    if facts.orders and not facts.canteens:
        raise NotReady(
            f"no canteen cooks {facts.meal} on {facts.day}: none is in use, on the map and open "
            "in the hours of the service; import or correct the canteens first",
            f"{service_zh(facts.day, facts.meal)}没有食堂供餐（停用、没有坐标或不在供餐时间内）；"
            "请先导入或改正食堂信息",
        )
    fingerprint = ""
    usable = {order.place for order in located if order.place is not None}
    modes = sorted({courier.mode for courier in facts.couriers})
    if located and modes:
        travel = open_travel()
        fingerprint = travel.fingerprint
        usable -= _unusable(travel, sorted(usable), modes)
        places = _places(facts, usable)
        tables = _tables(travel, places, modes, progress)
    else:
        places = _places(facts, usable)
        tables = {mode: _no_way(len(places)) for mode in modes or [Mode.FOOT]}
    carried = [order for order in located if order.place in usable]
    outside = {order.id for order in facts.orders} - {order.id for order in carried}
    instance = _instance(facts, settings, carried, places, tables)
    return Problem(instance, tuple(sorted(outside)), fingerprint)


def _unusable(travel: Travel, places: list[Place], modes: list[Mode]) -> set[Place]:
    """Return the places that none of the modes can use."""
    outside = set.intersection(*(travel.unusable(places, mode) for mode in modes))
    return {places[index] for index in outside}


def _places(facts: ServiceFacts, doors: set[Place]) -> list[Place]:
    """Return the places of the instance: canteens first, every place once."""
    return list(dict.fromkeys([*(one.place for one in facts.canteens), *sorted(doors)]))


def _tables(
    travel: Travel, places: list[Place], modes: list[Mode], progress: Share
) -> dict[Mode, Seconds]:
    tables = {}
    for number, mode in enumerate(modes):
        tables[mode] = travel.seconds(places, mode, _part_of(progress, number, len(modes)))
    return tables


def _part_of(progress: Share, part: int, parts: int) -> Share:
    return lambda share: progress((part + share) / parts)


def _no_way(places: int) -> Seconds:
    """Return a table for a service in which nobody travels."""
    table = np.full((places, places), routing.NO_WAY, dtype=np.int32)
    np.fill_diagonal(table, 0)
    return table


def _instance(
    facts: ServiceFacts,
    settings: Settings,
    carried: list[OrderFacts],
    places: list[Place],
    tables: Mapping[Mode, Seconds],
) -> routing.Instance:
    where = {place: index for index, place in enumerate(places)}
    staff: dict[int, list[CourierFacts]] = {}
    for courier in facts.couriers:
        staff.setdefault(courier.canteen_id, []).append(courier)
    reach = Reach(facts.canteens, staff, tables, where, settings)
    try:
        return routing.Instance(
            name=f"{facts.day}-{facts.meal}",
            canteens=tuple(
                routing.Canteen(
                    id=canteen_name(canteen.id),
                    location=where[canteen.place],
                    meals=canteen.portions,
                    open=canteen.opens,
                    close=canteen.closes,
                    load_seconds=settings.load_seconds,
                )
                for canteen in facts.canteens
            ),
            orders=tuple(
                routing_order(order, facts, settings, where[order.place], reach)
                for order in carried
                if order.place is not None
            ),
            couriers=tuple(c for courier in facts.couriers for c in _couriers(courier)),
            travel={mode.value: table for mode, table in tables.items()},
            rules=_rules(settings),
            coordinates=tuple(places),
        )
    except routing.InvalidInstance as error:
        raise InvalidInput(f"{facts.meal} of {facts.day} cannot be planned: {error}") from error


def routing_order(
    order: OrderFacts, facts: ServiceFacts, settings: Settings, location: int, reach: Reach
) -> routing.Order:
    """Return an order as the problem states it; ``location`` is its place there."""
    hours = facts.hours
    first, last = usable_window(order.window, hours) or (hours.first, hours.last)
    usual = order.usual_courier_id
    return routing.Order(
        id=order_name(order.id),
        location=location,
        meals=order.portions,
        window=(hours.offset(first), hours.offset(last)),
        handover_seconds=order.handover_seconds,
        pack_seconds=settings.pack_seconds * order.portions,
        priority=order.priority,
        needs=order.needs,
        canteens=tuple(canteen_name(one) for one in reach.canteens_of(order)),
        usual_courier=None if usual is None else courier_name(usual),
    )


def _couriers(courier: CourierFacts) -> Iterator[routing.Courier]:
    """Yield a courier once for every separate shift.

    Where trips are limited only the longest shift counts, since the limit is for the service.
    """
    spans = courier.spans
    if courier.max_trips is not None:
        spans = (max(spans, key=lambda span: span[1] - span[0]),)
    for number, span in enumerate(spans):
        yield routing.Courier(
            id=courier_name(courier.id, number),
            canteen=canteen_name(courier.canteen_id),
            mode=courier.mode.value,
            boxes=courier.boxes,
            shift=span,
            skills=courier.skills,
            max_trips=courier.max_trips,
        )


def _rules(settings: Settings) -> routing.Rules:
    return routing.Rules(
        circle_seconds=settings.circle_seconds,
        max_ride_seconds=settings.max_ride_seconds,
        cost=routing.Cost(
            unserved_meal=settings.price_unserved_meal,
            outside_circle_meal=settings.price_outside_circle_meal,
            courier=settings.price_courier,
            travel_second=settings.price_travel_second,
            unfamiliar_courier=settings.price_unfamiliar_courier,
        ),
    )
