"""Days as people type them."""

from __future__ import annotations

from datetime import date, timedelta

from mealsvc.clock import local_date
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime

_RELATIVE = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1}

DAY_HELP = "The day: 2026-11-21, today 今天 or tomorrow 明天."


def day_of(text: str, runtime: Runtime) -> date:
    """Return the day that a text names.

    Parameters
    ----------
    text
        An ISO date, ``today``/``今天`` or ``tomorrow``/``明天`` in the service's time zone.
    runtime
        The installation, for its clock and zone.

    Raises
    ------
    InvalidInput
        If it names no day.
    """
    if text.lower() in _RELATIVE:
        today = local_date(runtime.clock(), runtime.settings.zone)
        return today + timedelta(days=_RELATIVE[text.lower()])
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"{text!r} is no day; write it as 2026-11-21, or today, or tomorrow"
        ) from error
