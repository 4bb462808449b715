"""What an elder's file means for an order: priority, skills needed, seconds at the door."""

from __future__ import annotations

from datetime import time

from mealsvc.demand.calendar import ServiceHours
from mealsvc.settings import Settings
from mealsvc.store import Address, Elder
from mealsvc.vocabulary import CareLevel, Skill

LIFT_FROM_FLOORS = 7
"""Residential buildings of this many floors must have a lift (GB 50096); where the roster does not
say whether there is one, doors on this floor and above are taken to have it."""

_CARE_PRIORITY = {
    CareLevel.INDEPENDENT: 1,
    CareLevel.SEMI_DISABLED: 2,
    CareLevel.DISABLED: 3,
}


def priority_of(elder: Elder) -> int:
    """Return the weight of an elder's meals when not everybody can be served.

    1 for the independent, 2 semi-disabled, 3 disabled, one more for living alone; a priority in
    the elder's file overrides it.
    """
    if elder.priority is not None:
        return elder.priority
    return _CARE_PRIORITY[elder.care_level] + int(elder.lives_alone)


def needs_of(elder: Elder) -> list[str]:
    """Return the skills that the courier must have: care for the disabled."""
    return [Skill.CARE.value] if elder.care_level is CareLevel.DISABLED else []


def handover_seconds(elder: Elder, address: Address | None, settings: Settings) -> int:
    """Return the seconds at an elder's door, the way up and down included.

    ``settings.handover_seconds`` at a ground-floor door; every floor above (or below) adds
    ``floor_seconds_stairs`` without a lift; with one, waiting and the ride are added instead where
    that is quicker. ``Elder.handover_seconds`` overrides it all.
    """
    if elder.handover_seconds is not None:
        return elder.handover_seconds
    if address is None or address.floor is None:
        return settings.handover_seconds
    # There is no floor 0: 1 is the ground floor, -1 the first below it.
    floors = abs(address.floor - 1) if address.floor > 0 else abs(address.floor)
    climb = floors * settings.floor_seconds_stairs
    if _has_lift(address):
        climb = min(climb, settings.lift_wait_seconds + floors * settings.floor_seconds_lift)
    return settings.handover_seconds + climb


def _has_lift(address: Address) -> bool:
    if address.lift is not None:
        return address.lift
    return address.floor is not None and address.floor >= LIFT_FROM_FLOORS


type Window = tuple[time, time]


def usable_window(window: Window | None, hours: ServiceHours) -> Window | None:
    """Return the part of a wished window that lies in the service's hours.

    Returns
    -------
    tuple of time, or None
        None when nothing was wished, and also when no part of the wish lies in the service: the
        meal is then brought at any time of the service rather than not at all.
    """
    if window is None:
        return None
    first, last = max(window[0], hours.first), min(window[1], hours.last)
    return (first, last) if first < last else None
