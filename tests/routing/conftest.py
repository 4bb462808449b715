"""A problem small enough to check by hand, as the JSON that a file would hold."""

import copy
import random
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


def city(seed: int = 0, orders: int = 12, canteens: int = 2, couriers: int = 4) -> Json:
    """Return an invented town: canteens far apart, so that each has its own orders."""
    dice = random.Random(seed)
    spots = [(5000 * number, 0) for number in range(canteens)]
    for number in range(orders):
        x, y = spots[number % canteens]
        spots.append((x + dice.randint(-900, 900), y + dice.randint(-900, 900)))
    seconds = [[(abs(a - c) + abs(b - d)) // 4 for c, d in spots] for a, b in spots]
    return {
        "name": "town",
        "travel": {"ebike": {"seconds": seconds}},
        "canteens": [
            {
                "id": f"c{n}",
                "location": n,
                "meals": 99,
                "open": 0,
                "close": 7200,
                "load_seconds": 120,
            }
            for n in range(canteens)
        ],
        "orders": [
            {
                "id": f"o{n}",
                "location": canteens + n,
                "meals": dice.randint(1, 2),
                "window": dice.choice([[0, 7200], [1800, 4500], [900, 3600]]),
                "handover_seconds": dice.randint(40, 120),
                "pack_seconds": 4,
                "canteens": [f"c{n % canteens}"],
            }
            for n in range(orders)
        ],
        "couriers": [
            {
                "id": f"v{n}",
                "canteen": f"c{n % canteens}",
                "mode": "ebike",
                "boxes": 6,
                "shift": [0, 7200],
            }
            for n in range(couriers)
        ],
        "rules": {
            "circle_seconds": 600,
            "max_ride_seconds": 1800,
            "cost": {
                "unserved_meal": 36000,
                "outside_circle_meal": 3600,
                "courier": 1800,
                "travel_second": 1,
            },
        },
    }


@pytest.fixture
def town() -> Json:
    """Two canteens that share no order, six orders and two couriers each."""
    return city()
