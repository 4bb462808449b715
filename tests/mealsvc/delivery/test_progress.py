"""Progress is what was reported against the plan at a moment."""

from mealsvc.day_words import EventKind, Outcome, Source, TripStatus
from mealsvc.delivery import service_state
from mealsvc.delivery.progress import progress_of
from tests.mealsvc.delivery.days import at, departed, event, outcome, plan, trip

# Orders 11 and 12 are planned at minutes 10 and 15, order 21 at minute 10.
PLANNED = plan((1, trip(1, 11, 12)), (2, trip(1, 21)))


def progress(minutes, *events):
    return progress_of(service_state(PLANNED, events), at(minutes))


def test_before_anything_is_due_nothing_is_late():
    found = progress(5)
    assert (found.counts.stops, found.counts.waiting, found.counts.overdue) == (3, 3, 0)
    assert [one.behind_seconds for one in found.couriers] == [None, None]
    assert found.couriers[0].next_order == 11


def test_time_alone_delivers_nothing_but_makes_it_overdue():
    found = progress(21)
    assert (found.counts.settled, found.counts.served, found.counts.overdue) == (0, 0, 3)
    assert found.couriers[0].behind_seconds == 11 * 60


def test_a_late_hand_over_is_counted_and_the_courier_is_behind():
    found = progress(17, departed("d", 9, 11, 12), outcome("a", 11, 16))
    assert (found.counts.late, found.counts.served, found.counts.under_way) == (1, 1, 1)
    assert found.couriers[0].behind_seconds == 6 * 60
    assert (found.couriers[0].next_order, found.couriers[0].last_at) == (12, at(16))


def test_a_courier_ahead_of_the_plan_is_told_so():
    assert progress(9, outcome("a", 11, 8)).couriers[0].behind_seconds == -120


def test_a_sheet_without_times_makes_nobody_late():
    sheet = outcome("a", 11, 300, source=Source.PAPER, time_known=False)
    found = progress(301, sheet)
    assert (found.counts.served, found.counts.late) == (1, 0)


def test_counts_tell_outcomes_and_meals_that_nobody_accounted_for():
    found = progress(30, outcome("a", 11, 10, Outcome.REFUSED), outcome("b", 12, 15))
    assert found.counts.outcomes == {Outcome.HANDED_OVER: 1, Outcome.REFUSED: 1}
    assert found.counts.unaccounted_portions == 1
    assert found.couriers[0].status is TripStatus.DONE


def test_who_handed_back_has_stops_that_nobody_brings():
    found = progress(8, event("a", EventKind.HANDED_BACK, 7))
    assert (found.counts.handed_back, found.couriers[0].handed_back_at) == (2, at(7))
