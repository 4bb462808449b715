"""Prices on their way down, and the walks that tell whose are too high."""

import numpy as np
import pytest

from routing import Instance
from routing.bounding.completions import completions, least_trip
from routing.bounding.crews import make_crews
from routing.bounding.lowering import Lowering, certain_prices, least_prices
from routing.bounding.master import Prices
from routing.bounding.walks import cheapest_walks
from routing.tables import make_tables


@pytest.fixture(name="group")
def make_group(town):
    t = make_tables(Instance.from_dict(town))
    return t, make_crews(t)


def prices_of(t, crews, orders):
    seconds = np.zeros(len(crews))
    return Prices(orders, np.zeros(len(t.meals)), seconds, 0.0, np.zeros(0))


def start(group, center=None):
    t, crews = group
    return Lowering(t, crews, prices_of(t, crews, t.unserved), np.zeros(len(t.orders)), center)


def test_orders_of_a_trip_give_up_what_it_gains_and_others_keep_their_prices(group):
    lowering = start(group)
    before = lowering.prices.orders
    assert lowering.charge([(np.array([0, 1, 0]), -90.0)]) == 1
    fallen = before - lowering.prices.orders
    assert 2 * fallen[0] + fallen[1] == pytest.approx(90.0)
    assert not fallen[2:].any()


def test_what_a_trip_gains_no_more_is_not_asked_for_again(group):
    lowering = start(group)
    trips = [(np.array([0, 1]), -90.0), (np.array([1, 0]), -90.0)]
    assert lowering.charge(trips) == 1


def test_what_orders_are_worth_beyond_the_best_prices_goes_first(group):
    t, crews = group
    best = t.unserved.copy()
    best[0] -= 50.0
    lowering = start(group, prices_of(t, crews, best))
    lowering.charge([(np.array([0, 1]), -40.0)])
    fallen = t.unserved - lowering.prices.orders
    assert fallen[0] == pytest.approx(40.0)
    assert fallen[1] == 0.0


def test_no_walk_gains_at_certain_prices(group):
    t, crews = group
    portions = np.full(len(t.meals), 7.0)
    orders = certain_prices(t, crews, portions, least_prices(t))
    for crew in crews:
        gain = orders[crew.orders] - portions[crew.canteen] * crew.room.meals
        rest = completions(crew.room, gain, 0.5)
        assert least_trip(crew.room, rest, gain, 0.5) >= 0.0


def test_the_cheapest_walk_costs_what_the_rests_say(group):
    t, crews = group
    for crew in crews:
        gain = t.unserved[crew.orders]
        rest = completions(crew.room, gain, 0.5)
        walks = cheapest_walks(crew.room, rest, gain, 0.5, 5)
        costs = [cost for _, cost in walks]
        assert min(costs) == pytest.approx(least_trip(crew.room, rest, gain, 0.5))
        assert costs == sorted(costs)
        assert all((rows[1:] != rows[:-1]).all() for rows, _ in walks)
        assert all((rows[2:] != rows[:-2]).all() for rows, _ in walks)
