"""Who works on what next: first by size, then where the gap is."""

from dataclasses import replace

import numpy as np
import pytest

from routing import Instance
from routing.budget import Budget
from routing.districts.groups import split
from routing.districts.jobs import Outcome
from routing.districts.proven import Proven
from routing.districts.schedule import Schedule, couriers_of, share_out
from routing.tables import make_tables


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def groups(town):
    instance = Instance.from_dict(town)
    return split(instance, make_tables(instance)).groups


@pytest.fixture
def schedule(groups, clock):
    """Two equal groups, one worker, 100 seconds."""
    found = [Outcome(number, [], 1000.0, 0.0) for number in range(2)]
    return Schedule(groups, found, 1, Budget(100, clock=clock), 0)


def roles(weights, workers):
    shared = share_out(list(enumerate(weights)), workers)
    return [(role.group, role.searches, role.bounds) for role in shared]


def finish(schedule, clock, job, cost, bound):
    clock.now += job.seconds
    schedule.take(job, Outcome(job.group, [], cost, bound))


class TestSharingOut:
    def test_one_worker_does_all_groups_the_largest_first(self):
        assert roles([1, 2, 1.5], 1) == [(1, True, True), (2, True, True), (0, True, True)]

    def test_a_giant_comes_last_and_takes_what_the_others_leave(self):
        assert roles([9, 1], 1) == [(1, True, True), (0, True, True)]
        assert share_out([(0, 9), (1, 1)], 1)[-1].whole

    def test_a_giant_is_searched_by_one_and_bounded_by_another(self):
        assert roles([99, 1], 2) == [(0, True, False), (1, True, True), (0, False, True)]

    def test_small_groups_beside_a_giant_share_a_quarter_of_a_worker(self):
        shared = share_out([(0, 99), (1, 2), (2, 1)], 2)
        assert [(role.group, role.weight) for role in shared] == [
            (0, 99),
            (2, pytest.approx(11)),
            (1, pytest.approx(22)),
            (0, 99),
        ]

    def test_what_a_larger_share_is_due_stays_so(self):
        assert [role.weight for role in share_out([(0, 9), (1, 4), (2, 4)], 2)] == [9, 4, 4, 9]

    def test_equal_groups_are_left_whole(self):
        assert roles([1, 1], 2) == [(0, True, True), (1, True, True)]

    def test_more_workers_prove_bounds_then_search_with_other_numbers(self):
        assert roles([1, 1], 5) == [
            (0, True, False),
            (1, True, False),
            (0, False, True),
            (1, False, True),
            (0, True, False),
        ]
        seeds = [role.again for role in share_out([(0, 1), (1, 1)], 5)]
        assert seeds == [0, 0, 0, 0, 1]


class TestRounds:
    def test_the_first_round_takes_most_of_the_time_by_size(self, schedule, clock):
        first = schedule.next_job()
        assert first.seconds == pytest.approx(30)
        finish(schedule, clock, first, 1000, 0)
        assert schedule.next_job().seconds == pytest.approx(30)

    def test_what_one_group_does_not_use_another_gets(self, schedule):
        first = schedule.next_job()
        schedule.take(first, Outcome(first.group, [], 500.0, 500.0))
        assert schedule.next_job().seconds == pytest.approx(60)

    def test_later_rounds_go_where_the_gap_is(self, schedule, clock):
        for cost in (1000, 200):
            finish(schedule, clock, schedule.next_job(), cost, 100)
        giant_last = [schedule.next_job()]
        finish(schedule, clock, giant_last[0], 200, 100)
        giant_last.append(schedule.next_job())
        assert [job.group for job in giant_last] == [1, 0]
        assert giant_last[1].seconds > 4 * giant_last[0].seconds

    def test_a_gap_that_does_not_close_gets_less(self, groups, clock):
        found = [Outcome(number, [], 1000.0, 0.0) for number in range(2)]
        schedule = Schedule(groups, found, 1, Budget(100, clock=clock), 0)
        finish(schedule, clock, schedule.next_job(), 1000, 0)
        finish(schedule, clock, schedule.next_job(), 1000, 600)
        worth = [schedule._worth(group) for group in range(2)]
        assert worth == [1000 * 0.5, 400 * (1 + 0.6) / 2]

    def test_a_proven_group_is_left_alone(self, schedule, clock):
        finish(schedule, clock, schedule.next_job(), 500, 500)
        seen = set()
        while (job := schedule.next_job()) is not None:
            seen.add(job.group)
            finish(schedule, clock, job, 1000, 0)
        assert seen == {1}
        assert clock.now == pytest.approx(100)

    def test_the_slice_of_a_lost_worker_is_handed_out_again(self, schedule, clock):
        lost = schedule.next_job()
        clock.now += 10
        schedule.take(lost, None)
        assert schedule.found[lost.group].cost == 1000.0
        finish(schedule, clock, schedule.next_job(), 1000, 1000)
        assert schedule.next_job().group == lost.group

    def test_steps_are_made_in_one_round(self, groups, clock):
        found = [Outcome(number, [], 1000.0, 0.0) for number in range(2)]
        schedule = Schedule(groups, found, 1, Budget(100, 50, clock=clock), 0)
        for _ in range(2):
            finish(schedule, clock, schedule.next_job(), 1000, 0)
        assert schedule.next_job() is None

    def test_nothing_is_handed_out_when_the_time_is_over(self, schedule, clock):
        clock.now = 100.0
        assert schedule.next_job() is None

    def test_an_idle_worker_bounds_or_searches_what_another_searches(self, groups, clock):
        small = replace(groups[1], need=0.001)
        found = [Outcome(0, [], 1000.0, 0.0), Outcome(1, [], 10.0, 10.0)]
        schedule = Schedule((groups[0], small), found, 3, Budget(100, clock=clock), 0)
        given = [schedule.next_job() for _ in range(3)]
        assert [(job.group, job.searches, job.bounds) for job in given] == [
            (0, True, False),
            (0, False, True),
            (0, True, False),
        ]
        assert given[0].seed != given[2].seed

    def test_a_bound_that_a_worker_tells_counts_at_once(self, schedule, groups):
        told = Proven(couriers_of(groups))
        told.learn(0, 1000.0)
        schedule.learn(told)
        assert not schedule.is_open(0)

    def test_slices_of_workers_that_may_be_lost_are_shorter(self, groups, clock):
        found = [Outcome(0, [], 1000.0, 0.0)]
        schedule = Schedule(groups[:1], found, 1, Budget(100, clock=clock), 0, 0.5)
        slices = []
        while (job := schedule.next_job()) is not None and len(slices) < 9:
            slices.append(job.seconds)
            finish(schedule, clock, job, 1000, 0)
        assert slices[:3] == [50, 25, 12.5]
        assert sum(slices) == pytest.approx(100)


