"""The one door of the optimiser: an instance and limits in, the best plan found out."""

import time
from collections.abc import Callable
from concurrent.futures import Executor

from routing.answer import build_plan
from routing.instance import Instance
from routing.plan import Plan
from routing.search import Duty, Progress, Search
from routing.tables import make_tables

__all__ = ["Progress", "solve"]


def solve(
    instance: Instance,
    *,
    seconds: float = 60,
    workers: int = 1,  # noqa: ARG001 - one group, one process so far
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    executor: Executor | None = None,  # noqa: ARG001 - likewise
    start: Plan | None = None,
    iterations: int | None = None,
) -> Plan:
    """Plan a service.

    Parameters
    ----------
    instance : Instance
        The problem.
    seconds : float
        Wall time for the whole call.
    workers : int
        Processes to use.
    seed : int
        Of the random numbers.
    progress : callable, optional
        Told how far the solve is, a few times a second.
    stop : callable, optional
        Asked a few times a second; when it says True the best plan so far is returned.
    executor : Executor, optional
        Where independent groups of canteens are solved side by side.
    start : Plan, optional
        A plan to start from, for example yesterday's; what does not fit is left out of it.
    iterations : int, optional
        Steps of the search; with it, the same seed gives the same plan.
    """
    began = time.monotonic()
    search = Search(make_tables(instance), seed)
    search.insert()
    if start is not None:
        search.start_from(duties_of(instance, start))

    def done(steps: int) -> float:
        """Return how much of the budget is used."""
        now = time.monotonic() - began
        if progress is not None:
            progress(Progress(now, search.cost, None, "search"))
        if stop is not None and stop():
            return 1.0
        by_steps = steps / iterations if iterations else 0.0
        return max(by_steps, now / seconds if seconds > 0 else 1.0)

    search.improve(done)
    return build_plan(instance, search.duties(), None, time.monotonic() - began)


def duties_of(instance: Instance, plan: Plan) -> list[Duty]:
    """Return the trips of a plan as rows of orders, without what the instance does not know."""
    rows = {order.id: row for row, order in enumerate(instance.orders)}
    duties: dict[str, Duty] = {courier.id: [] for courier in instance.couriers}
    for trip in sorted(plan.trips, key=lambda trip: trip.depart):
        known = [rows[stop.order] for stop in trip.stops if stop.order in rows]
        if known and trip.courier in duties:
            duties[trip.courier].append(known)
    return list(duties.values())
