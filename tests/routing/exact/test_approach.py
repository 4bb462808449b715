"""Who works on which part of a proof, and what is told of it.

Three doors lie 10 s apart and 100 s from the canteen. 410 s of travel do not fit a shift of 380 s.
"""

import pytest

from routing import Instance
from routing.bounding.bound import LowerBound
from routing.budget import Budget
from routing.exact.approach import AIM, Approach
from routing.tables import make_tables

FAR = [[0, 100, 100, 100], [100, 0, 10, 10], [100, 10, 0, 10], [100, 10, 10, 0]]
BEST = 2000 + 410


@pytest.fixture
def tables():
    order = {"meals": 1, "window": [0, 5000], "handover_seconds": 0}
    courier = {"canteen": "c", "mode": "foot", "boxes": 2, "shift": [0, 380]}
    return make_tables(
        Instance.from_dict(
            {
                "travel": {"foot": {"seconds": FAR}},
                "canteens": [{"id": "c", "location": 0, "meals": 9, "open": 0, "close": 5000}],
                "orders": [{"id": f"o{place}", "location": place, **order} for place in (1, 2, 3)],
                "couriers": [{"id": name, **courier} for name in "vwx"],
                "rules": {
                    "circle_seconds": 600,
                    "max_ride_seconds": 900,
                    "cost": {
                        "unserved_meal": 10**6,
                        "outside_circle_meal": 0,
                        "courier": 1000,
                        "travel_second": 1,
                        "unfamiliar_courier": 0,
                    },
                },
            }
        )
    )


@pytest.fixture
def tell(tables):
    """Prove, and return what was told: bounds by the couriers, fewest and most."""

    def prove(proven=0.0, **who):
        told = {}
        proof = LowerBound(tables, lambda _value: None)
        proof.open([], (), Budget(60))
        assert proof.complete(Budget(60), BEST)
        near = Approach(
            tables, Budget(60), whole=True, known=lambda: BEST,
            better=lambda value, least, most: told.update({(least, most): value}),
            proven=lambda _least, _most: proven, **who,
        )  # fmt: skip
        near.run(proof.cases()[0])
        return told

    return prove


def test_the_parts_of_a_proof_are_told_by_the_number_of_couriers(tell):
    told = tell()
    assert set(told) == {(0, 0), (1, None), (1, 1), (2, None)}
    aim = (1.0 - AIM) * BEST
    assert min(told[few] for few in [(0, 0), (1, 1), (2, None)]) >= aim > told[1, None]


def test_who_helps_leaves_the_first_part_of_each_split_alone(tell):
    assert set(tell(helps=True)) == {(1, None), (2, None)}


def test_what_others_have_proven_is_not_proven_again(tell):
    assert tell(proven=BEST) == {}
