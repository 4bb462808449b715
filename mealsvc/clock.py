"""Where the time comes from.

Nothing else asks the machine for the time, so that tests and reruns can set it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""A callable that returns the present moment, aware."""


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def shifted_clock(offset: timedelta) -> Clock:
    """Return a clock that runs ahead of (or behind) the system's by ``offset``.

    Rehearsals use it: a night can be planned at noon.
    """
    return lambda: datetime.now(UTC) + offset


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day of a moment in the service's time zone."""
    return moment.astimezone(zone).date()


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a wall-clock time on a day in the service's time zone."""
    return datetime.combine(day, at, tzinfo=zone)
