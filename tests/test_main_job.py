"""The whole chain as an installation runs it: streets, roster, plan, export, sheets."""

import json
from datetime import date

import pytest
from sqlmodel import Session, select

from mealsvc.demo import write_demo_roster
from mealsvc.planning import instance_of, plan_of, plan_service
from mealsvc.roster import import_roster
from mealsvc.sheets import write_sheets
from mealsvc.store import Elder, Order, PlanRevision
from mealsvc.vocabulary import Meal, OrderKind
from routing import check, read_instance, read_plan, write_instance, write_plan

DAY = date(2026, 11, 23)


@pytest.fixture
def installation(runtime, sample_city, sample_streets_folder, tmp_path, compiled):
    """An installation of the sample city, with the demo roster imported."""
    runtime.settings.home.mkdir()
    runtime.settings.streets_folder.symlink_to(sample_streets_folder)
    import_roster(runtime, write_demo_roster(sample_city, tmp_path, seed=1))
    return runtime


def test_from_spreadsheets_and_streets_to_route_sheets(installation, tmp_path):
    made = plan_service(installation, DAY, Meal.LUNCH, actor="test", seconds=3, publish=True)

    with Session(installation.engine) as session:
        revision = session.get(PlanRevision, made.id)
        instance, plan = instance_of(revision), plan_of(session, revision)
        orders = session.exec(select(Order).where(Order.cancelled == False)).all()  # noqa: E712
        elders = session.exec(select(Elder)).all()

    # What was exported is what was stored, feasible and priced the same by the checker.
    write_instance(instance, tmp_path / "instance.json")
    write_plan(plan, tmp_path / "plan.json")
    verdict = check(read_instance(tmp_path / "instance.json"), read_plan(tmp_path / "plan.json"))
    assert verdict.faults == ()
    assert verdict.cost == made.cost
    assert made.bound <= made.cost

    # Every carried order is served or listed; nobody is named in what the solver sees.
    carried = [order for order in orders if order.kind in {OrderKind.DELIVERY, OrderKind.SUPPLY}]
    assert made.orders == len(carried) == made.served_orders + made.unserved_orders
    assert made.unserved_orders >= made.unlocated_orders >= 1
    assert made.served_orders > 0.9 * made.orders
    exported = (tmp_path / "instance.json").read_text(encoding="utf-8")
    assert not any(elder.name in exported for elder in elders)

    # Paper for every courier, and as many portions on it as the plan serves.
    files = write_sheets(installation, DAY, Meal.LUNCH, tmp_path / "sheets")
    manifest = json.loads(files[-1].read_text(encoding="utf-8"))
    assert manifest["couriers"] == made.couriers
    assert manifest["left_out"] >= made.unserved_orders
    sheets = [path for path in files if path.suffix == ".pdf" and "全部" not in path.name]
    assert len(sheets) > made.couriers


def test_planning_again_makes_the_next_revision(installation):
    for number in (1, 2):
        made = plan_service(installation, DAY, Meal.LUNCH, actor="test", seconds=1)
        assert made.number == number
