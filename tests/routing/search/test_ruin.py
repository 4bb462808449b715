"""Where a canteen has too few portions, whoever costs most to bring makes room."""

import numpy as np
import pytest

from routing import Instance
from routing.budget import Budget
from routing.search.dice import make_dice
from routing.search.duties import N_ABSENT, T_STOPS, cut_stops, empty_duties
from routing.search.insertion import insert_all
from routing.search.ruin import canteen_without, portion_gain, ruin_costly, stop_of
from routing.search.saved import load_all, make_saved, save_all
from routing.search.search import Search
from routing.tables import O_MEALS, make_tables
from tests.routing.conftest import city


def short_of_portions(left_out=6, canteens=1):
    """A town whose first canteen has so many portions too few; nobody has to be waited for."""
    town = city(seed=3, orders=40, canteens=canteens, couriers=4 * canteens)
    asked = sum(order["meals"] for order in town["orders"] if "c0" in order["canteens"])
    town["canteens"][0]["meals"] = asked - left_out
    for order in town["orders"]:
        order["window"] = [0, 7200]
    return town


def filled(tables):
    duties = empty_duties(tables)
    undo = make_saved(tables, duties)
    insert_all(tables, duties, undo, 1, 0, make_dice(1))
    return duties, undo


def test_an_order_is_without_portions_only_where_its_canteen_is_full():
    tables = make_tables(Instance.from_dict(short_of_portions(canteens=2)))
    duties, _ = filled(tables)
    absent = duties.absent[: duties.tally[N_ABSENT]].tolist()
    assert absent
    dice = make_dice(5)
    assert {canteen_without(tables, duties, order, dice) for order in absent} == {0}
    elsewhere = int(np.nonzero(tables.able[:, 1])[0][0])
    assert canteen_without(tables, duties, elsewhere, dice) == -1


def test_a_portion_gains_what_the_plan_becomes_cheaper_by_without_it():
    town = short_of_portions()
    town["rules"]["circle_seconds"] = 150
    tables = make_tables(Instance.from_dict(town))
    duties, undo = filled(tables)
    save_all(duties, undo)
    before, compared = float(duties.cost[0]), 0
    for order in range(len(tables.orders)):
        row = int(duties.where[order])
        if row >= 0 and duties.trip[row, T_STOPS] > 1:
            place = stop_of(duties, row, order)
            said = portion_gain(tables, duties, row, place) * tables.orders[order, O_MEALS]
            cut_stops(tables, duties, row, place, place + 1)
            assert before - float(duties.cost[0]) == pytest.approx(said)
            load_all(tables, duties, undo)
            compared += 1
    assert compared > 20


@pytest.mark.parametrize("meals", [1, 2])
def test_room_is_made_by_those_who_cost_most_to_bring(meals):
    tables = make_tables(Instance.from_dict(short_of_portions()))
    duties, undo = filled(tables)
    save_all(duties, undo)
    served = [order for order in range(len(tables.orders)) if duties.where[order] >= 0]
    gains = {
        order: portion_gain(
            tables, duties, duties.where[order], stop_of(duties, duties.where[order], order)
        )
        for order in served
    }
    torn = []
    for step in range(2, 42):
        ruin_costly(tables, duties, undo, step, 0, meals, make_dice(step))
        assert duties.cooked[0] + meals <= tables.meals[0]
        torn += [order for order in served if duties.where[order] < 0]
        undo.stamp[:] = -1
        load_all(tables, duties, undo)
    assert np.mean([gains[order] for order in torn]) > np.quantile(list(gains.values()), 0.7)


def test_where_portions_are_short_the_far_ones_stay_out():
    town = short_of_portions(left_out=4)
    seconds = np.array(town["travel"]["ebike"]["seconds"])
    far = [order for order in town["orders"] if order["meals"] == 1][:4]
    for order in far:
        order["location"], place = len(seconds), order["location"]
        seconds = np.pad(seconds, ((0, 1), (0, 1)), mode="edge")
        seconds[-1], seconds[:, -1] = seconds[place] + 250, seconds[:, place] + 250
        seconds[-1, -1] = 0
    town["travel"]["ebike"]["seconds"] = seconds.tolist()
    instance = Instance.from_dict(town)
    search = Search(make_tables(instance), 1)
    search.insert()
    search.improve(Budget(3600, iterations=3000), lambda: False)
    served = {order for duty in search.duties() for trip in duty for order in trip}
    out = {order.id for row, order in enumerate(instance.orders) if row not in served}
    assert out == {order["id"] for order in far}
