"""Linear and integer programmes as arrays, handed to OR-Tools and read back."""

import math
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from routing.tables import Floats, Ints

if TYPE_CHECKING:
    from ortools.math_opt import model_pb2, sparse_containers_pb2


@dataclass(frozen=True, slots=True)
class Solution:
    """The solution of a linear programme.

    Parameters
    ----------
    values : array of float64
        Of the columns.
    gain : float
        What they gain.
    duals : array of float64
        What one more unit of each row's limit is worth.
    """

    values: Floats
    gain: float
    duals: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """What branch and bound found.

    Parameters
    ----------
    values : array of float64 or None
        The best values of the columns, if any were found.
    bound : float
        No solution exceeds it; ``-inf`` if there is none better than the cut-off.
    """

    values: Floats | None
    bound: float


@dataclass(slots=True)
class Programme:
    """Maximise gain · columns, where rows of cells are at most their limits; columns from 0 up.

    Parameters
    ----------
    gain, most : array of float64, (columns,)
        What a unit of each column gains, and its upper bound.
    integer : array of bool, (columns,)
        Which columns are whole numbers.
    """

    gain: Floats
    most: Floats
    integer: npt.NDArray[np.bool_]
    limits: list[Floats] = field(default_factory=list)
    _rows: list[Ints] = field(default_factory=list)
    _columns: list[Ints] = field(default_factory=list)
    _values: list[Floats] = field(default_factory=list)
    _count: int = 0

    def rows(self, limits: npt.ArrayLike) -> Ints:
        """Add rows with these limits and return their numbers."""
        some = np.atleast_1d(np.asarray(limits, dtype=np.float64))
        self.limits.append(some)
        self._count += len(some)
        return np.arange(self._count - len(some), self._count)

    def put(self, rows: Ints, columns: Ints, values: npt.ArrayLike) -> None:
        """Add cells; each place once."""
        shape = np.broadcast_shapes(np.shape(rows), np.shape(columns))
        self._rows.append(np.broadcast_to(rows, shape))
        self._columns.append(np.broadcast_to(columns, shape))
        self._values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), shape))

    def message(self) -> "model_pb2.ModelProto":
        """Return the programme as OR-Tools' message; much faster than one object per column."""
        from ortools.math_opt import model_pb2

        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(len(self.gain)))
        proto.variables.lower_bounds.extend([0.0] * len(self.gain))
        proto.variables.upper_bounds.extend(self.most.tolist())
        proto.variables.integers.extend(self.integer.tolist())
        upper = np.concatenate(self.limits)
        proto.linear_constraints.ids.extend(range(len(upper)))
        proto.linear_constraints.lower_bounds.extend([-math.inf] * len(upper))
        proto.linear_constraints.upper_bounds.extend(upper.tolist())
        row, column = np.concatenate(self._rows), np.concatenate(self._columns)
        order = np.lexsort((column, row))
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(row[order].tolist())
        matrix.column_ids.extend(column[order].tolist())
        matrix.coefficients.extend(np.concatenate(self._values)[order].tolist())
        paid = np.nonzero(self.gain)[0]
        proto.objective.maximize = True
        proto.objective.linear_coefficients.ids.extend(paid.tolist())
        proto.objective.linear_coefficients.values.extend(self.gain[paid].tolist())
        return proto


@dataclass(frozen=True, slots=True)
class Effort:
    """How long branch and bound may go on.

    Parameters
    ----------
    seconds : float
        Wall time.
    nodes : int or None
        Most nodes.
    seed : int
        Of its random choices.
    gap : float
        Relative gap at which it is done.
    above : float
        Solutions worth no more than this are of no interest.
    """

    seconds: float
    nodes: int | None
    seed: int
    gap: float
    above: float


def solve_linear(programme: Programme) -> Solution:
    """Solve a linear programme that is bounded and has a solution, with its duals."""
    from ortools.math_opt.python import mathopt

    from routing.messages import answer

    found = answer(programme.message(), mathopt.SolverType.GLOP, mathopt.SolveParameters())
    if found is None or not found.solutions:
        message = "a linear programme that has a solution was not solved"
        raise RuntimeError(message)
    solution = found.solutions[0]
    duals = _dense(solution.dual_solution.dual_values, sum(map(len, programme.limits)))
    values = _dense(solution.primal_solution.variable_values, len(programme.gain))
    return Solution(values, float(values @ programme.gain), duals)


def solve_integer(programme: Programme, effort: Effort) -> Outcome:
    """Solve by branch and bound (SCIP), as far as the effort goes."""
    from ortools.math_opt import result_pb2
    from ortools.math_opt.python import mathopt

    from routing.messages import answer

    limits = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, effort.seconds)),
        relative_gap_tolerance=effort.gap,
        cutoff_limit=effort.above,
        node_limit=effort.nodes,
        random_seed=effort.seed,
    )
    model, began = programme.message(), time.monotonic()
    found = answer(model, mathopt.SolverType.GSCIP, limits)
    if found is None:
        # Where the best is worth exactly the cut-off, the solver may end without a word of use.
        left = max(0.01, effort.seconds - (time.monotonic() - began))
        again = replace(limits, cutoff_limit=None, time_limit=timedelta(seconds=left))
        found = answer(model, mathopt.SolverType.GSCIP, again)
    if found is None:
        return Outcome(None, math.inf)
    ending = found.termination
    nothing = ending.reason == result_pb2.TERMINATION_REASON_INFEASIBLE
    if nothing or ending.limit == result_pb2.LIMIT_CUTOFF:
        return Outcome(None, -math.inf)
    values = None
    if found.solutions and found.solutions[0].HasField("primal_solution"):
        primal = found.solutions[0].primal_solution
        values = _dense(primal.variable_values, len(programme.gain))
    return Outcome(values, ending.objective_bounds.dual_bound)


def _dense(sparse: "sparse_containers_pb2.SparseDoubleVectorProto", count: int) -> Floats:
    values = np.zeros(count)
    values[np.array(sparse.ids, dtype=np.int64)] = np.array(sparse.values)
    return values
