"""The integer programme of the exact choice, written as arrays and solved by branch and bound."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2, result_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.gscip import gscip_pb2

from routing.exact.choice import Case
from routing.exact.rankone import Cut
from routing.exact.teams import Choices, Flags, Slots, on_shift
from routing.messages import answer
from routing.tables import Floats, Ints, Tables

UNIT = 1000.0
"""Prices and seconds are counted in thousands."""
ROUNDS_OF_CUTS = 3
"""Rounds of the solver's own cuts before it branches: the first few do nearly all, and rows over
thousands of columns make the later ones slow."""
OPTIMAL = result_pb2.TERMINATION_REASON_OPTIMAL
INFEASIBLE = result_pb2.TERMINATION_REASON_INFEASIBLE
CUT_OFF = result_pb2.LIMIT_CUTOFF


@dataclass(frozen=True, slots=True)
class Chosen:
    """What branch and bound found.

    Parameters
    ----------
    bound : float
        No choice of these columns costs less.
    rows : list of int or None
        Rows of the trips of the best choice found.
    complete : bool
        Whether that choice is the best.
    """

    bound: float
    rows: list[int] | None
    complete: bool


@dataclass(slots=True)
class _Cells:
    """The matrix while it is written: rows, columns and values, block by block."""

    rows: list[Ints]
    columns: list[Ints]
    values: list[Floats]

    def add(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        self.rows.append(rows)
        self.columns.append(columns)
        self.values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape))


def choose(
    t: Tables, choices: Choices, slots: Slots, cuts: list[Cut], case: Case, unserved: Flags,
    begins: Ints, seconds: float, nodes: int | None, target: float, sought: bool = True,
) -> Chosen:  # fmt: skip
    """Choose trips at least cost.

    Parameters
    ----------
    t, choices, slots, cuts, case
        As in `routing.exact.choice.Programme`.
    unserved : array of bool, (n,)
        Which orders may stay unserved.
    begins : array of int64, (columns, 2)
        Trip and slot of every column.
    seconds : float
        Wall time.
    nodes : int or None
        Most nodes of branch and bound.
    target : float
        Dearer choices are of no interest.
    sought : bool
        Whether a choice is looked for. Where it is enough that there is none, it takes a fifth of
        the time to go without the solver's heuristics and rewriting.
    """
    result = _branch_and_bound(
        _model(t, choices, slots, cuts, case, unserved, begins), seconds, nodes, target / UNIT,
        sought,
    )  # fmt: skip
    if result is None:
        return Chosen(-np.inf, None, False)
    ending = result.termination
    if ending.reason == INFEASIBLE or ending.limit == CUT_OFF:
        return Chosen(np.inf, None, True)
    rows = None
    if result.solutions and result.solutions[0].HasField("primal_solution"):
        found = result.solutions[0].primal_solution.variable_values
        columns = np.array(found.ids, dtype=np.int64)[np.array(found.values) > 0.5]
        first = len(t.unserved) + sum(len(team.shifts) for team in choices.teams)
        rows = begins[columns[columns >= first] - first, 0].tolist()
    bound = UNIT * ending.objective_bounds.dual_bound
    return Chosen(bound, rows, ending.reason == OPTIMAL)


def _branch_and_bound(
    model: model_pb2.ModelProto, seconds: float, nodes: int | None, cutoff: float, sought: bool
) -> result_pb2.SolveResultProto | None:
    """Return the solver's answer; None when it fails."""
    own = gscip_pb2.GScipParameters()
    own.int_params["separating/maxroundsroot"] = ROUNDS_OF_CUTS
    limits = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, seconds)),
        relative_gap_tolerance=0.0,
        cutoff_limit=cutoff + 1e-6 * max(1.0, abs(cutoff)),
        node_limit=nodes,
        heuristics=None if sought else mathopt.Emphasis.OFF,
        presolve=None if sought else mathopt.Emphasis.OFF,
        gscip=own,
    )
    return answer(model, mathopt.SolverType.GSCIP, limits)


