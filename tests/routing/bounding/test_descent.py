"""The way down from some prices can be left and gone on with, and proves something anywhere."""

from dataclasses import replace
from itertools import count, pairwise

import numpy as np
import pytest

from routing import NO_WAY, Instance
from routing.answer import duties_of
from routing.bounding.bound import LowerBound, simple_bound
from routing.bounding.crews import make_crews
from routing.bounding.descent import Descent, column_of
from routing.bounding.generation import MOST_LABELS, MOST_WORK
from routing.bounding.labels import make_labels
from routing.bounding.lowering import Lowering, least_visits
from routing.bounding.master import Prices
from routing.bounding.opening import neighbours_in_turn
from routing.budget import Budget
from routing.solving import solve
from routing.tables import make_tables

SECOND = 0.3


@pytest.fixture(name="group")
def make_group(town):
    t = make_tables(Instance.from_dict(town))
    return t, make_crews(t)


def begin(group, queue):
    t, crews = group
    prices = Prices(
        t.unserved, np.zeros(len(t.meals)), np.full(len(crews), SECOND), 0.0, np.zeros(0)
    )
    lowering = Lowering(t, crews, prices, np.zeros(len(t.orders)))
    words = max(crew.room.near.shape[1] for crew in crews)
    return Descent(crews, queue, lowering, [], make_labels(MOST_LABELS, words, 1))


def budget_of(looks):
    """A budget whose time is over after so many looks at the clock."""
    return Budget(looks, clock=count().__next__)


def test_nothing_gains_at_the_prices_of_a_way_down_not_begun(group):
    _, crews = group
    prices = begin(group, range(len(crews))).lowered.prices
    for number, crew in enumerate(crews):
        gain = Lowering(group[0], crews, prices, np.zeros(len(group[0].orders))).gains(number, crew)
        rows = np.arange(len(crew.orders))
        singles = [column_of(number, crew, rows[row : row + 1]) for row in rows]
        pairs = [column_of(number, crew, np.array([a, b])) for a in rows for b in rows if a != b]
        for trip in singles + pairs:
            stops = np.searchsorted(crew.orders, trip.orders)
            ways = SECOND * (trip.seconds - float(crew.pack[stops].sum()))
            assert trip.cost + ways >= float(gain[stops].sum()) - 1e-6


def test_orders_keep_more_of_their_price_where_crews_were_looked_at(group):
    _, crews = group
    descent = begin(group, range(len(crews)))
    unseen = float(descent.lowered.prices.orders.sum())
    descent.run(MOST_WORK, Budget(60))
    assert descent.is_done
    assert float(descent.lowered.prices.orders.sum()) > unseen


def test_a_way_down_left_and_taken_up_again_ends_where_nothing_gains(group):
    _, crews = group
    descent = begin(group, range(len(crews)))
    while not descent.is_done:
        descent.run(MOST_WORK, budget_of(5))
    again = begin(group, range(len(crews)))
    again.run(MOST_WORK, Budget(60))
    assert descent.lowered.worst.tolist() == again.lowered.worst.tolist()
    assert not descent.is_cut_short


def test_label_setting_cut_short_is_told_where_walks_prove_that_nothing_gains(group):
    _, crews = group
    descent = begin(group, range(len(crews)))
    descent.run(0, Budget(60))
    assert descent.is_cut_short
    assert descent.lowered.worst == pytest.approx(0.0, abs=1e-9)


def test_visits_cost_no_more_than_the_trip_that_makes_them(group):
    _, crews = group
    for number, crew in enumerate(crews):
        least = least_visits(crew, SECOND)
        rows = np.argsort(least)[:3]
        trip = column_of(number, crew, rows)
        pack = SECOND * float(crew.pack[rows].sum())
        assert 0.0 < float(least[rows].sum()) <= trip.cost + SECOND * trip.seconds - pack


def test_visits_that_no_way_leads_to_are_never_given_up_even_where_seconds_are_free(group):
    crew = group[1][0]
    ride = crew.room.ride.copy()
    ride[:, 0] = NO_WAY
    room = crew.room._replace(ride=ride, travel_price=0.0)
    least = least_visits(replace(crew, room=room), 0.0)
    assert np.isinf(least[0])
    assert not least[1:].any()


def test_canteens_whose_orders_wait_for_nobody_else_come_first(group):
    t, crews = group
    order = neighbours_in_turn(crews, len(t.orders))
    assert sorted(order) == list(range(len(crews)))
    canteens = [crews[number].canteen for number in order]
    assert len(list(dict.fromkeys(canteens))) == 1 + sum(
        one != other for one, other in pairwise(canteens)
    )


def test_an_opening_cut_short_proves_something_and_is_gone_on_with(town):
    instance = Instance.from_dict(town)
    plan, bounds = solve(instance, seconds=30, iterations=300), []
    proof = LowerBound(make_tables(instance), bounds.append)
    proof.open(duties_of(instance, plan), (), budget_of(6))
    early = max(bounds)
    assert early > simple_bound(make_tables(instance))
    proof.tighten(budget_of(200), plan.cost)
    assert early < max(bounds) <= plan.cost
