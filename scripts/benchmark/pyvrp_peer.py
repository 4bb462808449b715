"""PyVRP, driven in two ways: trips as vehicles whose duration is the ride, and its own reloads."""

from typing import Any

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from routing import Instance
from routing.search.search import Duty
from scripts.benchmark.fleets import Kind, kinds_of, trips_in_shift
from scripts.benchmark.trip_prices import SCALE, Costs, Ints, TripPrices, costs_of


def make_trips(
    instance: Instance, prices: TripPrices, seconds: float, seed: int, number: int
) -> list[list[int]]:
    """Return the trips of one canteen: routes of vehicles that may ride as long as a meal may.

    There are vehicles that stay inside the circle, and vehicles that may ride to the limit and pay
    at every stop. Hand-over times stand in the travel times, so that the last one does not count as
    ride, and the way home takes no time but costs.
    """
    kinds = kinds_of(instance, by_shift=False)
    costs = [costs_of(instance, kind.mode, kind.skills, prices) for kind in kinds]
    circle, limit = instance.rules.circle_seconds, instance.rules.max_ride_seconds
    data = _data(
        instance,
        [
            _trip_vehicle(instance, kind, prices, ride, profile + number)
            for profile, ride in ((0, min(circle, limit)), (len(kinds), limit))
            for number, kind in enumerate(kinds)
        ],
        [(of.ride, of.price) for of in costs] + [(of.ride, _with_late(of)) for of in costs],
        [0] * len(instance.orders),
        [0] * len(instance.orders),
    )
    return [trip for _, trips in _routes(data, seconds, seed + number) for trip in trips]


def _with_late(costs: Costs) -> Ints:
    """Return the prices of a vehicle that may leave the circle."""
    price = costs.price + costs.late[None, :]
    np.fill_diagonal(price, 0)
    return price


def _trip_vehicle(
    instance: Instance, kind: Kind, prices: TripPrices, ride: int, profile: int
) -> pyvrp.VehicleType:
    canteen = instance.canteens[0]
    ready = max(canteen.open, kind.shift[0]) + canteen.load_seconds
    return pyvrp.VehicleType(
        num_available=trips_in_shift(instance, kind),
        capacity=[kind.boxes, 0],
        fixed_cost=round(SCALE * prices.second * canteen.load_seconds),
        tw_early=ready,
        tw_late=max(ready, kind.shift[1]),
        start_late=max(ready, min(canteen.close, kind.shift[1])),
        shift_duration=ride,
        profile=profile,
    )


def make_duties(instance: Instance, seconds: float, seed: int) -> list[Duty]:
    """Return the duties of one canteen from PyVRP's own multi-trip search.

    It knows no limit of a single ride, so the length of a trip is bounded as a second kind of load:
    hand-over and the step from the nearest door, in a box as large as the circle after a usual way
    there. What rides too long nevertheless is taken apart by the insertion that follows.
    """
    kinds = kinds_of(instance, by_shift=True)
    matrices = [costs_of(instance, kind.mode, kind.skills, TripPrices(0.0, 0.0)) for kind in kinds]
    fastest = np.minimum.reduce([costs.travel for costs in matrices])
    room = max(1, instance.rules.circle_seconds - int(np.median(fastest[0, 1:])))
    data = _data(
        instance,
        [_courier(instance, kind, room, number) for number, kind in enumerate(kinds)],
        [(costs.travel, costs.price) for costs in matrices],
        [order.handover_seconds + order.pack_seconds for order in instance.orders],
        _lengths(instance, fastest, room),
    )
    free = [list(kind.rows) for kind in kinds]
    duties: list[Duty] = [[] for _ in instance.couriers]
    for kind_row, trips in _routes(data, seconds, seed):
        duties[free[kind_row].pop(0)] = trips
    return duties


def _lengths(instance: Instance, fastest: Ints, room: int) -> list[int]:
    """Return the seconds that each order makes a trip longer, at least."""
    apart = fastest[1:, 1:].astype(np.float64)
    np.fill_diagonal(apart, np.inf)
    step = np.min(apart, axis=1, initial=room)
    hand = [order.handover_seconds for order in instance.orders]
    return [min(room, int(a + b)) for a, b in zip(step, hand, strict=True)]


def _courier(instance: Instance, kind: Kind, room: int, profile: int) -> pyvrp.VehicleType:
    canteen = instance.canteens[0]
    begin = max(canteen.open, kind.shift[0])
    return pyvrp.VehicleType(
        num_available=len(kind.rows),
        capacity=[kind.boxes, room],
        fixed_cost=round(SCALE * instance.rules.cost.courier),
        tw_early=begin,
        tw_late=max(begin, kind.shift[1]),
        reload_depots=[0],
        profile=profile,
    )


def _data(
    instance: Instance,
    vehicles: list[pyvrp.VehicleType],
    matrices: list[tuple[Ints, Ints]],
    services: list[int],
    lengths: list[int],
) -> pyvrp.ProblemData:
    """Return the canteen's problem, with durations and prices of each type of vehicle."""
    unserved = instance.rules.cost.unserved_meal
    clients = [
        pyvrp.Client(
            location=number,
            delivery=[order.meals, length],
            service_duration=service,
            tw_early=order.window[0],
            tw_late=order.window[1],
            prize=round(SCALE * unserved * order.weight),
            required=False,
        )
        for number, (order, service, length) in enumerate(
            zip(instance.orders, services, lengths, strict=True), 1
        )
    ]
    durations: list[Any] = [duration for duration, _ in matrices]  # stubs know no shapes
    prices: list[Any] = [price for _, price in matrices]
    loading = instance.canteens[0].load_seconds if any(services) else 0
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0)] * (len(clients) + 1),
        clients=clients,
        depots=[pyvrp.Depot(location=0, service_duration=loading)],
        vehicle_types=vehicles,
        distance_matrices=prices,
        duration_matrices=durations,
    )


def _routes(
    data: pyvrp.ProblemData, seconds: float, seed: int
) -> list[tuple[int, list[list[int]]]]:
    """Solve, and return the kind of each vehicle used with its trips as rows of orders."""
    found = pyvrp.solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False).best
    routes = []
    for route in found.routes():
        trips: list[list[int]] = [[]]
        for activity in route:
            if activity.is_client():
                trips[-1].append(activity.idx)
            elif trips[-1]:
                trips.append([])
        routes.append((route.vehicle_type(), [trip for trip in trips if trip]))
    return routes
