"""Moves made by hand are done as asked, priced by the checker, and say which rules they break."""

from dataclasses import replace

import pytest

from routing import Rule, check
from routing.errors import InvalidChange
from routing.repair import (
    CourierGone,
    LockDuty,
    LockOrder,
    MoveTrip,
    PlaceStop,
    Situation,
    TakeOut,
    Teller,
    price,
    repair,
)

BEFORE = -1


def stops_of(plan, courier):
    trips = sorted(plan.trips, key=lambda trip: trip.depart)
    return [[stop.order for stop in trip.stops] for trip in trips if trip.courier == courier]


def test_a_stop_is_put_where_it_is_asked_for(street, plan):
    found = price(Situation(street, plan, BEFORE), (PlaceStop("o5", trip=2, place=0),))
    assert stops_of(found.plan, "w") == [["o5", "o6"]]
    assert stops_of(found.plan, "v") == [["o1", "o2", "o3"], ["o4"]]
    assert found.broken == ()
    assert found.difference == -200


def test_without_a_place_the_best_one_is_taken(street, plan):
    found = price(Situation(street, plan, BEFORE), (PlaceStop("o4", trip=2),))
    assert stops_of(found.plan, "w") == [["o4", "o6"]]


def test_a_new_trip_is_made_when_no_trip_is_named(street, plan):
    found = price(Situation(street, plan, BEFORE), (PlaceStop("o4", courier="w"),))
    assert sorted(map(tuple, stops_of(found.plan, "w"))) == [("o4",), ("o6",)]
    assert found.broken == ()


def test_a_trip_is_given_to_another_courier_at_another_time(street, plan):
    found = price(Situation(street, plan, BEFORE), (MoveTrip(1, "w", depart=2000),))
    assert stops_of(found.plan, "w") == [["o6"], ["o4", "o5"]]
    assert {trip.depart for trip in found.plan.trips} == {60, 2000}
    assert found.difference == 0


def test_taking_an_order_out_costs_what_an_unserved_order_costs(street, plan):
    found = price(Situation(street, plan, BEFORE), (TakeOut("o3"),))
    assert found.difference == 36000 - 200
    assert [item.order for item in found.plan.unserved] == ["o3"]


def test_every_broken_rule_is_listed(street, plan):
    small = replace(street, couriers=(street.couriers[0], replace(street.couriers[1], boxes=1)))
    found = price(Situation(small, plan, BEFORE), (PlaceStop("o5", trip=2),))
    assert [fault.rule for fault in found.broken] == [Rule.BOXES]
    found = price(Situation(street, plan, BEFORE), (MoveTrip(1, "v", depart=100),))
    assert [fault.rule for fault in found.broken] == [Rule.OVERLAP]
    found = price(Situation(street, plan, BEFORE), (MoveTrip(1, "v", depart=3700),))
    assert {fault.rule for fault in found.broken} == {Rule.CANTEEN_HOURS, Rule.WINDOW, Rule.SHIFT}


def test_later_trips_wait_until_their_courier_is_back(street, plan):
    found = price(Situation(street, plan, BEFORE), (MoveTrip(2, "v", depart=200),))
    trips = {trip.stops[0].order: trip.depart for trip in found.plan.trips}
    assert trips["o6"] == 200
    assert trips["o4"] >= 200 + 1230


def test_a_broken_rule_that_a_move_mends_is_told(street, plan):
    small = replace(street, couriers=(replace(street.couriers[0], boxes=2), street.couriers[1]))
    found = price(Situation(small, plan, BEFORE), (PlaceStop("o3", trip=2),))
    assert found.broken == ()
    assert [fault.rule for fault in found.mended] == [Rule.BOXES]


@pytest.mark.parametrize(
    ("move", "problem"),
    [
        (PlaceStop("o1", trip=1), "has begun"),
        (PlaceStop("o4", trip=0), "has begun"),
        (MoveTrip(0, "w"), "has begun"),
        (TakeOut("o1"), "has begun"),
        (TakeOut("x"), "is not there"),
        (MoveTrip(9, "w"), "not in the plan"),
        (MoveTrip(1, "x"), "no courier"),
        (PlaceStop("o4", courier="x"), "no courier"),
        (PlaceStop("o4", trip=1, place=7), "within 0–1"),
        (LockDuty("x"), "no courier"),
    ],
)
def test_a_move_that_is_not_possible_is_refused(street, plan, move, problem):
    with pytest.raises(InvalidChange, match=problem):
        price(Situation(street, plan, 100), (move,))


def test_a_move_to_a_courier_who_is_gone_breaks_the_shift(street, plan):
    gone = Situation(street, plan, 700, changes=(CourierGone("w", 700),))
    found = price(gone, (MoveTrip(1, "w"),))
    assert Rule.SHIFT in {fault.rule for fault in found.broken}


def test_locks_cost_nothing_and_bind_the_next_repair(street, plan):
    situation = Situation(street, plan, BEFORE)
    found = price(situation, (PlaceStop("o1", trip=2), LockOrder("o1"), LockDuty("v")))
    assert found.locked_orders == {"o1"}
    assert found.locked_couriers == {"v"}
    locked = Situation(
        found.instance,
        found.plan,
        BEFORE,
        locked_orders=found.locked_orders,
        locked_couriers=found.locked_couriers,
    )
    mended = repair(locked, seconds=60, iterations=100)
    assert stops_of(mended.plan, "v") == stops_of(found.plan, "v")
    assert any("o1" in stops for stops in stops_of(mended.plan, "w"))


def test_a_price_is_the_difference_of_two_full_recomputations(street, plan):
    found = price(Situation(street, plan, BEFORE), (PlaceStop("o2", courier="w", depart=900),))
    assert found.difference == check(street, found.plan).cost - check(street, plan).cost
    assert found.broken == check(street, found.plan).faults


def test_words_tell_the_price_first(street, plan):
    found = price(Situation(street, plan, BEFORE), (MoveTrip(1, "v", depart=100),))
    english = Teller("en").price(found)
    assert english[0].startswith("Change of cost: +0 ")
    assert english[1].startswith("Breaks: v: loads at ")
    assert Teller("zh").price(found)[1].startswith("违反：")