class TestHelp:
    """A proof that has come apart, by the number of couriers, is worked on from both ends."""

    @pytest.fixture
    def searched(self, groups, clock):
        """A group that is searched by one of two workers while the other proves; the search."""
        found = [Outcome(0, [], 1000.0, 0.0)]
        schedule = Schedule(groups[:1], found, 2, Budget(100, clock=clock), 0)
        search, proof = schedule.next_job(), schedule.next_job()
        assert (search.may_help, proof.may_help) == (True, False)
        return schedule, search

    def come_apart(self, schedule):
        row = np.zeros_like(schedule.proven.of(0))
        row[0] = 1000.0
        schedule.learn_of(0, row)

    def test_a_search_that_leaves_for_it_helps_to_the_end(self, searched, clock):
        schedule, search = searched
        self.come_apart(schedule)
        clock.now = 20.0
        schedule.take(search, None)
        job = schedule.next_job()
        assert (job.helps, job.searches, job.bounds, job.seconds) == (True, False, True, 80.0)

    def test_there_is_one_helper_and_then_another_search(self, searched):
        schedule, search = searched
        self.come_apart(schedule)
        schedule.take(search, None)
        schedule.take(schedule.next_job(), None)
        again = schedule.next_job()
        assert (again.helps, again.searches, again.may_help) == (False, True, False)

    def test_a_proof_in_one_piece_needs_no_help(self, searched):
        schedule, search = searched
        schedule.take(search, None)
        assert schedule.next_job().searches

    def test_what_is_proven_of_all_numbers_of_couriers_is_proven_of_all_plans(self, searched):
        schedule, _ = searched
        self.come_apart(schedule)
        assert schedule.found[0].bound == 0.0
        rest = np.full_like(schedule.proven.of(0), 900.0)
        rest[0] = 0.0
        schedule.learn_of(0, rest)
        assert schedule.found[0].bound == 900.0


class TestSteps:
    @pytest.fixture
    def schedule(self, groups, clock):
        """Two equal groups, two workers, a number of steps."""
        found = [Outcome(number, [], 1000.0, 0.0) for number in range(2)]
        return Schedule(groups, found, 2, Budget(100, 50, clock=clock), 0)

    def test_a_slice_is_done_even_if_others_have_proven_its_group(self, schedule):
        first = schedule.next_job()
        row = schedule.proven.of(1 - first.group)
        schedule.learn_of(1 - first.group, np.full_like(row, 1000.0))
        assert schedule.next_job().group == 1 - first.group
        assert schedule.next_job() is None
        assert not schedule.is_over()

    @pytest.mark.parametrize("one_first", [True, False])
    def test_of_plans_that_cost_the_same_the_order_of_answers_chooses_none(self, one_first):
        one, two = Outcome(0, [[[0], [1]]], 70.0, 10.0), Outcome(0, [[[0, 1]]], 70.0, 60.0)
        better = one.better(two) if one_first else two.better(one)
        assert better == Outcome(0, [[[0], [1]]], 70.0, 60.0)
