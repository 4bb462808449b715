"""Small groups are not told, and cannot be worked out from what is."""

from itertools import product

import pytest

from mealsvc.siting.disclosure import EXACT, Disclosure

PLANNER = Disclosure(5)


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        (0, 0), (1, "<5"), (4, "<5"), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (-2, ">-5"),
        (-6, -5),
    ],
)  # fmt: skip
def test_counts_are_told_in_fives_and_small_groups_not_at_all(people, shown):
    assert PLANNER.count(people) == shown
    assert EXACT.count(people) == people


def test_a_share_of_a_small_group_is_not_told():
    assert PLANNER.share(3, 100) is None
    assert PLANNER.share(2, 4) is None
    assert PLANNER.share(33, 100) == 0.35
    assert EXACT.share(3, 4) == 0.75


def test_no_small_group_follows_from_a_total_and_the_other_parts():
    """Whatever a total and one part are told as, the rest could be several numbers."""
    for told_total, told_part in product(range(5, 60, 5), repeat=2):
        rests = {
            total - part
            for total, part in product(range(1, 70), repeat=2)
            if PLANNER.count(total) == told_total and PLANNER.count(part) == told_part
            and total >= part
        }  # fmt: skip
        assert len(rests) == 0 or len(rests) >= 3


def test_an_average_of_few_is_not_told():
    assert PLANNER.average(7.5, 4) is None
    assert PLANNER.average(7.5, 5) == 7.5
    assert EXACT.average(7.5, 1) == 7.5
