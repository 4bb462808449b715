"""The bound comes early, grows, and can be taken up again; brute force holds it in properties."""

import pytest

from routing import Instance, solve
from routing.answer import duties_of
from routing.bounding import generation
from routing.bounding.bound import LowerBound, simple_bound
from routing.budget import Budget
from routing.tables import make_tables


@pytest.fixture
def instance(town):
    return Instance.from_dict(town)


def opened(instance, bounds):
    plan = solve(instance, seconds=30, iterations=300)
    proof = LowerBound(make_tables(instance), bounds.append)
    proof.open(duties_of(instance, plan), (), Budget(60))
    return proof, plan.cost


def test_prices_of_a_plan_prove_more_than_single_orders_do(instance):
    bounds = []
    opened(instance, bounds)
    assert bounds[0] == simple_bound(make_tables(instance))
    assert max(bounds) > bounds[0] + 1000


def test_a_full_canteen_is_seen_at_once(town):
    town["canteens"][0]["meals"] = 4
    instance, bounds = Instance.from_dict(town), []
    asked = sum(order["meals"] for order in town["orders"][::2])
    proof = LowerBound(make_tables(instance), bounds.append)
    proof.open([], (), Budget(60))
    assert max(bounds) >= (asked - 4) * 36000


def test_a_proof_taken_up_again_goes_on_where_it_was(instance):
    bounds = []
    proof, cost = opened(instance, bounds)
    early = max(bounds)
    proof.tighten(Budget(0), cost)
    assert max(bounds) == early
    proof.tighten(Budget(60), cost)
    late = max(bounds)
    assert early < late <= cost
    proof.tighten(Budget(60), cost)
    assert max(bounds) == late


def test_label_setting_that_was_too_short_gets_more_work(instance, monkeypatch):
    plentiful, scant = [], []
    proof, cost = opened(instance, plentiful)
    proof.tighten(Budget(60), cost)
    monkeypatch.setattr(generation, "MOST_WORK", 0)
    proof, cost = opened(instance, scant)
    proof.tighten(Budget(60), cost)
    assert max(scant) == max(plentiful)


def test_ways_down_in_vain_end_so_that_cuts_may_follow(instance, monkeypatch):
    proof, cost = opened(instance, [])
    proof.complete(Budget(60), cost)
    case, ways = proof.cases()[0], []

    def go_down_in_vain(descent, work, budget, _better):
        ways.append(descent)
        descent.run(work, budget)
        return False, 1

    assert case.cut()
    monkeypatch.setattr(case, "_go_down", go_down_in_vain)
    assert case.run(Budget(20), [].append, cost)
    assert len(ways) == generation.VAIN


def test_nothing_to_prove_without_couriers(town):
    town["couriers"] = []
    bounds = []
    proof = LowerBound(make_tables(Instance.from_dict(town)), bounds.append)
    proof.open([], (), Budget(60))
    proof.tighten(Budget(60), 0.0)
    assert bounds == [sum(36000 * order["meals"] for order in town["orders"])]
