"""The repair itself: keep what is past, keep what fits, mend near the change, settle."""

import time
from dataclasses import dataclass, replace

import numpy as np

from routing.budget import Budget
from routing.check import Fault, Verdict, check
from routing.instance import Instance
from routing.plan import Plan
from routing.repair.differences import Differences, compare
from routing.repair.mending import REACH, Mender, Soon
from routing.repair.situation import CanteenLate, CourierAvailable, CourierGone, Situation
from routing.repair.standing import Standing, judge, plan_of, stand, with_reasons
from routing.repair.steady import settle
from routing.repair.timing import time_duties
from routing.search.search import Duty
from routing.tables import InForce, Ints, Tables, make_tables

MOVED_SECONDS = 600
"""Default price of an order that changes courier, in seconds of travel."""
TOUCHED_SECONDS = 120
"""Default price of a duty that changes, in seconds of travel."""
FINISH_SHARE = 0.05
"""Least part of the time kept back for settling, timing and checking."""
FINISH_AS_SETUP = 0.7
"""What that takes, compared to working out how things stand: both grow with the instance."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A new plan, and how it differs from the one in force.

    Parameters
    ----------
    plan : Plan
        The past as it was, then the new trips; feasible but for `facts`.
    instance : Instance
        The problem that it answers: after the changes, less the portions that are spoiled.
    verdict : Verdict
        What the checker finds.
    facts : tuple of Fault
        Rules that the past broke, or trips under way cannot keep any more.
    cost_before : float
        Of the plan in force, as it was made.
    cost_unrepaired : float
        If nobody took over anything: what still fits is done, the rest stays unserved.
    differences : Differences
        What changed, for whom.
    standing : Standing
        What is past and what was left to decide.
    """

    plan: Plan
    instance: Instance
    verdict: Verdict
    facts: tuple[Fault, ...]
    cost_before: float
    cost_unrepaired: float
    differences: Differences
    standing: Standing

    @property
    def cost(self) -> float:
        """Cost of the new plan by the prices of the instance."""
        return self.verdict.cost


def repair(
    situation: Situation,
    *,
    seconds: float = 3.0,
    moved_order: float | None = None,
    touched_duty: float | None = None,
    seed: int = 0,
    iterations: int | None = None,
    soon: bool = False,
) -> Repair:
    """Return the best new plan found that keeps the past.

    Parameters
    ----------
    situation : Situation
        The plan in force, the time, what happened and what changed.
    seconds : float
        Wall time for the whole call.
    moved_order : float, optional
        Price of an order that changes courier; by default 10 minutes of travel.
    touched_duty : float, optional
        What the change of a duty must gain at least; by default 2 minutes of travel.
    seed : int
        Of the random numbers.
    iterations : int, optional
        Steps of the search. With it the same seed gives the same plan, as long as `seconds` is not
        reached.
    soon : bool
        Somebody waits: end before the time is used where little is at stake. By default, and with
        `iterations`, all of it is used.

    Raises
    ------
    InvalidChange
        When a change, report or lock names what is not there, or cannot be meant.
    """
    began = time.monotonic()
    standing = stand(situation)
    second = situation.instance.rules.cost.travel_second
    moved = MOVED_SECONDS * second if moved_order is None else moved_order
    touched = TOUCHED_SECONDS * second if touched_duty is None else touched_duty
    tables = make_tables(standing.future, in_force(standing, moved))
    mender = Mender(tables, seed)
    present = rows_in_force(standing)
    lost = mender.keep(present)
    before = mender.duties()
    near = _near(standing, tables, lost)
    taken = time.monotonic() - began
    left = seconds - taken - max(FINISH_SHARE * seconds, FINISH_AS_SETUP * taken)
    lost_share = len(lost) / max(1, len(tables.orders))
    budget = Budget(max(0.0, left), iterations)
    if soon and iterations is None:
        orders = len(tables.orders)
        placed = sum(len(trip) for duty in before for trip in duty)
        budget = Soon(max(0.0, left), orders, orders - placed)
    mender.mend(budget, near, lost_share)
    after = settle(tables, before, mender.duties(), touched)
    return _answer(standing, before, after, began)


def in_force(standing: Standing, moved_order: float) -> InForce:
    """Return the prices that the plan in force adds to the problem that is left."""
    return InForce(
        present=standing.present,
        moved_order=moved_order,
        paid=frozenset(trip.courier for trip in standing.kept),
        locked=standing.locked,
    )


def rows_in_force(standing: Standing) -> list[tuple[int, Duty]]:
    """Return the duties of the plan in force as rows of the problem that is left."""
    order_row = {order.id: row for row, order in enumerate(standing.future.orders)}
    courier_row = {courier.id: row for row, courier in enumerate(standing.future.couriers)}
    duties: dict[int, Duty] = {}
    for trip in standing.open_trips.values():
        if trip.courier in courier_row:
            rows = [order_row[stop.order] for stop in trip.stops]
            duties.setdefault(courier_row[trip.courier], []).append(rows)
    return list(duties.items())


def _near(standing: Standing, tables: Tables, lost: list[int]) -> Ints:
    """Return the orders (rows) around which something has changed."""
    order_row = {order.id: row for row, order in enumerate(standing.future.orders)}
    chosen = set(lost) | {row for name, row in order_row.items() if name not in standing.present}
    chosen |= {order_row[name] for name in standing.news.changed if name in order_row}
    centre = sorted(chosen)
    for row in centre:
        chosen.update(tables.near[row, :REACH].tolist())
    couriers, canteens = _who_changed(standing)
    gaps = standing.news.cancelled
    for trip in standing.situation.plan.trips:
        stops = [stop.order for stop in trip.stops]
        if trip.courier in couriers or trip.canteen in canteens or not gaps.isdisjoint(stops):
            chosen.update(order_row[name] for name in stops if name in order_row)
    return np.array(sorted(chosen), dtype=np.int64)


def _who_changed(standing: Standing) -> tuple[set[str], set[str]]:
    """Return the couriers and canteens (ids) that can do more or less than before."""
    couriers = {report.trip for report in standing.situation.reports}
    late = {standing.situation.plan.trips[number].courier for number in couriers}
    canteens: set[str] = set()
    for change in standing.situation.changes:
        match change:
            case CourierGone(courier, _):
                late.add(courier)
            case CourierAvailable(courier):
                canteens.add(courier.canteen)
            case CanteenLate(canteen, _):
                canteens.add(canteen)
            case _:
                pass
    return late, canteens


def _answer(standing: Standing, before: list[Duty], after: list[Duty], began: float) -> Repair:
    """Put past and future together, with reasons, prices and differences."""
    situation = standing.situation
    planned = tuple(standing.open_trips.values())
    trips = tuple(time_duties(standing.future, after, planned))
    rest = tuple(time_duties(standing.future, before, planned))
    plan = with_reasons(standing, plan_of(standing, trips))
    verdict = judge(standing, plan)
    return Repair(
        plan=replace(plan, cost=verdict.cost, seconds=time.monotonic() - began),
        instance=standing.whole,
        verdict=verdict,
        facts=judge(standing, plan_of(standing, ())).faults,
        cost_before=check(situation.instance, situation.plan).cost,
        cost_unrepaired=judge(standing, plan_of(standing, rest)).cost,
        differences=compare(standing, plan),
        standing=standing,
    )
