"""Repairs: whoever can still be served is, few are moved, and the result says what changed."""

from dataclasses import replace

import pytest

from routing.errors import InvalidChange
from routing.plan import Reason, Unserved
from routing.repair import (
    CanteenLate,
    CourierAvailable,
    CourierGone,
    OrderChanged,
    OrderGone,
    OrderNew,
    Situation,
    Teller,
    TravelChanged,
    TravelSlower,
    TripReport,
    repair,
)

STEPS = {"seconds": 60, "iterations": 200}


def couriers_of(plan):
    return {stop.order: trip.courier for trip in plan.trips for stop in trip.stops}


def test_without_a_change_the_plan_stays(street, plan):
    found = repair(Situation(street, plan, 100), touched_duty=10_000, **STEPS)
    assert sorted(found.plan.trips, key=str) == sorted(plan.trips, key=str)
    assert found.cost == found.cost_before == found.cost_unrepaired
    assert found.differences.couriers == ()


def test_the_orders_of_a_courier_who_is_gone_are_rescued(street, plan):
    found = repair(Situation(street, plan, 300, changes=(CourierGone("v", 300),)), **STEPS)
    assert couriers_of(found.plan) == {
        "o1": "v", "o2": "v", "o3": "w", "o4": "w", "o5": "w", "o6": "w",
    }  # fmt: skip
    assert {(one.order, one.before, one.after) for one in found.differences.moved} == {
        ("o3", "v", "w"), ("o4", "v", "w"), ("o5", "v", "w"),
    }  # fmt: skip
    assert found.verdict.faults == found.facts == ()
    assert found.cost < found.cost_unrepaired


def test_a_meal_is_made_again_only_while_the_canteen_has_portions(street, plan):
    six = replace(street, canteens=(replace(street.canteens[0], meals=6),))
    found = repair(Situation(six, plan, 300, changes=(CourierGone("v", 300),)), **STEPS)
    assert found.verdict.unserved_orders == 1
    assert found.plan.unserved[0].reason == Reason.CANTEEN_FULL


def test_a_new_order_is_served(street, plan):
    new = replace(street.orders[0], id="n", location=5)
    found = repair(Situation(street, plan, 100, changes=(OrderNew(new),)), **STEPS)
    assert [one.order for one in found.differences.served] == ["n"]
    assert found.plan.unserved == ()


def test_a_new_order_that_cannot_be_served_says_why(street, plan):
    new = replace(street.orders[0], id="n", needs=("care",))
    found = repair(Situation(street, plan, 100, changes=(OrderNew(new),)), **STEPS)
    assert found.differences.refused == (Unserved("n", Reason.NO_SKILL),)


def test_a_cancelled_order_is_visited_no_more(street, plan):
    found = repair(Situation(street, plan, 100, changes=(OrderGone("o4"),)), **STEPS)
    assert "o4" not in couriers_of(found.plan)
    assert found.plan.unserved == ()
    assert found.verdict.feasible


def test_a_changed_window_is_kept(street, plan):
    late = replace(street.orders[3], window=(2000, 2100))
    found = repair(Situation(street, plan, 100, changes=(OrderChanged(late),)), **STEPS)
    times = {stop.order: stop.arrive for trip in found.plan.trips for stop in trip.stops}
    assert 2000 <= times["o4"] <= 2100
    assert found.verdict.feasible


def test_nothing_is_loaded_before_a_late_canteen_is_ready(street, plan):
    found = repair(Situation(street, plan, -10, changes=(CanteenLate("c", 500),)), **STEPS)
    assert min(trip.depart for trip in found.plan.trips) >= 560
    assert found.verdict.feasible
    assert found.plan.unserved == ()


def test_a_courier_who_comes_is_used_where_it_helps(street, plan):
    alone = (CourierGone("v", 300), CourierGone("w", 300))
    helped = CourierAvailable(replace(street.couriers[0], id="x"))
    none = repair(Situation(street, plan, 300, changes=alone), **STEPS)
    assert none.verdict.unserved_orders == 4
    found = repair(Situation(street, plan, 300, changes=(*alone, helped)), **STEPS)
    assert found.plan.unserved == ()
    assert set(couriers_of(found.plan).values()) == {"v", "x"}


def test_slower_streets_are_driven_at_their_new_times(street, plan):
    found = repair(Situation(street, plan, 200, changes=(TravelSlower(1.5),)), **STEPS)
    assert found.plan.unserved == ()
    assert found.verdict.faults == found.facts


