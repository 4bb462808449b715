"""Second stage of the peers that think in trips: which courier makes which trip, and when."""

from ortools.sat.python import cp_model

from routing import Instance
from routing.search.search import Duty
from scripts.benchmark.timing import Timing, time_trip

SCALE = 10
"""Prices are whole numbers in the model: tenths."""


def choose_duties(instance: Instance, trips: list[list[int]], seconds: float) -> list[Duty]:
    """Return the duties of a canteen's couriers made of given trips.

    Parameters
    ----------
    instance : Instance
        One canteen's problem.
    trips : list of list of int
        Rows of the orders of each trip, in the order of hand-over.
    seconds : float
        Wall time at most.

    Returns
    -------
    list of Duty
        Per courier the trips in the order driven. Trips that fit nobody are left out.
    """
    model = cp_model.CpModel()
    price, terms, starts = instance.rules.cost, [], {}
    spans: list[list[cp_model.IntervalVar]] = [[] for _ in instance.couriers]
    made: list[list[cp_model.IntVar]] = [[] for _ in instance.couriers]
    for number, rows in enumerate(trips):
        lost = price.unserved_meal * sum(instance.orders[row].weight for row in rows)
        options = []
        for row, courier in enumerate(instance.couriers):
            timing = time_trip(instance, courier, rows)
            if timing is None:
                continue
            chosen = model.new_bool_var("")
            start, span = _interval(model, timing, chosen)
            starts[number, row] = (start, chosen)
            spans[row].append(span)
            made[row].append(chosen)
            options.append(chosen)
            terms.append(round(SCALE * (timing.price - lost)) * chosen)
        if options:
            model.add_at_most_one(options)
    for row, courier in enumerate(instance.couriers):
        model.add_no_overlap(spans[row])
        if courier.max_trips is not None:
            model.add(sum(made[row]) <= courier.max_trips)
        used = model.new_bool_var("")
        for chosen in made[row]:
            model.add_implication(chosen, used)
        terms.append(round(SCALE * price.courier) * used)
    model.minimize(sum(terms))
    return _solve(model, starts, trips, len(instance.couriers), seconds)


def _interval(
    model: cp_model.CpModel, timing: Timing, chosen: cp_model.IntVar
) -> tuple[cp_model.IntVar, cp_model.IntervalVar]:
    """Return the departure of a possible trip, and its time from loading to return."""
    leaves = model.new_int_var(timing.earliest, timing.latest, "")
    size = timing.before + timing.after
    begins, ends = leaves - timing.before, leaves + timing.after
    return leaves, model.new_optional_interval_var(begins, size, ends, chosen, "")


def _solve(
    model: cp_model.CpModel,
    starts: dict[tuple[int, int], tuple[cp_model.IntVar, cp_model.IntVar]],
    trips: list[list[int]],
    couriers: int,
    seconds: float,
) -> list[Duty]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    duties: list[Duty] = [[] for _ in range(couriers)]
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return duties
    made = [
        (row, solver.value(start), number)
        for (number, row), (start, chosen) in starts.items()
        if solver.value(chosen)
    ]
    for row, _, number in sorted(made):
        duties[row].append(trips[number])
    return duties
