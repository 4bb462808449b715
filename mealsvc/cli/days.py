"""How commands name a service day: a date, ``today`` or ``tomorrow``."""

from __future__ import annotations

from datetime import date, timedelta

from mealsvc.clock import local_date
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime

_NAMED = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1}


def service_day(text: str, runtime: Runtime) -> date:
    """Return the day that a word or an ISO date names, in the service's time zone.

    Raises
    ------
    InvalidInput
        If it is neither.
    """
    if text.lower() in _NAMED:
        today = local_date(runtime.clock(), runtime.settings.zone)
        return today + timedelta(days=_NAMED[text.lower()])
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"{text!r} is no day; write it as 2026-11-21, today or tomorrow"
        ) from error
