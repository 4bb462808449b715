"""Programmes that branch and bound answers, also where it stumbles over the cut-off."""

import math

import numpy as np

from routing.sites.programme import Effort, Programme, solve_integer


def one_of(gain: float) -> Programme:
    """Return the choice whether to take the only thing there is."""
    programme = Programme(np.array([gain]), np.array([1.0]), np.array([True]))
    row = programme.rows([1.0])
    programme.put(row, np.array([0]), [1.0])
    return programme


def effort(above: float) -> Effort:
    return Effort(seconds=10.0, nodes=None, seed=1, gap=0.0, above=above)


def test_the_best_is_found_and_proven() -> None:
    found = solve_integer(one_of(19.0), effort(-math.inf))
    assert found.values is not None
    assert found.values.tolist() == [1.0]
    assert found.bound == 19.0


def test_nothing_better_than_the_cut_off_is_said_so() -> None:
    assert solve_integer(one_of(19.0), effort(25.0)).bound <= 25.0


def test_a_cut_off_a_hair_above_the_best_still_leaves_a_bound() -> None:
    found = solve_integer(one_of(19.0), effort(19.0 * (1.0 + 1e-9)))
    assert found.bound <= 19.0 * (1.0 + 1e-6)
