"""Partial trips: what cuts charge, and which of two is the better one."""

import numpy as np
import pytest

from routing.bounding.labels import (
    ALIVE,
    EARLIEST,
    END,
    LATEST,
    MEALS,
    NEXT_HERE,
    OFFSET,
    charges,
    dominated,
    make_labels,
)

CHARGE = np.arange(1.0, 129.0)


@pytest.mark.parametrize("bit", [0, 1, 31, 62, 63])
@pytest.mark.parametrize("word", [0, 1])
def test_every_cut_of_a_word_charges_its_own_price(bit, word):
    assert charges(CHARGE, np.uint64(1 << bit), word) == CHARGE[64 * word + bit]


def test_all_cuts_of_a_word_charge_together():
    assert charges(CHARGE, np.uint64(2**64 - 1), 0) == CHARGE[:64].sum()
    assert charges(CHARGE, np.uint64(0), 0) == 0.0


@pytest.fixture
def labels():
    """Two partial trips alike in everything, the first one known at its order."""
    labels = make_labels(3, 1, 1)
    labels.whole[1:, [OFFSET, EARLIEST, LATEST, MEALS]] = 10, 20, 30, 2
    labels.whole[1, [ALIVE, NEXT_HERE]] = 1, END
    return labels


def is_dominated(labels):
    return dominated(labels, CHARGE, np.array([1]), 2, True, np.array([0, 9]))


def test_a_dearer_trip_is_no_better(labels):
    labels.cost[1:] = 5.0, 6.0
    assert is_dominated(labels)


@pytest.mark.parametrize(
    ("column", "value"), [(OFFSET, 9), (EARLIEST, 19), (LATEST, 31), (MEALS, 1)]
)
def test_a_dearer_trip_with_more_freedom_stays(labels, column, value):
    labels.cost[1:] = 5.0, 6.0
    labels.whole[2, column] = value
    assert not is_dominated(labels)


def test_a_dearer_trip_that_may_go_where_the_other_was_stays(labels):
    labels.cost[1:] = 5.0, 6.0
    labels.seen[1] = 0b10
    assert not is_dominated(labels)


def test_a_trip_that_cuts_may_charge_must_be_cheaper_by_that(labels):
    labels.odd[1] = 0b100  # may be charged 3
    labels.cost[1:] = 5.0, 7.9
    assert not is_dominated(labels)
    labels.cost[2] = 8.0
    assert is_dominated(labels)


def test_a_better_trip_takes_the_place_of_the_other(labels):
    labels.cost[1:] = 5.0, 4.0
    heads = np.array([1])
    assert not dominated(labels, CHARGE, heads, 2, True, np.array([0, 9]))
    assert heads[0] == END
    assert labels.whole[1, ALIVE] == 0
