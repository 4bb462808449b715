"""Every rule of the file format: a plan at its very edge passes, one step over it does not."""

import pytest

from routing import Instance, Plan, Rule, check


def rules_broken(instance, plan):
    return {
        fault.rule for fault in check(Instance.from_dict(instance), Plan.from_dict(plan)).faults
    }


def test_a_plan_at_the_edge_of_every_rule_is_feasible(base, plan):
    verdict = check(Instance.from_dict(base), Plan.from_dict(plan))
    assert verdict.faults == ()
    assert verdict.feasible


def test_the_cost_is_the_sum_of_its_parts(base, plan):
    verdict = check(Instance.from_dict(base), Plan.from_dict(plan))
    # b rides 230 s, 30 outside the circle: 2 meals of priority 2; b is used to w.
    assert (verdict.outside_weight, verdict.outside_orders) == (4, 1)
    assert (verdict.couriers, verdict.trips, verdict.unfamiliar) == (1, 1, 1)
    assert (verdict.travel, verdict.unserved_weight) == (400, 0)
    assert verdict.cost == 4 * 1000 + 500 + 400 + 7


def test_unserved_meals_cost_by_priority(base):
    nobody = {"trips": [], "unserved": [{"order": "a"}, {"order": "b"}]}
    verdict = check(Instance.from_dict(base), Plan.from_dict(nobody))
    assert verdict.feasible
    assert (verdict.cost, verdict.unserved_weight, verdict.unserved_orders) == (5 * 36000, 5, 2)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (Rule.BOXES, {"couriers.0.boxes": 2}),
        (Rule.CANTEEN_MEALS, {"canteens.0.meals": 2}),
        (Rule.CANTEEN_HOURS, {"canteens.0.open": 1}),
        (Rule.CANTEEN_HOURS, {"canteens.0.close": 69}),
        (Rule.CANTEEN_HOURS, {"canteens.0.load_seconds": 61, "couriers.0.shift": [-1, 530]}),
        (Rule.CANTEEN_HOURS, {"orders.1.pack_seconds": 6, "couriers.0.shift": [-1, 530]}),
        (Rule.WAY, {"travel.foot.seconds.0.1": 65535, "rules.max_ride_seconds": 10**6}),
        (Rule.EARLIEST, {"orders.0.window": [171, 171], "orders.1.window": [0, 301]}),
        (Rule.EARLIEST, {"travel.foot.seconds.1.2": 101}),
        (Rule.EARLIEST, {"orders.0.handover_seconds": 31}),
        (Rule.WINDOW, {"orders.0.window": [0, 169]}),
        (Rule.WINDOW, {"orders.1.window": [0, 299]}),
        (Rule.RIDE, {"rules.max_ride_seconds": 229}),
        (Rule.ALLOWED, {"orders.1.canteens": ["c2"]}),
        (Rule.SKILLS, {"couriers.0.skills": []}),
        (Rule.SHIFT, {"couriers.0.shift": [1, 530]}),
        (Rule.SHIFT, {"couriers.0.shift": [0, 529]}),
        (Rule.SHIFT, {"travel.foot.seconds.2.0": 201}),
        (Rule.MAX_TRIPS, {"couriers.0.max_trips": 0}),
    ],
)
def test_one_step_over_the_edge_of_a_rule_is_a_fault(base, plan, edited, rule, change):
    assert rule in rules_broken(edited(base, change), {**plan, "cost": None, "bound": None})


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (Rule.KNOWN, {"trips.0.courier": "x"}),
        (Rule.KNOWN, {"trips.0.canteen": "x"}),
        (Rule.KNOWN, {"trips.0.stops.0.order": "x"}),
        (Rule.KNOWN, {"trips.0.stops": []}),
        (Rule.HOME, {"trips.0.canteen": "c2"}),
        (Rule.EARLIEST, {"trips.0.stops.1.arrive": 299}),
        (Rule.WINDOW, {"trips.0.stops.0.arrive": 171}),
        (Rule.ONCE, {"trips.0.stops.1.order": "a"}),
        (Rule.UNSERVED_LIST, {"unserved": [{"order": "a"}]}),
        (Rule.COST, {"cost": 4906}),
        (Rule.BOUND, {"bound": 4908}),
    ],
)
def test_a_plan_that_claims_what_is_not_so_is_faulted(base, plan, edited, rule, change):
    assert rule in rules_broken(base, edited(plan, change))


def test_leaving_an_order_out_without_listing_it_is_a_fault(base, plan, edited):
    shorter = edited(plan, {"trips.0.stops.1": ..., "cost": None, "bound": None})
    assert rules_broken(base, shorter) == {Rule.UNSERVED_LIST}


def two_trips(second_depart):
    """Trips of v to each door; the first is back at 65 + 100 + 30 + 100 = 295."""
    return {
        "trips": [
            {
                "courier": "v",
                "canteen": "c1",
                "depart": 65,
                "stops": [{"order": "a", "arrive": 165}],
            },
            {
                "courier": "v",
                "canteen": "c1",
                "depart": second_depart,
                "stops": [{"order": "b", "arrive": second_depart + 200}],
            },
        ],
        "unserved": [],
    }


ROOMY = {
    "canteens.0.close": 900,
    "orders.0.window": [0, 900],
    "orders.1.window": [0, 900],
    "couriers.0.shift": [0, 900],
    "couriers.0.max_trips": 2,
}


def test_trips_may_touch_but_not_overlap(base, edited):
    roomy = edited(base, ROOMY)
    assert rules_broken(roomy, two_trips(295 + 65)) == set()
    assert rules_broken(roomy, two_trips(295 + 64)) == {Rule.OVERLAP}


def test_no_more_trips_than_a_courier_may_make(base, edited):
    few = edited(base, {**ROOMY, "couriers.0.max_trips": 1})
    assert rules_broken(few, two_trips(400)) == {Rule.MAX_TRIPS}


def test_a_later_hand_over_than_the_earliest_is_allowed_and_rides_longer(base, plan, edited):
    patient = edited(base, {"orders.1.window": [0, 310], "couriers.0.shift": [0, 540]})
    later = edited(plan, {"trips.0.stops.1.arrive": 310, "cost": None, "bound": None})
    assert rules_broken(patient, later) == {Rule.RIDE}
    longer = edited(patient, {"rules.max_ride_seconds": 240})
    assert rules_broken(longer, later) == set()


def test_inside_the_circle_is_up_to_and_with_its_limit(base, plan, edited):
    wide = edited(base, {"rules.circle_seconds": 230})
    assert check(Instance.from_dict(wide), Plan.from_dict(plan)).outside_weight == 0


def test_faults_say_where_and_how_much(base, plan, edited):
    verdict = check(Instance.from_dict(edited(base, {"couriers.0.boxes": 2})), Plan.from_dict(plan))
    assert [fault.text for fault in verdict.faults] == ["trip 0: 3 portions in 2 boxes"]
