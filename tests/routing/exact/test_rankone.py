"""Cuts over listed trips: what they forbid, and that no plan breaks them."""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from routing.exact.rankone import PATTERNS, rank_one_cuts


def trips_of(routes, orders):
    """Choices with these trips; cuts ask for nothing but what each brings."""
    brings = np.zeros((len(routes), orders), dtype=np.int8)
    for row, route in enumerate(routes):
        brings[row, list(route)] = 1
    return SimpleNamespace(brings=brings)


def test_half_trips_around_three_orders_are_cut_off():
    choices = trips_of([(0, 1), (1, 2), (0, 2)], 3)
    (cut,) = rank_one_cuts(choices, np.full(3, 0.5), set(), 9)
    assert cut.weight.tolist() == [1, 1, 1]
    assert cut.most == 1


def test_a_cut_is_made_once():
    choices, names = trips_of([(0, 1), (1, 2), (0, 2)], 3), set()
    assert rank_one_cuts(choices, np.full(3, 0.5), names, 9)
    assert not rank_one_cuts(choices, np.full(3, 0.5), names, 9)


def test_whole_trips_break_nothing():
    assert rank_one_cuts(trips_of([(0, 1), (2,)], 3), np.ones(2), set(), 9) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_breaks_a_cut(seed):
    dice = np.random.default_rng(seed)
    routes = [route for size in (1, 2, 3, 4) for route in combinations(range(6), size)]
    choices = trips_of(routes, 6)
    share = dice.dirichlet(np.ones(len(routes))) * 5
    cuts = rank_one_cuts(choices, share, set(), 200)
    assert cuts
    for _ in range(200):
        left, plan = set(range(6)), []
        for row in dice.permutation(len(routes)).tolist():
            if left.issuperset(routes[row]):
                plan.append(row)
                left -= set(routes[row])
        assert all(cut.weight[plan].sum(dtype=int) <= cut.most for cut in cuts)


def test_multipliers_are_proper_fractions_in_falling_order():
    for numerators, denominator in PATTERNS:
        assert list(numerators) == sorted(numerators, reverse=True)
        assert max(numerators) < denominator <= sum(numerators)
