"""The linear programme of the exact choice: trips, slots and cuts, and the bound that it proves.

Columns are trips that begin in a slot, orders left unserved, and couriers used. Rows: every order
is brought once or paid for; canteens give no more than they have; in no slot are more couriers of
a team under way than used and on shift; their trips fill no more seconds than their shifts have;
couriers used lie between two figures; and cuts over trips. Columns are added as their reduced costs
ask for them, which needs no search: every trip is listed.

The bound is computed from the shadow prices alone (the Lagrangian relaxation of all rows), so no
tolerance of the solver can make it too high. A trip in a slot whose reduced cost is larger than the
distance from the bound to the cost aimed at is in no plan as cheap as that (reduced-cost fixing).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from scipy.sparse import csr_array, hstack

from routing.exact.rankone import Cut
from routing.exact.teams import Choices, Flags, Slots, on_shift
from routing.tables import Floats, Ints, Tables

UNIT = 1000.0
"""Seconds are counted in thousands, and so are prices."""
NEGATIVE = -1e-6
"""Reduced costs above this count as not negative."""
COLUMNS = 200
"""Trips added in a round."""


@dataclass(frozen=True, slots=True)
class Case:
    """One part of all plans: how many couriers are used at least and at most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Duals:
    """Shadow prices of all rows, none negative but those of orders and of the courier count."""

    orders: Floats
    portions: Floats
    slots: Floats
    seconds: Floats
    trips: Floats
    couriers: float
    cuts: Floats


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum of the linear programme.

    Parameters
    ----------
    bound : float
        No plan of the case costs less.
    cuts : array of float64, (cuts,)
        Shadow prices of the cuts.
    reduced : array of float64, (trips, slots)
        Reduced costs; infinite where a trip may not begin.
    unserved : array of float64, (n,)
        Reduced costs of leaving orders unserved.
    share : array of float64, (trips,)
        How much of each trip is chosen.
    couriers : float
        Couriers used.
    """

    bound: float
    cuts: Floats
    reduced: Floats
    unserved: Floats
    share: Floats
    couriers: float


class Programme:
    """One linear programme, growing by columns.

    Parameters
    ----------
    t : Tables
        The problem.
    choices : Choices
        All trips.
    slots : Slots
        When they may begin.
    cuts : list of Cut
        Over the trips of `choices`.
    case : Case
        How many couriers.
    begins : array of int64, (columns, 2)
        Trips and slots to begin with.
    """

    def __init__(
        self, t: Tables, choices: Choices, slots: Slots, cuts: list[Cut], case: Case, begins: Ints
    ) -> None:
        self._t, self._choices, self._slots, self._case = t, choices, slots, case
        self._brings = csr_array(choices.brings.astype(np.float64))
        model = mathopt.Model()
        teams, width = len(choices.teams), slots.ends.shape[1]
        self._cover = [model.add_linear_constraint(lb=1.0, ub=1.0) for _ in t.unserved]
        self._meals = [model.add_linear_constraint(ub=float(m)) for m in t.meals]
        self._busy = [model.add_linear_constraint(ub=0.0) for _ in range(teams * width)]
        self._time = [model.add_linear_constraint(ub=0.0) for _ in range(teams)]
        self._trips = [model.add_linear_constraint(ub=0.0) for _ in range(teams)]
        self._couriers = model.add_linear_constraint(lb=float(case.least), ub=float(case.most))
        self._cuts: list[mathopt.LinearConstraint] = []
        self._limits = np.zeros(0)
        self._weights = csr_array((len(choices.cost), 0), dtype=np.float64)
        self._model = model
        self._used: list[mathopt.Variable] = []
        self._begins: dict[tuple[int, int], mathopt.Variable] = {}
        self._add_fixed_columns()
        self.cut(cuts)
        for row, slot in begins.tolist():
            self.add(row, slot)
        self._asked = mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
            reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
        )
        self._solver = mathopt.IncrementalSolver(model, mathopt.SolverType.GLOP)

    def _add_fixed_columns(self) -> None:
        """Add the columns of unserved orders and of couriers."""
        width = self._slots.ends.shape[1]
        for row, price in zip(self._cover, self._t.unserved.tolist(), strict=True):
            row.set_coefficient(self._column(price, np.inf), 1.0)
        for number, team in enumerate(self._choices.teams):
            for shift in team.shifts:
                used = self._column(shift.price, float(shift.count))
                for slot in range(width)[on_shift(team, self._slots.marks)]:
                    self._busy[number * width + slot].set_coefficient(used, -1.0)
                self._time[number].set_coefficient(used, -shift.seconds / UNIT)
                self._trips[number].set_coefficient(used, -float(team.most_trips))
                self._couriers.set_coefficient(used, 1.0)
                self._used.append(used)

    def _column(self, cost: float, most: float) -> mathopt.Variable:
        variable = self._model.add_variable(lb=0.0, ub=most)
        self._model.objective.set_linear_coefficient(variable, cost / UNIT)
        return variable

    def add(self, row: int, slot: int) -> bool:
        """Add a trip that begins in a slot; False when it is there already."""
        if (row, slot) in self._begins:
            return False
        choices, width = self._choices, self._slots.ends.shape[1]
        team = int(choices.team[row])
        variable = self._column(float(choices.cost[row]), np.inf)
        for order in choices.routes[row]:
            self._cover[order].set_coefficient(variable, 1.0)
        self._meals[choices.teams[team].canteen].set_coefficient(
            variable, float(choices.meals[row])
        )
        for busy in range(slot, int(self._slots.ends[row, slot])):
            self._busy[team * width + busy].set_coefficient(variable, 1.0)
        self._time[team].set_coefficient(variable, float(choices.seconds[row]) / UNIT)
        self._trips[team].set_coefficient(variable, 1.0)
        first, last = self._weights.indptr[row : row + 2]
        numbers, weights = self._weights.indices[first:last], self._weights.data[first:last]
        for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
            self._cuts[number].set_coefficient(variable, weight)
        self._begins[row, slot] = variable
        return True

    def cut(self, cuts: list[Cut]) -> None:
        """Add cuts over the trips."""
        if not cuts:
            return
        for cut in cuts:
            constraint = self._model.add_linear_constraint(ub=float(cut.most))
            for (row, _), variable in self._begins.items():
                if cut.weight[row]:
                    constraint.set_coefficient(variable, float(cut.weight[row]))
            self._cuts.append(constraint)
        self._limits = np.append(self._limits, [float(cut.most) for cut in cuts])
        weights = csr_array(np.array([cut.weight for cut in cuts], dtype=np.float64).T)
        self._weights = csr_array(hstack([self._weights, weights]))

    def bar(self, slots: Slots) -> None:
        """Rule beginnings out: those that are not free in slots of the same marks."""
        self._slots = slots
        for (row, slot), variable in self._begins.items():
            if not slots.free[row, slot]:
                variable.upper_bound = 0.0

    def solve(self, left: Callable[[], float]) -> Relaxed | None:
        """Solve with all columns; None when the solver gives up or no time is left.

        Parameters
        ----------
        left : callable
            Seconds that remain.
        """
        while True:
            result = self._optimum(left)
            if result is None:
                return None
            duals = self._duals(result)
            reduced = self.reduced(duals)
            best = reduced.argmin(axis=1)
            least = reduced[np.arange(len(best)), best]
            new = [
                self.add(row, int(best[row]))
                for row in np.argsort(least, kind="stable")[:COLUMNS].tolist()
                if least[row] < NEGATIVE
            ]
            if not any(new):
                return self._relaxed(result, duals, reduced)

    def _optimum(self, left: Callable[[], float]) -> mathopt.SolveResult | None:
        """Return the solver's optimum; a solver that got stuck is replaced once."""
        for _ in range(2):
            seconds = left()
            if seconds <= 0.0:
                return None
            limit = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
            try:
                result = self._solver.solve(params=limit, model_params=self._asked)
            except (ValueError, AttributeError, RuntimeError):  # what its failures surface as
                result = None
            if result and result.termination.reason is mathopt.TerminationReason.OPTIMAL:
                return result
            self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        return None

    def _duals(self, result: mathopt.SolveResult) -> Duals:
        def at_most(rows: list[mathopt.LinearConstraint]) -> Floats:
            return np.maximum(-np.array(result.dual_values(rows), dtype=np.float64), 0.0)

        width = self._slots.ends.shape[1]
        return Duals(
            UNIT * np.array(result.dual_values(self._cover)),
            UNIT * at_most(self._meals),
            UNIT * at_most(self._busy).reshape(-1, width),
            at_most(self._time),
            UNIT * at_most(self._trips),
            UNIT * float(result.dual_values(self._couriers)),
            UNIT * at_most(self._cuts),
        )

    def reduced(self, duals: Duals) -> Floats:
        """Return the reduced costs of all trips in all slots, shape (trips, slots)."""
        choices, slots = self._choices, self._slots
        canteens = np.array([team.canteen for team in choices.teams], dtype=np.int64)
        cost = choices.cost - self._brings @ duals.orders
        cost += duals.portions[canteens][choices.team] * choices.meals
        cost += duals.seconds[choices.team] * choices.seconds + duals.trips[choices.team]
        cost += self._weights @ duals.cuts
        until = np.cumsum(np.pad(duals.slots, ((0, 0), (1, 0))), axis=1)
        rows = choices.team[:, None]
        busy = until[rows, slots.ends] - until[rows, np.arange(slots.ends.shape[1])[None, :]]
        return np.where(slots.free, cost[:, None] + busy, np.inf)

    def _relaxed(self, result: mathopt.SolveResult, duals: Duals, reduced: Floats) -> Relaxed:
        share, values = np.zeros(len(self._choices.cost)), result.variable_values()
        for (row, _), variable in self._begins.items():
            share[row] += values.get(variable, 0.0)
        return Relaxed(
            bound=self.bound(duals, float(reduced.min(initial=0.0))),
            cuts=duals.cuts,
            reduced=reduced,
            unserved=self._t.unserved - duals.orders,
            share=share,
            couriers=sum(values.get(used, 0.0) for used in self._used),
        )

    def bound(self, duals: Duals, worst: float) -> float:
        """Return the lower bound that shadow prices prove.

        Parameters
        ----------
        duals : Duals
            Any.
        worst : float
            The least reduced cost of any trip; no plan has more trips than orders.
        """
        t, case = self._t, self._case
        total = float(np.minimum(t.unserved, duals.orders).sum())
        total -= float((duals.portions * t.meals).sum()) + float((duals.cuts * self._limits).sum())
        total += duals.couriers * (case.least if duals.couriers > 0 else case.most)
        for number, team in enumerate(self._choices.teams):
            worth = duals.couriers + float(duals.trips[number]) * team.most_trips
            worth += float(duals.slots[number, on_shift(team, self._slots.marks)].sum())
            for shift in team.shifts:
                left = shift.price - worth - float(duals.seconds[number]) * shift.seconds
                total += shift.count * min(0.0, left)
        return total + len(t.orders) * min(0.0, worst)


def too_dear(reduced: Floats, bound: float, target: float) -> Flags:
    """Return which trips may not begin in which slot in a plan that costs at most `target`.

    Parameters
    ----------
    reduced, bound
        Reduced costs, and the bound at the same shadow prices.
    target : float
        A cost.
    """
    slack = 1e-6 * max(1.0, abs(target))
    return reduced > target - bound + slack
