"""A problem small enough to check by hand, as the JSON that a file would hold."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

type Json = dict[str, Any]

# Places: 0 canteen, 1 and 2 doors 100 s apart in a line, 3 a second canteen.
SECONDS = [
    [0, 100, 200, 50],
    [100, 0, 100, 150],
    [200, 100, 0, 250],
    [50, 150, 250, 0],
]

# Loading takes 60 + 5 + 5 s, so a trip that loads at 0 leaves at 70, is at the first door at 170,
# leaves it at 200, is at the second at 300, leaves it at 330 and is back at 530.
BASE: Json = {
    "format": "mealsvc-instance/1",
    "name": "line",
    "travel": {"foot": {"seconds": SECONDS}},
    "canteens": [
        {"id": "c1", "location": 0, "meals": 3, "open": 0, "close": 70, "load_seconds": 60},
        {"id": "c2", "location": 3, "meals": 9, "open": 0, "close": 900, "load_seconds": 60},
    ],
    "orders": [
        {
            "id": "a",
            "location": 1,
            "meals": 1,
            "window": [170, 170],
            "handover_seconds": 30,
            "pack_seconds": 5,
            "needs": ["care"],
            "canteens": ["c1"],
        },
        {
            "id": "b",
            "location": 2,
            "meals": 2,
            "window": [0, 300],
            "handover_seconds": 30,
            "pack_seconds": 5,
            "priority": 2,
            "usual_courier": "w",
        },
    ],
    "couriers": [
        {
            "id": "v",
            "canteen": "c1",
            "mode": "foot",
            "boxes": 3,
            "shift": [0, 530],
            "skills": ["care"],
            "max_trips": 1,
        },
        {"id": "w", "canteen": "c2", "mode": "foot", "boxes": 3, "shift": [0, 2000]},
    ],
    "rules": {
        "circle_seconds": 200,
        "max_ride_seconds": 230,
        "cost": {
            "unserved_meal": 36000,
            "outside_circle_meal": 1000,
            "courier": 500,
            "travel_second": 1,
            "unfamiliar_courier": 7,
        },
    },
}

PLAN: Json = {
    "trips": [
        {
            "courier": "v",
            "canteen": "c1",
            "depart": 70,
            "stops": [{"order": "a", "arrive": 170}, {"order": "b", "arrive": 300}],
        }
    ],
    "unserved": [],
    "cost": 4907,
    "bound": 4907,
    "seconds": 0.1,
}


@pytest.fixture
def base() -> Json:
    """A fresh copy of the problem, at the edge of every rule."""
    return copy.deepcopy(BASE)


@pytest.fixture
def plan() -> Json:
    """A fresh copy of its plan, feasible to the second and to the portion."""
    return copy.deepcopy(PLAN)


@pytest.fixture
def edited() -> Callable[[Json, dict[str, Any]], Json]:
    """Return a copy of JSON with some paths changed; the value `...` takes a field away."""

    def change(data: Json, edits: dict[str, Any]) -> Json:
        result = copy.deepcopy(data)
        for path, value in edits.items():
            *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
            here: Any = result
            for part in way:
                here = here[part]
            if value is ...:
                del here[last]
            else:
                here[last] = value
        return result

    return change
