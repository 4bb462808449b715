"""Random days: whatever happens, the past stays and the new trips keep every rule."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing import Instance, check, solve
from routing.plan import Plan
from routing.repair import (
    CanteenLate,
    CourierAvailable,
    CourierGone,
    MoveTrip,
    OrderChanged,
    OrderGone,
    OrderNew,
    PlaceStop,
    Situation,
    TakeOut,
    TravelSlower,
    price,
    repair,
)
from routing.repair.standing import stand
from tests.routing.conftest import city

# Making a day takes a solve, which a busy machine may be slow at.
DAYS = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
STEPS = {"seconds": 600, "iterations": 60}


def make_day(seed):
    """Return a town, its plan, and a moment with up to three changes."""
    dice = random.Random(seed)
    data = city(seed, orders=dice.choice([6, 12]), canteens=dice.choice([1, 2]), couriers=4)
    for order in data["orders"]:
        if dice.random() < 0.3:
            order["usual_courier"] = dice.choice(data["couriers"])["id"]
    for canteen in data["canteens"]:
        canteen["meals"] = dice.choice([99, 12, 8])
    data["rules"]["cost"]["unfamiliar_courier"] = 120
    instance = Instance.from_dict(data)
    plan = solve(instance, seconds=600, iterations=60)
    now = dice.choice([-300, 0, 300, 900, 1800, 3600, 6000])
    trip = dice.choice(plan.trips) if plan.trips and dice.random() < 0.7 else None
    if trip is not None:  # somebody is out
        now = trip.depart + dice.randint(-100, trip.stops[-1].arrive - trip.depart)
    changes = unlike(
        [make_change(dice, instance, now, number, trip) for number in range(dice.randint(0, 3))]
    )
    return Situation(instance, plan, now, changes=tuple(changes))


def unlike(changes):
    """Leave out changes of an order that is gone before."""
    seen, kept = set(), []
    for change in changes:
        name = change.order if isinstance(change, OrderGone) else None
        if isinstance(change, OrderChanged):
            name = change.order.id
        if name is None or name not in seen:
            kept.append(change)
        seen.add(name)
    return kept


def make_change(dice, instance, now, number, trip):
    order, courier = dice.choice(instance.orders), dice.choice(instance.couriers)
    if trip is not None and dice.random() < 0.7:
        order = instance.order_by_id[dice.choice(trip.stops).order]
        courier = instance.courier_by_id[trip.courier]
    late = dice.choice([max(now, 0), max(now, 0) + 700, max(now, 0) + 3000])
    return dice.choice(
        [
            OrderGone(order.id),
            OrderNew(replace(order, id=f"n{number}", meals=1)),
            OrderChanged(replace(order, meals=order.meals + 1, window=(1000, 7200))),
            CourierGone(courier.id, now),
            CourierGone(courier.id, late),
            CourierAvailable(replace(courier, id=f"x{number}")),
            CanteenLate(instance.canteens[0].id, late),
            TravelSlower(dice.choice([0.8, 1.2, 2.0])),
        ]
    )


days = st.integers(0, 10**9).map(make_day)


@DAYS
@given(days)
def test_the_past_stays_and_the_future_keeps_every_rule(day):
    found = repair(day, **STEPS)
    standing = found.standing
    new_trips = found.plan.trips[len(standing.kept) :]
    past = {(trip.courier, trip.depart): trip for trip in found.plan.trips[: len(standing.kept)]}
    gone = {one.courier: one.since for one in day.changes if isinstance(one, CourierGone)}
    late = any(isinstance(one, CanteenLate) for one in day.changes)
    for trip in day.plan.trips:
        done = [
            stop
            for stop in trip.stops
            if stop.arrive <= day.now and stop.arrive < gone.get(trip.courier, 10**9)
        ]
        if trip.depart <= day.now and trip.depart < gone.get(trip.courier, 10**9):
            kept = past[trip.courier, trip.depart].stops if done else ()
            assert list(kept[: len(done)]) == done
            assert {stop.order for stop in kept} <= {stop.order for stop in trip.stops}
    rest = Plan(new_trips, tuple(i for i in found.plan.unserved))
    assert check(standing.future, rest).faults == ()
    assert found.verdict.faults == found.facts
    assert all(stop.arrive > day.now for trip in new_trips for stop in trip.stops)
    changed_travel = any(isinstance(one, TravelSlower) for one in day.changes)
    if not gone and not late and not changed_travel:
        assert check(found.instance, found.plan).faults == found.facts
    assert found.cost <= found.cost_unrepaired + 1e-6
    assert abs(found.plan.cost - found.cost) < 1e-6


@DAYS
@given(days)
def test_the_differences_are_those_of_the_plans(day):
    found = repair(day, **STEPS)
    before = {stop.order: trip.courier for trip in day.plan.trips for stop in trip.stops}
    after = {stop.order: trip.courier for trip in found.plan.trips for stop in trip.stops}
    both = before.keys() & after.keys()
    assert {one.order for one in found.differences.moved} == {
        order for order in both if before[order] != after[order]
    }
    assert {one.order for one in found.differences.served} == after.keys() - before.keys()
    left = {item.order for item in found.plan.unserved}
    assert {item.order for item in found.differences.dropped} == left & before.keys()
    assert left == found.instance.order_by_id.keys() - after.keys()


@DAYS
@given(days, st.integers(0, 10**9))
def test_a_price_is_the_difference_of_full_recomputations(day, seed):
    dice = random.Random(seed)
    day = Situation(day.instance, day.plan, -10_000)
    moves = []
    for _ in range(dice.randint(1, 3)):
        number = dice.randrange(len(day.plan.trips)) if day.plan.trips else None
        courier = dice.choice(day.instance.couriers).id
        order = dice.choice(day.instance.orders).id
        moves.append(PlaceStop(order, courier))
        if number is not None and dice.random() < 0.5:
            moves[-1] = dice.choice(
                [PlaceStop(order, trip=number), MoveTrip(number, courier, dice.choice([None, 900]))]
            )
    served = {stop.order for trip in day.plan.trips for stop in trip.stops}
    if dice.random() < 0.3 and served:
        moves.insert(0, TakeOut(dice.choice(sorted(served))))
    found = price(day, tuple(moves))
    before, after = check(day.instance, day.plan), check(day.instance, found.plan)
    assert abs(found.difference - (after.cost - before.cost)) < 1e-6
    assert before.faults == ()
    assert sorted(found.broken, key=str) == sorted(after.faults, key=str)


def test_random_days_meet_every_kind_of_obstacle():
    seen = {"begun": 0, "skipped": 0, "lost": 0, "open": 0}
    for seed in range(20):
        standing = stand(make_day(seed))
        seen["begun"] += bool(standing.begun)
        seen["skipped"] += any(item.skipped for item in standing.begun)
        seen["lost"] += any(item.lost for item in standing.begun)
        seen["open"] += bool(standing.future.orders)
    assert min(seen.values()) > 0, seen
