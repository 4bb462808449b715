"""One slice of work: how the time of a proof is spent."""

import numpy as np
import pytest

from routing import Instance
from routing.budget import Budget
from routing.districts import jobs
from routing.exact.settle import Settled
from routing.tables import make_tables


@pytest.fixture
def time_left(town, monkeypatch):
    """Prove a bound with a choice that closes a part of the gap; return its time before, after."""

    def prove(closed):
        left = []

        def choose(_t, cases, cost, budget, *, better, **_others):
            bound = min(case.best for case in cases)
            if not left:
                left.append(budget.left())
                better(bound + closed * (cost - bound))
                left.append(budget.left())
            better(cost)
            return Settled(cost, cost)

        town["orders"], town["canteens"] = town["orders"][::2], town["canteens"][:1]
        town["couriers"] = town["couriers"][::2]
        tables = make_tables(Instance.from_dict(town))
        monkeypatch.setattr(jobs, "settle", choose)
        start = jobs.first_outcome(0, tables, [], 0, Budget(1000))
        job = jobs.Job(f"choice-{closed}", 0, tables, start, 0, 1000.0, searches=False)
        jobs.do_job(job, Budget(1000, iterations=0), heard)
        return left

    return prove


def heard(_group, cost, row, _phase):
    return jobs.Heard(cost, row, proven=row.min() >= cost)


def test_a_choice_that_closes_most_of_the_gap_may_go_on(time_left):
    before, after = time_left(0.9)
    assert 400 < before <= 500
    assert after > 900


def test_a_choice_that_closes_little_leaves_half_of_the_time_to_cuts(time_left):
    before, after = time_left(0.1)
    assert after <= before <= 500


def test_a_proof_that_had_no_time_to_begin_begins_with_the_next_slice(town):
    tables = make_tables(Instance.from_dict(town))
    start = jobs.first_outcome(0, tables, [], 0, Budget(1000))
    job = jobs.Job("late", 0, tables, start, 0, 1000.0, searches=False)
    assert jobs.do_job(job, Budget(0.0, iterations=0), heard).bound == start.bound
    assert jobs.do_job(job, Budget(1000, iterations=0), heard).bound > start.bound


class Ticking:
    """A clock that goes on by a second whenever somebody looks at it."""

    now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


@pytest.mark.parametrize(
    ("split", "may_help", "leaves"), [(1.0, True, True), (1.0, False, False), (0.0, True, False)]
)
def test_a_search_is_left_for_a_proof_that_has_come_apart(town, split, may_help, leaves):
    tables, clock = make_tables(Instance.from_dict(town)), Ticking()
    start = jobs.first_outcome(0, tables, [], 0, Budget(1000))

    def apart(_group, cost, row, _phase):
        return jobs.Heard(cost, np.append(np.full(len(row) - 1, 0.0), split), proven=False)

    name = f"leave-{split}-{may_help}"
    job = jobs.Job(name, 0, tables, start, 0, 60.0, bounds=False, may_help=may_help)
    jobs.do_job(job, Budget(60.0, clock=clock), apart)
    if leaves:
        assert jobs.HELP_AFTER * 60.0 < clock.now < 30.0
    else:
        assert clock.now >= 60.0
