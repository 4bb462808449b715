"""The routing library of OR-Tools: couriers with reload nodes, and the ride as a dimension."""

from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing import Instance
from routing.search.search import Duty
from scripts.benchmark.fleets import Kind, kinds_of, trips_in_shift
from scripts.benchmark.trip_prices import SCALE, Ints, TripPrices, costs_of

MOST_TRIPS = 8
"""Reload nodes of a courier, and one."""


class ReloadModel:
    """One canteen's couriers as vehicles; each has its own places to load again.

    Parameters
    ----------
    instance : Instance
        One canteen's problem.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._kind_of: dict[int, Kind] = {
            row: kind for kind in kinds_of(instance, by_shift=True) for row in kind.rows
        }
        self._orders = len(instance.orders)
        owners = []
        for row in range(len(instance.couriers)):
            kind = self._kind_of[row]
            trips = trips_in_shift(instance, kind) // len(kind.rows)
            owners += [row] * (
                min(trips, MOST_TRIPS, instance.couriers[row].max_trips or trips) - 1
            )
        self._owners = owners
        self._size = 1 + self._orders + len(owners)
        self._manager = pywrapcp.RoutingIndexManager(self._size, len(instance.couriers), 0)
        self._routing = pywrapcp.RoutingModel(self._manager)
        self._solver = self._routing.solver()
        self._add_costs()
        self._add_time()
        self._add_loads()
        self._add_ride()
        self._add_choices()

    def solve(self, seconds: float) -> list[Duty]:
        """Return the duties found, by guided local search as its documentation advises."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        first = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        improve = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.first_solution_strategy = first
        parameters.local_search_metaheuristic = improve
        parameters.time_limit.FromMilliseconds(round(1000 * seconds))
        found = self._routing.SolveWithParameters(parameters)
        duties: list[Duty] = [[] for _ in self._instance.couriers]
        if found is None:
            return duties
        for row, duty in enumerate(duties):
            trip: list[int] = []
            index = self._routing.Start(row)
            while not self._routing.IsEnd(index):
                index = found.Value(self._routing.NextVar(index))
                node = self._manager.IndexToNode(index)
                if 1 <= node <= self._orders:
                    trip.append(node - 1)
                elif trip:
                    duty.append(trip)
                    trip = []
        return duties

    def _spread(self, table: Ints, out: int = 0) -> Ints:
        """Return a matrix over all nodes: reload nodes are the canteen, left at an extra."""
        place = np.concatenate([np.arange(self._orders + 1), np.zeros(len(self._owners), int)])
        full = table[np.ix_(place, place)].copy()
        full[(place == 0)[:, None] & (place != 0)[None, :]] += out
        return full

    def _add_costs(self) -> None:
        """Travel, couriers, and elders who know another courier."""
        instance = self._instance
        for row, courier in enumerate(instance.couriers):
            kind = self._kind_of[row]
            table = costs_of(instance, kind.mode, None, TripPrices(0.0, 0.0)).price
            strangers = [
                round(SCALE * instance.rules.cost.unfamiliar_courier)
                * (order.usual_courier not in {None, courier.id})
                for order in instance.orders
            ]
            table[:, 1:] += np.array(strangers, dtype=np.int64)
            transit = self._routing.RegisterTransitMatrix(self._spread(table).tolist())
            self._routing.SetArcCostEvaluatorOfVehicle(transit, row)
            self._routing.SetFixedCostOfVehicle(round(SCALE * instance.rules.cost.courier), row)

    def _transits(self, extra: Ints, out: int, *, free_home: bool) -> list[int]:
        """Register each courier's seconds: travel, with `extra` at the door that is left."""
        registered = []
        for row in range(len(self._instance.couriers)):
            mode = self._kind_of[row].mode
            table = costs_of(self._instance, mode, None, TripPrices(0.0, 0.0)).travel
            table = table + extra[:, None]
            if free_home:
                table[:, 0] = 0
            full = self._spread(table, out)
            registered.append(self._routing.RegisterTransitMatrix(full.tolist()))
        return registered

    def _add_time(self) -> None:
        """Keep windows, shifts and opening hours: loading, travel, waiting, hand-over."""
        instance, canteen = self._instance, self._instance.canteens[0]
        doors = np.array([0, *(o.handover_seconds + o.pack_seconds for o in instance.orders)])
        horizon = max(courier.shift[1] for courier in instance.couriers)
        transits = self._transits(doors, canteen.load_seconds, free_home=False)
        self._routing.AddDimensionWithVehicleTransits(transits, horizon, horizon, False, "time")
        time = self._routing.GetDimensionOrDie("time")
        for row, courier in enumerate(instance.couriers):
            begin = max(canteen.open, courier.shift[0])
            last = max(begin, min(canteen.close - canteen.load_seconds, courier.shift[1]))
            time.CumulVar(self._routing.Start(row)).SetRange(begin, last)
            time.CumulVar(self._routing.End(row)).SetRange(begin, max(begin, courier.shift[1]))
        for number, order in enumerate(instance.orders, 1):
            early, late = order.window
            window = max(0, min(early, horizon)), max(0, min(late, horizon))
            time.CumulVar(self._manager.NodeToIndex(number)).SetRange(*window)

    def _add_loads(self) -> None:
        """Portions fit the boxes; loading again empties the count."""
        meals = [0, *(order.meals for order in self._instance.orders)]
        boxes = [courier.boxes for courier in self._instance.couriers]
        demands = meals + [-boxes[owner] for owner in self._owners]
        demand = self._routing.RegisterUnaryTransitVector(demands)
        self._routing.AddDimensionWithVehicleCapacity(demand, max(boxes), boxes, True, "meals")
        self._reset("meals", [boxes[owner] for owner in self._owners])

    def _add_ride(self) -> None:
        """Seconds since the departure: at most the circle where that can be, else the limit.

        A soft limit at the circle, priced by the second, searched far worse.
        """
        rules = self._instance.rules
        limit = rules.max_ride_seconds
        hand = np.array([0, *(order.handover_seconds for order in self._instance.orders)])
        transits = self._ride_transits(hand, limit)
        self._routing.AddDimensionWithVehicleTransits(transits, limit, limit, True, "ride")
        ride = self._routing.GetDimensionOrDie("ride")
        self._reset("ride", [limit] * len(self._owners))
        soonest = self._soonest()
        for number in range(1, self._orders + 1):
            if soonest[number] <= rules.circle_seconds:
                index = self._manager.NodeToIndex(number)
                ride.CumulVar(index).SetMax(min(limit, rules.circle_seconds))

    def _soonest(self) -> Ints:
        """Return the shortest ride to each door by any courier."""
        nothing = TripPrices(0.0, 0.0)
        kinds = kinds_of(self._instance, by_shift=False)
        rides = [costs_of(self._instance, kind.mode, None, nothing).travel[0] for kind in kinds]
        soonest: Ints = np.min(rides, axis=0)
        return soonest

    def _ride_transits(self, hand: Ints, limit: int) -> list[int]:
        registered = []
        again = np.zeros(self._size, dtype=bool)
        again[self._orders + 1 :] = True
        for row in range(len(self._instance.couriers)):
            mode = self._kind_of[row].mode
            table = costs_of(self._instance, mode, None, TripPrices(0.0, 0.0)).travel
            table = table + hand[:, None]
            table[:, 0] = 0
            full = self._spread(table)
            full[again, : self._orders + 1] -= limit
            full[np.ix_(again, again)] -= limit
            registered.append(self._routing.RegisterTransitMatrix(full.tolist()))
        return registered

    def _reset(self, name: str, sizes: list[int]) -> None:
        """Let a count begin anew at every reload node that is used, and nowhere else."""
        dimension: Any = self._routing.GetDimensionOrDie(name)
        for number, size in enumerate(sizes, self._orders + 1):
            index = self._manager.NodeToIndex(number)
            active = self._routing.ActiveVar(index)
            full = dimension.CumulVar(index) + dimension.SlackVar(index)
            self._solver.Add(full == size * active)
        for number in range(1, self._orders + 1):
            dimension.SlackVar(self._manager.NodeToIndex(number)).SetValue(0)
        for row in range(len(self._instance.couriers)):
            dimension.SlackVar(self._routing.Start(row)).SetValue(0)

    def _add_choices(self) -> None:
        """Let orders stay unserved at their price; couriers need skills, reloads their owner."""
        couriers = self._instance.couriers
        for number, order in enumerate(self._instance.orders, 1):
            index = self._manager.NodeToIndex(number)
            price = SCALE * self._instance.rules.cost.unserved_meal * order.weight
            self._routing.AddDisjunction([index], round(price))
            able = [r for r, c in enumerate(couriers) if set(order.needs) <= set(c.skills)]
            self._routing.VehicleVar(index).SetValues([-1, *able])
        for number, owner in enumerate(self._owners, self._orders + 1):
            index = self._manager.NodeToIndex(number)
            self._routing.AddDisjunction([index], 0)
            self._routing.VehicleVar(index).SetValues([-1, owner])


def make_duties(instance: Instance, seconds: float, _seed: int) -> list[Duty]:
    """Return the duties of one canteen; the routing library takes no seed."""
    return ReloadModel(instance).solve(seconds)
