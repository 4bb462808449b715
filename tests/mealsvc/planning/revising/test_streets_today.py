"""Travel times of the day: doors that come later, and streets that stay closed for them."""

import numpy as np
import pytest

import routing
from mealsvc.planning import instance_of
from mealsvc.planning.revising import OrderUrgent, StreetClosed
from mealsvc.planning.revising.streets_today import StreetsToday
from mealsvc.store import transaction
from mealsvc.vocabulary import Mode
from tests.mealsvc.people import Town, place
from tests.mealsvc.planning.straight_lines import StraightLines


class Noting(StraightLines):
    """Notes from how many places to how many others it is asked for times."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def between(self, sources, targets, mode):
        self.asked.append((len(sources), len(targets)))
        return super().between(sources, targets, mode)


def spot(east, north=0):
    """Longitude and latitude of a place so many metres from the middle."""
    at = place(east, north)
    return at["lon"], at["lat"]


@pytest.fixture
def avenue():
    """A canteen, and forty doors along an avenue of 20 km; one courier on an e-bike."""
    places = [spot(500 * number) for number in range(41)]
    return routing.Instance(
        name="avenue",
        canteens=(routing.Canteen("k1", 0, 50, 0, 7200, 60),),
        orders=(),
        couriers=(routing.Courier("v1", "k1", "ebike", 10, (0, 7200)),),
        travel={"ebike": StraightLines().between(places, places, Mode.EBIKE)},
        rules=routing.Rules(600, 1800, routing.Cost(1000, 100, 100, 1, 10)),
        coordinates=tuple(places),
    )


def test_ways_to_a_new_door_are_measured_from_canteens_and_places_near_it_only(avenue):
    travel = Noting()
    door = spot(10_000, 200)
    streets = StreetsToday(avenue, {}, (), lambda: travel)
    at = streets.index_of(door)
    exact = travel.seconds([*avenue.coordinates, door], Mode.EBIKE, lambda _share: None)
    found = streets.tables["ebike"]
    near = np.flatnonzero(exact[-1, :-1] <= 900).tolist()
    assert travel.asked[:2] == [(1, 41), (len(near) + 1, 1)]
    assert len(near) < 25
    assert (found[:-1, :-1] == exact[:-1, :-1]).all()
    assert (found[at] == exact[-1]).all()
    assert (found[[0, *near], at] == exact[[0, *near], -1]).all()
    far = [row for row in range(1, 41) if row not in near]
    detour = found[far, at] - exact[far, -1]
    assert (detour >= -1).all()  # rounding
    assert (detour <= 10).all()


def test_a_new_door_that_nobody_is_near_is_reached_all_the_same(avenue):
    streets = StreetsToday(avenue, {}, (), StraightLines)
    at = streets.index_of(spot(10_000, 9_000))
    assert (streets.tables["ebike"][:-1, at] < routing.NO_WAY).all()


def test_a_closed_street_stays_closed_for_doors_that_come_later(day):
    shut, behind = place(500, 300), {"east": 550, "north": 300}
    day.revise(StreetClosed(((shut["lon"], shut["lat"]),), 10))
    with transaction(day.town.engine) as session:
        Town(session).elder(code="N1", **behind, orders=[], phone="13900000010")
    day.revise(OrderUrgent("N1"))
    after = instance_of(day.revision())
    at = {c: after.order_by_id[f"o{day.order_of(c).id}"].location for c in ("A3", "N1")}
    points = [after.coordinates[at[code]] for code in ("A3", "N1")]
    for mode, table in after.travel.items():
        direct = StraightLines().between(points[:1], points[1:], Mode(mode))[0, 0]
        assert direct < table[at["A3"], at["N1"]] < routing.NO_WAY
        assert direct < table[at["N1"], at["A3"]] < routing.NO_WAY
