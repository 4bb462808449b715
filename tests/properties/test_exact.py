"""Random tiny instances: the exact choice finds the best plan there is, and proves it."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing import Plan, Unserved, check
from routing.answer import build_trips, left_out
from routing.bounding.bound import LowerBound, whole_prices
from routing.bounding.completions import no_rest
from routing.bounding.crews import make_crews
from routing.budget import Budget
from routing.exact import exact
from routing.exact.choice import Case
from routing.exact.exact import Exact
from routing.exact.listing import list_trips
from routing.exact.settle import settle
from routing.exact.teams import make_choices
from routing.tables import make_tables
from tests.properties.tiny import instances, optimum

TINY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


some_to_bring = instances.filter(lambda instance: make_crews(make_tables(instance)))


def everything(tables):
    """All trips of all teams, whatever they cost."""
    crews = make_crews(tables)
    return make_choices(
        tables,
        crews,
        [
            list_trips(crew, np.zeros(len(crew.orders)), 0.0, no_rest(), np.inf, 10_000)
            for crew in crews
        ],
    )


def chosen(instance, tables):
    """The exact choice from nothing known: no plan, no bound."""
    bounds = []
    whole = whole_prices(tables)
    cost = float(tables.unserved.sum())
    case = Case(0, len(tables.couriers))
    choice = Exact(
        tables,
        everything(tables),
        case,
        0.0,
        cost,
        whole=whole,
        better=bounds.append,
        known=lambda: np.inf,
    )
    choice.run(Budget(60))
    return choice, bounds


@TINY
@given(some_to_bring, st.sampled_from([1, 8]))
def test_the_exact_choice_is_the_optimum_and_its_duties_keep_every_rule(instance, slots):
    tables = make_tables(instance)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "LEAST_SLOTS", slots)
        patch.setattr(exact, "SLOTS", slots)
        choice, bounds = chosen(instance, tables)
    best = optimum(instance)
    assert choice.cost == pytest.approx(best)
    assert choice.bound == pytest.approx(best)
    assert all(bound <= best + 1e-6 for bound in bounds)
    if choice.duties is not None:
        trips = build_trips(instance, choice.duties)
        left = (Unserved(order.id, "") for order in left_out(instance, trips))
        verdict = check(instance, Plan(tuple(trips), tuple(left)))
        assert verdict.faults == ()
        assert verdict.cost == pytest.approx(choice.cost)


@TINY
@given(some_to_bring, st.sampled_from([1, 8]))
def test_a_plan_that_is_dearer_by_one_hides_no_better_one(instance, slots):
    tables, best = make_tables(instance), optimum(instance)
    whole = whole_prices(tables)
    case = Case(0, len(tables.couriers))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "LEAST_SLOTS", slots)
        patch.setattr(exact, "SLOTS", slots)
        choice = Exact(
            tables,
            everything(tables),
            case,
            0.0,
            best + 1.0,
            whole=whole,
            better=[].append,
            known=lambda: np.inf,
        )
        choice.run(Budget(60))
    assert choice.cost == pytest.approx(best)
    assert choice.bound == pytest.approx(best)


@TINY
@given(instances)
def test_what_prices_leave_out_is_in_no_better_plan(instance):
    tables, bounds = make_tables(instance), []
    proof = LowerBound(tables, [].append)
    proof.open([], (), Budget(30))
    proof.tighten(Budget(30), float("inf"))
    cost = float(tables.unserved.sum())
    choice = settle(
        tables,
        proof.cases(),
        cost,
        Budget(60),
        whole=proof.whole,
        better=bounds.append,
        known=lambda: np.inf,
    )
    best = optimum(instance)
    assert all(bound <= best + 1e-6 for bound in bounds)
    if proof.cases():
        assert choice.cost == pytest.approx(best)
        assert choice.bound == pytest.approx(best)
