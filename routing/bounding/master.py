"""The trip-choosing linear programme, and the lower bound that its shadow prices prove.

Columns are trips of crews. Rows: every order is brought or paid for; canteens give no more than
they have; the trips of a crew fit into the working time of the couriers used; to branch, the
number of couriers used lies between two figures; and of three orders with a cut, at most one trip
brings two or more (`cuts`).

An elder whom a crew brings is brought by the usual courier, who is used then, or by a stranger.

For *any* prices π ≥ 0 (orders), κ ≥ 0 (portions), τ ≥ 0 (seconds), σ (couriers), ρ ≥ 0 (cuts) and
0 ≤ λ ≤ price of a stranger (elders of a courier),

    Σ min(U, π) − Σ κ M + (σ > 0: σ·least, σ < 0: σ·most) − Σ ρ
        + Σ N·min(0, F − τ S − σ − Σ λ) + Σ K·min(0, r)

is a lower bound, where r is the least reduced cost of a crew's trips and K the most trips it can
make: it is the Lagrangian relaxation of all these rows. So the bound needs no finished column
generation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt

from routing.bounding.crews import Crew, Unit
from routing.bounding.cuts import Cut, hits
from routing.tables import O_MEALS, Floats, Ints, Tables

type Cell = mathopt.LinearConstraint
type Staff = Mapping[int, tuple[int, int]]
"""Fewest and most used of some units of crews, by their keys."""
type TripKey = tuple[int, tuple[int, ...]]
"""A crew and the order rows of a trip."""
UNIT = 1000.0
"""Seconds of a time row and prices are counted in thousands, a size that the solver likes."""
LEAST_SHARE = 1e-6
"""Less of a trip than this in a solution is none."""

FINISHED = {mathopt.TerminationReason.OPTIMAL}
ASKED = mathopt.ModelSolveParameters(
    variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
    reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
)
"""What the solver is to tell: of thousands of columns few are used, and their reduced costs nobody
reads. Reading its whole answer took longer than solving."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Shadow prices: of orders, of portions by canteen, of seconds by crew, of couriers, of cuts.

    Those of strangers are by order, and may be missing. Cuts that came later than the prices have
    none.
    """

    orders: Floats
    portions: Floats
    seconds: Floats
    couriers: float
    cuts: Floats
    strangers: Floats = field(default_factory=lambda: np.zeros(0))

    def gains(self, crew: Crew) -> Floats:
        """Return what bringing each order of a crew is worth, less what does not depend on how."""
        gain: Floats = self.orders[crew.orders] - self.portions[crew.canteen] * crew.room.meals
        if len(self.strangers):
            gain -= np.where(crew.known, self.strangers[crew.orders], 0.0)
        return gain

    def of_knowing(self, unit: Unit) -> float:
        """Return what it is worth that elders know a courier of this unit, once it is used."""
        return float(self.strangers[unit.elders].sum()) if len(self.strangers) else 0.0

    def towards(self, other: "Prices", share: float) -> "Prices":
        """Return prices between these and others: `share` of the way."""
        keep = 1.0 - share
        cuts = keep * self.cuts
        cuts[: len(other.cuts)] += share * other.cuts
        strangers = keep * self.strangers
        strangers[: len(other.strangers)] += share * other.strangers
        return Prices(
            keep * self.orders + share * other.orders,
            keep * self.portions + share * other.portions,
            keep * self.seconds + share * other.seconds,
            keep * self.couriers + share * other.couriers,
            cuts,
            strangers,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A trip of a crew: order rows (one may come twice), its price, and the seconds it takes."""

    crew: int
    orders: Ints
    cost: float
    seconds: float


