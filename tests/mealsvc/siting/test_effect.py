"""What a scenario does to deliveries is what the real solver makes of it; nothing is saved."""

import pytest
from sqlmodel import select

import routing
from mealsvc import jobs
from mealsvc.demand import collect_orders
from mealsvc.errors import InvalidInput
from mealsvc.jobs.worker import JobWorker
from mealsvc.planning.facts import read_facts
from mealsvc.planning.keeping import in_order
from mealsvc.siting import effect as effects
from mealsvc.siting import scenarios
from mealsvc.siting.changes import Content, apply_changes
from mealsvc.siting.effect import delivery_effect
from mealsvc.siting.restaging import restage
from mealsvc.siting.sites import read_sites
from mealsvc.store import Order, PlanRevision, transaction
from mealsvc.vocabulary import JobKind, JobState, Meal, MealWay
from tests.mealsvc.people import SATURDAY, Town
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture(autouse=True)
def solved_by_steps(monkeypatch):
    """Let the real solver work by steps instead of seconds: a busy machine changes nothing."""

    def solve_checked(problem, *, seed, progress, **_more):
        plan = routing.solve(problem.instance, seconds=3600, iterations=20, seed=seed, workers=1)
        progress(1.0)
        plan = in_order(problem.instance, plan)
        return plan, routing.check(problem.instance, plan)

    monkeypatch.setattr(effects, "solve_checked", solve_checked)


@pytest.fixture
def village(runtime):
    """``ST01`` with two couriers; four people live 4 km east of it, beyond the circle on foot."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        canteen = town.canteen(code="ST01")
        other = town.canteen(code="ST02", east=800)
        town.courier(canteen, code="Z1", mode="bicycle")
        town.courier(other, code="Z2", mode="bicycle")
        point = town.point(other, code="ZC01", east=900)
        town.elder(meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP}])
        for number in range(4):
            town.elder(code=f"E{number}", east=4000 + 50 * number, north=0)
    return runtime


def scenario(runtime, *changes):
    content = Content.model_validate({"changes": changes})
    with transaction(runtime.engine) as session:
        return scenarios.create_scenario(session, runtime, "甲", content, actor="wang").id


def new_canteen(couriers):
    return {
        "do": "add", "site": "N1", "name": "新", "lon": 120.10 + 4000 / 96_000, "lat": 30.30,
        "capacity": 50, "couriers": couriers,
    }  # fmt: skip


def effect(runtime, number, **more):
    return delivery_effect(
        runtime, number, SATURDAY, Meal.LUNCH, seconds=0.3, travel=StraightLines(), **more
    )


def test_a_canteen_beside_people_far_away_brings_their_meals_into_the_circle(village):
    phases = []
    found = effect(
        village, scenario(village, new_canteen(1)), progress=lambda *step: phases.append(step)
    )
    assert found.before.circle_share < 1.0
    assert found.after.circle_share == 1.0
    assert found.after.travel_seconds < found.before.travel_seconds
    assert found.before.orders == found.after.orders == 5
    assert found.after.gap is not None
    assert found.to_dict()["difference"]["circle_share"] > 0
    assert [share for _, share in phases] == sorted(share for _, share in phases)


def test_the_service_itself_is_left_as_it_was(village):
    effect(village, scenario(village, new_canteen(1)))
    with transaction(village.engine) as session:
        assert session.exec(select(Order)).all() == []
        assert session.exec(select(PlanRevision)).all() == []


def test_a_canteen_without_couriers_delivers_nothing_and_it_is_said(village):
    found = effect(village, scenario(village, new_canteen(0)))
    assert found.before.cost == found.after.cost
    assert "no courier is stationed" in found.notes[0]["en"]


def restaged(village, *changes):
    content = Content.model_validate({"changes": changes})
    with transaction(village.engine) as session:
        sites = read_sites(session, Meal.LUNCH)
        service = collect_orders(session, village, SATURDAY, Meal.LUNCH)
        facts = read_facts(session, village.settings, service)
    return facts, restage(facts, sites, apply_changes(sites, content.changes)[0])


def test_couriers_and_supplies_of_a_closed_canteen_go_over_to_the_nearest(village):
    facts, after = restaged(village, {"do": "close", "site": "ST02"})
    left = [one.id for one in after.facts.canteens]
    assert len(facts.canteens) == 2
    assert left == [facts.canteens[0].id]
    assert {one.canteen_id for one in after.facts.couriers} == set(left)
    supplies = [one for one in after.facts.orders if one.kind == "supply"]
    assert [one.canteen_id for one in supplies] == left
    assert after.notes[0].en.startswith("1 couriers of closed canteens")


def test_a_closed_meal_point_is_no_longer_supplied_and_a_moved_one_elsewhere(village):
    _, closed = restaged(village, {"do": "close", "site": "ZC01"})
    assert all(one.kind != "supply" for one in closed.facts.orders)
    assert closed.notes[0].zh.startswith("关闭的助餐点原供餐1份")
    _, moved = restaged(village, {"do": "move", "site": "ZC01", "lon": 120.15, "lat": 30.31})
    assert [one.place for one in moved.facts.orders if one.kind == "supply"] == [(120.15, 30.31)]


def test_a_resized_canteen_keeps_what_it_hands_out_itself(village):
    facts, after = restaged(village, {"do": "resize", "site": "ST01", "capacity": 10})
    assert facts.canteens[0].portions - after.facts.canteens[0].portions == 90


def test_a_scenario_of_another_meal_is_refused(village):
    content = Content.model_validate({"assumptions": {"meal": "dinner"}})
    with transaction(village.engine) as session:
        number = scenarios.create_scenario(session, village, "晚", content, actor="wang").id
    with pytest.raises(InvalidInput, match="about dinner, not lunch"):
        effect(village, number)


def test_the_effect_is_worked_out_in_the_background_and_kept_with_the_scenario(village):
    number = scenario(village, new_canteen(1))
    request = {"name": "甲", "day": str(SATURDAY), "meal": "lunch", "seconds": 0.3}
    worker = JobWorker(village, travel=StraightLines())
    run, _ = jobs.enqueue(
        village, JobKind.EFFECT, "effect:1", actor="wang", request={**request, "scenario": number}
    )
    assert worker.work() == 1
    done = jobs.job(village, run.id)
    assert (done.state, done.error) == (JobState.SUCCEEDED, None)
    with transaction(village.engine) as session:
        kept = scenarios.results_of(session, number)
    assert [(one.kind, one.version, one.id) for one in kept] == [
        (JobKind.EFFECT, 1, done.outcome["result"])
    ]
    assert kept[0].result["after"]["circle_share"] == 1.0
