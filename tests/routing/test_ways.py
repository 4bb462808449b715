"""Quickest ways by other doors, as far as anybody needs to know."""

import numpy as np
import pytest

from routing.parts import NO_WAY
from routing.ways import quickest


def all_ways(seconds):
    """Return the quickest ways between all places, by trying every place in between."""
    found = np.minimum(seconds, NO_WAY).astype(np.int64)
    np.fill_diagonal(found, 0)
    for place in range(len(found)):
        found = np.minimum(found, found[:, [place]] + found[[place], :])
    return np.minimum(found, NO_WAY)


@pytest.fixture(params=range(6))
def seconds(request):
    """Travel times that obey nothing: one-way, with holes, some far by the straight way."""
    dice = np.random.default_rng(request.param)
    table = dice.integers(1, 2000, (30, 30))
    table[dice.random((30, 30)) < 0.6] = NO_WAY
    return table.astype(np.int32)


def test_ways_may_lead_by_other_doors(seconds):
    doors = np.arange(30)
    for home in range(5):
        found = quickest(seconds, home, doors, NO_WAY)
        assert (found == all_ways(seconds)[home]).all()


def test_the_transposed_table_gives_the_ways_back(seconds):
    doors = np.array([4, 4, 9, 1])
    back = quickest(np.ascontiguousarray(seconds.T).astype(np.uint16), 3, doors, NO_WAY)
    assert (back == all_ways(seconds)[doors, 3]).all()


def test_what_is_near_enough_is_exact_and_the_rest_stays_beyond(seconds):
    doors, right = np.array([7, 2, 21, 2]), all_ways(seconds)[0]
    for most in (0, 300, 900, 2500):
        found = quickest(seconds, 0, doors, most)
        near = right[doors] <= most
        assert (found[near] == right[doors][near]).all()
        assert (found[~near] > most).all()
        assert (found >= right[doors]).all()


def test_nobody_asked_for_is_no_work(seconds):
    assert quickest(seconds, 0, np.zeros(0, dtype=np.int64), NO_WAY).size == 0
