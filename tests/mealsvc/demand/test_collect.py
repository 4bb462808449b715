"""Orders of a service follow the roster until they are frozen."""

from datetime import date, datetime, time

import pytest
from sqlmodel import col, select

from mealsvc.demand import (
    WarningKind,
    collect_orders,
    demand_warnings,
    require_open,
)
from mealsvc.errors import Conflict
from mealsvc.runtime import Runtime
from mealsvc.store import Absence, Order, OrderChange, Pause, Service, transaction
from mealsvc.vocabulary import CareLevel, EndReason, Meal, MealWay, OrderKind
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY, STAMP, Town

AFTER_CUTOFF = datetime(2026, 11, 20, 19, 31, tzinfo=SHANGHAI)


@pytest.fixture
def session(runtime):
    with transaction(runtime.engine) as opened:
        yield opened


@pytest.fixture
def town(session):
    return Town(session)


@pytest.fixture
def collect(session, runtime):
    """Collect Saturday's lunch and return its orders that stand, by id."""

    def collected(day=SATURDAY, meal=Meal.LUNCH):
        service = collect_orders(session, runtime, day, meal)
        query = select(Order).where(col(Order.service_id) == service.id)
        return [one for one in session.exec(query.order_by(col(Order.id))) if not one.cancelled]

    return collected


def change(elder, portions, **more):
    values = {"day": SATURDAY, "meal": Meal.LUNCH, "made_at": STAMP, **more}
    return OrderChange(elder_id=elder.id, portions=portions, **values)


def test_a_standing_order_becomes_an_order_on_its_weekdays(town, collect):
    town.elder(orders=[{"weekdays": 0b0100000, "portions": 2}])
    town.elder(orders=[{"weekdays": 0b0011111}])
    (order,) = collect()
    assert (order.kind, order.portions) == (OrderKind.DELIVERY, 2)
    assert len(collect(date(2026, 11, 23))) == 1


def test_a_standing_order_counts_only_within_its_validity(town, collect):
    town.elder(orders=[{"valid_from": date(2026, 11, 22)}])
    town.elder(orders=[{"valid_to": date(2026, 11, 20)}])
    kept = town.elder(orders=[{"valid_from": SATURDAY, "valid_to": SATURDAY}])
    assert [order.elder_id for order in collect()] == [kept.id]


def test_of_two_standing_orders_the_later_counts(town, collect):
    town.elder(orders=[{"portions": 1}, {"portions": 3, "valid_from": date(2026, 6, 1)}])
    assert [order.portions for order in collect()] == [3]


def test_the_other_meal_is_another_service(town, collect):
    town.elder(orders=[{"meal": Meal.DINNER}])
    assert collect() == []
    assert len(collect(meal=Meal.DINNER)) == 1


@pytest.mark.parametrize(("last", "orders"), [(None, 0), (SATURDAY, 0), (date(2026, 11, 20), 1)])
def test_a_pause_takes_the_order_away(town, session, collect, last, orders):
    elder = town.elder()
    session.add(Pause(elder_id=elder.id, first_day=date(2026, 11, 18), last_day=last))
    session.flush()
    assert len(collect()) == orders


def test_an_ended_elder_gets_nothing_not_even_a_one_off_order(town, session, collect):
    elder = town.elder(ended_on=SATURDAY, end_reason=EndReason.DEATH)
    session.add(change(elder, 2))
    session.flush()
    assert collect() == []


def test_a_one_off_change_says_more_than_standing_order_and_pause(town, session, collect):
    fewer, none, back = town.elder(), town.elder(), town.elder()
    new = town.elder(orders=[])
    session.add(change(fewer, 3, window_from=time(11), window_to=time(11, 30), note="后门"))
    session.add(change(none, 0))
    session.add(Pause(elder_id=back.id, first_day=SATURDAY))
    session.add(change(back, 1, way=MealWay.DINE_IN))
    session.add(change(new, 1))
    session.flush()
    by_elder = {order.elder_id: order for order in collect()}
    assert set(by_elder) == {fewer.id, back.id, new.id}
    assert (by_elder[fewer.id].portions, by_elder[fewer.id].window_to) == (3, time(11, 30))
    assert by_elder[fewer.id].note == "后门"
    assert by_elder[back.id].kind is OrderKind.DINE_IN
    assert by_elder[new.id].kind is OrderKind.DELIVERY