class Master:
    """The linear programme, growing by columns.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : list of Crew
        Who makes trips.
    least, most : int
        Fewest and most couriers used.
    staff : mapping of int to (int, int)
        Who of them is used.
    idle : array of float64, (crews,), optional
        What a second that a crew does not work is worth to the programme, which keeps the prices of
        seconds from falling below it; bounds are true at any prices.
    """

    def __init__(
        self, t: Tables, crews: list[Crew], least: int, most: int, staff: Staff,
        idle: Floats | None = None,
    ) -> None:  # fmt: skip
        self._t = t
        self._crews = crews
        self._least, self._most = least, most
        self._staff = staff
        self._model = mathopt.Model()
        self._cover = [self._model.add_linear_constraint(lb=1.0) for _ in t.unserved]
        self._meals = [self._model.add_linear_constraint(ub=float(m)) for m in t.meals]
        self._time = [self._model.add_linear_constraint(ub=0.0) for _ in crews]
        self._couriers = self._model.add_linear_constraint(lb=float(least), ub=float(most))
        self._used: list[mathopt.Variable] = []
        self._trips: dict[TripKey, mathopt.Variable] = {}
        self._trip_of: dict[mathopt.Variable, TripKey] = {}
        self._visits: list[list[TripKey]] = [[] for _ in t.unserved]
        self._cuts: dict[Cut, Cell] = {}
        self._cuts_of: list[list[Cut]] = [[] for _ in t.unserved]
        for row, price in zip(self._cover, t.unserved.tolist(), strict=True):
            self._column(price, {row: 1.0}, float("inf"))
        self._stranger: dict[int, Cell] = {}
        for number, crew in enumerate(crews):
            for unit in crew.units:
                cells = {self._time[number]: -unit.span / UNIT, self._couriers: 1.0}
                for order in unit.elders.tolist():
                    cells[self._stranger_row(order)] = -1.0
                fewest, greatest = staff.get(unit.key, (0, unit.count))
                used = self._column(float(t.prices[0]), cells, float(greatest))
                used.lower_bound = float(fewest)
                self._used.append(used)
        if idle is not None:
            for row, worth in zip(self._time, idle.tolist(), strict=True):
                self._column(-worth * UNIT, {row: 1.0}, float("inf"))
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self.value = 0.0
        self.used = 0.0
        self.used_by = np.zeros(len(self._used))
        self._used_trips: list[tuple[TripKey, float]] = []

    def _stranger_row(self, order: int) -> Cell:
        """Return the row of an elder who is brought by a crew: a courier known or a stranger."""
        row = self._model.add_linear_constraint(ub=0.0)
        self._column(float(self._t.prices[2]), {row: -1.0}, float("inf"))
        self._stranger[order] = row
        return row

    def _column(self, cost: float, cells: dict[Cell, float], most: float) -> mathopt.Variable:
        variable = self._model.add_variable(lb=0.0, ub=most)
        if cost:
            self._model.objective.set_linear_coefficient(variable, cost / UNIT)
        for row, value in cells.items():
            row.set_coefficient(variable, value)
        return variable

    def add(self, column: Column) -> bool:
        """Add a trip; False when it is there already."""
        key = (column.crew, tuple(column.orders.tolist()))
        if key in self._trips:
            return False
        crew = self._crews[column.crew]
        cells: dict[Cell, float] = {}
        for order in column.orders.tolist():
            cells[self._cover[order]] = cells.get(self._cover[order], 0.0) + 1.0
        cells[self._meals[crew.canteen]] = float(self._t.orders[column.orders, O_MEALS].sum())
        cells[self._time[column.crew]] = column.seconds / UNIT
        for order in crew.orders[crew.known & np.isin(crew.orders, column.orders)].tolist():
            cells[self._stranger[order]] = float((column.orders == order).sum())
        for cut in {cut: None for order in key[1] for cut in self._cuts_of[order]}:
            if (times := hits(cut, key[1])) > 0:
                cells[self._cuts[cut]] = float(times)
        self._trips[key] = self._column(column.cost, cells, float("inf"))
        self._trip_of[self._trips[key]] = key
        for order in set(key[1]):
            self._visits[order].append(key)
        return True

    @property
    def cuts(self) -> list[Cut]:
        """The cuts, in the order of their prices."""
        return list(self._cuts)

    def cut(self, cut: Cut) -> None:
        """Add a cut."""
        row = self._model.add_linear_constraint(ub=1.0)
        self._cuts[cut] = row
        for order in cut:
            self._cuts_of[order].append(cut)
        for key in {key for order in cut for key in self._visits[order]}:
            if (times := hits(cut, key[1])) > 0:
                row.set_coefficient(self._trips[key], float(times))

    def reduced(self, columns: list[Column], prices: Prices) -> Floats:
        """Return the reduced costs of columns at some prices."""
        gains = [prices.gains(crew) for crew in self._crews]
        charge = dict(zip(self._cuts, prices.cuts.tolist(), strict=False))
        costs = np.zeros(len(columns))
        for number, column in enumerate(columns):
            rows = np.searchsorted(self._crews[column.crew].orders, column.orders)
            cost = column.cost - float(gains[column.crew][rows].sum())
            orders = column.orders.tolist()
            for cut in {cut for order in orders for cut in self._cuts_of[order]}:
                cost += charge.get(cut, 0.0) * hits(cut, orders)
            costs[number] = cost + float(prices.seconds[column.crew]) * column.seconds
        return costs

    def shares(self) -> list[tuple[int, tuple[int, ...], float]]:
        """Return the trips that the last solution uses: crew, orders, how much of it."""
        return [(*key, value) for key, value in self._used_trips]

    def solve(self, seconds: float) -> Prices | None:
        """Solve the programme as it stands; None when the solver gives up or time is over."""
        result = self._optimum(seconds)
        if result is None:
            return None
        self.value = UNIT * result.objective_value()
        values = result.variable_values()
        self.used_by = np.array([values.get(unit, 0.0) for unit in self._used])
        self.used = float(self.used_by.sum())
        self._used_trips = [
            (self._trip_of[column], value)
            for column, value in values.items()
            if column in self._trip_of and value > LEAST_SHARE
        ]
        return Prices(
            UNIT * np.maximum(np.array(result.dual_values(self._cover)), 0.0),
            UNIT * np.maximum(-np.array(result.dual_values(self._meals)), 0.0),
            np.maximum(-np.array(result.dual_values(self._time)), 0.0),
            UNIT * float(result.dual_values(self._couriers)),
            UNIT * np.maximum(-np.array(result.dual_values(self._cuts.values())), 0.0),
            self._stranger_prices(result),
        )

    def _stranger_prices(self, result: mathopt.SolveResult) -> Floats:
        """Return what the courier whom an elder knows is worth there."""
        prices = np.zeros(len(self._t.unserved))
        found = -UNIT * np.array(result.dual_values(self._stranger.values()))
        prices[list(self._stranger)] = np.clip(found, 0.0, self._t.prices[2])
        return prices

    def _optimum(self, seconds: float) -> mathopt.SolveResult | None:
        """Return the solver's optimum; a solver that got stuck is replaced once."""
        limit = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
        for _ in range(2):
            try:
                result = self._solver.solve(params=limit, model_params=ASKED)
            except (ValueError, AttributeError, RuntimeError):  # what its failures surface as
                result = None
            if result is not None and result.termination.reason in FINISHED:
                return result
            if result is not None and result.termination.limit == mathopt.Limit.TIME:
                return None
            self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        return None

    def bound(self, prices: Prices, worst: npt.NDArray[np.float64]) -> float:
        """Return the lower bound that prices prove.

        Parameters
        ----------
        prices : Prices
            Any.
        worst : array of float64, (crews,)
            Lower bounds on the reduced cost of each crew's trips at these prices.
        """
        t = self._t
        total = float(np.minimum(t.unserved, prices.orders).sum())
        total -= float((prices.portions * t.meals).sum())
        total -= float(prices.cuts.sum())
        total += prices.couriers * (self._least if prices.couriers > 0 else self._most)
        for number, crew in enumerate(self._crews):
            idle = True
            for unit in crew.units:
                fewest, greatest = self._staff.get(unit.key, (0, unit.count))
                left = float(t.prices[0]) - float(prices.seconds[number]) * unit.span
                left -= prices.couriers + prices.of_knowing(unit)
                total += greatest * min(0.0, left) + fewest * max(0.0, left)
                idle &= greatest == 0
            if not idle:
                total += crew.most_trips * min(0.0, float(worst[number]))
        return total
