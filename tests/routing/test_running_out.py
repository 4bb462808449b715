"""Time that runs out anywhere: there is a right plan, with what could be found out by then."""

import sys
from functools import partial

import numpy as np
import pytest

from routing import Instance, Reason, check, solve
from routing.answer import left_out
from routing.bounding.bound import LowerBound, simple_bound
from routing.budget import Budget
from routing.explaining.reasons import find_reasons
from routing.search.search import Search
from routing.tables import make_tables
from tests.routing.conftest import city

AGES = 1e6
"""Seconds that pass between two looks at the clock once time has run out."""


class LeapingClock:
    """Stands still for so many looks; from then on ages pass between any two."""

    def __init__(self, looks):
        self.looks = looks
        self.seen = 0

    def __call__(self):
        self.seen += 1
        return AGES * max(0, self.seen - self.looks)


@pytest.fixture
def instance():
    return Instance.from_dict(city(seed=2, orders=60, canteens=3, couriers=6))


def solved(instance, monkeypatch, looks):
    """Solve until the clock leaps; whatever is found out after that, is found out at once."""
    budget = partial(Budget, clock=LeapingClock(looks))
    monkeypatch.setattr(sys.modules[solve.__module__], "Budget", budget)
    return solve(instance, seconds=60, iterations=60)


@pytest.mark.parametrize("looks", [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377])
def test_whenever_time_runs_out_there_is_a_right_plan(instance, monkeypatch, looks):
    plan = solved(instance, monkeypatch, looks)
    assert check(instance, plan).faults == ()
    assert plan.bound <= plan.cost
    served = {stop.order for trip in plan.trips for stop in trip.stops}
    assert served | {item.order for item in plan.unserved} == set(instance.order_by_id)


def test_without_any_time_nobody_is_said_to_have_been_looked_into(instance, monkeypatch):
    plan = solved(instance, monkeypatch, looks=1)
    assert plan.unserved
    assert {item.reason for item in plan.unserved} == {Reason.NOT_LOOKED_INTO}


def test_reasons_are_plain_first_and_found_for_the_heaviest_first(instance):
    left = left_out(instance, [])
    heaviest = max(left, key=lambda order: order.weight)
    reasons = {
        item.order: item.reason
        for item in find_reasons(instance, [], Budget(1.0, clock=LeapingClock(2)))
    }
    assert reasons.pop(heaviest.id) is not Reason.NOT_LOOKED_INTO
    assert set(reasons.values()) == {Reason.NOT_LOOKED_INTO}
    plain = find_reasons(instance, [], Budget(1.0, clock=LeapingClock(1 + len(left))))
    assert {item.reason for item in plain} == {Reason.COURIERS_BUSY}
    every = find_reasons(instance, [], Budget(1.0, clock=LeapingClock(10_000)))
    assert {item.reason for item in every} == {Reason.OVERLOOKED}


def test_an_insertion_that_is_cut_short_keeps_what_is_in(instance):
    tables = make_tables(instance)
    search = Search(tables, 0)
    search.take([[] for _ in instance.couriers], Budget(1.0, clock=LeapingClock(2)))
    served = [order for duty in search.duties() for trip in duty for order in trip]
    assert 0 < len(served) < len(instance.orders)
    assert search.cost < tables.unserved.sum()


@pytest.mark.parametrize("looks", [1, 2, 3, 5, 8])
def test_a_proof_cut_short_in_its_opening_proves_at_least_what_single_orders_cost(instance, looks):
    tables = make_tables(instance)
    tables = tables._replace(limits=np.array([1800, 150]))  # so that some are always outside
    proof = LowerBound(tables, lambda _bound: None)
    proof.open([], [], Budget(1.0, clock=LeapingClock(looks)))
    proof.tighten(Budget(1.0, clock=LeapingClock(0)), 1e9)
    assert proof.best >= simple_bound(tables) > 0.0
