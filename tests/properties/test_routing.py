"""Random tiny instances: plans keep every rule, and nothing claims to beat the best there is.

The best is found here by trying every duty with every departure second, without anything that the
solver knows about departures.
"""

import random
from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import NO_WAY, Instance, Plan, Reason, Stop, Trip, Unserved, check, solve
from routing.answer import duties_of
from routing.bounding import generation
from routing.bounding.bound import LowerBound
from routing.budget import Budget
from routing.tables import make_tables

END_OF_DAY = 70
TINY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
)


def make_instance(seed):
    """Up to four orders, two canteens, three couriers, and every kind of obstacle now and then."""
    dice = random.Random(seed)
    places, whole, some = dice.randint(2, 5), dice.randint, dice.choice
    travel = {
        mode: {"seconds": [[seconds(dice) for _ in range(places)] for _ in range(places)]}
        for mode in ("foot", "bicycle")[: whole(1, 2)]
    }
    canteens = [
        {
            "id": f"c{number}",
            "location": whole(0, places - 1),
            "meals": some([2, 4, 12, 12]),
            "open": whole(0, 8),
            "close": whole(25, END_OF_DAY),
            "load_seconds": whole(0, 6),
        }
        for number in range(whole(1, 2))
    ]
    couriers = [
        {
            "id": f"v{number}",
            "canteen": some(canteens)["id"],
            "mode": some(sorted(travel)),
            "boxes": whole(1, 6),
            "shift": [whole(0, 10), whole(40, END_OF_DAY)],
            "skills": some([[], ["care"], ["care"]]),
            **some([{}, {}, {"max_trips": 1}]),
        }
        for number in range(whole(1, 3))
    ]
    orders = [
        {
            "id": f"o{number}",
            "location": whole(0, places - 1),
            "meals": some([1, 1, 2, 3]),
            "window": some([[0, END_OF_DAY], sorted([whole(0, 30), whole(20, 60)])]),
            "handover_seconds": whole(0, 6),
            "pack_seconds": whole(0, 3),
            "priority": some([0, 0.5, 1, 1, 3]),
            "needs": some([[], [], [], ["care"]]),
            **some([{}, {}, {}, {"canteens": ["c0"]}, {}]),
            **some([{}, {"usual_courier": "v0"}, {"usual_courier": "away"}]),
        }
        for number in range(some([0, 1, 2, 3, 4, 4, 4]))
    ]
    rules = {
        "circle_seconds": whole(0, 25),
        "max_ride_seconds": some([0, 15, 30, 60, 60]),
        "cost": {
            "unserved_meal": some([5, 100, 100, 1000]),
            "outside_circle_meal": some([0, 3, 40]),
            "courier": some([0, 10, 50]),
            "travel_second": some([0, 1, 2.5]),
            "unfamiliar_courier": some([0, 7]),
        },
    }
    parts = {"canteens": canteens, "couriers": couriers, "orders": orders}
    return Instance.from_dict({"travel": travel, "rules": rules, **parts})


def seconds(dice):
    """A travel time that is sometimes nothing, sometimes impossible, seldom the shortest way."""
    return dice.choice([0, NO_WAY, *[dice.randint(1, 12) for _ in range(18)]])


instances = st.integers(0, 10**9).map(make_instance)


def trip_choices(instance, courier, sequence):
    """Every (loading start, return, cost) of a trip with these orders, one per departure second."""
    canteen, rules = instance.canteen_by_id[courier.canteen], instance.rules
    orders = [instance.orders[row] for row in sequence]
    if sum(order.meals for order in orders) > courier.boxes:
        return []
    for order in orders:
        if order.canteens is not None and canteen.id not in order.canteens:
            return []
        if not set(order.needs) <= set(courier.skills):
            return []
    table, price, found = instance.travel[courier.mode], rules.cost, []
    load = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    for depart in range(canteen.close + 1):
        clock, here, cost, possible = depart, canteen.location, 0.0, depart - load >= canteen.open
        for order in orders:
            step = int(table[here, order.location])
            clock = max(clock + step, order.window[0])
            possible &= step < NO_WAY and clock <= order.window[1]
            possible &= clock - depart <= rules.max_ride_seconds
            cost += price.travel_second * step
            if clock - depart > rules.circle_seconds:
                cost += price.outside_circle_meal * order.weight
            if order.usual_courier is not None and order.usual_courier != courier.id:
                cost += price.unfamiliar_courier
            clock, here = clock + order.handover_seconds, order.location
        home = int(table[here, canteen.location])
        possible &= depart - load >= courier.shift[0] and clock + home <= courier.shift[1]
        if possible:
            found.append((depart - load, clock + home, cost + price.travel_second * home))
    return found


