"""Kitchen counts are offered for exactly the canteens that have one."""

import pytest

from mealsvc.sheets import busy_canteens, read_sheets
from mealsvc.store import PlanRevision, transaction
from mealsvc.vocabulary import OrderKind, RevisionState


def offered(town, revision):
    with transaction(town.runtime.engine) as session:
        return busy_canteens(session, session.get_one(PlanRevision, revision))


def counted(town, number=1):
    sheets = read_sheets(town.runtime, town.day, town.meal, revision=number)
    return {count.canteen.id for count in sheets.kitchens}


def test_a_canteen_without_any_order_is_not_offered(lunch, town):
    town.canteen("ST02", "闲食堂")
    assert offered(town, lunch.revision) == counted(town) == {lunch.canteen}


def own_diner(town, canteen):
    town.order(town.elder("E1", "甲", canteen_id=canteen), OrderKind.DINE_IN)


def diner_of_a_named_canteen(town, canteen):
    town.order(town.elder("E1", "甲"), OrderKind.DINE_IN, canteen_id=canteen)


def collected_at_the_canteen(town, canteen):
    town.order(town.elder("E1", "甲"), OrderKind.PICK_UP, canteen_id=canteen)


def collected_where_nobody_supplies(town, canteen):
    point = town.meal_point(canteen, "ZC09")
    guest = town.elder("E1", "甲", canteen_id=canteen)
    town.order(guest, OrderKind.PICK_UP, meal_point_id=point, canteen_id=canteen)


@pytest.mark.parametrize(
    "add",
    [
        own_diner,
        diner_of_a_named_canteen,
        collected_at_the_canteen,
        collected_where_nobody_supplies,
    ],
)
def test_a_canteen_with_orders_but_no_courier_is_offered(lunch, town, add):
    second = town.canteen("ST02", "小食堂")
    add(town, second)
    assert offered(town, lunch.revision) == counted(town) == {lunch.canteen, second}


def test_cancelled_orders_do_not_count(lunch, town):
    second = town.canteen("ST02", "小食堂")
    town.order(town.elder("E1", "甲"), OrderKind.DINE_IN, canteen_id=second, cancelled=True)
    assert offered(town, lunch.revision) == counted(town) == {lunch.canteen}


def test_the_canteen_of_an_order_left_out_is_offered(lunch, town):
    second = town.canteen("ST02", "小食堂")
    order = town.order(town.elder("E1", "甲", canteen_id=second))
    town.unserved(lunch.revision, order, "too_far")
    assert offered(town, lunch.revision) == counted(town) == {lunch.canteen, second}


def test_a_canteen_whose_couriers_are_all_released_is_offered(town):
    first, second = town.canteen(), town.canteen("ST02", "小食堂")
    duan, xu = town.courier(first), town.courier(second, "Z002", "徐娟")
    order = town.order(town.elder("L1", "段永康"))
    town.duty(town.revision(1, RevisionState.SUPERSEDED), xu, ("10:40", [(order, 5)]))
    newer = town.revision(2, RevisionState.PUBLISHED)
    town.duty(newer, duan, ("10:40", [(order, 5)]))
    assert offered(town, newer) == counted(town, 2) == {first, second}
