"""What an order, a canteen and a courier mean for the problem that is solved."""

from datetime import time

import pytest

from mealsvc.demand import collect_orders
from mealsvc.planning.facts import read_facts
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.instance import build_problem
from mealsvc.planning.keeping import plan_of
from mealsvc.planning.service import plan_service
from mealsvc.store import Absence, transaction
from mealsvc.vocabulary import CareLevel, Meal, MealWay, Mode
from tests.mealsvc.people import SATURDAY, UNLOCATED, Town
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture
def instance(runtime):
    """Fill the records and state Saturday's lunch."""

    def stated(fill, settings=runtime.settings, **travel):
        with transaction(runtime.engine) as session:
            fill(Town(session))
            service = collect_orders(session, runtime, SATURDAY, Meal.LUNCH)
            facts = read_facts(session, settings, service)
        return build_problem(
            facts, settings, lambda: StraightLines(**travel), lambda _share: None
        ).instance

    return stated


def test_people_of_one_building_are_one_place(instance):
    def fill(town):
        town.courier(town.canteen())
        for _ in range(3):
            town.elder(east=500, north=0)

    found = instance(fill)
    assert [order.location for order in found.orders] == [1, 1, 1]
    assert len(found.coordinates) == 2


def test_only_modes_in_use_are_measured(instance):
    def fill(town):
        canteen = town.canteen()
        town.courier(canteen, mode=Mode.FOOT)
        away = town.courier(canteen, mode=Mode.CAR)
        town.keep(Absence(courier_id=away.id, first_day=SATURDAY))
        town.elder()

    assert list(instance(fill).travel) == ["foot"]


def test_what_is_eaten_in_the_canteen_is_not_there_to_carry(instance):
    def fill(town):
        canteen = town.canteen(20)
        town.courier(canteen)
        point = town.point(canteen)
        town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.DINE_IN, "portions": 3}])
        town.elder(meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP, "portions": 2}])

    found = instance(fill)
    assert [canteen.meals for canteen in found.canteens] == [17]
    assert [order.meals for order in found.orders] == [2]


def test_times_count_from_the_start_of_the_service(instance):
    def fill(town):
        canteen = town.canteen(hours=(time(10), time(12)))
        town.courier(canteen, shifts=[(127, time(10, 45), time(13))])
        town.elder(orders=[{"window_from": time(11), "window_to": time(11, 45)}])
        town.elder()

    found = instance(fill)
    assert (found.canteens[0].open, found.canteens[0].close) == (0, 5400)
    assert found.couriers[0].shift == (900, 9000)
    assert sorted(order.window for order in found.orders) == [(0, 7200), (1800, 4500)]


def test_canteens_that_are_shut_or_nowhere_are_left_out(instance):
    def fill(town):
        town.courier(town.canteen(meals=[Meal.DINNER]))
        town.courier(town.canteen(where=UNLOCATED))
        town.courier(town.canteen(active=False))
        town.courier(town.canteen(hours=(time(14), time(15))))
        town.courier(town.canteen(code="open"))
        town.elder()

    found = instance(fill)
    assert len(found.canteens) == len(found.couriers) == 1


def test_the_nearest_canteens_in_reach_may_cook(instance):
    def fill(town):
        for east in (0, 800, 1600, 2400, 50_000):
            town.courier(town.canteen(east=east))
        town.elder(east=100, north=0)
        town.elder(east=40_500, north=0)

    # 5.5 m/s for 1500 s are 8 km, for 1800 s not quite 10.
    near, far = (order.canteens for order in instance(fill, beyond=60_000).orders)
    assert [record_id(one) for one in near] == [1, 2, 3]
    assert [record_id(one) for one in far] == [5]


def test_a_canteen_out_of_reach_may_cook_when_no_other_can(instance):
    def fill(town):
        town.courier(town.canteen())
        town.elder(east=9_000, north=0)

    assert [record_id(one) for one in instance(fill).orders[0].canteens] == [1]


def test_reach_counts_couriers_who_could_bring_the_order(instance):
    def fill(town):
        for east in (0, 300, 600):
            town.courier(town.canteen(east=east))
        helper = town.canteen(east=5_000)
        town.courier(helper, skills=["care"])
        town.elder(east=0, north=0, care_level=CareLevel.DISABLED)

    assert [record_id(one) for one in instance(fill).orders[0].canteens] == [4]


def test_supplies_come_from_their_own_canteen_only(instance):
    def fill(town):
        town.courier(town.canteen(east=500))
        own = town.canteen(east=4_000)
        town.courier(own)
        point = town.point(own, east=500)
        town.elder(meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP}])

    (order,) = instance(fill).orders
    assert [record_id(one) for one in order.canteens] == [2]
    assert (order.window, order.handover_seconds) == ((0, 1800), 120)


def test_a_courier_with_two_shifts_works_both_and_keeps_one_duty(instance, runtime):
    shifts = [(127, time(10, 30), time(11)), (127, time(11, 50), time(12, 30))]

    def fill(town):
        town.courier(town.canteen(), shifts=shifts)
        for window in ((time(10, 30), time(11)), (time(12), time(12, 30))):
            town.elder(orders=[{"window_from": window[0], "window_to": window[1]}])

    found = instance(fill)
    assert [(one.id, one.shift) for one in found.couriers] == [
        ("v1", (0, 1800)), ("v1-2", (4800, 7200)),
    ]  # fmt: skip
    made = plan_service(
        runtime, SATURDAY, Meal.LUNCH, actor="m", seconds=0.3, travel=StraightLines()
    )
    assert (made.couriers, made.couriers_on_shift, made.trips) == (1, 1, 2)
    assert [trip.number for trip in made.duties[0].trips] == [1, 2]
    with transaction(runtime.engine) as session:
        assert [trip.courier for trip in plan_of(session, made).trips] == ["v1", "v1-2"]


def test_a_limit_of_trips_holds_for_the_whole_service(instance):
    shifts = [(127, time(10, 30), time(11)), (127, time(11, 20), time(12, 30))]

    def fill(town):
        town.courier(town.canteen(), shifts=shifts, max_trips=2)
        town.elder()

    (courier,) = instance(fill).couriers
    assert (courier.shift, courier.max_trips) == ((3000, 7200), 2)


def test_shifts_that_touch_are_one(instance):
    shifts = [(127, time(9), time(11)), (127, time(11), time(12))]

    def fill(town):
        town.courier(town.canteen(), shifts=shifts)
        town.elder()

    assert [courier.shift for courier in instance(fill).couriers] == [(0, 5400)]


def test_prices_and_rules_are_the_settings(instance, runtime):
    changed = runtime.settings.model_copy(
        update={"circle_seconds": 900, "price_courier": 7, "load_seconds": 33, "pack_seconds": 5}
    )

    def fill(town):
        town.courier(town.canteen())
        town.elder(orders=[{"portions": 3}])

    found = instance(fill, changed)
    assert (found.rules.circle_seconds, found.rules.cost.courier) == (900, 7)
    assert (found.canteens[0].load_seconds, found.orders[0].pack_seconds) == (33, 15)


def test_an_order_keeps_its_elders_priority_needs_and_usual_courier(instance):
    def fill(town):
        courier = town.courier(town.canteen(), skills=["care"])
        town.elder(
            care_level=CareLevel.DISABLED, lives_alone=True, handover_seconds=300,
            usual_courier_id=courier.id,
        )  # fmt: skip

    (order,) = instance(fill).orders
    assert (order.priority, order.needs, order.handover_seconds) == (4, ("care",), 300)
    assert (order.id, order.usual_courier) == (order_name(1), "v1")