def test_an_order_carries_what_the_file_means_for_the_door(town, collect):
    courier = town.courier(town.canteen())
    town.elder(
        care_level=CareLevel.DISABLED, lives_alone=True, diets=["低糖", "软食"],
        floor=5, lift=False,
        usual_courier_id=courier.id, door_note="敲门重一点",
        orders=[{"window_from": time(9), "window_to": time(11, 45)}],
    )  # fmt: skip
    (order,) = collect()
    assert (order.priority, order.needs, order.diets) == (4, ["care"], ["低糖", "软食"])
    assert order.handover_seconds == 45 + 4 * 24
    assert (order.window_from, order.window_to) == (time(10, 30), time(11, 45))
    assert (order.usual_courier_id, order.note) == (courier.id, "敲门重一点")


def test_a_window_outside_the_service_is_dropped_rather_than_the_meal(town, collect):
    town.elder(orders=[{"window_from": time(17), "window_to": time(18)}])
    (order,) = collect()
    assert order.window_from is None


def test_dine_in_is_ordered_from_the_own_canteen(town, collect):
    canteen = town.canteen()
    town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.DINE_IN}])
    (order,) = collect()
    assert (order.kind, order.canteen_id, order.needs) == (OrderKind.DINE_IN, canteen.id, [])


def test_a_pick_up_without_a_meal_point_waits_at_the_own_canteen(town, collect):
    canteen = town.canteen()
    town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.PICK_UP}])
    (order,) = collect()
    assert (order.kind, order.canteen_id) == (OrderKind.PICK_UP, canteen.id)


def picks_up(town, point, portions=1):
    return town.elder(
        meal_point_id=point.id, orders=[{"way": MealWay.PICK_UP, "portions": portions}]
    )


def test_pick_ups_become_supply_orders_due_when_the_point_opens(town, collect):
    canteen = town.canteen()
    point = town.point(canteen)
    town.courier(canteen, 8)
    town.courier(canteen, 12)
    for _ in range(13):
        picks_up(town, point)
    supply = [order for order in collect() if order.kind is OrderKind.SUPPLY]
    assert [(order.part, order.portions) for order in supply] == [(1, 7), (2, 6)]
    assert {order.canteen_id for order in supply} == {canteen.id}
    assert {(order.window_from, order.window_to) for order in supply} == {(time(10, 30), time(11))}


def test_supply_orders_follow_the_pick_ups(town, collect, session):
    canteen = town.canteen()
    point = town.point(canteen)
    courier = town.courier(canteen, 5)
    elders = [picks_up(town, point) for _ in range(6)]
    first = [order.id for order in collect() if order.kind is OrderKind.SUPPLY]
    session.add(change(elders[0], 0))
    session.flush()
    kept = [order for order in collect() if order.kind is OrderKind.SUPPLY]
    assert [(order.id, order.portions) for order in kept] == [(first[0], 5)]
    # The larger box is away: the same part comes back when it is needed again.
    courier.boxes = 3
    session.flush()
    again = [order for order in collect() if order.kind is OrderKind.SUPPLY]
    assert [order.id for order in again] == first
    assert [order.portions for order in again] == [3, 2]


def test_supply_orders_exist_although_nobody_is_on_shift(town, collect, session):
    canteen = town.canteen()
    point = town.point(canteen)
    courier = town.courier(canteen, 5)
    session.add(Absence(courier_id=courier.id, first_day=SATURDAY))
    session.flush()
    picks_up(town, point, 7)
    assert [order.portions for order in collect() if order.kind is OrderKind.SUPPLY] == [4, 3]


def facts(orders):
    return [order.model_dump() for order in orders]


def test_collecting_twice_changes_nothing(town, collect):
    canteen = town.canteen()
    point = town.point(canteen)
    town.courier(canteen)
    town.elder(), picks_up(town, point), town.elder(located=False)
    before = facts(collect())
    assert facts(collect()) == before


def test_orders_follow_a_change_until_the_cut_off(town, session, collect, clock):
    elder = town.elder()
    (before,) = facts(collect())
    elder.standing_orders[0].portions = 2
    session.flush()
    (after,) = facts(collect())
    assert (after["id"], after["portions"]) == (before["id"], 2)
    clock.now = AFTER_CUTOFF
    assert facts(collect()) == [after]
    elder.standing_orders[0].portions = 3
    session.flush()
    assert facts(collect()) == [after]