def test_new_places_come_with_their_travel_times(street, plan):
    wider = [[100 * abs(a - b) for b in range(9)] for a in range(9)]
    changes = (
        TravelChanged(dict.fromkeys(street.travel, street.travel["foot"].__class__((9, 9), int))),
        OrderNew(replace(street.orders[0], id="n", location=8)),
    )
    changes[0].travel["foot"][:] = wider
    found = repair(Situation(street, plan, 100, changes=changes), **STEPS)
    assert "n" in couriers_of(found.plan)
    assert found.verdict.feasible


def test_a_price_on_moves_keeps_orders_where_they_are(street, plan):
    both = replace(
        street, orders=tuple(replace(order, usual_courier="w") for order in street.orders)
    )
    prices = replace(both.rules.cost, unfamiliar_courier=500)
    both = replace(both, rules=replace(both.rules, cost=prices))
    cheap = repair(Situation(both, plan, 100), moved_order=0, touched_duty=0, **STEPS)
    dear = repair(Situation(both, plan, 100), moved_order=600, touched_duty=0, **STEPS)
    assert {one.order for one in cheap.differences.moved} == {"o4", "o5"}
    assert dear.differences.moved == ()


def test_a_locked_order_stays_with_its_courier(street, plan):
    gone = (OrderChanged(replace(street.orders[5], usual_courier="v")),)
    prices = replace(street.rules.cost, unfamiliar_courier=20_000)
    dear = replace(street, rules=replace(street.rules, cost=prices))
    free = repair(Situation(dear, plan, -1, changes=gone), **STEPS)
    locked = repair(
        Situation(dear, plan, -1, changes=gone, locked_orders=frozenset({"o6"})), **STEPS
    )
    assert couriers_of(free.plan)["o6"] == "v"
    assert couriers_of(locked.plan)["o6"] == "w"


def test_a_courier_who_was_out_costs_nothing_more(street, plan):
    found = repair(Situation(street, plan, 1000, changes=(CourierGone("v", 1000),)), **STEPS)
    assert couriers_of(found.plan)["o4"] == couriers_of(found.plan)["o5"] == "w"
    assert found.verdict.couriers == 2


def test_a_repaired_plan_can_be_repaired_again(street, plan):
    once = repair(Situation(street, plan, 300, changes=(CourierGone("v", 300),)), **STEPS)
    again = repair(Situation(once.instance, once.plan, 500, changes=(OrderGone("o5"),)), **STEPS)
    assert set(couriers_of(again.plan)) == {"o1", "o2", "o3", "o4", "o6"}
    assert again.verdict.faults == again.facts == ()


def test_the_same_seed_and_steps_give_the_same_plan(street, plan):
    situation = Situation(street, plan, 0, changes=(CourierGone("w", 0),))
    one, two = (repair(situation, **STEPS) for _ in range(2))
    assert one.plan.trips == two.plan.trips


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ((OrderGone("x"),), "changes[0].order"),
        ((OrderGone("o1"), OrderGone("o1")), "changes[1].order"),
        ((CourierGone("x", 0),), "changes[0].courier"),
        ((CanteenLate("x", 0),), "changes[0].canteen"),
        ((TravelSlower(0.0),), "changes[0].factor"),
        ((TravelSlower(2.0, "car"),), "changes[0].mode"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused_by_name(street, plan, changes, field):
    with pytest.raises(InvalidChange) as caught:
        repair(Situation(street, plan, 0, changes=changes))
    assert caught.value.field == field


def test_an_order_cannot_be_added_twice_nor_at_no_place(street, plan):
    with pytest.raises(InvalidChange, match="there already"):
        repair(Situation(street, plan, 0, changes=(OrderNew(street.orders[0]),)))
    nowhere = replace(street.orders[0], id="n", location=99)
    with pytest.raises(InvalidChange, match="99 is no place"):
        repair(Situation(street, plan, 0, changes=(OrderNew(nowhere),)))


@pytest.mark.parametrize(
    "report",
    [
        TripReport(9),
        TripReport(0, visited={"o6": 10}),
        TripReport(0, visited={"o1": 101}),
    ],
)
def test_a_report_of_what_cannot_be_is_refused(street, plan, report):
    with pytest.raises(InvalidChange, match=r"^reports\[0\]"):
        repair(Situation(street, plan, 100, reports=(report,)))


def test_words_name_who_brings_what_in_both_languages(street, plan):
    found = repair(Situation(street, plan, 300, changes=(CourierGone("v", 300),)), **STEPS)
    english = Teller("en", courier=lambda one: f"Mr {one}").repair(found)
    chinese = Teller("zh", order=lambda one: f"{one}号").repair(found)
    assert "Mr v does not reach o3; the meal must be made again." in english
    assert any(line.startswith("o4 moves from Mr v to Mr w, at ") for line in english)
    assert "v无法送达o3号，需重新备餐。" in chinese
    assert any(line.startswith("o4号由v改为w，") for line in chinese)
