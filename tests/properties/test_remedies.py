"""Remedies of random tiny instances: they do what they say, and less would not do.

Places are tried here one by one, each with every departure second, without anything that the
search of remedies knows about departures.
"""

from dataclasses import replace

from hypothesis import given, settings

from routing import Counsel, Kind, applied, check, solve
from routing.answer import build_trips, duties_of
from routing.budget import Budget
from routing.explaining.worth import find_worths
from tests.properties.tiny import chain_cost, instances, optimum

SAMPLE = settings(max_examples=25, deadline=None, derandomize=True)


def rides(plan):
    return {stop.order: stop.arrive - trip.depart for trip in plan.trips for stop in trip.stops}


def outside(instance, found, but):
    """The weight of the others outside the circle."""
    circle = instance.rules.circle_seconds
    return sum(
        instance.order_by_id[order].weight
        for order, ride in found.items()
        if ride > circle and order != but
    )


def wishes(instance, plan):
    """Every order left out or late, with its remedies."""
    counsel = Counsel(instance, plan)
    for left in plan.unserved:
        order = instance.order_by_id[left.order]
        yield counsel, order, False, counsel.serve(order)
    for name, ride in rides(plan).items():
        order = instance.order_by_id[name]
        if ride > instance.rules.circle_seconds:
            yield counsel, order, True, counsel.bring_inside(order)


@SAMPLE
@given(instances)
def test_a_remedy_tried_out_grants_the_wish_and_saves_what_it_says(instance):
    plan = solve(instance, seconds=30, iterations=20)
    before = rides(plan)
    for counsel, order, inside, remedies in wishes(instance, plan):
        for remedy in remedies:
            changed, tried = counsel.witness(order, remedy)
            verdict, now = check(changed, tried), rides(tried)
            assert verdict.faults == ()
            assert now.keys() >= {order.id, *before}
            assert verdict.cost <= plan.cost - remedy.saves + 1e-6
            if inside:
                assert now[order.id] <= changed.rules.circle_seconds
            if instance.rules.cost.outside_circle_meal:
                others = outside(instance, before, order.id)
                assert outside(changed, now, order.id) <= others + 1e-9


@SAMPLE
@given(instances)
def test_a_smaller_change_would_not_do(instance):
    plan = solve(instance, seconds=30, iterations=20)
    for _, order, inside, remedies in wishes(instance, plan):
        for remedy in remedies:
            if len(remedy.changes) != 1 or remedy.saves <= 0:
                continue
            change = remedy.changes[0]
            sized = change.kind not in {Kind.COURIER, Kind.SKILL} and change.amount > 1
            less = [replace(change, amount=change.amount - 1)] if sized else []
            assert not any_place(instance, applied(instance, less), plan, order, inside)


def any_place(before, instance, plan, order, inside):
    """Whether some place of the plan, the rest kept, grants the wish at no higher cost."""
    gone = before.orders.index(order)
    duties = [
        [kept for trip in duty if (kept := [row for row in trip if row != gone])]
        for duty in duties_of(before, plan)
    ]
    others = outside(before, rides(plan), order.id)
    price = check(instance, plan).cost  # a wider circle also serves others, as things are
    for number, courier in enumerate(instance.couriers):
        cooked = sum(
            instance.orders[row].meals
            for duty, who in zip(duties, instance.couriers, strict=True)
            if who.canteen == courier.canteen
            for trip in duty
            for row in trip
        )
        if cooked + order.meals > instance.canteen_by_id[courier.canteen].meals:
            continue
        for duty in longer(duties[number], gone, courier.max_trips):
            whole = [*duties[:number], duty, *duties[number + 1 :]]
            cost = cost_of(dear_outside(instance, gone) if inside else instance, whole)
            if cost is None or cost >= price - 1e-6:
                continue
            now = {
                s.order: s.arrive - t.depart for t in build_trips(instance, whole) for s in t.stops
            }
            free = not instance.rules.cost.outside_circle_meal
            if free or outside(instance, now, order.id) <= others + 1e-9:
                return True
    return False


def longer(duty, row, most):
    """Every way to put an order into a duty."""
    for place, trip in enumerate(duty):
        for at in range(len(trip) + 1):
            yield [*duty[:place], [*trip[:at], row, *trip[at:]], *duty[place + 1 :]]
    if most is None or len(duty) < most:
        for place in range(len(duty) + 1):
            yield [*duty[:place], [row], *duty[place:]]


def dear_outside(instance, row):
    """The same, where no saving makes up for this order being outside the circle."""
    dear = replace(instance.orders[row], priority=10**6)
    return replace(instance, orders=(*instance.orders[:row], dear, *instance.orders[row + 1 :]))


def cost_of(instance, duties):
    """The least cost of duties, each order kept at its place; None where one cannot be driven."""
    served = {row for duty in duties for trip in duty for row in trip}
    price = instance.rules.cost.unserved_meal
    cost = sum(price * one.weight for row, one in enumerate(instance.orders) if row not in served)
    for courier, duty in zip(instance.couriers, duties, strict=True):
        driven = chain_cost(instance, courier, [tuple(trip) for trip in duty])
        if driven is None:
            return None
        cost += driven
    return cost


@settings(max_examples=8, deadline=None, derandomize=True)
@given(instances)
def test_no_change_of_means_is_said_to_save_more_than_it_can(instance):
    plan = solve(instance, seconds=30, iterations=50)
    for worth in find_worths(instance, plan, Budget(30, iterations=30)):
        least = optimum(applied(instance, [worth.change]))
        assert worth.saves <= plan.cost - least + 1e-6
