"""The neighbourhood search: the same for the same seed, and hot enough for what plans differ by."""

import numpy as np
import pytest

from routing import Instance
from routing.budget import Budget
from routing.search.search import Search, temperatures
from routing.tables import make_tables
from tests.routing.conftest import city


def tables_of(town, **rules):
    town["rules"].update(rules)
    return make_tables(Instance.from_dict(town))


def found(tables, seed):
    search = Search(tables, seed)
    search.insert()
    search.improve(Budget(3600, iterations=300), lambda: False)
    search.complete()
    return search.cost, search.duties()


def test_the_same_seed_and_steps_give_the_same_plan(town):
    assert found(tables_of(town), 3) == found(tables_of(town), 3)


def test_the_search_gets_over_a_meal_outside_the_circle_where_there_is_a_circle(town):
    with_circle, _ = temperatures(tables_of(town))
    without, cold = temperatures(tables_of(town, circle_seconds=1800))
    assert with_circle - without == pytest.approx(3600 / 2)
    assert cold < without / 10


def test_the_search_is_hotter_where_couriers_cannot_bring_all(town):
    tables = tables_of(town)
    (hot, cold), (usual, least) = temperatures(tables, left_out=0.05), temperatures(tables)
    assert hot > 2 * usual
    assert cold > 2 * least


def test_an_enormous_price_outside_the_circle_does_not_melt_the_plan_for_good(town):
    town["rules"]["cost"]["outside_circle_meal"] = 10**9
    hot, cold = temperatures(tables_of(town))
    assert hot < 10**5 * cold


def test_the_nearest_orders_are_the_nearest_by_way_there_and_back():
    tables = make_tables(Instance.from_dict(city(seed=5, orders=150, canteens=1)))
    doors = tables.orders[:, 0]
    apart = (tables.travel[0] + tables.travel[0].T)[np.ix_(doors, doors)]
    for order, near in enumerate(tables.near):
        others = np.delete(np.arange(150), order)
        sure = others[np.argsort(apart[order, others], kind="stable")][:100]
        assert near.tolist() == sure.tolist()
