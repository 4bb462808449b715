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
from tests.properties.tiny import instances, optimum

TINY = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

some_to_bring = instances.filter(lambda instance: make_crews(make_tables(instance)))


def proven(instance, known):
    """The best bound told on the way to ruling out plans a little cheaper than `known`."""
    tables, bounds = make_tables(instance), [0.0]
    proof = LowerBound(tables, bounds.append)
    proof.open([], (), Budget(60))
    if proof.complete(Budget(60), float("inf")):
        near = Approach(
            tables, Budget(60), whole=proof.whole, better=bounds.append, known=lambda: known
        )
        near.run(proof.cases()[0])
    return max(bounds)


@TINY
@given(some_to_bring, st.sampled_from([0.9, 1.005, 1.05, 1.3, 3.0]))
def test_an_aim_beyond_the_optimum_is_not_proven(instance, times):
    best = optimum(instance)
    assert proven(instance, times * best + 1.0) <= best + 1e-6


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
        bound = proven(instance, times * best + 1.0)
    assert bound <= best + 1e-6
