"""What is proven of every group, by the number of couriers."""

import numpy as np

from routing.districts.proven import Proven, is_split, size_of


def test_no_plan_of_a_group_costs_less_than_the_least_of_its_row():
    proven = Proven([2, 1])
    proven.learn(0, np.array([9.0, 4.0, 7.0]))
    proven.learn(1, 5.0)
    assert proven.bounds() == [4.0, 5.0]
    assert [proven.bound(group) for group in (0, 1)] == proven.bounds()


def test_bounds_are_only_ever_raised():
    proven = Proven([1])
    proven.learn(0, np.array([3.0, 8.0]))
    proven.learn(0, np.array([5.0, 6.0]))
    assert proven.of(0).tolist() == [5.0, 8.0]


def test_two_who_prove_different_parts_prove_the_whole():
    one, two = Proven([1, 0]), Proven([1, 0])
    one.learn(0, np.array([7.0, 0.0]))
    two.learn(0, np.array([0.0, 6.0]))
    one.learn_all(two)
    assert one.bounds() == [6.0, 0.0]


def test_rows_in_memory_of_others_are_seen_by_them():
    memory = np.zeros(size_of([2, 3]))
    Proven([2, 3], memory).learn(1, 4.0)
    assert Proven([2, 3], memory).bounds() == [0.0, 4.0]
    assert len(memory) == 7


def test_without_groups_there_is_nothing_to_prove():
    assert Proven([]).bounds() == []


def test_a_proof_is_split_once_more_is_known_of_some_plans():
    assert not is_split(np.array([2.0, 2.0]))
    assert is_split(np.array([2.0, 3.0]))
