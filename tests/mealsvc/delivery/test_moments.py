"""When a report happened, by a phone whose clock may be wrong."""

from datetime import timedelta

import pytest

from mealsvc.day_words import EventKind, NotCounted
from mealsvc.delivery.moments import clock_offset, placed
from tests.mealsvc.delivery.days import START, at

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("sent", "offset"),
    [(60, 0), (59.5, 0), (60.9, 0), (80, -20), (40, 20), (60 + 1440, -1440)],
)
def test_a_clock_that_is_off_by_more_than_a_minute_is_corrected(sent, offset):
    assert clock_offset(at(sent), at(60)) == offset * MINUTE


def test_what_is_told_is_moved_by_the_offset_and_never_after_the_receipt():
    moment, why = placed(EventKind.OUTCOME, at(75), -20 * MINUTE, opens=START, received_at=at(60))
    assert (moment, why) == (at(55), None)
    slightly = placed(EventKind.OUTCOME, at(60.5), 0 * MINUTE, opens=START, received_at=at(60))
    assert slightly == (at(60), None)


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        (EventKind.OUTCOME, 62, NotCounted.IN_THE_FUTURE),
        (EventKind.OUTCOME, 60 + 1440, NotCounted.IN_THE_FUTURE),
        (EventKind.OUTCOME, -121, NotCounted.TOO_EARLY),
        (EventKind.OUTCOME, -119, None),
        (EventKind.SEEN, -900, None),
        (EventKind.HANDED_BACK, -900, None),
        (EventKind.SEEN, 62, NotCounted.IN_THE_FUTURE),
    ],
)
def test_what_cannot_have_happened_then_is_not_counted(kind, told, why):
    assert placed(kind, at(told), 0 * MINUTE, opens=START, received_at=at(60))[1] is why
