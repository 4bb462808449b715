"""The state of a service follows from what was reported, by rules that are told."""

from mealsvc.day_words import EventKind, Fate, NotCounted, Outcome, Source, StopStatus, TripStatus
from mealsvc.delivery import service_state
from tests.mealsvc.delivery.days import at, departed, event, outcome, plan, trip

TWO_TRIPS = plan((1, trip(1, 11, 12), trip(2, 13, begins=60)), (2, trip(1, 21)))


def state(*events, planned=TWO_TRIPS):
    return service_state(planned, events)


def test_without_reports_everything_waits_whatever_the_time():
    found = state()
    assert {stop.status for stop in found.stops} == {StopStatus.WAITING}
    assert {duty.status for duty in found.duties} == {TripStatus.WAITING}


def test_a_departure_puts_what_was_loaded_under_way():
    found = state(departed("a", 6, 11, 12))
    assert found.stop(11).status is StopStatus.UNDER_WAY
    assert found.stop(13).status is StopStatus.WAITING
    assert found.duties[0].trips[0].departed_at == at(6)
    assert [one.status for one in found.duties[0].trips] == [
        TripStatus.UNDER_WAY,
        TripStatus.WAITING,
    ]


def test_a_departure_stays_true_when_a_revision_numbers_trips_anew():
    renumbered = plan((1, trip(1, 99), trip(2, 11, 12)), revision=2)
    found = state(departed("a", 6, 11, 12, trip=1, revision=1), planned=renumbered)
    assert [one.status for one in found.duties[0].trips] == [
        TripStatus.WAITING,
        TripStatus.UNDER_WAY,
    ]


def test_a_forgotten_departure_does_not_hide_that_the_trip_runs():
    found = state(outcome("a", 11, 9))
    assert found.duties[0].trips[0].status is TripStatus.UNDER_WAY
    assert found.duties[0].trips[0].departed_at is None


def test_the_last_outcome_of_a_stop_counts_whenever_it_came_in():
    tried, served = outcome("a", 11, 9, Outcome.NOBODY_HOME), outcome("b", 11, 30)
    for order in ((tried, served), (served, tried)):
        assert state(*order).stop(11).outcome is Outcome.HANDED_OVER


def test_of_one_moment_the_office_counts_before_the_phone():
    phone = outcome("z", 11, 9)
    office = outcome("a", 11, 9, Outcome.REFUSED, source=Source.OFFICE, courier=None)
    assert state(phone, office).stop(11).outcome is Outcome.REFUSED


def test_a_correction_replaces_even_what_was_told_to_be_later():
    wrong = outcome("a", 11, 30)
    right = outcome("b", 11, 12, Outcome.REFUSED, about="a")
    assert state(wrong, right).stop(11).outcome is Outcome.REFUSED


def test_what_is_taken_back_never_was():
    found = state(outcome("a", 11, 9), event("b", EventKind.RETRACTED, 10, about="a"))
    assert found.stop(11).status is StopStatus.WAITING


def test_nobody_takes_back_what_another_courier_reported():
    foreign = event("b", EventKind.RETRACTED, 10, about="a", courier=2)
    assert state(outcome("a", 11, 9), foreign).stop(11).served
    office = event("b", EventKind.RETRACTED, 10, about="a", courier=None, source=Source.OFFICE)
    assert not state(outcome("a", 11, 9), office).stop(11).served


def test_what_is_not_counted_changes_nothing():
    kept_apart = outcome("a", 11, 9, not_counted=NotCounted.DUTY_OVER)
    assert state(kept_apart) == state()


def test_handing_back_gives_away_what_has_no_outcome_and_can_be_taken_back():
    back = event("b", EventKind.HANDED_BACK, 20)
    found = state(outcome("a", 11, 9), departed("c", 6, 11, 12), back)
    assert [stop.status for stop in found.duties[0].stops] == [
        StopStatus.SETTLED,
        StopStatus.HANDED_BACK,
        StopStatus.HANDED_BACK,
    ]
    assert found.duties[0].handed_back_at == at(20)
    assert found.duties[1].status is TripStatus.WAITING
    again = event("d", EventKind.RETRACTED, 21, about="b")
    assert state(back, again).duties[0].status is TripStatus.WAITING


def test_a_stop_that_moved_keeps_the_report_of_who_brought_it():
    moved = plan((2, trip(1, 21, 11)), revision=2)
    found = state(departed("c", 6, 11), outcome("a", 11, 9), planned=moved).stop(11)
    assert (found.courier_id, found.by_courier_id, found.departed_at) == (2, 1, at(6))


def test_an_order_out_of_the_plan_is_listed_beside_it():
    found = state(outcome("a", 77, 9))
    assert [stop.order_id for stop in found.beside] == [77]
    assert found.stop(77).served


def test_two_couriers_who_both_handed_it_over_are_noticed():
    found = state(outcome("a", 11, 9), outcome("b", 11, 12, courier=2))
    assert found.stop(11).doubled
    assert not state(outcome("a", 11, 9), outcome("b", 11, 12)).stop(11).doubled


def test_a_sheet_without_times_says_what_and_the_phone_says_when():
    phone = outcome("a", 11, 9)
    sheet = outcome("b", 11, 200, source=Source.PAPER, time_known=False)
    found = state(departed("c", 6, 11), phone, sheet).stop(11)
    assert (found.source, found.at, found.departed_at) == (Source.PAPER, at(9), at(6))
    alone = state(sheet).stop(11)
    assert (alone.served, alone.time_known) == (True, False)


def test_portions_not_handed_over_are_unaccounted_until_somebody_says_where_they_are():
    refused = outcome("a", 11, 9, Outcome.REFUSED)
    assert state(refused).stop(11).unaccounted == 1
    told = event("b", EventKind.ACCOUNTED, 40, order=11, fates=((Fate.GIVEN, 1),))
    assert state(refused, told).stop(11).unaccounted == 0
    assert state().stop(11).unaccounted == 0


def test_a_duty_is_done_when_every_stop_has_an_outcome_and_not_before():
    reports = [outcome("a", 11, 9), outcome("b", 12, 12), outcome("c", 13, 70, Outcome.REFUSED)]
    assert state(*reports[:2]).duties[0].status is TripStatus.UNDER_WAY
    assert state(*reports).duties[0].status is TripStatus.DONE


def test_the_newest_revision_seen_counts():
    seen = [event(uid, EventKind.SEEN, 3, revision=number) for uid, number in (("a", 2), ("b", 1))]
    assert state(*seen).duties[0].seen == 2
