"""Solve a problem within its time, let nothing pass that breaks a rule, and explain the answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

import routing
from mealsvc.errors import MealsvcError
from mealsvc.planning.instance import Problem
from mealsvc.planning.keeping import in_order


class BrokenPlan(MealsvcError, RuntimeError):  # noqa: N818 - reads as what happened
    """The optimiser's answer breaks a rule; a fault of this system, nothing was saved."""


def solve_checked(
    problem: Problem,
    *,
    start: routing.Plan | None,
    seconds: float,
    workers: int,
    seed: int,
    progress: Callable[[float], None],
    stop: Callable[[], bool] | None,
    executor: Executor | None,
) -> tuple[routing.Plan, routing.Verdict]:
    """Return the best plan found, and what the checker says of it.

    Parameters
    ----------
    problem
        What is planned.
    start
        A plan made before to start from; what does not fit is left out of it.
    seconds
        Wall time of the search.
    workers
        Processes; canteens that share no order are solved side by side.
    seed
        Seed of every random choice.
    progress
        Called with the share of the time that is used, 0 … 1.
    stop
        Asked now and then; once it says True the best plan so far is taken.
    executor
        Where the groups are solved; default processes of this machine.

    Raises
    ------
    BrokenPlan
        If the plan breaks a rule of the problem.
    """
    instance = problem.instance
    plan = routing.solve(
        instance,
        start=start,
        seconds=seconds,
        workers=workers,
        seed=seed,
        progress=lambda state: progress(min(state.seconds / seconds, 1.0)),
        stop=stop,
        executor=executor,
    )
    plan = in_order(instance, plan)
    verdict = routing.check(instance, plan)
    if not verdict.feasible:
        fault = verdict.faults[0]
        raise BrokenPlan(
            f"the plan found breaks {len(verdict.faults)} rules, the first: {fault.text}; "
            "nothing was saved. This is a fault of the system, not of the roster: please report it"
        )
    return plan, verdict


def explained(
    problem: Problem,
    plan: routing.Plan,
    *,
    seconds: float,
    seed: int,
    stop: Callable[[], bool] | None,
) -> routing.Explanation | None:
    """Return who is left out or late and why, and what would help; None without time for it."""
    if seconds <= 0:
        return None
    return routing.explain(problem.instance, plan, seconds=seconds, seed=seed, stop=stop)
