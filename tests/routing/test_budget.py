"""Time, steps and stop signals, with a clock that the tests move."""

from itertools import pairwise

import pytest

from routing import Instance
from routing.budget import Budget, StopSignal
from routing.districts.groups import split
from routing.search.search import Cooling, Search
from routing.tables import make_tables


class FakeClock:
    def __init__(self, step=0.0):
        self.now = 100.0
        self.step = step

    def __call__(self):
        self.now += self.step
        return self.now


def test_time_runs_out():
    clock = FakeClock()
    budget = Budget(10, clock=clock)
    assert (budget.left(), budget.used(5)) == (10, 0.0)
    clock.now += 4
    assert (budget.left(), budget.used(5)) == (6, 0.4)
    clock.now += 7
    assert (budget.left(), budget.used(5)) == (0, 1.0)


def test_steps_count_instead_of_time_when_given():
    clock = FakeClock()
    budget = Budget(10, iterations=200, clock=clock)
    clock.now += 5
    assert budget.used(50) == 0.25
    clock.now += 5
    assert budget.used(50) == 1.0


def test_a_part_takes_its_share_of_what_is_left_and_stops_with_the_whole():
    clock = FakeClock()
    budget = Budget(10, clock=clock)
    clock.now += 2
    part = budget.part(0.25)
    assert part.left() == 2
    budget.signal.set()
    assert part.left() == 0


def test_a_try_gets_the_rest_once_it_has_earned_it():
    clock, earned = FakeClock(), []
    trial = Budget(10, clock=clock).trial(0.25, lambda: bool(earned))
    clock.now += 2
    assert trial.left() == 0.5
    clock.now += 2
    assert trial.left() == 0.0
    earned.append("much")
    assert trial.left() == 6.0


def test_a_stop_once_asked_for_stays():
    answers = iter([False, True, False])
    signal = StopSignal(lambda: next(answers))
    assert [signal.is_set() for _ in range(3)] == [False, True, True]


def test_a_search_ends_when_the_clock_says_so(town):
    tables = make_tables(split(*with_tables(town)).groups[0].instance)
    search = Search(tables, 0)
    looked = []

    def enough():
        looked.append(1)
        return False

    search.improve(Budget(10, clock=FakeClock(step=0.5)), enough)
    assert 2 <= len(looked) <= 10


def with_tables(town):
    instance = Instance.from_dict(town)
    return instance, make_tables(instance)


def test_a_search_makes_exactly_the_steps_asked_for(town):
    search = Search(with_tables(town)[1], 0)
    seen = []
    budget = Budget(3600, iterations=130)
    used = budget.used
    budget.used = lambda steps: seen.append(steps) or used(steps)
    search.improve(budget, lambda: False)
    assert seen[-1] == 130


def test_the_temperature_falls_and_long_searches_heat_again():
    short, long = Cooling(50.0, 0.2, 200), Cooling(50.0, 0.2, 200)
    falling = [short.heat(done / 100, done * 6000) for done in range(100)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] == pytest.approx(50.0)
    waves = [long.heat(done / 100, done * 60_000) for done in range(3, 100)]
    assert any(after > before for before, after in pairwise(waves))


def test_few_orders_deserve_shorter_coolings_each():
    def coolings(orders):
        one = Cooling(50.0, 0.2, orders)
        heats = [one.heat(done / 1000, done * 12 * orders) for done in range(1000)]
        return 1 + sum(after > before for before, after in pairwise(heats))

    assert coolings(50) == 3 * coolings(150) == 3 * coolings(300)
