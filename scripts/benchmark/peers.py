"""The solvers that are compared, by name, behind one form of call."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from routing import Instance, Plan, Reason, Unserved, solve
from routing.answer import build_trips, duties_of, finish_plan, left_out
from routing.search.search import Duty, Search
from routing.tables import make_tables
from scripts.benchmark import ortools_peer, pyvrp_peer, vroom_peer
from scripts.benchmark.assignment import assign
from scripts.benchmark.two_stages import plan_canteen

type CanteenPlanner = Callable[[Instance, float, int], list[Duty]]
"""Plans one canteen within some seconds, with a seed."""
type Solver = Callable[[Instance, float, int, int], Plan]
"""Plans an instance: seconds, workers, seed."""

JOINING = 0.02
"""Part of the time kept for putting the canteens' plans together."""
OURS = "mealsvc"


def _two_stages_pyvrp(instance: Instance, seconds: float, seed: int) -> list[Duty]:
    return plan_canteen(instance, pyvrp_peer.make_trips, seconds, seed, ends_itself=False)


def _two_stages_vroom(instance: Instance, seconds: float, seed: int) -> list[Duty]:
    return plan_canteen(instance, vroom_peer.make_trips, seconds, seed, ends_itself=True)


def solve_ours(instance: Instance, seconds: float, workers: int, seed: int) -> Plan:
    """Plan with this project's solver."""
    return solve(instance, seconds=seconds, workers=workers, seed=seed)


def solve_by_canteens(
    planner: CanteenPlanner, instance: Instance, seconds: float, workers: int, seed: int
) -> Plan:
    """Plan with a peer: canteens side by side, then whoever is left over where it costs least.

    Parameters
    ----------
    planner : callable
        The peer for one canteen.
    instance : Instance
        The problem.
    seconds : float
        Wall time.
    workers : int
        Processes.
    seed : int
        Of the random numbers.
    """
    began = time.monotonic()
    parts = assign(instance)
    lanes: list[list[Instance]] = [[] for _ in range(max(1, min(workers, len(parts))))]
    for part in sorted(parts, key=lambda part: -len(part.orders)):
        min(lanes, key=_size).append(part)
    ends = time.time() + (seconds - (time.monotonic() - began)) * (1.0 - JOINING)
    run = partial(_plan_lane, planner, ends, seed)
    if len(lanes) == 1:
        found = list(map(run, lanes))
    else:
        with ProcessPoolExecutor(len(lanes), get_context("forkserver")) as pool:
            found = list(pool.map(run, lanes))
    draft = Plan(tuple(trip for plan in found for trip in plan.trips), ())
    whole = Search(make_tables(instance), seed)
    whole.take(duties_of(instance, draft))
    trips = build_trips(instance, whole.duties())
    left = [Unserved(order.id, Reason.NOT_LOOKED_INTO) for order in left_out(instance, trips)]
    plan = finish_plan(instance, trips, left, 0.0, time.monotonic() - began)
    return Plan(plan.trips, plan.unserved, plan.cost, None, plan.seconds)


def _size(lane: list[Instance]) -> int:
    return sum(len(part.orders) for part in lane)


def _plan_lane(planner: CanteenPlanner, ends: float, seed: int, lane: list[Instance]) -> Plan:
    """Plan canteens one after the other; each gets time by its orders."""
    trips = []
    for number, part in enumerate(lane):
        share = len(part.orders) / _size(lane[number:])
        duties = planner(part, max(0.1, (ends - time.time()) * share), seed)
        trips += build_trips(part, duties)
    return Plan(tuple(trips), ())


SOLVERS: dict[str, Solver] = {
    OURS: solve_ours,
    "pyvrp-trips": partial(solve_by_canteens, _two_stages_pyvrp),
    "vroom-trips": partial(solve_by_canteens, _two_stages_vroom),
    "ortools-reloads": partial(solve_by_canteens, ortools_peer.make_duties),
    "pyvrp-reloads": partial(solve_by_canteens, pyvrp_peer.make_duties),
}
"""This solver first, then its peers."""
