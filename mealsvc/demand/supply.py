"""Portions that elders collect at a meal point travel there as supply orders that fit a box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from mealsvc.demand.calendar import ServiceHours
from mealsvc.demand.rules import Window
from mealsvc.demand.staffing import OnShift
from mealsvc.store import Courier, MealPoint


def split(portions: int, box: int | None) -> list[int]:
    """Return the sizes of the supply orders of a meal point.

    As few as fit the box, and as even as can be, so that no trip carries a single portion.

    Parameters
    ----------
    portions
        All portions collected there, 0 or more.
    box
        Most portions on one trip; None when nobody carries for the canteen: then one order.

    Examples
    --------
    >>> split(25, 12)
    [9, 8, 8]
    """
    if portions == 0:
        return []
    if box is None or box < 1:
        return [portions]
    parts = -(-portions // box)
    each, more = divmod(portions, parts)
    return [each + 1] * more + [each] * (parts - more)


def largest_box(
    canteen_id: int, on_shift: Sequence[OnShift], everybody: Sequence[Courier]
) -> int | None:
    """Return the largest box among a canteen's couriers of the day, else among all its couriers."""
    today = [one.courier.boxes for one in on_shift if one.courier.canteen_id == canteen_id]
    usual = [courier.boxes for courier in everybody if courier.canteen_id == canteen_id]
    return max(today, default=0) or max(usual, default=0) or None


def due(point: MealPoint, hours: ServiceHours) -> Window | None:
    """Return when supplies of a meal point are handed over.

    From the start of the service until the point opens. A point that is open already when the
    service starts gets them until it closes; None (any time of the service) when it is not open
    during the service at all.
    """
    for latest in (point.opens, min(point.closes, hours.last)):
        if hours.first < latest <= hours.last:
            return hours.first, latest
    return None


def is_open(point: MealPoint, hours: ServiceHours) -> bool:
    """Return whether a meal point is open at some time of the service."""
    opens: time = max(point.opens, hours.first)
    return opens < min(point.closes, hours.last)
