"""Orders that bring less than the way to them costs are on no cheapest trip."""

import numpy as np
import pytest

from routing.bounding.completions import completions, least_detours, least_trip, useful
from routing.bounding.crews import make_crews
from routing.instance import Instance
from routing.parts import NO_WAY
from routing.tables import make_tables

LINE = np.array([[0, 50, 60], [50, 0, 40], [60, 40, 0]])
"""Two doors 50 s apart, 60 s and 40 s from the canteen."""


def test_a_detour_is_the_least_that_leaving_a_stop_out_saves():
    # The first lies between the other and the canteen's side: 50 + 60 - 40, as a trip alone 120.
    assert least_detours(LINE, np.array([5, 5])).tolist() == [70.0, 30.0]


def test_a_stop_that_is_the_only_way_is_never_left_out():
    ride = LINE.copy()
    ride[2, 1] = NO_WAY
    assert least_detours(ride, np.array([5, 5])).tolist() == [-np.inf, 30.0]


def test_a_stop_whose_absence_makes_others_later_is_never_left_out():
    ride = np.array([[0, 10, 10], [10, 0, 99], [10, 99, 0]])
    assert least_detours(ride, np.array([5, 5])).tolist() == [-np.inf, 99.0 + 10.0 - 10.0]


@pytest.fixture
def crew(town):
    (crew,) = make_crews(make_tables(Instance.from_dict(town)))[:1]
    return crew


def test_beyond_the_circle_an_order_has_to_pay_for_that_too(crew):
    room, count = crew.room, len(crew.orders)
    way = room.travel_price * room.detour
    room.outside[:] = 30.0
    assert useful(room, way, 0.0).tolist() == [[False] * count] * 2
    assert useful(room, way + 20.0, 0.0).tolist() == [[True] * count, [False] * count]
    assert useful(room, way + 40.0, 0.0).tolist() == [[True] * count] * 2


def test_without_prices_the_cheapest_trip_is_none(crew):
    gain = np.zeros(len(crew.orders))
    assert least_trip(crew.room, completions(crew.room, gain, 0.0), gain, 0.0) == 0.0
