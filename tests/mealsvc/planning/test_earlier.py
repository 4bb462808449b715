"""The search of a service starts from what was planned before, as far as that still holds."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

import routing
from mealsvc.demand import collect_orders
from mealsvc.planning.earlier import read_earlier, start_plan
from mealsvc.planning.facts import read_facts
from mealsvc.planning.ids import record_id
from mealsvc.planning.instance import build_problem
from mealsvc.planning.service import plan_service
from mealsvc.store import Absence, Order, Pause, transaction
from mealsvc.vocabulary import Meal, MealWay
from tests.mealsvc.people import SATURDAY, Town
from tests.mealsvc.planning.straight_lines import StraightLines

MONDAY = SATURDAY + timedelta(days=2)


def town_of_six(town):
    """Six elders at their doors and four who fetch at a meal point; two couriers."""
    canteen = town.canteen()
    town.courier(canteen), town.courier(canteen)
    point = town.point(canteen)
    for number in range(6):
        town.elder(east=200 * number, north=300)
    for _ in range(4):
        town.elder(meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP}])


@pytest.fixture
def planned(runtime):
    """Fill the records and plan Saturday's lunch."""

    def made(fill=town_of_six):
        with transaction(runtime.engine) as session:
            fill(Town(session))
        return plan_service(
            runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=0.2, travel=StraightLines()
        )

    return made


@pytest.fixture
def start(runtime):
    """Return the start of a service's search, and whom each of its orders is for."""

    def found(day: date, meal=Meal.LUNCH, change=lambda _session: None):
        with transaction(runtime.engine) as session:
            change(session)
            service = collect_orders(session, runtime, day, meal)
            facts = read_facts(session, runtime.settings, service)
            trips = read_earlier(session, runtime.settings, service)
            whom = {
                order.id: order.elder_id or f"point {order.meal_point_id}.{order.part}"
                for order in session.exec(select(Order)).all()
            }
        problem = build_problem(facts, runtime.settings, StraightLines, lambda _share: None)
        return start_plan(problem, trips), whom

    return found


def driven(revision, whom):
    """Return who drives to whom, trip after trip."""
    return [
        (duty.courier_id, [whom[stop.order_id] for stop in trip.stops])
        for duty in revision.duties
        for trip in duty.trips
    ]


def meant(plan, whom):
    return [
        (record_id(trip.courier), [whom[record_id(stop.order)] for stop in trip.stops])
        for trip in plan.trips
    ]


def test_without_any_plan_there_is_no_start(runtime, start):
    with transaction(runtime.engine) as session:
        town_of_six(Town(session))
    assert start(SATURDAY)[0] is None


def test_a_second_search_starts_from_the_present_plan(planned, start):
    made = planned()
    plan, whom = start(SATURDAY)
    assert meant(plan, whom) == driven(made, whom)


def test_another_day_starts_from_the_last_plan_of_its_meal(planned, start):
    made = planned()
    plan, whom = start(MONDAY)
    assert meant(plan, whom) == driven(made, whom)
    assert start(MONDAY, Meal.DINNER)[0] is None


def test_a_plan_older_than_two_weeks_is_not_looked_at(planned, start):
    planned()
    assert start(SATURDAY + timedelta(days=14))[0] is not None
    assert start(SATURDAY + timedelta(days=15))[0] is None


def test_what_is_no_longer_wanted_is_left_out(planned, start):
    made = planned()
    _, whom = start(SATURDAY)
    gone = next(one for one in whom.values() if isinstance(one, int))

    def pause(session):
        session.add(Pause(elder_id=gone, first_day=SATURDAY, last_day=SATURDAY))

    plan, whom = start(SATURDAY, change=pause)
    left = [one for _, trip in driven(made, whom) for one in trip if one != gone]
    assert len(left) == 6
    assert [one for _, trip in meant(plan, whom) for one in trip] == left


def test_the_trips_of_who_is_away_are_left_out(planned, start):
    away = planned().duties[0].courier_id
    plan, whom = start(
        SATURDAY, change=lambda session: session.add(Absence(courier_id=away, first_day=SATURDAY))
    )
    assert away not in {courier for courier, _ in meant(plan or routing.Plan((), ()), whom)}


def test_a_trip_goes_to_the_shift_that_it_departs_in(planned, start):
    parted = (127, time(10, 30), time(11, 15)), (127, time(11, 30), time(12, 30))

    def fill(town):
        town.courier(town.canteen(), shifts=parted)
        town.elder(orders=[{"window_from": time(10, 30), "window_to": time(11)}])
        town.elder(orders=[{"window_from": time(12), "window_to": time(12, 30)}])

    planned(fill)
    plan, _ = start(SATURDAY)
    assert [trip.courier.partition("-")[2] for trip in plan.trips] == ["", "2"]


def test_planning_again_is_never_dearer(planned, runtime):
    first = planned()
    again = plan_service(
        runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=600, seed=9,
        travel=StraightLines(), stop=lambda: True,
    )  # fmt: skip
    assert (again.number, again.cost <= first.cost) == (2, True)
