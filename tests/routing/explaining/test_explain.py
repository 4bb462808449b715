"""Each cause and each kind of change on a problem small enough to check by hand."""

import pytest

from routing import (
    Counsel,
    Delay,
    Instance,
    Kind,
    Plan,
    Reason,
    Trip,
    Unserved,
    check,
    explain,
    solve,
)
from routing.budget import Budget
from routing.explaining.worth import find_worths
from routing.plan import Stop


def left_out(data):
    """One door 100 s away that nobody brings, and one courier at the canteen."""
    return Instance.from_dict(data), Plan((), (Unserved("a", ""),))


@pytest.fixture
def door(edited, base):
    """The order a alone, with its canteen and courier."""
    return edited(
        base,
        {
            "orders": [base["orders"][0]],
            "couriers": [base["couriers"][0]],
            "canteens": [base["canteens"][0]],
        },
    )


def helps(data):
    """The changes of every remedy for order a, as kinds with amounts."""
    instance, plan = left_out(data)
    remedies = Counsel(instance, plan).serve(instance.order_by_id["a"])
    return [{change.kind: change.amount for change in one.changes} for one in remedies]


# The courier loads 65 s, leaves at 65 … 70, is at the door between 165 and 170, back by 300.
@pytest.mark.parametrize(
    ("edits", "change"),
    [
        ({}, {}),
        ({"orders.0.window": [0, 160]}, {Kind.WINDOW_LATER: 5}),
        # It leaves at 70 at the latest, so it is there at 170; waiting longer, it would be cold.
        ({"orders.0.window": [400, 500]}, {Kind.WINDOW_EARLIER: 100}),
        ({"rules.max_ride_seconds": 90}, {Kind.RIDE: 10}),
        ({"couriers.0.shift": [0, 290]}, {Kind.SHIFT_LATER: 10}),
        ({"couriers.0.shift": [9, 530]}, {Kind.SHIFT_EARLIER: 4}),
        ({"canteens.0.open": 9}, {Kind.HOURS_EARLIER: 4}),
        ({"canteens.0.close": 60}, {Kind.HOURS_LATER: 5}),
        ({"canteens.0.meals": 0}, {Kind.PORTIONS: 1}),
        ({"couriers.0.boxes": 0}, {Kind.BOXES: 1}),
        ({"couriers.0.max_trips": 0}, {Kind.TRIP: 1}),
        ({"orders.0.canteens": []}, {Kind.CANTEEN: 1}),
    ],
)
def test_the_least_change_is_found_to_the_second_and_the_portion(door, edited, edits, change):
    assert change in helps(edited(door, edits))


def test_a_skill_can_be_learnt_or_somebody_who_has_it_found(door, edited):
    found = helps(edited(door, {"couriers.0.skills": []}))
    assert [set(one) for one in found] == [{Kind.COURIER}, {Kind.SKILL}]


def test_two_changes_are_named_where_one_is_not_enough(door, edited):
    found = helps(edited(door, {"canteens.0.meals": 0, "couriers.0.boxes": 0}))
    assert {Kind.PORTIONS: 1, Kind.BOXES: 1} in found


def test_one_courier_more_is_asked_for_just_as_long_as_needed(door, edited):
    instance, plan = left_out(edited(door, {"couriers": []}))
    remedy = Counsel(instance, plan).serve(instance.order_by_id["a"])[0]
    change = remedy.changes[0]
    assert (change.kind, change.canteen, change.mode) == (Kind.COURIER, "c1", "foot")
    assert change.shift == (5, 300)
    assert remedy.saves == 36000 - 500 - 200


def test_an_order_that_does_not_pay_names_the_priority_that_would(door, edited):
    data = edited(door, {"rules.cost.unserved_meal": 600, "orders.0.priority": 1})
    instance, plan = left_out(data)
    finding = explain(instance, plan, seconds=30, worths=False).findings[0]
    assert (finding.cause, finding.figure) == (Reason.NOT_WORTH_IT, 700)
    change = finding.remedies[0].changes[0]
    assert (change.kind, change.amount) == (Kind.PRIORITY, 1.17)  # 600 · 1.17 > 500 + 200
    raised = Instance.from_dict(edited(data, {"orders.0.priority": change.amount}))
    assert solve(raised, seconds=10, iterations=10).trips


