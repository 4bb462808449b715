"""What is locked stays also where the service is planned anew before it begins."""

from datetime import time

import pytest
from sqlmodel import select

from mealsvc.errors import Conflict
from mealsvc.planning import plan_service
from mealsvc.planning.revising import StopMoved, lock, locks_of, unlock
from mealsvc.store import Courier, transaction
from tests.mealsvc.planning.revising.days import LUNCH
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture
def moved(day):
    """A day on which A1 was moved by hand to a courier who would not be needed otherwise."""
    proposal, _ = day.propose(moves=[StopMoved(day.order_of("A1").id, "Z02")])
    day.accept(proposal)
    return day


def plan_again(day):
    made = plan_service(day.town, *LUNCH, actor="chen", seconds=0.3, travel=StraightLines())
    return day.carriers(made.number), made


def test_a_locked_order_stays_with_its_courier_and_goes_where_it_pays_once_unlocked(moved):
    carriers, made = plan_again(moved)
    assert carriers["A1"] == "Z02"
    assert made.bound is None
    unlock(moved.town, *LUNCH, actor="chen", order_id=moved.order_of("A1").id)
    carriers, made = plan_again(moved)
    assert carriers["A1"] == "Z01"
    assert made.bound is not None


def test_a_locked_duty_stays_as_it_is(moved):
    unlock(moved.town, *LUNCH, actor="chen", order_id=moved.order_of("A1").id)
    duty = next(one for one in moved.revision().duties if one.courier.code == "Z02")
    lock(moved.town, *LUNCH, actor="chen", courier_id=duty.courier_id)
    before = [trip for key, trip in moved.trips().items() if key[0] == "Z02"]
    _, made = plan_again(moved)
    assert [t for key, t in moved.trips(made.number).items() if key[0] == "Z02"] == before
    assert made.unserved_orders == moved.revision(2).unserved_orders


def test_a_locked_duty_that_no_longer_fits_is_told(moved):
    duty = next(one for one in moved.revision().duties if one.courier.code == "Z02")
    lock(moved.town, *LUNCH, actor="chen", courier_id=duty.courier_id)
    with transaction(moved.town.engine) as session:
        courier = session.exec(select(Courier).where(Courier.code == "Z02")).one()
        courier.shifts[0].starts = time(12, 15)
    with pytest.raises(Conflict, match="unlock it first"):
        plan_again(moved)
    assert len(locks_of(moved.town, *LUNCH)) == 2
