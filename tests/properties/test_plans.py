"""Random tiny instances: plans keep every rule, and leave nobody out without a true reason."""

from hypothesis import given
from hypothesis import strategies as st

from routing import Reason, check, solve
from tests.properties.tiny import TINY, chain_cost, instances, optimum, trip_choices


@TINY
@given(instances)
def test_plans_are_feasible_and_never_beat_the_optimum_and_bounds_never_pass_it(instance):
    plan = solve(instance, seconds=30, iterations=150)
    verdict = check(instance, plan)
    assert verdict.faults == ()
    best = optimum(instance)
    assert plan.cost >= best - 1e-6
    assert plan.bound <= best + 1e-6


@TINY
@given(instances)
def test_nobody_is_left_out_beside_an_idle_courier_who_could_come_at_a_fair_price(instance):
    plan = solve(instance, seconds=30, iterations=50)
    busy = {trip.courier for trip in plan.trips}
    for left in plan.unserved:
        order = instance.order_by_id[left.order]
        row = instance.orders.index(order)
        for courier in instance.couriers:
            if courier.id in busy or courier.max_trips == 0:
                continue
            for _, _, cost in trip_choices(instance, courier, (row,)):
                full = meals_left(instance, plan, courier.canteen) < order.meals
                dear = cost + instance.rules.cost.courier
                dear = dear >= instance.rules.cost.unserved_meal * order.weight
                assert full or dear


@TINY
@given(instances, st.sampled_from([0, 1, 50]))
def test_nobody_is_left_out_who_could_have_a_trip_alone_at_a_fair_price(instance, steps):
    plan = solve(instance, seconds=30, iterations=steps)
    row_of = {order.id: row for row, order in enumerate(instance.orders)}
    for left in plan.unserved:
        order = instance.order_by_id[left.order]
        price = instance.rules.cost.unserved_meal * order.weight
        for courier in instance.couriers:
            duty = [
                tuple(row_of[stop.order] for stop in trip.stops)
                for trip in sorted(plan.trips, key=lambda trip: trip.depart)
                if trip.courier == courier.id
            ]
            most = len(instance.orders) if courier.max_trips is None else courier.max_trips
            if len(duty) >= most or meals_left(instance, plan, courier.canteen) < order.meals:
                continue
            before = chain_cost(instance, courier, duty)
            for place in range(len(duty) + 1):
                longer = [*duty[:place], (row_of[order.id],), *duty[place:]]
                after = chain_cost(instance, courier, longer)
                assert after is None or after - before >= price - 1e-6


def meals_left(instance, plan, canteen):
    cooked = sum(
        instance.order_by_id[stop.order].meals
        for trip in plan.trips
        if trip.canteen == canteen
        for stop in trip.stops
    )
    return instance.canteen_by_id[canteen].meals - cooked


@TINY
@given(instances)
def test_reasons_are_true(instance):
    plan = solve(instance, seconds=30, iterations=50)
    for left in plan.unserved:
        order = instance.order_by_id[left.order]
        row = instance.orders.index(order)
        alone = [
            courier
            for courier in instance.couriers
            if courier.max_trips != 0
            and order.meals <= instance.canteen_by_id[courier.canteen].meals
            and trip_choices(instance, courier, (row,))
        ]
        possible = {
            Reason.CANTEEN_FULL,
            Reason.COURIERS_BUSY,
            Reason.NOT_WORTH_IT,
            Reason.OVERLOOKED,
        }
        assert (left.reason in possible) == bool(alone)


@TINY
@given(instances)
def test_a_plan_to_start_from_is_never_made_worse(instance):
    first = solve(instance, seconds=30, iterations=5)
    again = solve(instance, seconds=30, iterations=5, seed=1, start=first)
    assert again.cost <= first.cost + 1e-6
