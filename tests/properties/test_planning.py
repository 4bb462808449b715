"""Whatever is ordered, the problem is valid, and a plan of it adds up."""

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import routing
from mealsvc.demand import service_hours
from mealsvc.planning.facts import CanteenFacts, CourierFacts, OrderFacts, ServiceFacts
from mealsvc.planning.ids import record_id
from mealsvc.planning.instance import build_problem
from mealsvc.planning.keeping import Solved, in_order, revision_of
from mealsvc.planning.stored import StoredProblem, pack, unpack
from mealsvc.settings import Settings
from mealsvc.vocabulary import Meal, Mode, OrderKind
from tests.mealsvc.people import SATURDAY, STAMP, place
from tests.mealsvc.planning.straight_lines import StraightLines

KEPT = Settings(_env_file=None)
HOURS = service_hours(KEPT, date(2026, 11, 21), Meal.LUNCH)
EXAMPLES = settings(max_examples=40, deadline=None)

steps = st.integers(-8, 8).map(lambda step: step * 400)


@st.composite
def places(draw):
    found = place(draw(steps), draw(steps))
    return found["lon"], found["lat"]


canteens = st.builds(
    CanteenFacts,
    id=st.just(0),
    place=places(),
    portions=st.integers(0, 30),
    opens=st.sampled_from([0, 600]),
    closes=st.sampled_from([3600, 7200]),
)
windows = st.sampled_from(
    [None, (time(10, 30), time(11)), (time(11), time(11, 15)), (time(12), time(12, 30))]
)
couriers = st.builds(
    CourierFacts,
    id=st.just(0),
    canteen_id=st.integers(1, 3),
    mode=st.sampled_from(Mode),
    boxes=st.integers(0, 12),
    skills=st.sampled_from([(), ("care",)]),
    max_trips=st.sampled_from([None, None, 1, 2]),
    spans=st.sampled_from([((0, 7200),), ((900, 5400),), ((0, 1800), (3600, 7200))]),
)


@st.composite
def orders(draw):
    kind = draw(st.sampled_from([OrderKind.DELIVERY] * 4 + [OrderKind.SUPPLY]))
    supply = kind is OrderKind.SUPPLY
    return OrderFacts(
        id=0,
        kind=kind,
        portions=draw(st.integers(1, 14)),
        priority=draw(st.integers(0, 4)),
        needs=() if supply else draw(st.sampled_from([(), (), ("care",)])),
        window=draw(windows),
        handover_seconds=draw(st.integers(0, 200)),
        canteen_id=draw(st.integers(1, 3)) if supply else None,
        usual_courier_id=draw(st.none() | st.integers(1, 6)),
        place=draw(st.none() | places()),
    )


def numbered(items):
    return tuple(
        type(item)(**{**item.__dict__, "id": number}) for number, item in enumerate(items, 1)
    )


@st.composite
def services(draw):
    kitchens = numbered(draw(st.lists(canteens, min_size=1, max_size=3)))
    staff = numbered(draw(st.lists(couriers, max_size=4)))
    return ServiceFacts(
        service_id=1,
        day=SATURDAY,
        meal=Meal.LUNCH,
        opens=HOURS.opens,
        hours=HOURS,
        orders=numbered(draw(st.lists(orders(), max_size=10))),
        canteens=kitchens,
        couriers=tuple(one for one in staff if one.canteen_id <= len(kitchens)),
        dine_in_portions=2,
        pick_up_portions=3,
        snapshot={},
    )


def problem_of(facts, beyond=50_000):
    return build_problem(facts, KEPT, lambda: StraightLines(beyond), lambda _share: None)


@EXAMPLES
@given(facts=services())
def test_every_problem_is_valid_and_holds_every_order_once(facts):
    problem = problem_of(facts, beyond=2_500)
    instance = problem.instance
    inside = {record_id(order.id) for order in instance.orders}
    assert inside.isdisjoint(problem.unlocated)
    assert inside | set(problem.unlocated) == {order.id for order in facts.orders}
    assert {record_id(courier.id) for courier in instance.couriers} == {
        c.id for c in facts.couriers
    }
    for order in instance.orders:
        assert 0 <= order.window[0] < order.window[1] <= HOURS.length
        assert len(order.canteens) <= KEPT.reach_canteens
    assert len(set(instance.coordinates)) == len(instance.coordinates)
    spoken = {mode for mode in instance.travel if facts.couriers}
    if inside:
        assert spoken == {courier.mode for courier in facts.couriers}


@EXAMPLES
@given(facts=services())
def test_an_order_may_come_from_a_canteen_whenever_one_reaches_it(facts):
    instance = problem_of(facts).instance
    by_id = {order.id: order for order in facts.orders}
    for order in instance.orders:
        said = by_id[record_id(order.id)]
        if said.kind is OrderKind.SUPPLY:
            own = {one.id for one in facts.canteens if one.id == said.canteen_id}
            assert {record_id(one) for one in order.canteens} == own
        else:
            assert order.canteens


@EXAMPLES
@given(facts=services())
def test_a_stored_problem_comes_back_exactly(facts):
    instance = problem_of(facts).instance
    stored = unpack(pack(StoredProblem(instance, HOURS.opens, {"1": ["delivery", 1]})))
    assert stored.instance.to_dict() == instance.to_dict()
    assert (stored.opens, stored.snapshot) == (HOURS.opens, {"1": ["delivery", 1]})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=services())
def test_a_plan_is_accepted_and_adds_up(facts):
    problem = problem_of(facts)
    plan = routing.solve(problem.instance, seconds=5, iterations=60)
    plan = in_order(problem.instance, plan)
    verdict = routing.check(problem.instance, plan)
    assert verdict.feasible, verdict.faults
    made = revision_of(
        Solved(facts, problem, plan, verdict, 0), number=1, plan_id=1, at=STAMP, by=""
    )
    assert made.orders == made.served_orders + made.unserved_orders
    assert made.served_portions <= made.portions == sum(o.portions for o in facts.orders)
    assert set(problem.unlocated) <= {item.order_id for item in made.unserved}
    assert made.unlocated_orders == len(problem.unlocated)
    assert made.circle_portions <= made.served_portions
    assert sum(len(duty.trips) for duty in made.duties) == made.trips == verdict.trips
    assert sum(t.travel_seconds for d in made.duties for t in d.trips) == made.travel_seconds
    assert made.cost == pytest.approx(verdict.cost)
    for duty in made.duties:
        ends = [trip.returns_at for trip in duty.trips]
        begins = [trip.loads_at for trip in duty.trips]
        assert all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))
