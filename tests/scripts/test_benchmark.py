"""The benchmark: cities made by a seed, peers that keep every rule, tables of what was measured."""

import json

import numpy as np
import pytest
from matplotlib.colors import to_hex

from routing import Instance, check, read_plan, write_instance
from routing.districts.groups import split
from routing.tables import make_tables
from scripts.benchmark.__main__ import main
from scripts.benchmark.assignment import assign
from scripts.benchmark.cities import make_city
from scripts.benchmark.peers import OURS, SOLVERS
from scripts.benchmark.plots import draw
from scripts.benchmark.runs import Run, measure
from scripts.benchmark.tables import gap_of, read_results, table, write_results
from scripts.benchmark.timing import time_trip


def run(**changes):
    fields = {
        "instance": "city-50",
        "solver": OURS,
        "orders": 50,
        "asked": 10.0,
        "seconds": 9.9,
        "cost": 1000.0,
        "bound": 900.0,
        "unserved": 1,
        "outside": 2,
        "couriers": 3,
        "memory": 200.0,
    }
    return Run(**(fields | changes))


class TestCities:
    def test_the_same_seed_makes_the_same_city(self):
        assert make_city(60, seed=4).to_dict() == make_city(60, seed=4).to_dict()

    def test_another_seed_makes_another(self):
        assert make_city(60, seed=4).to_dict() != make_city(60, seed=5).to_dict()

    def test_a_city_has_all_that_makes_planning_hard(self):
        city = make_city(200)
        assert len(city.canteens) == 3
        assert len({courier.mode for courier in city.couriers}) == 3
        assert len({order.window for order in city.orders}) == 4
        assert {order.priority for order in city.orders} == {1, 2, 4}
        assert any(len(order.canteens) > 1 for order in city.orders)
        assert any(order.needs for order in city.orders)
        known = {courier.id for courier in city.couriers}
        usual = {order.usual_courier for order in city.orders} - {None}
        assert usual
        assert usual <= known

    def test_ways_are_not_the_same_there_and_back_but_all_lead_somewhere(self):
        ebike = make_city(100).travel["ebike"]
        assert (ebike != ebike.T).any()
        assert int(np.max(ebike)) < 7200
        assert (np.diagonal(ebike) == 0).all()

    def test_a_scarce_fleet_is_half_as_large(self):
        plenty, scarce = make_city(300), make_city(300, scarce=True)
        assert len(scarce.couriers) * 2 < len(plenty.couriers) * 1.1

    def test_districts_can_be_planned_apart(self):
        city = make_city(500, districts=True)
        assert len(split(city, make_tables(city)).groups) > 1


class TestPeers:
    @pytest.mark.parametrize("name", list(SOLVERS))
    def test_every_plan_keeps_the_rules_and_serves_who_can_be_served(self, name):
        city = make_city(12, seed=1)
        plan = SOLVERS[name](city, 1.5, 1, 0)
        verdict = check(city, plan)
        assert verdict.faults == ()
        assert verdict.unserved_orders <= 1

    def test_every_order_is_given_to_one_canteen_that_may_cook_it(self):
        city = make_city(200)
        parts = assign(city)
        given = [(order.id, part.canteens[0].id) for part in parts for order in part.orders]
        assert len(given) == len({order for order, _ in given}) == 200
        assert all(canteen in city.order_by_id[order].canteens for order, canteen in given)

    def test_canteens_get_no_more_than_they_cook(self):
        data = make_city(200).to_dict()
        for canteen in data["canteens"]:
            canteen["meals"] = 40
        parts = assign(Instance.from_dict(data))
        assert all(sum(order.meals for order in part.orders) <= 40 for part in parts)


class TestTiming:
    def test_a_trip_leaves_so_late_that_it_need_not_wait(self, line):
        timing = time_trip(line, line.couriers[0], [0, 1])
        assert (timing.before, timing.earliest, timing.latest, timing.after) == (70, 70, 70, 460)
        assert timing.price == 400 + 4 * 1000 + 7

    def test_a_courier_without_the_skill_cannot_make_it(self, line):
        assert time_trip(line, line.couriers[1], [0]) is None

    @pytest.fixture
    def line(self):
        from tests.routing.conftest import BASE

        return Instance.from_dict(BASE)


class TestResults:
    def test_gaps_are_to_the_best_bound_of_the_instance(self):
        peer = run(solver="other", cost=1200.0, bound=None)
        assert gap_of(peer, {"city-50": 900.0}) == 0.25
        assert gap_of(run(fault="broken"), {"city-50": 900.0}) is None

    def test_a_run_is_a_row(self):
        last = table([run(), run(solver="other", cost=1200.0, bound=None)]).splitlines()[-1]
        assert last == "| city-50 | other | 10 (9.9) | 1,200 |  | 25.00% | 1 | 2 | 3 | 200 MB |"

    def test_a_failed_run_says_why(self):
        assert "out | of memory".replace("|", "/") in table([run(fault="out | of memory")])

    def test_results_and_plots_are_written(self, tmp_path):
        runs = [run(asked=5.0), run(), run(solver="other", cost=1200.0, bound=None)]
        write_results(runs, "two workers", tmp_path)
        assert "two workers" in (tmp_path / "results.md").read_text(encoding="utf-8")
        data = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
        assert data["runs"][0]["bound"] == 900.0
        assert read_results(tmp_path) == runs
        assert read_results(tmp_path / "elsewhere") == []
        plots = draw(runs, tmp_path)
        assert len(plots) == 4
        once = plots[0].read_bytes()
        draw(runs, tmp_path)
        assert plots[0].read_bytes() == once

    def test_a_solver_has_one_colour_though_another_is_missing_in_a_drawing(self, tmp_path):
        def colours(runs):
            drawn = draw(runs, tmp_path)[0].read_text(encoding="utf-8")
            return [drawn.count(to_hex(colour)) for colour in ("C0", "C1")]

        both = [run(solver="other"), run()]
        (other, ours), (still, more) = colours(both), colours([*both, run(instance="city-60")])
        assert still == other
        assert more > ours

    def test_a_run_is_measured_in_a_process_of_its_own(self, tmp_path):
        file = tmp_path / "town.json"
        write_instance(make_city(10), file)
        found = measure(file, OURS, 0.5, 1, 0, tmp_path)
        assert found.fault == ""
        assert (
            found.cost == check(make_city(10), read_plan(tmp_path / "town.mealsvc.0.5.json")).cost
        )
        assert found.memory > 20

    def test_a_solver_that_fails_is_reported(self, tmp_path):
        file = tmp_path / "town.json"
        write_instance(make_city(10), file)
        assert "nobody" in measure(file, "nobody", 0.5, 1, 0, tmp_path).fault


def test_a_file_that_is_no_instance_is_a_sentence(capsys, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    assert main(["--instances", str(wrong), "--out", str(tmp_path)]) == 2
    assert "travel" in capsys.readouterr().err


def test_an_unknown_peer_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["--peers", "nobody"])
    assert "none of mealsvc" in capsys.readouterr().err
