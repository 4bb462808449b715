"""The one door: plans in time, in parts, from a start, and always a plan."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import pairwise

import pytest

from routing import Instance, Plan, Progress, check, solve
from routing.bounding.bound import simple_bound
from routing.districts.workers import Seat
from routing.search.search import Search
from routing.tables import make_tables

pytestmark = pytest.mark.usefixtures("compiled")  # some are given parts of a second only

STEPS = 60


@pytest.fixture
def instance(town):
    return Instance.from_dict(town)


def test_everybody_is_served_and_the_plan_says_its_own_cost(instance):
    plan = solve(instance, seconds=30, iterations=STEPS)
    verdict = check(instance, plan)
    assert verdict.feasible
    assert plan.unserved == ()
    assert plan.cost == verdict.cost
    assert 0 < plan.bound <= plan.cost
    assert plan.seconds > 0


def test_the_same_seed_and_steps_give_the_same_plan(instance):
    plans = [solve(instance, seconds=30, iterations=STEPS, seed=3) for _ in range(2)]
    assert plans[0].trips == plans[1].trips
    assert plans[0].bound == plans[1].bound


@pytest.mark.parametrize("workers", [1, 2])
def test_with_steps_seconds_decide_nothing(instance, workers):
    plans = [
        solve(instance, seconds=seconds, iterations=STEPS, workers=workers)
        for seconds in (3600, 900)
    ]
    assert plans[0].trips == plans[1].trips
    assert plans[0].bound == plans[1].bound


def test_seeds_matter(instance):
    plans = {solve(instance, seconds=30, iterations=1, seed=seed).trips for seed in range(6)}
    assert len(plans) > 1


def test_an_executor_does_the_groups_side_by_side_with_the_same_result(instance):
    with ThreadPoolExecutor(2) as executor:
        apart = solve(instance, seconds=30, iterations=STEPS, workers=2, executor=executor)
    together = solve(instance, seconds=30, iterations=STEPS)
    assert sorted(map(str, apart.trips)) == sorted(map(str, together.trips))
    assert apart.bound == pytest.approx(together.bound)


@pytest.mark.parametrize("workers", [2, 4])
def test_processes_of_its_own_give_a_plan_too(instance, workers):
    plan = solve(instance, seconds=60, iterations=STEPS, workers=workers)
    assert check(instance, plan).feasible
    assert plan.unserved == ()


class LosingExecutor(Executor):
    """Loses every job."""

    def submit(self, *_args, **_kwargs):
        future = Future()
        future.set_exception(ConnectionError("the worker is gone"))
        return future


def test_a_lost_worker_costs_time_not_the_plan(instance):
    plan = solve(instance, seconds=0.5, workers=2, executor=LosingExecutor())
    assert check(instance, plan).feasible
    assert plan.unserved == ()


class IdleExecutor(Executor):
    """Never starts a job."""

    def submit(self, *_args, **_kwargs):
        return Future()


def test_workers_who_never_answer_are_not_waited_for_beyond_the_time(instance):
    plan = solve(instance, seconds=0.1, workers=2, executor=IdleExecutor())
    assert check(instance, plan).feasible


def test_a_stop_ends_the_solve_with_a_plan(instance):
    told = []
    plan = solve(instance, seconds=3600, progress=told.append, stop=lambda: len(told) > 2)
    assert check(instance, plan).feasible
    assert len(told) <= 4


def test_a_stop_before_the_start_still_gives_a_plan(instance):
    plan = solve(instance, seconds=3600, stop=lambda: True)
    assert plan.unserved == ()


def test_an_interrupt_gives_the_best_plan_so_far(instance):
    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    plan = solve(instance, seconds=3600, progress=interrupt)
    assert check(instance, plan).feasible
    assert plan.unserved == ()


class InterruptedFuture(Future):
    """Is asked how it does when the keyboard interrupts."""

    def running(self):
        raise KeyboardInterrupt


class InterruptedExecutor(Executor):
    def submit(self, *_args, **_kwargs):
        return InterruptedFuture()


def test_an_interrupt_while_waiting_for_workers_gives_a_plan(instance):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 3

    plan = solve(instance, seconds=3600, workers=2, executor=InterruptedExecutor(), stop=stop)
    assert check(instance, plan).feasible


def test_no_time_at_all_gives_the_first_plan(instance):
    assert check(instance, solve(instance, seconds=0)).feasible


def test_progress_never_gets_worse(instance):
    told = []
    solve(instance, seconds=30, iterations=2000, progress=told.append)
    assert told
    for before, after in pairwise(told):
        assert after.cost <= before.cost
        assert after.bound >= before.bound
        assert after.seconds >= before.seconds
        assert after.bound <= after.cost


def test_a_start_is_kept_or_bettered(instance):
    good = solve(instance, seconds=30, iterations=3000)
    again = solve(instance, seconds=30, iterations=1, start=good)
    assert again.cost <= good.cost


def test_a_start_from_another_day_is_used_as_far_as_it_fits(town, edited):
    yesterday = solve(Instance.from_dict(town), seconds=30, iterations=STEPS)
    today = Instance.from_dict(edited(town, {"orders.0.id": "new", "couriers.1": ...}))
    plan = solve(today, seconds=30, iterations=1, start=yesterday)
    assert check(today, plan).feasible
    assert plan.unserved == ()


def test_a_start_that_breaks_rules_does_no_harm(instance):
    overloaded = Plan.from_dict(
        {
            "trips": [
                {
                    "courier": "v0",
                    "canteen": "c0",
                    "depart": 0,
                    "stops": [{"order": f"o{n}", "arrive": 0} for n in (0, 2, 4, 6, 8, 10)],
                }
            ]
            * 2
        }
    )
    plan = solve(instance, seconds=30, iterations=STEPS, start=overloaded)
    assert check(instance, plan).feasible


def test_a_search_cut_off_anywhere_ends_with_everybody_who_fits(instance):
    """Without a step of search, from a plan with nobody in it."""
    search = Search(make_tables(instance), 0)
    assert search.duties() == [[], [], [], []]
    search.complete()
    served = sorted(order for duty in search.duties() for trip in duty for order in trip)
    assert served == list(range(12))


def test_bounds_of_workers_whose_answers_are_lost_count(instance, monkeypatch):
    """What they proved was told at once."""
    answer = Seat.answer

    def lose(seat):
        answer(seat)

    monkeypatch.setattr(Seat, "answer", lose)
    plan = solve(instance, seconds=60, iterations=STEPS, workers=4)
    assert check(instance, plan).feasible
    first = simple_bound(make_tables(instance))
    assert plan.bound > first + 1000
