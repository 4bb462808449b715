"""Random tiny instances: what is ruled out within an aim is never a plan that there is."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.bounding.bound import LowerBound
from routing.bounding.crews import make_crews
from routing.budget import Budget
from routing.exact import approach
from routing.exact.approach import Approach
from routing.tables import make_tables
from tests.properties.test_bounds import in_pairs
from tests.properties.tiny import instances, optima, optimum

TINY = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

some_to_bring = instances.filter(lambda instance: make_crews(make_tables(instance)))


def proven(instance, known, helpers=(False,)):
    """What is proven by number of couriers, in ruling out plans a little cheaper than `known`.

    One after the other works on the proof, knowing what those before have proven.
    """
    tables = make_tables(instance)
    row = np.zeros(len(instance.couriers) + 1)

    def some(least, most):
        return row[least : None if most is None else most + 1]

    def better(value, least=0, most=None):
        np.maximum(some(least, most), value, out=some(least, most))

    for helps in helpers:
        proof = LowerBound(tables, better)
        proof.open([], (), Budget(60))
        if proof.complete(Budget(60), float("inf")):
            near = Approach(
                tables, Budget(60), whole=proof.whole, better=better, known=lambda: known,
                proven=lambda least, most: float(some(least, most).min(initial=np.inf)),
                helps=helps,
            )  # fmt: skip
            near.run(proof.cases()[0])
    return row


@TINY
@given(some_to_bring, st.sampled_from([0.9, 1.005, 1.05, 1.3, 3.0]))
def test_an_aim_beyond_the_optimum_is_not_proven(instance, times):
    best = optimum(instance)
    assert proven(instance, times * best + 1.0).min() <= best + 1e-6


@TINY
@given(
    some_to_bring,
    st.sampled_from([1.005, 1.05, 1.3, 3.0]),
    st.sampled_from([(False,), (True,), (True, False), (False, True)]),
)
def test_no_number_of_couriers_is_said_to_cost_more_than_it_does(instance, times, helpers):
    best = np.array(optima(instance))
    assert (proven(instance, times * best.min() + 1.0, helpers) <= best + 1e-6).all()


@TINY
@given(
    some_to_bring | some_to_bring.map(in_pairs),
    st.sampled_from([0.9, 1.005, 1.05, 1.3, 3.0]),
    st.sampled_from([0.5, 2.0, 40.0]),
)
def test_dear_seconds_and_meals_outside_told_apart_prove_no_more_than_is_true(
    instance, times, worth
):
    best = optimum(instance)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Approach, "_choose", lambda *_: False)
        patch.setattr(approach, "_dear_seconds", lambda _, seconds: np.full(len(seconds), worth))
        bound = proven(instance, times * best + 1.0).min()
    assert bound <= best + 1e-6
