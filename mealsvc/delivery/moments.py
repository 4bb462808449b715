"""When a report happened: the phone's clock, corrected by how far it is off.

A phone tells the time of each report and, with every batch, the time of sending, both by its own
clock. What it tells of the sending is compared with the moment of receipt; the difference is how
far its clock is off (the time on the way is a second or two and falls under the tolerance).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mealsvc.day_words import EventKind, NotCounted

TOLERANCE = timedelta(seconds=60)
"""A clock that is off by less is believed as it is."""

EARLIEST = timedelta(hours=2)
"""Nobody sets out, or stands at a door, so long before the service begins."""

_AHEAD_OF_THE_DAY = frozenset({EventKind.SEEN, EventKind.HANDED_BACK, EventKind.RETRACTED})
"""What may be reported as soon as a plan is published."""


def clock_offset(sent_at: datetime, received_at: datetime) -> timedelta:
    """Return what must be added to a phone's times; zero where its clock is right.

    Parameters
    ----------
    sent_at
        When the batch was sent, by the phone's clock.
    received_at
        When it was received, by the service's.

    Examples
    --------
    A phone 20 minutes fast sends at 12:20 what is received at 12:00: minus 20 minutes.
    """
    offset = received_at - sent_at
    return offset if abs(offset) > TOLERANCE else timedelta(0)


def placed(
    kind: EventKind,
    told_at: datetime,
    offset: timedelta,
    *,
    opens: datetime,
    received_at: datetime,
) -> tuple[datetime, NotCounted | None]:
    """Return when a report happened, and why it cannot be counted where that is impossible.

    Parameters
    ----------
    kind
        What was reported.
    told_at
        When, by the phone's clock.
    offset
        From :func:`clock_offset`.
    opens
        When the service begins.
    received_at
        When the report was received.

    Returns
    -------
    tuple
        The moment (never after the receipt where it counts), and :attr:`NotCounted.IN_THE_FUTURE`
        for what has not happened yet, :attr:`NotCounted.TOO_EARLY` for what belongs to another
        day.
    """
    moment = told_at + offset
    if moment > received_at + TOLERANCE:
        return moment, NotCounted.IN_THE_FUTURE
    if moment < opens - EARLIEST and kind not in _AHEAD_OF_THE_DAY:
        return moment, NotCounted.TOO_EARLY
    return min(moment, received_at), None
