"""One-off changes: kept once per meal, refused when the orders stand, always in the audit trail."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from mealsvc.demand import change_order
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.roster.upkeep import OrderChangeEntry, Window, get_elder
from mealsvc.store import AuditEntry, Elder, Service, transaction
from mealsvc.vocabulary import EndReason, Meal, MealWay
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import STAMPS

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def change(runtime):
    """Change the lunch of elder L1, in a transaction of its own, as actor ``wang``."""
    with transaction(runtime.engine) as session:
        session.add(Elder(code="L1", name="段永康", **STAMPS))

    def run(day=TOMORROW, portions=1, code="L1", **more):
        entry = OrderChangeEntry(day=day, meal=Meal.LUNCH, portions=portions, **more)
        with transaction(runtime.engine) as session:
            return change_order(session, runtime, code, entry, actor="wang")

    return run


def changes(runtime):
    with Session(runtime.engine) as session:
        return list(get_elder(session, "L1").order_changes)


def test_a_second_change_of_a_meal_replaces_the_first(runtime, change):
    change(portions=0)
    change(portions=3, way=MealWay.DINE_IN, window=Window(first=time(11), last=time(12)))
    (kept,) = changes(runtime)
    assert (kept.portions, kept.way, kept.made_by) == (3, MealWay.DINE_IN, "wang")
    assert (kept.window_from, kept.window_to) == (time(11), time(12))


def test_who_changed_what_is_in_the_audit_trail(runtime, change):
    change(portions=2)
    with Session(runtime.engine) as session:
        entry = session.exec(select(AuditEntry)).one()
    assert (entry.actor, entry.subject) == ("wang", "elder:L1")
    assert entry.detail["portions"] == 2


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        (datetime(2026, 11, 20, 19, 29, tzinfo=SHANGHAI), False),
        (datetime(2026, 11, 20, 19, 30, tzinfo=SHANGHAI), True),
    ],
)
def test_the_cut_off_counts_before_a_service_is_collected(runtime, clock, change, now, refused):
    clock.now = now
    if refused:
        with pytest.raises(Conflict, match="took changes until 2026-11-20 19:30"):
            change()
    else:
        change()
    assert len(changes(runtime)) == (not refused)


def test_a_published_plan_ends_changes_before_the_cut_off(runtime, clock, change):
    with transaction(runtime.engine) as session:
        session.add(Service(day=TOMORROW, meal=Meal.LUNCH, frozen_at=clock()))
    with pytest.raises(Conflict, match="published"):
        change()


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"day": TODAY - timedelta(days=1)}, Conflict, "past"),
        ({"day": TODAY + timedelta(days=400)}, InvalidInput, "a year ahead"),
        ({"code": "L9"}, NotFound, "L9"),
    ],
)
def test_what_makes_no_sense_is_refused(runtime, change, arguments, error, said):
    with pytest.raises(error, match=said):
        change(**arguments)
    assert changes(runtime) == []


def test_nobody_orders_for_who_has_left(runtime, change):
    with transaction(runtime.engine) as session:
        elder = get_elder(session, "L1")
        elder.ended_on, elder.end_reason = TODAY, EndReason.MOVED
    with pytest.raises(Conflict, match="ended on 2026-11-20"):
        change()
