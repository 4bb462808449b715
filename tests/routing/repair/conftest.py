"""A canteen with two couriers and doors along one street, small enough to check by hand."""

import pytest

from routing import Instance, Plan

# Place 0 is the canteen, place n a door n·100 seconds along the street. A hand-over takes 30 s,
# loading 60 s: a trip to doors 1, 2, 3 leaves at 60, hands over at 160, 290, 420, is back at 750.
STREET = {
    "name": "street",
    "travel": {"foot": {"seconds": [[100 * abs(a - b) for b in range(7)] for a in range(7)]}},
    "canteens": [
        {"id": "c", "location": 0, "meals": 8, "open": 0, "close": 3600, "load_seconds": 60}
    ],
    "orders": [
        {
            "id": f"o{door}",
            "location": door,
            "meals": 1,
            "window": [0, 3600],
            "handover_seconds": 30,
        }
        for door in range(1, 7)
    ],
    "couriers": [
        {"id": name, "canteen": "c", "mode": "foot", "boxes": 4, "shift": [0, 4000]}
        for name in ("v", "w")
    ],
    "rules": {
        "circle_seconds": 900,
        "max_ride_seconds": 1800,
        "cost": {
            "unserved_meal": 36000,
            "outside_circle_meal": 3600,
            "courier": 1800,
            "travel_second": 1,
        },
    },
}

PLAN = {
    "trips": [
        {
            "courier": "v",
            "canteen": "c",
            "depart": 60,
            "stops": [
                {"order": "o1", "arrive": 160},
                {"order": "o2", "arrive": 290},
                {"order": "o3", "arrive": 420},
            ],
        },
        {
            "courier": "v",
            "canteen": "c",
            "depart": 1000,
            "stops": [{"order": "o4", "arrive": 1400}, {"order": "o5", "arrive": 1530}],
        },
        {"courier": "w", "canteen": "c", "depart": 60, "stops": [{"order": "o6", "arrive": 660}]},
    ],
    "unserved": [],
}


@pytest.fixture
def street():
    """Six orders, two couriers."""
    return Instance.from_dict(STREET)


@pytest.fixture
def plan():
    """Two trips of v, one of w, all in time."""
    return Plan.from_dict(PLAN)
