"""Changes applied to an instance: what is true from now on, and what is wrong with a change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from routing.errors import InvalidChange, InvalidInstance
from routing.instance import Instance
from routing.parts import NO_WAY, Courier, Order, Seconds
from routing.repair.situation import (
    CanteenLate,
    Change,
    CourierAvailable,
    CourierGone,
    OrderChanged,
    OrderGone,
    OrderNew,
    Situation,
    TravelChanged,
    TravelSlower,
)


@dataclass(slots=True)
class News:
    """An instance after its changes.

    Parameters
    ----------
    orders : dict of str to Order
        All orders that are wanted now.
    cancelled, changed : set of str
        Orders of the instance that are gone, and that are replaced.
    couriers : dict of str to Courier
        All couriers, also those who are gone.
    gone : dict of str to int
        From when on a courier is gone (seconds).
    late : dict of str to int
        Before when nothing can be loaded at a canteen (seconds).
    travel : dict of str to array
        Travel times from now on.
    other_modes : set of str
        Modes whose travel times have changed.
    """

    orders: dict[str, Order]
    cancelled: set[str]
    changed: set[str]
    couriers: dict[str, Courier]
    gone: dict[str, int]
    late: dict[str, int]
    travel: dict[str, Seconds]
    other_modes: set[str]


def apply_changes(situation: Situation) -> News:
    """Return what is true after all changes.

    Raises
    ------
    InvalidChange
        When a change or report names what is not there, or cannot be meant.
    """
    instance = situation.instance
    _check_plan(situation)
    news = News(
        orders=dict(instance.order_by_id),
        cancelled=set(),
        changed=set(),
        couriers=dict(instance.courier_by_id),
        gone={},
        late={},
        travel=dict(instance.travel),
        other_modes=set(),
    )
    for number, change in enumerate(situation.changes):
        _apply(news, instance, change, f"changes[{number}]")
    _check_result(instance, news)
    _check_reports(situation)
    return news


def _apply(news: News, instance: Instance, change: Change, path: str) -> None:
    match change:
        case OrderGone(order):
            _known(order, news.orders, f"{path}.order", "order")
            del news.orders[order]
            news.cancelled.add(order)
        case OrderNew(order):
            if order.id in news.orders or order.id in instance.order_by_id:
                raise InvalidChange(f"{path}.order.id", f"{order.id!r} is there already")
            news.orders[order.id] = order
        case OrderChanged(order):
            _known(order.id, news.orders, f"{path}.order.id", "order")
            news.orders[order.id] = order
            news.changed.add(order.id)
        case CourierGone(courier, since):
            _known(courier, news.couriers, f"{path}.courier", "courier")
            news.gone[courier] = since
        case CourierAvailable(courier):
            news.couriers[courier.id] = courier
            news.gone.pop(courier.id, None)
        case CanteenLate(canteen, until):
            _known(canteen, instance.canteen_by_id, f"{path}.canteen", "canteen")
            news.late[canteen] = until
        case TravelChanged(travel):
            news.other_modes.update(
                mode for mode, table in travel.items() if _differs(news.travel.get(mode), table)
            )
            news.travel.update(travel)
        case TravelSlower():
            _slow_down(news, change, path)


def _differs(before: Seconds | None, after: Seconds) -> bool:
    """Return whether times between places known before have changed."""
    if before is None:
        return False
    known = len(before)
    return not np.array_equal(before, after[:known, :known])


def _slow_down(news: News, change: TravelSlower, path: str) -> None:
    if change.mode is not None:
        _known(change.mode, news.travel, f"{path}.mode", "travel mode")
    if not 0.0 < change.factor < NO_WAY:
        raise InvalidChange(f"{path}.factor", f"{change.factor} must be positive")
    for mode in news.travel if change.mode is None else [change.mode]:
        news.travel[mode] = slower(news.travel[mode], change.factor)
        news.other_modes.add(mode)


def slower(seconds: Seconds, factor: float) -> Seconds:
    """Return travel times multiplied by a factor, rounded up; no way stays no way."""
    longer: Seconds = np.ceil(seconds.astype(np.float64) * factor).astype(np.int64)
    longer = np.minimum(longer, NO_WAY - 1)
    longer[seconds >= NO_WAY] = NO_WAY
    return longer


def _known(name: str, among: Mapping[str, object], path: str, what: str) -> None:
    if name not in among:
        raise InvalidChange(path, f"there is no {what} {name!r}")


def _check_result(instance: Instance, news: News) -> None:
    """Let the rules of an instance judge the records that changes brought."""
    sizes = {len(table) for table in news.travel.values()}
    places = max(sizes, default=0)
    if places < max((len(table) for table in instance.travel.values()), default=0):
        raise InvalidChange("changes", "new travel times have fewer places than the instance")
    try:
        replace(
            instance,
            orders=tuple(news.orders.values()),
            couriers=tuple(news.couriers.values()),
            travel=news.travel,
            coordinates=None,
        )
    except InvalidInstance as error:
        raise InvalidChange(f"changes: then {error.field}", error.problem) from error


def _check_plan(situation: Situation) -> None:
    """Check that the plan speaks of its instance."""
    instance = situation.instance
    for number, trip in enumerate(situation.plan.trips):
        path = f"plan.trips[{number}]"
        _known(trip.courier, instance.courier_by_id, f"{path}.courier", "courier")
        _known(trip.canteen, instance.canteen_by_id, f"{path}.canteen", "canteen")
        for place, stop in enumerate(trip.stops):
            _known(stop.order, instance.order_by_id, f"{path}.stops[{place}].order", "order")


def _check_reports(situation: Situation) -> None:
    """Check that reports speak of trips and stops of the plan."""
    trips, seen = situation.plan.trips, set()
    for number, report in enumerate(situation.reports):
        path = f"reports[{number}]"
        if not 0 <= report.trip < len(trips):
            raise InvalidChange(f"{path}.trip", f"the plan has no trip {report.trip}")
        if report.trip in seen:
            raise InvalidChange(f"{path}.trip", f"trip {report.trip} is reported twice")
        seen.add(report.trip)
        stops = {stop.order for stop in trips[report.trip].stops}
        for order, moment in report.visited.items():
            if order not in stops:
                raise InvalidChange(f"{path}.visited", f"{order!r} is not on trip {report.trip}")
            if moment > situation.now:
                raise InvalidChange(
                    f"{path}.visited", f"{order!r} at {moment} is after now ({situation.now})"
                )
    for name, known, what in (
        (situation.locked_orders, situation.instance.order_by_id, "order"),
        (situation.locked_couriers, situation.instance.courier_by_id, "courier"),
    ):
        for one in sorted(name):
            _known(one, known, f"locked_{what}s", what)
    for one in sorted(situation.busy):
        _known(one, situation.instance.courier_by_id, "busy", "courier")