def duty_costs(instance, courier):
    """The least cost of every set of orders that one courier can bring, by bit set."""
    rows = range(len(instance.orders))
    trips = {}
    for size in range(1, len(instance.orders) + 1):
        for sequence in permutations(rows, size):
            bits = sum(1 << row for row in sequence)
            trips.setdefault(bits, []).extend(trip_choices(instance, courier, sequence))
    most = len(instance.orders) if courier.max_trips is None else courier.max_trips
    states = {(0, 0): {-(10**6): 0.0}}  # orders brought and trips made -> return -> cost
    best = {0: 0.0}
    for made in range(most):
        for (bits, count), backs in list(states.items()):
            if count != made:
                continue
            for more, choices in trips.items():
                if bits & more:
                    continue
                into = states.setdefault((bits | more, made + 1), {})
                for begin, back, cost in choices:
                    before = min((c for b, c in backs.items() if b <= begin), default=None)
                    if before is not None:
                        into[back] = min(into.get(back, float("inf")), before + cost)
        for (bits, count), backs in states.items():
            if count and backs:
                least = min(backs.values()) + instance.rules.cost.courier
                best[bits] = min(best.get(bits, float("inf")), least)
    return best


def optimum(instance):
    """The least cost of any feasible plan."""
    duties = [duty_costs(instance, courier) for courier in instance.couriers]
    price, least = instance.rules.cost.unserved_meal, float("inf")
    for hands in product(range(-1, len(duties)), repeat=len(instance.orders)):
        sets = [
            sum(1 << row for row, hand in enumerate(hands) if hand == k) for k in range(len(duties))
        ]
        costs = [duty.get(bits) for duty, bits in zip(duties, sets, strict=True)]
        if None in costs:
            continue
        cooked = dict.fromkeys(instance.canteen_by_id, 0)
        cost = float(sum(costs))
        for order, hand in zip(instance.orders, hands, strict=True):
            if hand < 0:
                cost += price * order.weight
            else:
                cooked[instance.couriers[hand].canteen] += order.meals
        if all(cooked[c.id] <= c.meals for c in instance.canteens):
            least = min(least, cost)
    return least


@TINY
@given(instances)
def test_plans_are_feasible_and_never_beat_the_optimum_and_bounds_never_pass_it(instance):
    plan = solve(instance, seconds=30, iterations=150)
    verdict = check(instance, plan)
    assert verdict.faults == ()
    best = optimum(instance)
    assert plan.cost >= best - 1e-6
    assert plan.bound <= best + 1e-6


def proven(instance, plan=(), seconds=30, cost=float("inf")):
    """The bound by itself, which may stop once it is `cost`."""
    bounds = [0.0]
    tables = make_tables(instance)
    proof = LowerBound(tables, bounds.append)
    proof.open(duties_of(instance, plan) if plan else [], (), Budget(30))
    proof.tighten(Budget(seconds), cost)
    return max(bounds)


def in_pairs(instance):
    """The same with single meals, two boxes and long windows, where mixtures break cuts."""
    orders = [
        replace(order, meals=1, needs=(), window=(0, END_OF_DAY)) for order in instance.orders
    ]
    couriers = [replace(courier, boxes=2) for courier in instance.couriers]
    return replace(instance, orders=tuple(orders), couriers=tuple(couriers))


@settings(TINY, max_examples=15)
@given(instances.map(in_pairs), st.booleans())
def test_the_bound_with_cuts_and_cases_never_passes_the_optimum(instance, told):
    best = optimum(instance)
    assert proven(instance, cost=best if told else float("inf")) <= best + 1e-6