def test_a_cancelled_order_is_kept_and_comes_back_as_itself(town, session, collect):
    elder = town.elder()
    (order,) = collect()
    pause = Pause(elder_id=elder.id, first_day=SATURDAY)
    session.add(pause)
    session.flush()
    assert collect() == []
    assert session.get(Order, order.id).cancelled
    session.delete(pause)
    session.flush()
    assert [one.id for one in collect()] == [order.id]


def test_a_service_first_collected_after_the_cut_off_is_frozen_at_once(
    town, session, collect, clock
):
    clock.now = AFTER_CUTOFF
    town.elder()
    assert len(collect()) == 1
    assert session.exec(select(Service)).one().frozen_at == AFTER_CUTOFF


def test_one_off_changes_are_refused_after_the_cut_off(session, runtime, clock):
    require_open(session, runtime, SATURDAY, Meal.LUNCH)
    clock.now = AFTER_CUTOFF
    with pytest.raises(Conflict, match="2026-11-21 took changes until 2026-11-20 19:30"):
        require_open(session, runtime, SATURDAY, Meal.LUNCH)


def test_one_off_changes_are_refused_once_the_service_is_frozen(town, session, runtime, clock):
    service = collect_orders(session, runtime, SATURDAY, Meal.LUNCH)
    service.frozen_at = clock.now
    session.flush()
    with pytest.raises(Conflict, match="published at 2026-11-20 12:00"):
        require_open(session, runtime, SATURDAY, Meal.LUNCH)


def test_a_service_that_began_uncollected_is_refused(collect):
    with pytest.raises(Conflict, match="lunch of 2026-11-20 began at 2026-11-20 10:30"):
        collect(date(2026, 11, 20))


def test_a_service_that_began_keeps_its_orders(town, session, collect, clock):
    elder = town.elder()
    before = facts(collect())
    clock.now = datetime(2026, 11, 21, 11, 0, tzinfo=SHANGHAI)
    elder.standing_orders[0].portions = 2
    session.flush()
    assert facts(collect()) == before


def test_what_will_reach_nobody_is_warned_of(town, session, runtime, collect):
    canteen = town.canteen(3)
    point = town.point(canteen, 4)
    shut = town.point(canteen, opens=time(15), closes=time(16))
    for each in (point, shut):
        picks_up(town, each, 5)
    lost = town.elder(located=False)
    town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.DINE_IN, "portions": 4}])
    homeless = town.elder(orders=[{"way": MealWay.DINE_IN}])
    pointless = town.elder(orders=[{"way": MealWay.PICK_UP}])
    collect()
    service = session.exec(select(Service)).one()
    warned = demand_warnings(session, runtime.settings, service)
    assert {(one.kind, one.subject) for one in warned} == {
        (WarningKind.POINT_FULL, point.code),
        (WarningKind.POINT_CLOSED, shut.code),
        (WarningKind.CANTEEN_FULL, canteen.code),
        (WarningKind.UNLOCATED, lost.code),
        (WarningKind.NO_CANTEEN, homeless.code),
        (WarningKind.NO_POINT, pointless.code),
    }
    named = {elder.name for elder in (lost, homeless, pointless)}
    for text in (text for one in warned for text in (one.text.zh, one.text.en)):
        assert not any(name in text for name in named)
    assert all(ord(one.text.zh[0]) > 0x2E80 > ord(one.text.en[0]) for one in warned)


def test_both_databases_collect_alike(each_engine, settings, clock):
    runtime = Runtime(settings, each_engine, clock)
    with transaction(each_engine) as session:
        town = Town(session)
        canteen = town.canteen()
        point = town.point(canteen)
        town.elder(), picks_up(town, point), town.elder(located=False)
    for _ in range(2):
        with transaction(each_engine) as session:
            collect_orders(session, runtime, SATURDAY, Meal.LUNCH)
    with transaction(each_engine) as session:
        kinds = sorted(order.kind for order in session.exec(select(Order)))
    assert kinds == ["delivery", "delivery", "pick_up", "supply"]
