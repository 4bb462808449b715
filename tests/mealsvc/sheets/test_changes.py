"""What counts as a change of a sheet, and what does not."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from mealsvc.sheets.changes import ChangeKind, Visit, changed_couriers, compare

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=timezone(timedelta(hours=8)))


def visits(*orders, courier=1, trip=1, late=0, portions=1):
    """Return visits two minutes apart; orders are ids in the order of the stops."""
    return [
        Visit(order, courier, trip, place, NOON + timedelta(minutes=2 * place + late), portions)
        for place, order in enumerate(orders, start=1)
    ]


def kinds(now, before):
    return {order: change.kind for order, change in compare(now, before).items()}


def test_equal_revisions_have_no_changes():
    assert compare(visits(1, 2, 3), visits(1, 2, 3)) == {}


def test_a_stop_put_in_marks_only_itself():
    assert kinds(visits(1, 9, 2, 3), visits(1, 2, 3)) == {9: ChangeKind.NEW}


def test_a_stop_taken_out_marks_nobody_else():
    assert kinds(visits(1, 3), visits(1, 2, 3)) == {}


def test_what_really_happened_before_a_revision_is_no_change_of_it():
    now = visits(1, 2, 3, late=10)  # at 11:12, 11:14 and 11:16
    changes = compare(now, visits(1, 2, 3), published_at=NOON + timedelta(minutes=14))
    assert {order: change.kind for order, change in changes.items()} == {3: ChangeKind.TIME}


def test_one_stop_moved_to_the_end_marks_only_that_one():
    assert kinds(visits(2, 3, 4, 1), visits(1, 2, 3, 4)) == {1: ChangeKind.ORDER}


def test_another_courier_and_another_trip_are_told_apart():
    before = [*visits(1, 2), *visits(3, courier=2)]
    now = [*visits(1, 3), *visits(2, trip=2)]
    assert kinds(now, before) == {3: ChangeKind.COURIER, 2: ChangeKind.TRIP}
    assert compare(now, before)[3].before.courier_id == 2


def test_small_shifts_of_time_are_not_changes_but_large_ones_are():
    assert kinds(visits(1, 2, late=4), visits(1, 2)) == {}
    assert kinds(visits(1, 2, late=5), visits(1, 2)) == {1: ChangeKind.TIME, 2: ChangeKind.TIME}


def test_another_door_and_other_hours_asked_for_are_changes():
    first, second = visits(1, 2)
    now = [replace(first, place=(120.1, 30.2)), replace(second, window=("11:00:00", "11:30:00"))]
    assert kinds(now, [first, second]) == {1: ChangeKind.DOOR, 2: ChangeKind.WINDOW}


def test_a_revision_concerns_who_gets_and_who_gives_away_and_nobody_else():
    before = [*visits(1, 2), *visits(3, 4, courier=2), *visits(5, courier=3)]
    now = [*visits(1, 2, 4), *visits(3, courier=2), *visits(5, courier=3)]
    assert changed_couriers(now, before) == {1, 2}
    assert changed_couriers(before, before) == set()


def test_a_duty_without_a_stop_left_and_one_that_is_new_are_changed():
    assert changed_couriers(visits(1, courier=2), visits(1)) == {1, 2}
    assert changed_couriers([], visits(1)) == {1}


def test_nobody_is_concerned_by_a_small_shift_or_by_what_was_past():
    assert changed_couriers(visits(1, 2, late=4), visits(1, 2)) == set()
    published_at = NOON + timedelta(minutes=14)
    assert changed_couriers(visits(1, 2, late=10), visits(1, 2), published_at=published_at) == set()
    assert changed_couriers(visits(1, late=10), visits(1, 2), published_at=published_at) == {1}