@TINY
@given(instances)
def test_the_bound_by_itself_never_passes_the_optimum(instance):
    assert proven(instance) <= optimum(instance) + 1e-6


@TINY
@given(instances)
def test_the_bound_at_the_prices_of_a_plan_never_passes_the_optimum(instance):
    plan = solve(instance, seconds=30, iterations=5)
    assert proven(instance, plan, seconds=0) <= optimum(instance) + 1e-6


@TINY
@given(instances, st.sampled_from([3, 5, 9]))
def test_the_bound_of_pricing_cut_short_never_passes_the_optimum(instance, labels):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "MOST_LABELS", labels)
        assert proven(instance) <= optimum(instance) + 1e-6


@TINY
@given(instances, instances)
def test_bounds_of_towns_that_share_nothing_add_up(one, other):
    """Two problems in one, with no way between them."""
    other = replace(other, rules=one.rules)
    both = side_by_side(one, other)
    plan = solve(both, seconds=30, iterations=20)
    best = optimum(one) + optimum(other)
    assert check(both, plan).feasible
    assert plan.bound <= best + 1e-6
    assert plan.cost >= best - 1e-6


def side_by_side(one, other):
    """One instance of two: ids get a prefix, places of the second follow those of the first."""
    places = [len(next(iter(part.travel.values()))) for part in (one, other)]
    travel = {}
    for number, part in enumerate((one, other)):
        start = sum(places[:number])
        for mode, table in part.travel.items():
            whole = np.full((sum(places), sum(places)), NO_WAY)
            whole[start : start + places[number], start : start + places[number]] = table
            travel[f"{number}{mode}"] = whole
    parts = {"canteens": [], "orders": [], "couriers": []}
    for number, part in enumerate((one, other)):
        ids = {canteen.id: f"{number}{canteen.id}" for canteen in part.canteens}
        start = sum(places[:number])
        parts["canteens"] += [
            replace(c, id=ids[c.id], location=c.location + start) for c in part.canteens
        ]
        parts["couriers"] += [
            replace(c, id=f"{number}{c.id}", canteen=ids[c.canteen], mode=f"{number}{c.mode}")
            for c in part.couriers
        ]
        parts["orders"] += [
            replace(
                o,
                id=f"{number}{o.id}",
                location=o.location + start,
                canteens=tuple(ids[c] for c in (ids if o.canteens is None else o.canteens)),
                usual_courier=None if o.usual_courier is None else f"{number}{o.usual_courier}",
            )
            for o in part.orders
        ]
    return Instance(
        **{key: tuple(value) for key, value in parts.items()}, travel=travel, rules=one.rules
    )


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


def chain_cost(instance, courier, sequences):
    """The least cost of making these trips in this order, or None where they do not fit."""
    backs = {-(10**6): instance.rules.cost.courier if sequences else 0.0}
    for sequence in sequences:
        into = {}
        for begin, back, cost in trip_choices(instance, courier, sequence):
            before = min((c for b, c in backs.items() if b <= begin), default=None)
            if before is not None:
                into[back] = min(into.get(back, float("inf")), before + cost)
        backs = into
    return min(backs.values(), default=None)


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


@TINY
@given(instances, st.data())
def test_any_plan_that_passes_costs_at_least_the_bound(instance, data):
    """Serve one order by hand somewhere and compare."""
    plan = solve(instance, seconds=30, iterations=50)
    if not instance.orders:
        return
    row = data.draw(st.integers(0, len(instance.orders) - 1))
    courier = data.draw(st.sampled_from(instance.couriers))
    canteen, order = instance.canteen_by_id[courier.canteen], instance.orders[row]
    for begin, _, _ in trip_choices(instance, courier, (row,))[:1]:
        depart = begin + canteen.load_seconds + order.pack_seconds
        step = int(instance.travel[courier.mode][canteen.location, order.location])
        stop = Stop(order.id, max(depart + step, order.window[0]))
        hand = Plan(
            (Trip(courier.id, canteen.id, depart, (stop,)),),
            tuple(Unserved(o.id, "") for o in instance.orders if o is not order),
        )
        verdict = check(instance, hand)
        if verdict.feasible:
            assert plan.bound <= verdict.cost + 1e-6
