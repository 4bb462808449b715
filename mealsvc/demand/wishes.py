"""What each elder wants in one service: standing orders, minus pauses, plus one-off changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mealsvc.demand.rules import Window
from mealsvc.store import Elder, OrderChange, Pause, StandingOrder
from mealsvc.vocabulary import Meal, MealWay


@dataclass(frozen=True)
class Wish:
    """What one elder eats in one service, and how it gets there."""

    way: MealWay
    portions: int
    window: Window | None
    note: str | None


def wish_of(elder: Elder, day: date, meal: Meal) -> Wish | None:
    """Return what an elder eats in a service, or None.

    A one-off change of the day says more than a pause, a pause more than a standing order, and
    the end of service more than all of them. Of several standing orders that fit the day the one
    that began last counts.
    """
    if elder.ended_on is not None and elder.ended_on <= day:
        return None
    standing = _standing(elder.standing_orders, day, meal)
    change = next(
        (change for change in elder.order_changes if (change.day, change.meal) == (day, meal)),
        None,
    )
    if change is not None:
        return _changed(elder, standing, change, meal)
    if standing is None or is_paused(elder.pauses, day):
        return None
    return Wish(standing.way, standing.portions, _window(standing), elder.door_note)


def is_stopped(elder: Elder, day: date, meal: Meal) -> bool:
    """Return whether an elder eats nothing in a service because of the end of service or a pause.

    A one-off change of the day says more than a pause, as for :func:`wish_of`.
    """
    if elder.ended_on is not None and elder.ended_on <= day:
        return True
    changed = any((change.day, change.meal) == (day, meal) for change in elder.order_changes)
    return not changed and is_paused(elder.pauses, day)


def is_paused(pauses: Iterable[Pause], day: date) -> bool:
    """Return whether a day lies in one of the pauses (both ends included)."""
    return any(
        pause.first_day <= day and (pause.last_day is None or day <= pause.last_day)
        for pause in pauses
    )


def _standing(orders: Iterable[StandingOrder], day: date, meal: Meal) -> StandingOrder | None:
    fitting = [
        order
        for order in orders
        if order.meal is meal
        and order.valid_from <= day
        and (order.valid_to is None or day <= order.valid_to)
        and order.weekdays >> day.weekday() & 1
    ]
    return max(fitting, key=lambda order: order.valid_from, default=None)


def _changed(
    elder: Elder, standing: StandingOrder | None, change: OrderChange, meal: Meal
) -> Wish | None:
    if change.portions == 0:
        return None
    way = change.way or (standing.way if standing else _usual_way(elder, meal))
    window = _window(change) or (_window(standing) if standing else None)
    notes = [note for note in (elder.door_note, change.note) if note]
    return Wish(way, change.portions, window, ";".join(notes)[:500] or None)


def _usual_way(elder: Elder, meal: Meal) -> MealWay:
    """Return how the elder eats on other days; to the door for who never ordered before."""
    known = sorted(elder.standing_orders, key=lambda order: (order.meal is meal, order.valid_from))
    return known[-1].way if known else MealWay.DELIVERY


def _window(source: StandingOrder | OrderChange) -> Window | None:
    if source.window_from is None or source.window_to is None:
        return None
    return source.window_from, source.window_to
