"""A plan is kept with what explains it, and each reader sees as much of it as of the plan."""

import pytest
from sqlmodel import select

from mealsvc.access import Detail
from mealsvc.desk.explaining import Reader, explanation_for
from mealsvc.planning import plan_service, read
from mealsvc.planning.solving import explained
from mealsvc.store import AuditEntry, transaction
from mealsvc.vocabulary import Meal
from tests.mealsvc.people import SATURDAY, Town
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture
def town(runtime):
    """Two canteens far apart: one cooks a portion too few, the other has nobody who cares."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        near, far = town.canteen(capacity=2), town.canteen(east=40_000)
        town.courier(near), town.courier(far)
        for number in range(3):
            town.elder(east=100 * number, canteen_id=near.id)
        town.elder(east=40_100, canteen_id=far.id, care_level="disabled")
        town.elder(located=False, canteen_id=near.id)
        return near.id, far.id


@pytest.fixture
def made(runtime, town, monkeypatch):
    """The plan, explained for as long as it takes: how busy the machine is must not matter."""

    def patiently(problem, plan, **limits):
        return explained(problem, plan, **{**limits, "seconds": 60})

    monkeypatch.setattr("mealsvc.planning.service.explained", patiently)
    return plan_service(
        runtime, SATURDAY, Meal.LUNCH, actor="manager", seconds=0.5, travel=StraightLines()
    )


def shown(runtime, sees=lambda _canteen: True, detail=Detail.FULL, language="zh"):
    return explanation_for(runtime, Reader("wang", sees, detail, language), SATURDAY, Meal.LUNCH)


def test_everybody_left_out_has_a_cause_and_what_would_help(runtime, made):
    told = shown(runtime)
    assert (told.revision, told.explained) == (1, True)
    causes = {one.cause: one for one in told.orders if one.wish == "served"}
    assert set(causes) == {"canteen_full", "no_skill", "unlocated"}
    assert made.unserved_orders == len(causes)
    assert "ST01老年食堂多做1份" in [one.text for one in causes["canteen_full"].remedies]
    assert causes["canteen_full"].figure == 0
    kinds = [{c["kind"] for c in one.changes} for one in causes["no_skill"].remedies]
    assert {"skill"} in kinds
    assert {"courier"} in kinds
    assert causes["unlocated"].cause_text == "没有可用的位置"


def test_more_portions_are_worth_the_order_they_would_serve(runtime, made, town):
    near, _ = town
    told = shown(runtime)
    portions = [one for one in told.means if one.change["kind"] == "portions" and one.saves]
    assert [(one.change["canteen"], one.served) for one in portions] == [(f"k{near}", 1)]


def test_a_manager_sees_the_own_canteen_only(runtime, made, town):
    _, far = town
    told = shown(runtime, sees=lambda canteen: canteen == far)
    assert [one.cause for one in told.orders if one.wish == "served"] == ["no_skill"]
    assert {one.change.get("canteen", f"k{far}") for one in told.means} == {f"k{far}"}


def test_people_are_shown_as_the_role_may_see_them(runtime, made):
    assert all(one.elder is None for one in shown(runtime, detail=Detail.ANONYMOUS).orders)
    assert "*" in shown(runtime, detail=Detail.MASKED).orders[0].elder.name
    with transaction(runtime.engine) as session:
        actions = [entry.action for entry in session.exec(select(AuditEntry))]
    assert actions.count("read.explanation") == 1


def test_without_a_share_of_the_time_nothing_is_explained(runtime, town):
    settings = runtime.settings.model_copy(update={"explain_share": 0})
    plain = type(runtime)(settings=settings, engine=runtime.engine, clock=runtime.clock)
    plan_service(plain, SATURDAY, Meal.LUNCH, actor="manager", seconds=0.3, travel=StraightLines())
    told = shown(runtime, language="en")
    assert (told.explained, told.means) == (False, [])
    assert {one.looked for one in told.orders} == {False}
    with transaction(runtime.engine) as session:
        assert read.revision(session, SATURDAY, Meal.LUNCH).explanation is None
