"""Cuts of three orders: which mixtures break them, and what label setting is told."""

import numpy as np
import pytest

from routing.bounding.cuts import MOST_WORDS, broken, charged_visits, hits

HALVES = [((0, 1), 0.5), ((1, 2), 0.5), ((2, 0), 0.5)]
"""Each trip half: every order is brought once, and no plan is like that."""


def test_a_trip_counts_once_for_two_or_three_of_the_orders():
    cut = (1, 4, 7)
    assert [hits(cut, trip) for trip in ((1,), (1, 2), (1, 7), (7, 2, 4, 1))] == [0, 0, 1, 1]


def test_a_trip_that_comes_back_to_an_order_counts_every_second_visit():
    assert hits((1, 4, 7), (1, 2, 3, 1)) == 1
    assert hits((1, 4, 7), (1, 4, 7, 1)) == 2


def test_a_mixture_of_halves_breaks_the_cut():
    assert broken(HALVES, []) == [((0, 1, 2), 0.5)]


def test_a_pair_that_a_later_order_joins_is_found():
    # Only 0-2 and 1-2 travel together; 0-1 never do.
    assert broken([((0, 2), 0.8), ((1, 2), 0.6)], []) == [((0, 1, 2), pytest.approx(0.4))]


def test_known_cuts_and_whole_trips_are_not_broken():
    assert broken(HALVES, [(0, 1, 2)]) == []
    assert broken([((0, 1, 2), 1.0), ((3, 4), 1.0)], []) == []


def test_a_trip_with_all_three_counts_once():
    assert broken([((0, 1, 2), 0.5), ((0, 1), 0.5)], []) == []


def test_label_setting_is_told_the_cuts_that_can_charge_the_crew():
    cuts = [(0, 1, 2), (1, 5, 6), (5, 6, 7)]
    bits, charge = charged_visits(cuts, np.array([3.0, 4.0, 5.0]), np.array([1, 2, 5, 6]))
    assert charge[:3].tolist() == [5.0, 4.0, 3.0]
    assert bits[:, 0].tolist() == [0b110, 0b100, 0b011, 0b011]


def test_cuts_without_a_price_charge_nothing():
    bits, charge = charged_visits([(0, 1, 2)], np.zeros(1), np.arange(3))
    assert not bits.any()
    assert not charge.any()


def test_of_too_many_cuts_the_dearest_are_kept():
    room = 64 * MOST_WORDS
    cuts = [(0, 1, number + 2) for number in range(room + 10)]
    _, charge = charged_visits(cuts, np.arange(1.0, room + 11.0), np.arange(room + 12))
    assert len(charge) == room
    assert charge.min() == 11.0
