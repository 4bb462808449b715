"""When a service begins and ends, and until when its orders may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mealsvc.clock import local_date, local_moment
from mealsvc.errors import Conflict, InvalidInput
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.vocabulary import Meal, service_zh

DAY_SECONDS = 86_400

FARTHEST = timedelta(days=366)
"""A meal is ordered and planned at most so far ahead; a later day is a slip of the pen."""


def seconds_of(at: time) -> int:
    """Return a wall-clock time as seconds after midnight."""
    return at.hour * 3600 + at.minute * 60 + at.second


@dataclass(frozen=True)
class ServiceHours:
    """The times of one service.

    Attributes
    ----------
    opens
        Loading begins.
    closes
        Last hand-over.
    cutoff
        From this moment on standing orders and one-off changes no longer reach the service.
    first, last
        ``opens`` and ``closes`` as local times of day.
    """

    opens: datetime
    closes: datetime
    cutoff: datetime
    first: time
    last: time

    def offset(self, at: time) -> int:
        """Return a local time of the day as seconds from the start of the service.

        Examples
        --------
        For a lunch that opens at 10:30, 11:00 is 1800 and 10:00 is −1800.
        """
        return seconds_of(at) - seconds_of(self.first)

    @property
    def length(self) -> int:
        """Seconds from the start of the service to its last hand-over."""
        return self.offset(self.last)


def service_hours(settings: Settings, day: date, meal: Meal) -> ServiceHours:
    """Return the times of a service.

    The cut-off is ``settings.cutoff`` on the day before, for lunch and dinner alike.
    """
    first, last = settings.hours(meal)
    return ServiceHours(
        opens=local_moment(day, first, settings.zone),
        closes=local_moment(day, last, settings.zone),
        cutoff=local_moment(day - timedelta(days=1), settings.cutoff, settings.zone),
        first=first,
        last=last,
    )


def require_ahead(runtime: Runtime, day: date, meal: Meal) -> None:
    """Refuse to plan a service that has begun, or one so far ahead that the day is a slip.

    Raises
    ------
    Conflict
        If its loading has begun.
    InvalidInput
        If it is more than :data:`FARTHEST` ahead.
    """
    now = runtime.clock()
    today = local_date(now, runtime.settings.zone)
    # Days are compared first: the first and last days of the calendar have no hours in every zone.
    if day < today or (day == today and now >= service_hours(runtime.settings, day, meal).opens):
        began = runtime.settings.hours(meal)[0]
        raise Conflict(
            f"{meal} of {day} began at {day} {began:%H:%M} and can no longer be planned; "
            "choose a coming service",
            f"{service_zh(day, meal)}已于{began:%H:%M}开始，不能再制定计划；请选择以后的餐次",
        )
    if day > today + FARTHEST:
        raise InvalidInput(
            f"{day} is more than a year ahead; check the day",
            f"{day} 超过一年以后，请核对日期",
        )
