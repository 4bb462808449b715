"""What a revision would change, as it is kept: ids and seconds, no words and no names of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import routing
from mealsvc.planning.revising.changes import DayChange, HandMove, as_json
from mealsvc.planning.revising.in_force import InForce
from mealsvc.planning.revising.streets_today import StreetsToday
from mealsvc.planning.revising.translating import Translated
from mealsvc.planning.stored import Afoot
from routing import repair
from routing.check import Fault, Rule, Verdict
from routing.repair.differences import Differences

_TRIP = re.compile(r"trip (\d+): ")
_ORDER = re.compile(r"\b(?:o|new)\d+\b")
_COURIER = re.compile(r"\bv\d+(?:-\d+)?\b")


@dataclass(frozen=True)
class CostPart:
    """A part of what moves by hand cost more, or less where negative.

    Attributes
    ----------
    part
        ``unserved`` and ``outside`` (orders), ``couriers``, ``travel`` (seconds) or ``unfamiliar``
        (orders of another than the usual courier).
    amount
        How many more.
    cost
        What they come to by the prices set.
    """

    part: str
    amount: int
    cost: float


@dataclass(frozen=True)
class Outcome:
    """The answer to what is asked, by a repair or by hand.

    Attributes
    ----------
    plan, instance
        The new plan, trips that have begun first, and the problem that it answers.
    begun
        How many trips have begun.
    now
        Up to when nothing was changed, seconds of the service.
    verdict
        What the checker says; times of begun trips are facts.
    cost_before, cost_unrepaired
        Of the plan in force, and if nobody took over anything (None for moves by hand).
    inherited, broken
        Rules that the day itself has broken, and those that moves by hand would break.
    differences
        What changes for orders, trips and couriers.
    skipped, lost
        Courier and order where a cancelled stop is left out, or a meal must be made again.
    parts
        Of what moves by hand cost more or less; those that stay are left out.
    """

    plan: routing.Plan
    instance: routing.Instance
    begun: int
    now: int
    verdict: Verdict
    cost_before: float
    cost_unrepaired: float | None
    inherited: tuple[Fault, ...]
    broken: tuple[Fault, ...]
    differences: Differences
    skipped: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]
    search_seconds: float
    parts: tuple[CostPart, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many orders and couriers are concerned, for the audit trail."""
        found = self.differences
        return {
            "moved": len(found.moved),
            "served": len(found.served),
            "retimed": len(found.retimed),
            "left_out": len(found.dropped) + len(found.refused),
            "couriers": len(found.couriers),
        }

    def _matters(self, fault: Fault) -> bool:
        """Return whether a broken rule is worth telling.

        When a kitchen is late from now on, what left before was filled in time all the same.
        """
        number = _TRIP.match(fault.text)
        left = number is not None and int(number[1]) < self.begun
        return not (left and fault.rule is Rule.CANTEEN_HOURS)

    def content(
        self, changes: Sequence[DayChange], moves: Sequence[HandMove], translated: Translated
    ) -> dict[str, Any]:
        """Return everything that is kept about the answer besides its plan, as JSON values."""
        return {
            "changes": [as_json(one) for one in changes],
            "moves": [as_json(one) for one in moves],
            "edits": [edit.to_json() for edit in translated.edits],
            "newcomers": translated.newcomers,
            "now": self.now,
            "begun": self.begun,
            "cost": self.verdict.cost,
            "cost_before": self.cost_before,
            "cost_unrepaired": self.cost_unrepaired,
            "parts": [asdict(one) for one in self.parts],
            "search_seconds": round(self.search_seconds, 3),
            "differences": asdict(self.differences),
            "skipped": [list(pair) for pair in self.skipped],
            "lost": [list(pair) for pair in self.lost],
            "inherited": [_fault(self.plan, one) for one in self.inherited if self._matters(one)],
            "broken": [_fault(self.plan, one) for one in self.broken],
        }


def of_repair(force: InForce, found: repair.Repair) -> Outcome:
    """Return the outcome of a repair."""
    return Outcome(
        plan=found.plan,
        instance=found.instance,
        begun=_begun(found.standing),
        now=found.standing.situation.now,
        verdict=found.verdict,
        cost_before=float(force.revision.cost),
        cost_unrepaired=found.cost_unrepaired,
        inherited=found.facts,
        broken=(),
        differences=found.differences,
        skipped=tuple((i.trip.courier, one) for i in found.standing.begun for one in i.skipped),
        lost=tuple((i.trip.courier, one) for i in found.standing.begun for one in i.lost),
        search_seconds=found.plan.seconds,
    )


def of_hand(priced: repair.Priced, standing: repair.Standing) -> Outcome:
    """Return the outcome of moves made by hand."""
    new = set(priced.broken)
    return Outcome(
        plan=priced.plan,
        instance=priced.instance,
        begun=_begun(standing),
        now=standing.situation.now,
        verdict=priced.after,
        cost_before=priced.before.cost,
        cost_unrepaired=None,
        inherited=tuple(one for one in priced.after.faults if one not in new),
        broken=priced.broken,
        differences=priced.differences,
        skipped=tuple((i.trip.courier, one) for i in standing.begun for one in i.skipped),
        lost=tuple((i.trip.courier, one) for i in standing.begun for one in i.lost),
        search_seconds=0.0,
        parts=_parts(priced),
    )


def _parts(priced: repair.Priced) -> tuple[CostPart, ...]:
    """Return by which parts of the cost the plans before and after differ."""
    was, will, price = priced.before, priced.after, priced.instance.rules.cost
    unserved = will.unserved_weight - was.unserved_weight
    outside = will.outside_weight - was.outside_weight
    couriers = will.couriers - was.couriers
    travel = will.travel - was.travel
    unfamiliar = will.unfamiliar - was.unfamiliar
    told = (
        CostPart(
            "unserved", will.unserved_orders - was.unserved_orders, price.unserved_meal * unserved
        ),
        CostPart(
            "outside",
            will.outside_orders - was.outside_orders,
            price.outside_circle_meal * outside,
        ),
        CostPart("couriers", couriers, price.courier * couriers),
        CostPart("travel", travel, price.travel_second * travel),
        CostPart("unfamiliar", unfamiliar, price.unfamiliar_courier * unfamiliar),
    )
    return tuple(one for one in told if one.amount or one.cost)


def afoot_after(standing: repair.Standing, streets: StreetsToday) -> Afoot:
    """Return what the next revision must know besides this one's plan."""
    now = standing.situation.now
    busy = {name: back for name, back in standing.situation.busy.items() if back > now}
    for item in standing.begun:
        if not item.trip.stops and item.back > now:
            busy[item.trip.courier] = max(busy.get(item.trip.courier, now), item.back)
    begun = {stop.order for item in standing.begun for stop in item.trip.stops}
    return Afoot(frozenset(begun), busy, dict(streets.factors), tuple(streets.closed))


def _begun(standing: repair.Standing) -> int:
    return sum(1 for item in standing.begun if item.trip.stops)


def _fault(plan: routing.Plan, fault: Fault) -> dict[str, Any]:
    """Return a broken rule with the trip, couriers and orders that its sentence names."""
    number = _TRIP.match(fault.text)
    trip = plan.trips[int(number[1])] if number else None
    couriers = _COURIER.findall(fault.text)
    return {
        "rule": fault.rule.value,
        "courier": trip.courier if trip else (couriers[0] if couriers else None),
        "departs": trip.depart if trip else None,
        "orders": _ORDER.findall(fault.text),
    }
