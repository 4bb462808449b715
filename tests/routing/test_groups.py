"""Independent parts: canteens that share no order are planned apart, and add up to the whole."""

from dataclasses import replace

from routing import Instance
from routing.groups import split
from routing.jobs import Job, Outcome
from routing.solve import make_lanes
from routing.tables import make_tables


def parts_of(data):
    instance = Instance.from_dict(data)
    return split(instance, make_tables(instance))


def test_canteens_that_share_no_order_are_groups_with_only_their_own(town):
    parts = parts_of(town)
    assert len(parts.groups) == 2
    for group in parts.groups:
        home = group.instance.canteens[0].id
        assert {courier.canteen for courier in group.instance.couriers} == {home}
        assert all(order.canteens == (home,) for order in group.instance.orders)
        assert len(group.instance.travel["ebike"]) == 7


def test_one_shared_order_joins_canteens(town, edited):
    near_both = edited(town, {"orders.0.canteens": ["c0", "c1"]})
    for row in range(14):
        near_both["travel"]["ebike"]["seconds"][row][2] = 300
        near_both["travel"]["ebike"]["seconds"][2][row] = 300
    assert len(parts_of(near_both).groups) == 1


def test_an_allowed_canteen_out_of_reach_joins_nothing(town, edited):
    assert len(parts_of(edited(town, {"orders.0.canteens": ["c0", "c1"]})).groups) == 1
    town["rules"]["max_ride_seconds"] = 900
    assert len(parts_of(edited(town, {"orders.0.canteens": ["c0", "c1"]})).groups) == 2


def test_orders_nobody_can_bring_are_in_no_group_but_priced(town, edited):
    parts = parts_of(edited(town, {"orders.0.needs": ["lifting"], "orders.0.meals": 2}))
    assert parts.hopeless == 72000
    assert sum(len(group.instance.orders) for group in parts.groups) == 11


def jobs(lanes):
    return [[(job.group, job.searches, job.bounds) for job in lane] for lane in lanes]


def lanes_for(town, workers):
    groups = parts_of(town).groups
    found = [Outcome(number, [], 0.0, 0.0) for number in range(len(groups))]
    return make_lanes(groups, found, workers, 0)


def test_one_worker_does_all_groups(town):
    assert jobs(lanes_for(town, 1)) == [[(0, True, True), (1, True, True)]]


def test_two_workers_share_the_groups(town):
    assert jobs(lanes_for(town, 2)) == [[(0, True, True)], [(1, True, True)]]


def test_more_workers_prove_bounds_then_search_with_other_numbers(town):
    lanes = lanes_for(town, 5)
    assert jobs(lanes) == [
        [(0, True, False)],
        [(1, True, False)],
        [(0, False, True)],
        [(1, False, True)],
        [(0, True, False)],
    ]
    seeds = [lane[0].seed for lane in lanes if isinstance(lane[0], Job)]
    assert seeds[4] not in seeds[:2]


def test_a_group_too_large_for_one_worker_is_searched_by_one_and_bounded_by_another(town):
    groups = parts_of(town).groups
    giant = (replace(groups[0], need=99.0), replace(groups[1], need=1.0))
    found = [Outcome(number, [], 0.0, 0.0) for number in range(2)]
    assert jobs(make_lanes(giant, found, 2, 0)) == [
        [(0, True, False)],
        [(1, True, True), (0, False, True)],
    ]
