"""What a planner asks for: answers by hand, refusals with figures, the same answer twice."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from routing.sites import (
    AllTooNear,
    BudgetTooSmall,
    InvalidSites,
    Limits,
    ShareOutOfReach,
    TooFewCandidates,
    curve,
    fewest,
    least_mean_walk,
    most_covered,
    next_best,
    why_not,
)


class Ticks:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def test_each_site_covers_its_neighbours(street):
    answer = most_covered(street(), 2)
    assert answer.objective == answer.bound == 6
    assert answer.share == pytest.approx(0.6)
    assert answer.proven
    assert answer.loads.sum() == 6
    assert answer.outside.sum() == 4


def test_existing_sites_count_neither_for_the_number_nor_for_the_budget(street):
    problem = street(existing=[2], costs=np.full(5, 10.0), budget=10.0)
    answer = most_covered(problem, 3)
    assert answer.before == 3
    assert len(answer.chosen) == 1
    assert answer.open == tuple(sorted({2, *answer.chosen}))
    assert answer.objective == 6


def test_a_site_that_would_add_nothing_is_not_opened(street):
    walks = street().seconds[[2, 2, 2]]
    problem = type(street())(walks, np.ones(10), 100.0)
    assert len(most_covered(problem, 3).chosen) == 1


def test_a_full_canteen_covers_nobody_more(street):
    problem = street(capacities=np.full(5, 2.0))
    answer = most_covered(problem, 2)
    assert answer.objective == answer.bound == 4
    assert (answer.loads <= 2).all()
    assert answer.outside.sum() == 6


def test_a_full_canteen_sends_people_to_the_next(street):
    capacities = np.array([np.inf, 1.0, np.inf, np.inf, np.inf])
    problem = street(capacities=capacities, existing=[0, 1, 2])
    answer = most_covered(problem, 0)
    assert answer.loads[1] == 1
    assert answer.covered == 6  # points 0, 1 | 2 | 3, 4, 5


def test_people_of_double_weight_are_covered_first(street):
    weights = np.ones(10)
    weights[0] = 10.0
    answer = most_covered(street(weights=weights), 1)
    assert answer.chosen == (0,)
    assert answer.objective == 11


def test_the_whole_street_needs_five_sites(street):
    answer = fewest(street(), 1.0)
    assert answer.chosen == (0, 1, 2, 3, 4)
    assert answer.objective == answer.bound == 5


def test_no_site_is_new_where_the_existing_ones_are_enough(street):
    answer = fewest(street(existing=[1, 2, 3]), 0.7)
    assert answer.chosen == ()
    assert answer.objective == answer.bound == 0


def test_the_mean_walk_counts_those_out_of_reach(street):
    answer = least_mean_walk(street(reach=100.0), 1, beyond=1000.0)
    assert answer.objective == pytest.approx((100 + 0 + 100 + 7 * 1000) / 10)
    assert answer.before == 1000.0
    assert answer.proven


def test_the_curve_says_what_each_further_site_adds(street):
    answers = curve(street(), 5)
    assert [answer.objective for answer in answers] == [3, 6, 8, 9, 10]
    assert all(answer.proven for answer in answers)


def test_the_next_best_says_who_serves_its_people_already(street):
    problem = street(existing=[1])
    answer = most_covered(problem, 1)
    assert answer.chosen == (3,)
    reason = why_not(problem, answer, 2)
    assert reason.loss == 1
    assert reason.instead_of == 3
    assert reason.within == 3
    assert reason.served == ((1, 1.0), (3, 1.0))
    assert reason.adds == 1
    assert reason.least_loss <= reason.loss
    assert [(other.candidate, other.loss) for other in next_best(problem, answer, 2)] == [
        (4, 0),
        (2, 1),
    ]


def test_a_candidate_too_near_names_the_site(street):
    apart = csr_array(([1.0], ([1], [2])), shape=(5, 5))
    problem = street(existing=[1], apart=apart)
    reason = why_not(problem, most_covered(problem, 1), 2)
    assert reason.too_near == (1,)
    assert reason.loss is None


def test_more_sites_than_candidates_are_refused(street):
    with pytest.raises(TooFewCandidates, match="only 4 candidates") as caught:
        most_covered(street(existing=[0]), 5)
    assert (caught.value.wanted, caught.value.candidates) == (5, 4)


def test_a_budget_below_the_cheapest_is_refused(street):
    with pytest.raises(BudgetTooSmall, match="the cheapest costs 7") as caught:
        most_covered(street(costs=np.arange(7.0, 12.0), budget=5.0), 1)
    assert (caught.value.budget, caught.value.cheapest) == (5.0, 7.0)


def test_candidates_all_too_near_are_refused(street):
    apart = csr_array(np.ones((5, 5)))
    with pytest.raises(AllTooNear, match="4 candidates"):
        least_mean_walk(street(existing=[2], apart=apart), 1, 900.0)


def test_a_share_beyond_every_walk_tells_the_largest(street):
    people_far_away = street(reach=0.0)
    with pytest.raises(ShareOutOfReach, match=r"50\.0000%") as caught:
        fewest(people_far_away, 0.6)
    assert caught.value.cause == "walk"
    assert caught.value.largest == caught.value.ceiling == 0.5


def test_a_share_beyond_all_capacities_tells_the_largest(street):
    with pytest.raises(ShareOutOfReach, match="places") as caught:
        fewest(street(capacities=np.ones(5)), 0.6)
    assert caught.value.cause == "capacity"
    assert caught.value.largest == pytest.approx(0.5)


def test_a_share_that_the_rules_forbid_tells_the_largest(street):
    problem = street(costs=np.ones(5), budget=2.0)
    with pytest.raises(ShareOutOfReach, match="relax") as caught:
        fewest(problem, 0.7)
    assert caught.value.cause == "rules"
    assert caught.value.largest == caught.value.ceiling == pytest.approx(0.6)


@pytest.mark.parametrize("share", [0.0, 1.5, float("nan")])
def test_a_share_that_is_none_is_refused(street, share):
    with pytest.raises(InvalidSites, match="share"):
        fewest(street(), share)


def test_the_same_seed_gives_the_same_answer(town):
    problem = town(40, 120)
    once, again = (most_covered(problem, 4, Limits(seconds=3600)) for _ in range(2))
    assert once.chosen == again.chosen
    assert once.bound == again.bound
    assert (once.assigned != again.assigned).nnz == 0


def test_time_that_runs_out_leaves_a_choice_and_a_true_bound(town):
    problem = town(40, 120)
    best = most_covered(problem, 4, Limits(seconds=3600))
    hasty = most_covered(problem, 4, Limits(seconds=6), clock=Ticks())
    assert hasty.objective <= best.objective <= hasty.bound
    assert hasty.gap >= 0


def test_a_stop_ends_the_work_with_the_best_so_far(town):
    heard = []
    answer = most_covered(town(40, 120), 4, told=heard.append, stop=lambda: len(heard) > 1)
    assert len(answer.chosen) == 4
    assert [step.objective for step in heard] == sorted(step.objective for step in heard)
    assert all(step.bound >= answer.objective for step in heard)
