"""Compile the loops ahead of time, so that the first real solve keeps its time."""

import math
from dataclasses import replace

import numpy as np

from routing.bounding.completions import no_rest
from routing.bounding.crews import make_crews
from routing.bounding.generation import Generation
from routing.budget import Budget
from routing.exact.listing import list_trips
from routing.explaining.explain import explain
from routing.instance import Instance
from routing.plan import Plan, Stop, Trip, Unserved
from routing.repair import Situation, repair
from routing.solving import solve
from routing.tables import make_tables


def prepare() -> None:
    """Compile every loop and keep the result on disk.

    Takes a minute or two after an installation or a change of the package, and a moment from then
    on. Without it the first solve compiles within its own time.
    """
    order = {"location": 1, "meals": 1, "window": [0, 900], "handover_seconds": 9}
    courier = {"canteen": "c", "mode": "foot", "boxes": 2, "shift": [0, 900]}
    # Trips must be worth making: what nobody gains by is never looked at.
    cost = {"unserved_meal": 100_000, "outside_circle_meal": 99, "courier": 9, "travel_second": 1}
    instance = Instance.from_dict(
        {
            "travel": {"foot": {"seconds": [[0, 60], [60, 0]]}},
            "canteens": [{"id": "c", "location": 0, "meals": 9, "open": 0, "close": 900}],
            "orders": [{"id": f"o{number}", **order} for number in range(3)],
            "couriers": [{"id": f"v{number}", **courier} for number in range(2)],
            "rules": {
                "circle_seconds": 90,
                "max_ride_seconds": 300,
                "cost": cost,
            },
        }
    )
    plan = solve(instance, seconds=3600, iterations=20)
    solve(instance, seconds=3600, iterations=20, start=plan)
    t = make_tables(instance)
    crews = make_crews(t)
    # Column generation without a first plan is what always needs label setting.
    Generation(t, crews, 0, len(t.couriers)).run(Budget(3600.0), lambda _: None, math.inf)
    for crew in crews:
        list_trips(crew, np.zeros(len(crew.orders)), 0.0, no_rest(), np.inf, 99)
    # Explained is a plan that leaves one out and brings two too late.
    late = replace(instance, rules=replace(instance.rules, circle_seconds=0))
    trip = Trip("v0", "c", 0, (Stop("o0", 60), Stop("o1", 69)))
    explain(late, Plan((trip,), (Unserved("o2", ""),)), seconds=3600, worths=False)
    repair(Situation(instance, plan, now=-1), seconds=3600, iterations=20)
