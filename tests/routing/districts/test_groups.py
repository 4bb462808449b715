"""Independent parts: canteens that share no order are planned apart, and add up to the whole."""

from routing import Instance
from routing.districts.groups import split
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