def _model(
    t: Tables, choices: Choices, slots: Slots, cuts: list[Cut], case: Case, unserved: Flags,
    begins: Ints,
) -> model_pb2.ModelProto:  # fmt: skip
    """Return the programme: orders, canteens, slots, seconds, trips, couriers, cuts by row."""
    n, canteens, teams = len(t.unserved), len(t.meals), len(choices.teams)
    width = slots.ends.shape[1]
    busy = n + canteens
    time = busy + teams * width
    limit, count = time + teams, time + 2 * teams
    cells = _Cells([], [], [])
    cells.add(np.arange(n), np.arange(n), 1.0)
    shifts = [(number, shift) for number, team in enumerate(choices.teams) for shift in team.shifts]
    for place, (number, shift) in enumerate(shifts):
        team, column = choices.teams[number], np.array([n + place])
        covered = np.arange(width)[on_shift(team, slots.marks)] + busy + number * width
        cells.add(covered, np.repeat(column, len(covered)), -1.0)
        cells.add(np.array([time + number]), column, -shift.seconds / UNIT)
        cells.add(np.array([limit + number]), column, -float(team.most_trips))
        cells.add(np.array([count]), column, 1.0)
    rows, starts = begins[:, 0], begins[:, 1]
    columns = np.arange(len(begins)) + n + len(shifts)
    team_of = choices.team[rows]
    home = np.array([team.canteen for team in choices.teams], dtype=np.int64)
    where, order = np.nonzero(choices.brings[rows])
    cells.add(order, columns[where], 1.0)
    cells.add(n + home[team_of], columns, choices.meals[rows].astype(np.float64))
    lengths = slots.ends[rows, starts] - starts
    steps = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    first = busy + team_of * width + starts
    cells.add(np.repeat(first, lengths) + steps, np.repeat(columns, lengths), 1.0)
    cells.add(time + team_of, columns, choices.seconds[rows] / UNIT)
    cells.add(limit + team_of, columns, 1.0)
    for number, cut in enumerate(cuts):
        weight = cut.weight[rows]
        hit = np.nonzero(weight)[0]
        cells.add(np.full(len(hit), count + 1 + number), columns[hit], weight[hit].astype(float))
    lower = np.full(count + 1 + len(cuts), -np.inf)
    upper = np.zeros(count + 1 + len(cuts))
    lower[:n] = upper[:n] = 1.0
    upper[n:busy] = t.meals
    lower[count], upper[count] = case.least, case.most
    upper[count + 1 :] = [cut.most for cut in cuts]
    prices = [shift.price for _, shift in shifts]
    cost = np.concatenate([t.unserved, prices, choices.cost[rows]]) / UNIT
    most = np.concatenate(
        [unserved, [shift.count for _, shift in shifts], np.ones(len(begins))]
    ).astype(np.float64)
    return _proto(cells, cost, most, lower, upper)


def _proto(
    cells: _Cells, cost: Floats, most: Floats, lower: Floats, upper: Floats
) -> model_pb2.ModelProto:
    """Return arrays as the solver's message; much faster than one object per column."""
    proto = model_pb2.ModelProto()
    columns = proto.variables
    columns.ids.extend(range(len(cost)))
    columns.lower_bounds.extend([0.0] * len(cost))
    columns.upper_bounds.extend(most.tolist())
    columns.integers.extend([True] * len(cost))
    rows = proto.linear_constraints
    rows.ids.extend(range(len(lower)))
    rows.lower_bounds.extend(lower.tolist())
    rows.upper_bounds.extend(upper.tolist())
    row, column = np.concatenate(cells.rows), np.concatenate(cells.columns)
    value = np.concatenate(cells.values)
    rank = np.lexsort((column, row))
    rank = rank[value[rank] != 0.0]
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(row[rank].tolist())
    matrix.column_ids.extend(column[rank].tolist())
    matrix.coefficients.extend(value[rank].tolist())
    paid = np.nonzero(cost)[0]
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(cost[paid].tolist())
    return proto
