"""A choice of sites that cannot be meant is refused with the field and the value."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from routing.sites import InvalidSites, SiteProblem, most_covered, pairs_nearer

SECONDS = csr_array(([0.0, 60.0], ([0, 1], [0, 1])), shape=(2, 3))


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"people": [1, 2]}, "people"),
        ({"people": [1, -2, 3]}, "people[1]"),
        ({"people": [1, np.nan, 3]}, "people[1]"),
        ({"people": [1, np.inf, 3]}, "people[1]"),
        ({"weights": np.array([1.0, 1.0, -1.0])}, "weights[2]"),
        ({"threshold": -1}, "threshold"),
        ({"existing": [0, 2]}, "existing[1]"),
        ({"capacities": [1, -1]}, "capacities[1]"),
        ({"costs": [1]}, "costs"),
        ({"budget": 3}, "budget"),
        ({"costs": [1, 1], "budget": -3}, "budget"),
        ({"apart": csr_array((3, 3))}, "apart"),
        ({"seconds": csr_array([[0.0, -5.0, 1.0]])}, "seconds[0, 1]"),
    ],
)
def test_a_wrong_field_is_named(options, field):
    stated = {"seconds": SECONDS, "people": [1, 2, 3], "threshold": 600} | options
    with pytest.raises(InvalidSites) as caught:
        SiteProblem(**stated)
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")


def test_a_pair_given_twice_is_refused():
    twice = csr_array((1, 2))
    twice.data, twice.indices = np.array([1.0, 2.0]), np.array([1, 1])
    twice.indptr = np.array([0, 2])
    with pytest.raises(InvalidSites, match=r"seconds\[0, 1\]: is given twice"):
        SiteProblem(twice, np.ones(2), 600)


def test_people_next_door_are_covered():
    answer = most_covered(SiteProblem(SECONDS, np.ones(3), 0), 1)
    assert answer.chosen == (0,)
    assert answer.objective == 1


def test_a_pair_at_exactly_the_mutual_distance_may_both_be_chosen():
    between = csr_array(np.array([[0.0, 299.0, 300.0], [299.0, 0.0, 0.0], [300.0, 0.0, 0.0]]))
    apart = pairs_nearer(between, 300.0)
    assert apart.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_nobody_at_all_is_refused():
    with pytest.raises(InvalidSites, match="nobody"):
        most_covered(SiteProblem(SECONDS, np.zeros(3), 600), 1)
