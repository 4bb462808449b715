"""Ride times and delays are those reported, over what is known."""

from mealsvc.day_words import Outcome, Source
from mealsvc.delivery import service_state
from mealsvc.delivery.punctuality import punctuality_of, ride_of
from tests.mealsvc.delivery.days import departed, outcome, plan, trip

# Planned: order 11 at minute 10 after 300 s of ride, 12 at minute 15 after 600 s.
PLANNED = plan((1, trip(1, 11, 12)))


def figures(*events, circle=600):
    return punctuality_of(service_state(PLANNED, events).stops, circle)


def test_without_reports_there_are_no_figures():
    found = figures()
    assert (found.stops, found.rides, found.ride_seconds, found.delay_seconds) == (0, 0, None, None)


def test_ride_time_runs_from_the_reported_departure_to_the_hand_over():
    found = figures(departed("d", 7, 11, 12), outcome("a", 11, 12), outcome("b", 12, 22))
    assert (found.rides, found.ride_seconds, found.planned_ride_seconds) == (2, 600, 450)
    assert (found.inside_circle, found.planned_inside_circle) == (1, 2)
    assert (found.timed, found.late, found.delay_seconds) == (2, 1, 270)


def test_a_forgotten_departure_leaves_the_ride_unknown_but_not_the_delay():
    found = figures(outcome("a", 11, 12))
    assert (found.rides, found.timed, found.delay_seconds) == (0, 1, 120)


def test_a_sheet_without_times_is_served_and_nothing_else():
    found = figures(outcome("a", 11, 300, source=Source.PAPER, time_known=False))
    assert (found.served, found.rides, found.timed) == (1, 0, 0)


def test_a_meal_that_nobody_took_has_no_ride():
    events = [departed("d", 7, 11, 12), outcome("a", 11, 12, Outcome.REFUSED)]
    stop = service_state(PLANNED, events).stop(11)
    assert ride_of(stop) is None
    assert (figures(*events).stops, figures(*events).served) == (1, 0)
