"""A small town with two canteens and a meal point, and walks in straight lines."""

import pytest

from mealsvc.siting.workbench import Workbench
from mealsvc.store import transaction
from mealsvc.vocabulary import CareLevel, Hardship, MealWay
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks


@pytest.fixture
def bench():
    """A workbench that walks in straight lines."""
    return Workbench(StraightWalks(shore=5_000))


@pytest.fixture
def small_town(runtime):
    """``ST01`` in the middle with room for 6, ``ST02`` 3 km east, ``ZC01`` 1.5 km north.

    Ten elders live 90 … 990 m east of ``ST01``, four of them disabled; six live beside
    ``ZC01``; one lives nowhere on the map, and one by herself 6 km east, in the water.
    """
    with transaction(runtime.engine) as session:
        town = Town(session)
        first = town.canteen(6, code="ST01")
        town.canteen(50, code="ST02", east=3000)
        town.point(first, code="ZC01", east=0, north=1500)
        for number in range(1, 11):
            care = CareLevel.DISABLED if number > 6 else CareLevel.INDEPENDENT
            town.elder(code=f"A{number:02}", east=100 * number - 10, north=0, care_level=care)
        for number in range(6):
            town.elder(
                code=f"B{number}", east=10 * number, north=1500, hardship=Hardship.DIBAO,
                orders=[{"way": MealWay.DINE_IN}],
            )  # fmt: skip
        town.elder(code="C0", located=False)
        town.elder(code="D0", east=6000, north=0)
    return runtime
