"""VROOM through pyvroom: trips as vehicles whose travel time is the ride."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import vroom

from routing import Instance
from scripts.benchmark.fleets import Kind, kinds_of, trips_in_shift
from scripts.benchmark.trip_prices import SCALE, TripPrices, costs_of

EXPLORATION = (2, 3, 5)
"""How thorough the rounds are: quick ones first, because one that is cut short is worth little."""
LONG = 4
"""One vehicle may leave the circle beside so many that may not."""
TOP_PRIORITY = 100
"""Of VROOM's scale."""
SLOT = 600
"""Seconds between the earliest departures of vehicles, and the most that one can wait."""


def make_trips(
    instance: Instance, prices: TripPrices, seconds: float, _seed: int, number: int
) -> list[list[int]]:
    """Return the trips of one canteen.

    Hand-over times stand in the travel times, because only travel is limited. There are vehicles
    that stay inside the circle, and vehicles that may ride to the limit and pay at every stop. As
    waiting is not limited, each vehicle is on duty for one trip's time only.
    """
    problem = vroom.Input()
    needed = sorted({skill for order in instance.orders for skill in order.needs})
    skill_of = {skill: number for number, skill in enumerate(needed)}
    for job, order in enumerate(instance.orders, 1):
        problem.add_job(_job(instance, job, order.needs, skill_of))
    rules, count = instance.rules, 0
    for row, kind in enumerate(kinds_of(instance, by_shift=False)):
        costs = costs_of(instance, kind.mode, None, prices)
        skills = {skill_of[skill] for skill in kind.skills if skill in skill_of}
        circle = min(rules.circle_seconds, rules.max_ride_seconds)
        trips = trips_in_shift(instance, kind)
        for profile, ride, price, most in (
            (f"{row} circle", circle, costs.price, trips),
            (f"{row} long", rules.max_ride_seconds, costs.price + costs.late, trips // LONG),
        ):
            problem.set_durations_matrix(profile, costs.ride)
            problem.set_costs_matrix(profile, price)
            for vehicle in _vehicles(instance, kind, prices, profile, ride, most):
                count += 1
                problem.add_vehicle(vroom.Vehicle(count, skills=skills, **vehicle))
    level = EXPLORATION[min(number, len(EXPLORATION) - 1)]
    found = problem.solve(level, nb_threads=1, timeout=timedelta(seconds=seconds))
    jobs = found.routes[found.routes["type"] == "job"]
    return [
        [int(job) - 1 for job in stops["id"]] for _, stops in jobs.groupby("vehicle_id", sort=True)
    ]


def _job(
    instance: Instance, number: int, needs: tuple[str, ...], skill_of: dict[str, int]
) -> vroom.Job:
    order = instance.orders[number - 1]
    heaviest = max(one.weight for one in instance.orders)
    return vroom.Job(
        number,
        location=number,
        delivery=[order.meals],
        skills={skill_of[skill] for skill in needs},
        priority=round(TOP_PRIORITY * order.weight / heaviest) if heaviest else 0,
        time_windows=[vroom.TimeWindow(*order.window)],
    )


def _vehicles(
    instance: Instance, kind: Kind, prices: TripPrices, profile: str, ride: int, most: int
) -> Iterator[dict[str, Any]]:
    """Yield the trips that couriers of a kind could make, spread over their shift."""
    canteen = instance.canteens[0]
    ready = max(canteen.open, kind.shift[0]) + canteen.load_seconds
    last = max(ready, min(canteen.close, kind.shift[1]))
    slots = list(range(ready, last + 1, SLOT))
    for number in range(most):
        begin = slots[number * len(slots) // most if most < len(slots) else number % len(slots)]
        yield {
            "start": 0,
            "end": 0,
            "profile": profile,
            "capacity": [kind.boxes],
            "time_window": vroom.TimeWindow(begin, begin + ride + SLOT),
            "costs": vroom.VehicleCosts(fixed=round(SCALE * prices.second * canteen.load_seconds)),
            "max_travel_time": ride,
        }
