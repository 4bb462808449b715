"""When the chosen trips begin and who makes them: an exact answer for one team (CP-SAT).

Members of a team are alike, so it is enough that never more trips are under way than there are
members; then going through the trips by their beginning and giving each to whoever is free works.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_WORK = 20.0
"""Deterministic seconds after which a question stays open."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: its length, and when it may begin."""

    seconds: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Timing:
    """When each piece begins, None when there is no way; unknown when the time was too short."""

    starts: list[int] | None
    known: bool = True


def beginnings(work: Sequence[Work], members: int, seconds: float) -> Timing:
    """Return when each piece begins, so that never more are done at a time than there are members.

    Parameters
    ----------
    work : sequence of Work
        What has to be done without a pause.
    members : int
        How many can work at a time.
    seconds : float
        Wall time.
    """
    if not work:
        return Timing([])
    if not members:
        return Timing(None)
    from ortools.sat.python import cp_model  # takes half a second, and is seldom needed

    model = cp_model.CpModel()
    starts = [model.new_int_var(one.earliest, one.latest, "") for one in work]
    spans = [
        model.new_fixed_size_interval_var(start, one.seconds, "")
        for start, one in zip(starts, work, strict=True)
    ]
    model.add_cumulative(spans, [1] * len(spans), members)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.0, seconds)
    solver.parameters.max_deterministic_time = MOST_WORK
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Timing(None)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Timing([solver.value(start) for start in starts])
    return Timing(None, known=False)


def share_out(work: Sequence[Work], starts: Sequence[int], members: int) -> list[list[int]]:
    """Return the places of each member's pieces, by their beginning."""
    duties: list[list[int]] = [[] for _ in range(members)]
    free = [-(10**12)] * members
    for place in sorted(range(len(work)), key=lambda place: starts[place]):
        who = next(number for number in range(members) if free[number] <= starts[place])
        duties[who].append(place)
        free[who] = starts[place] + work[place].seconds
    return duties
