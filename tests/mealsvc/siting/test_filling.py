"""A full canteen covers nobody more, and who is nearest comes first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from mealsvc.siting.filling import fill


def walks(rows):
    """Return a sparse matrix; 0 stands for too far."""
    return csr_array(np.array(rows, dtype=float))


def test_with_room_for_all_everybody_is_at_the_nearest_site():
    found = fill(walks([[100, 500, 0], [300, 200, 0]]), np.ones(3), [None, 5], 600)
    assert found.wished.tolist() == [1, 1]
    assert found.taken.tolist() == [1, 1]
    assert found.served.tolist() == [1, 1, 0]


def test_a_full_site_turns_the_farthest_away_who_go_to_the_next_with_room():
    found = fill(walks([[100, 200, 300], [0, 500, 400]]), np.ones(3), [2, 1], 600)
    assert found.wished.tolist() == [3, 0]
    assert found.taken.tolist() == [2, 1]
    assert found.served.tolist() == [1, 1, 1]


def test_who_finds_no_room_within_the_circle_stays_outside():
    found = fill(walks([[100, 200], [0, 700]]), np.ones(2), [1, 9], 600)
    assert found.taken.tolist() == [1, 0]
    assert found.served.tolist() == [1, 0]


def test_a_block_of_people_may_be_divided():
    found = fill(walks([[100], [200]]), np.array([10.0]), [4, 3], 600)
    assert found.taken.tolist() == [4, 3]
    assert found.served.tolist() == [7]


def test_without_sites_nobody_is_served():
    found = fill(csr_array((0, 3)), np.ones(3), [], 600)
    assert found.served.tolist() == [0, 0, 0]


@st.composite
def towns(draw):
    sites, people = draw(st.integers(1, 4)), draw(st.integers(1, 9))
    walk = st.integers(1, 900)
    rows = draw(
        st.lists(st.lists(walk, min_size=people, max_size=people), min_size=sites, max_size=sites)
    )
    room = draw(st.lists(st.integers(0, 4) | st.none(), min_size=sites, max_size=sites))
    return np.array(rows, dtype=float), room


@settings(deadline=None, max_examples=150)
@given(towns())
def test_nobody_could_go_nearer_without_pushing_out_somebody_nearer(town):
    rows, room = town
    found = fill(csr_array(rows), np.ones(rows.shape[1]), room, 600)
    # The same by the proposals of Gale and Shapley: people ask, sites keep the nearest.
    kept = {site: [] for site in range(len(room))}
    asking = [(person, 0) for person in range(rows.shape[1])]
    ways = [
        sorted((rows[site, who], site) for site in kept if rows[site, who] <= 600)
        for who in range(rows.shape[1])
    ]
    while asking:
        who, choice = asking.pop()
        if choice == len(ways[who]):
            continue
        walk, site = ways[who][choice]
        kept[site].append((walk, who, choice))
        kept[site].sort()
        if room[site] is not None and len(kept[site]) > room[site]:
            _, out, theirs = kept[site].pop()
            asking.append((out, theirs + 1))
    assert found.taken.tolist() == [len(kept[site]) for site in kept]
    assert found.served.sum() == pytest.approx(sum(len(one) for one in kept.values()))
