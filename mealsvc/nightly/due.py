"""Which services a night plans, when that is due, and until when it helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mealsvc.clock import local_date, local_moment
from mealsvc.demand import service_hours
from mealsvc.runtime import Runtime
from mealsvc.vocabulary import Meal


@dataclass(frozen=True)
class Night:
    """One service that is planned by night.

    Attributes
    ----------
    day, meal
        The service.
    due
        When it is planned: ``settings.nightly_at`` on the day before.
    until
        When the service begins and a plan no longer helps.
    """

    day: date
    meal: Meal
    due: datetime
    until: datetime

    @property
    def key(self) -> str:
        """Name of the job, the same for every server."""
        return f"nightly:{self.day}:{self.meal}"


def nights(runtime: Runtime, first: date, days: int) -> Iterator[Night]:
    """Yield the services of some days that are planned by night, in order."""
    settings = runtime.settings
    for day in (first + timedelta(days=number) for number in range(days)):
        due = local_moment(day - timedelta(days=1), settings.nightly_at, settings.zone)
        for meal in settings.nightly_meals:
            yield Night(day, meal, due, service_hours(settings, day, meal).opens)


def due_nights(runtime: Runtime) -> list[Night]:
    """Return the services that should have a plan by now and have not begun.

    That is tomorrow's after tonight's hour, and today's until they begin: a night that was missed
    while no server ran is made up as long as it matters.
    """
    now = runtime.clock()
    today = local_date(now, runtime.settings.zone)
    return [night for night in nights(runtime, today, 2) if night.due <= now < night.until]


def collecting_night(runtime: Runtime, day: date, meal: Meal) -> datetime | None:
    """Return when a coming night collects the orders of a service to plan it; None if none will."""
    if not runtime.settings.nightly_enabled:
        return None
    coming = (night.due for night in nights(runtime, day, 1) if night.meal is meal)
    return next((due for due in coming if runtime.clock() < due), None)
