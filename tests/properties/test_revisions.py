"""Random days, revised again and again: the past stays, and what nobody touches stays, too."""

import random

import pytest

import routing
from mealsvc.errors import Conflict
from mealsvc.planning import instance_of, plan_of
from mealsvc.planning.revising import (
    CanteenLate,
    CourierAway,
    CourierComes,
    OrderCancelled,
    OrderUrgent,
    TravelSlower,
)
from mealsvc.store import transaction
from tests.mealsvc.planning.revising.days import Day

PEOPLE = ["A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "P1"]


def change_of(dice, day):
    """Something that may happen, whether it fits the day or not."""
    hours = (day.town.settings.lunch_opens, day.town.settings.lunch_closes)
    return dice.choice(
        [
            OrderCancelled(dice.choice(PEOPLE)),
            OrderUrgent(dice.choice(PEOPLE), dice.randint(1, 2)),
            CourierAway(dice.choice(["Z01", "Z02", "Z03"])),
            CourierComes(dice.choice(["Z01", "Z02", "Z03"]), hours),
            CanteenLate(dice.choice(["ST01", "ST02"]), dice.choice([3, 10])),
            TravelSlower(10),
        ]
    )


def plan_in_force(day):
    with transaction(day.town.engine) as session:
        revision = day.revision()
        return instance_of(revision), plan_of(session, revision)


def done(plan, now):
    return {
        (trip.courier, stop.order, stop.arrive)
        for trip in plan.trips
        for stop in trip.stops
        if stop.arrive <= now
    }


def duties(plan):
    found = {}
    for trip in sorted(plan.trips, key=lambda one: one.depart):
        found.setdefault(trip.courier, []).append(trip)
    return found


def sequences(duty):
    return [[stop.order for stop in trip.stops] for trip in duty]


@pytest.mark.parametrize("seed", range(4))
def test_every_revision_of_a_day_keeps_the_past_the_rules_and_untouched_duties(town, clock, seed):
    dice, day, accepted = random.Random(seed), Day(town, clock), 0
    for minute in sorted(dice.sample(range(-30, 60), 5)):
        day.at(10 + (30 + minute) // 60, (30 + minute) % 60)
        change, (_, before) = change_of(dice, day), plan_in_force(day)
        try:
            worked = day.revise(change, seen=())
        except Conflict:
            assert plan_in_force(day)[1] == before
            continue
        accepted += 1
        instance, after = plan_in_force(day)
        assert done(before, 60 * minute) <= done(after, 60 * minute), change
        left = worked.outcome.plan.trips[len(worked.standing.kept) :]
        served = {stop.order for trip in left for stop in trip.stops}
        rest = [one.id for one in worked.standing.future.orders if one.id not in served]
        answer = routing.Plan(left, tuple(routing.Unserved(one, "") for one in rest))
        assert routing.check(worked.standing.future, answer).faults == ()
        assert {one.order for one in after.unserved} == instance.order_by_id.keys() - {
            stop.order for trip in after.trips for stop in trip.stops
        }
        if isinstance(change, (TravelSlower, CanteenLate)):
            continue
        was, will = duties(before), duties(after)
        for courier in was.keys() & will.keys():
            if sequences(was[courier]) == sequences(will[courier]):
                assert was[courier] == will[courier], (change, courier)
    assert accepted >= 2