@pytest.mark.parametrize(
    ("shift", "cause"), [([0, 600], Reason.CANTEEN_FULL), ([0, 530], Reason.COURIERS_BUSY)]
)
def test_a_canteen_is_full_where_its_couriers_have_time(base, edited, shift, cause):
    data = edited(
        base,
        {
            "canteens.0.meals": 1,
            "canteens.0.close": 900,
            "orders": [*base["orders"], {**base["orders"][0], "id": "c"}],
            "orders.0.canteens": ["c1", "c2"],
            "orders.0.window": [465, 500],
            "orders.1.window": [0, 400],
            "couriers.0.shift": shift,
            "couriers.0.max_trips": 2,
            "couriers.1.skills": ["care"],
            "couriers.1.shift": [0, 700],
            "rules.max_ride_seconds": 260,
        },
    )
    instance = Instance.from_dict(data)
    trips = Trip("v", "c1", 70, (Stop("c", 170),)), Trip("w", "c2", 65, (Stop("b", 315),))
    plan = Plan(trips, (Unserved("a", ""),))
    assert check(instance, plan).feasible
    finding = explain(instance, plan, seconds=30, worths=False).findings[0]
    assert (finding.order, finding.cause) == ("a", cause)


def test_an_order_for_which_there_is_room_is_said_to_be_overlooked(door):
    instance, plan = left_out(door)
    finding = explain(instance, plan, seconds=30, worths=False).findings[0]
    assert finding.cause == Reason.OVERLOOKED
    assert finding.remedies[0].changes == ()


def both(data, first="a"):
    """The plan of the fixture, whose second meal rides 230 s with a circle of 200 s."""
    stops = (Stop("a", 170), Stop("b", 300))
    instance = Instance.from_dict(data)
    plan = Plan((Trip("v", "c1", 70, stops),), ())
    assert check(instance, plan).feasible
    return instance, plan


@pytest.mark.parametrize(
    ("edits", "cause"),
    [
        ({}, Delay.COMBINED),
        ({"rules.circle_seconds": 99}, Delay.FAR),
        ({"travel.foot.seconds.0.2": 201, "travel.foot.seconds.3.2": 150}, Delay.FAR_FROM_HERE),
    ],
)
def test_a_meal_outside_the_circle_has_its_cause(base, edited, edits, cause):
    instance, plan = both(edited(base, edits))
    findings = {
        one.order: one for one in explain(instance, plan, seconds=30, worths=False).findings
    }
    assert findings["b"].wish == "inside"
    assert findings["b"].cause == cause


def test_a_meal_that_waits_on_the_way_is_said_to(base, edited):
    data = edited(
        base,
        {
            "orders.0.window": [0, 170],
            "orders.1.window": [300, 300],
            "orders.0.handover_seconds": 0,
            "rules.circle_seconds": 210,
        },
    )
    instance, plan = both(data)
    assert explain(instance, plan, seconds=30, worths=False).findings[0].cause == Delay.WAITING


def test_what_would_bring_a_meal_inside_can_be_tried_out(base):
    instance, plan = both(base)
    counsel, order = Counsel(instance, plan), instance.order_by_id["b"]
    remedies = counsel.bring_inside(order)
    assert remedies
    for remedy in remedies:
        changed, tried = counsel.witness(order, remedy)
        verdict = check(changed, tried)
        assert verdict.faults == ()
        assert verdict.outside_orders == 0
        assert verdict.cost <= check(instance, plan).cost - remedy.saves


def test_without_time_causes_are_given_and_remedies_said_to_be_missing(door):
    instance, plan = left_out(door)
    said = explain(instance, plan, seconds=0)
    assert [(one.looked, one.remedies) for one in said.findings] == [(False, ())]
    assert said.worths == ()


def test_more_portions_are_worth_what_they_save_and_nothing_where_there_are_enough(town, edited):
    instance = Instance.from_dict(edited(town, {"canteens.0.meals": 2}))
    plan = solve(instance, seconds=30, iterations=200)
    worths = find_worths(instance, plan, Budget(60, iterations=60))
    portions = {one.change.canteen: one for one in worths if one.change.kind is Kind.PORTIONS}
    assert portions["c0"].served > 0
    assert portions["c0"].saves > 36000 * portions["c0"].served / 2
    assert portions["c1"].saves == 0
    assert find_worths(instance, plan, Budget(60, iterations=60)) == worths
