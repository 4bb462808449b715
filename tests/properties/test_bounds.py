"""Random tiny instances: no bound passes the cost of the best plan there is, or of any."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import NO_WAY, Instance, Plan, Stop, Trip, Unserved, check, solve
from routing.answer import duties_of
from routing.bounding import generation
from routing.bounding.bound import LowerBound
from routing.budget import Budget
from routing.tables import make_tables
from tests.properties.tiny import END_OF_DAY, TINY, instances, optimum, trip_choices


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
@given(instances, st.integers(1, 40))
def test_a_proof_left_at_any_time_never_passes_the_optimum(instance, looks):
    """The time is over after so many looks at the clock, and then again."""
    bounds, tables, best = [0.0], make_tables(instance), optimum(instance)
    proof = LowerBound(tables, bounds.append)
    proof.open([], (), Budget(looks, clock=count().__next__))
    proof.tighten(Budget(looks, clock=count().__next__), float("inf"))
    assert max(bounds) <= best + 1e-6


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
