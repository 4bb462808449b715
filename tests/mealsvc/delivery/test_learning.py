"""Hand-over times are learnt from what happened, and not from what was tapped from memory."""

from datetime import timedelta

import pytest

from mealsvc.day_words import EventKind, Outcome
from mealsvc.delivery.learning import (
    Leg,
    Lesson,
    Tap,
    blended,
    lesson_of,
    read_lessons,
    samples_of,
)
from mealsvc.store import DeliveryEvent, transaction
from tests.mealsvc.delivery.days import START
from tests.mealsvc.delivery.records import OPENS, publish_day
from tests.mealsvc.people import SATURDAY

#: Three stops, each a hundred seconds from the one before.
LEGS = [Leg(order, order + 100, 100) for order in (1, 2, 3)]


def taps(*seconds, handed_over=True):
    """Taps of the stops 1, 2, … so many seconds after the departure; None: forgotten."""
    return {
        order: Tap(START + timedelta(seconds=second), handed_over)
        for order, second in enumerate(seconds, start=1)
        if second is not None
    }


def test_a_hand_over_took_what_is_left_when_the_way_is_taken_off():
    assert samples_of(LEGS, taps(160, 340, 530), START) == {1: 60, 2: 80, 3: 90}


def test_a_forgotten_tap_spoils_its_own_and_the_next_time():
    assert samples_of(LEGS, taps(160, None, 530), START) == {1: 60}


def test_without_a_departure_the_first_time_is_not_known():
    assert samples_of(LEGS, taps(160, 340, 530), None) == {2: 80, 3: 90}


def test_stops_tapped_in_one_second_do_not_count():
    assert samples_of(LEGS, taps(600, 600.3, 600.9), START) == {}


def test_after_a_burst_the_next_time_does_not_count_either():
    four = [*LEGS, Leg(4, 104, 100), Leg(5, 105, 100)]
    found = samples_of(four, taps(160, 500, 501, 700, 880), START)
    assert found == {1: 60, 5: 80}


def test_taps_against_the_order_of_the_trip_do_not_count():
    assert samples_of(LEGS, taps(340, 160, 530), START) == {}


def test_only_a_meal_put_into_somebodys_hands_teaches():
    assert samples_of(LEGS, taps(160, 340, 530, handed_over=False), START) == {}


@pytest.mark.parametrize("first", [105, 90, 1400])
def test_what_no_hand_over_can_take_does_not_count(first):
    assert 1 not in samples_of(LEGS, taps(first, None, None), START)


def test_nothing_is_learnt_from_few_times_and_strays_do_not_move_what_is():
    assert lesson_of([60, 70, 80, 90]) is None
    assert lesson_of([60, 70, 80, 90, 100]) == Lesson(80, 5)
    assert lesson_of([60, 70, 80, 90, 100, 1100]) == Lesson(80, 5)


def test_few_times_move_the_rule_half_way_and_many_almost_wholly():
    assert blended(60, None) == 60
    assert blended(60, Lesson(120, 5)) == 90
    assert blended(60, Lesson(120, 95)) == 117


def test_the_records_of_earlier_days_teach_and_the_day_itself_does_not(each_engine):
    with transaction(each_engine) as session:
        made = publish_day(session)
        common = {
            "service_id": made.service.id, "source": "phone", "courier_id": made.couriers[0],
            "received_at": OPENS, "reported_by": "test",
        }  # fmt: skip
        left = OPENS + timedelta(minutes=5)
        session.add(
            DeliveryEvent(
                uid="d", kind=EventKind.DEPARTED, trip=1, happened_at=left,
                detail={"orders": made.orders[:2]}, **common,
            )
        )  # fmt: skip
        for number, order in enumerate(made.orders[:2], start=1):
            session.add(
                DeliveryEvent(
                    uid=f"o{number}", kind=EventKind.OUTCOME, outcome=Outcome.HANDED_OVER,
                    order_id=order, happened_at=left + number * timedelta(minutes=7), **common,
                )
            )  # fmt: skip
    with transaction(each_engine) as session:
        assert read_lessons(session, SATURDAY + timedelta(days=1)) == {}  # one time is too few
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mealsvc.delivery.learning.LEAST_SAMPLES", 1)
            found = read_lessons(session, SATURDAY + timedelta(days=1))
            assert read_lessons(session, SATURDAY) == {}
            assert read_lessons(session, SATURDAY + timedelta(days=50)) == {}
    assert {elder: lesson.seconds for elder, lesson in found.items()} == dict.fromkeys(
        made.elders[:2], 120
    )
