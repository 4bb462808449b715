"""The exact choice: proven where it can be, honest where it cannot."""

from itertools import pairwise

import numpy as np
import pytest

from routing import Instance, check, solve
from routing.bounding.bound import LowerBound
from routing.budget import Budget, StopSignal
from routing.exact import exact
from routing.exact.rota import Work, beginnings, share_out
from routing.exact.settle import settle
from routing.search.search import Search
from routing.tables import make_tables


@pytest.fixture
def group(town):
    """One canteen's orders, with a plan by insertion and ended column generation."""
    town["orders"], town["canteens"] = town["orders"][::2], town["canteens"][:1]
    town["couriers"] = town["couriers"][::2]
    instance = Instance.from_dict(town)
    tables = make_tables(instance)
    search = Search(tables, 0)
    search.insert()
    proof = LowerBound(tables, [].append)
    proof.open(search.duties(), (), Budget(60))
    proof.tighten(Budget(60), search.cost)
    return instance, tables, search, proof


def settled(group, budget):
    _, tables, search, proof = group
    bounds = []
    choice = settle(
        tables,
        proof.cases(),
        search.cost,
        budget,
        whole=proof.whole,
        better=bounds.append,
        known=lambda: np.inf,
    )
    return choice, bounds


def test_a_small_group_is_proven(group):
    choice, bounds = settled(group, Budget(60))
    assert choice.bound == choice.cost
    assert bounds == sorted(bounds)


def test_without_time_nothing_is_claimed(group):
    choice, bounds = settled(group, Budget(0))
    assert bounds == []
    assert choice.bound <= group[3].best


def test_a_stop_leaves_a_bound_that_is_true(group):
    whole, _ = settled(group, Budget(60))
    asked = iter([False] * 3 + [True] * 999)
    choice, _ = settled(group, Budget(60, signal=StopSignal(lambda: next(asked))))
    assert choice.bound <= whole.cost


def test_steps_make_the_choice_the_same_every_time(group):
    one, _ = settled(group, Budget(60, iterations=5))
    two, _ = settled(group, Budget(60, iterations=5))
    assert (one.cost, one.bound, one.duties) == (two.cost, two.bound, two.duties)


def test_steps_limit_the_rounds_of_the_choice(group):
    _, tables, search, _ = group
    proof = LowerBound(tables, [].append)
    proof.open(search.duties(), (), Budget(60))
    assert proof.complete(Budget(60), search.cost)
    none, _ = settled((*group[:3], proof), Budget(60, iterations=0))
    whole, _ = settled((*group[:3], proof), Budget(60))
    assert proof.best <= none.bound < whole.bound == whole.cost


def test_branch_and_bound_is_not_begun_where_reading_it_would_take_too_long(group, monkeypatch):
    _, tables, search, proof = group
    monkeypatch.setattr(exact, "COLUMN_SECONDS", 1e9)
    monkeypatch.setattr(exact, "choose", None)
    choice = settle(
        tables, proof.cases(), search.cost + 5000.0, Budget(60),
        whole=proof.whole, better=[].append, known=lambda: np.inf,
    )  # fmt: skip
    assert 0 < choice.bound <= search.cost < choice.cost


def test_the_choice_stops_at_a_plan_that_others_have_found(group):
    _, tables, search, proof = group
    best, _ = settled(group, Budget(60))
    choice = settle(
        tables, proof.cases(), search.cost + 5000.0, Budget(60),
        whole=proof.whole, better=[].append, known=lambda: best.cost,
    )  # fmt: skip
    assert (choice.cost, choice.bound, choice.duties) == (best.cost, best.cost, None)


def test_branch_and_bound_hears_of_plans_between_its_stages(group, monkeypatch):
    _, tables, search, proof = group
    best, _ = settled(group, Budget(60))
    choose, asked = exact.choose, []

    def remember(*all_of_it):
        asked.append((len(all_of_it[6]), all_of_it[9]))
        return choose(*all_of_it)

    monkeypatch.setattr(exact, "choose", remember)
    monkeypatch.setattr(exact, "FEW_COLUMNS", 2)
    choice = settle(
        tables, proof.cases(), search.cost + 5000.0, Budget(60), whole=proof.whole,
        better=[].append, known=lambda: best.cost if asked else np.inf,
    )  # fmt: skip
    assert (choice.cost, choice.bound) == (best.cost, best.cost)
    assert asked[0][1] > best.cost
    assert all(target < best.cost for _, target in asked[1:])


def test_a_solve_of_small_groups_ends_with_a_proof(town):
    instance = Instance.from_dict(town)
    plan = solve(instance, seconds=3600, iterations=400)
    assert check(instance, plan).feasible
    assert plan.bound == plan.cost


def test_a_courier_known_to_an_elder_is_told_apart(town):
    town["orders"], town["canteens"] = town["orders"][::2], town["canteens"][:1]
    town["couriers"] = town["couriers"][::2]
    for order in town["orders"]:
        order["usual_courier"] = "v2"
    town["rules"]["cost"]["unfamiliar_courier"] = 500
    plan = solve(Instance.from_dict(town), seconds=3600, iterations=400)
    assert plan.bound == plan.cost


def test_work_that_does_not_fit_has_no_beginnings():
    work = [Work(50, 0, 40), Work(50, 0, 40)]
    assert beginnings(work, 1, 60.0).starts is None
    assert beginnings(work, 0, 60.0).starts is None
    starts = beginnings(work, 2, 60.0).starts
    assert all(0 <= start <= 40 for start in starts)


def test_work_is_shared_out_so_that_nobody_is_in_two_places():
    dice = np.random.default_rng(4)
    work = [Work(int(s), 0, 500) for s in dice.integers(20, 90, 12)]
    starts = beginnings(work, 3, 60.0).starts
    for places in share_out(work, starts, 3):
        spans = sorted((starts[place], starts[place] + work[place].seconds) for place in places)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
