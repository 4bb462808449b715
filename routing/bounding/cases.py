"""Tightens a finished bound: cases by the number of couriers, cuts, couriers one by one.

The bound of all cases together is that of the lowest, so the lowest is worked on. Where the price
of a courier is a good part of what is missing, it is split in two: at most so many couriers, or
more. Elsewhere it gets the cuts that its mixture of trips breaks (`cuts`). When these help
no more, cases are split by who is used, and in the end crews are taken apart into couriers who are
alike in everything.
"""

import math
from collections.abc import Callable

import numpy as np

from routing.bounding.crews import Crew
from routing.bounding.generation import Generation
from routing.bounding.master import Staff
from routing.budget import Budget

MATTERS = 0.1
"""Part of what is missing to the cost that the price of a courier must be to split a case."""
CLEARLY = 0.1
"""Of the units whose number used is this far from whole, that of the longest shift splits."""
UNSPLIT = 0.01
"""A number of couriers this near a whole one is whole."""
PATIENCE = 3
"""Rounds of cuts without gain that end a case."""
GAIN = 1e-4
"""Relative growth of a bound that counts as a gain."""


class Cases:
    """Cases that together hold every plan.

    Parameters
    ----------
    root : Generation
        Finished, of all plans.
    crews : list of Crew
        Parts of the root's crews, looked at when nothing else helps.
    """

    def __init__(self, root: Generation, crews: list[Crew]) -> None:
        self._cases = {root: 0}  # and how many rounds in a row gained nothing
        self._crews = crews

    def all(self) -> list[Generation]:
        """Return the cases."""
        return list(self._cases)

    def run(self, budget: Budget, better: Callable[[float], None], cost: float) -> None:
        """Tighten until the time is over, the bound is the cost, or nothing helps.

        Parameters
        ----------
        budget : Budget
            When to stop.
        better : callable
            Told every bound that is proven.
        cost : float
            Of a plan: no case needs a higher bound.
        """
        while budget.left() > 0.0:
            case = min(self._cases, key=lambda one: one.best)
            if case.best >= cost:
                return
            if not self._work(case, budget, better, cost):
                return

    def _work(
        self, case: Generation, budget: Budget, better: Callable[[float], None], cost: float
    ) -> bool:
        """Tighten the lowest case; False when nothing more can be done with it."""
        others = min((one.best for one in self._cases if one is not case), default=math.inf)

        def tell(value: float) -> None:
            better(min(value, others))

        before = case.best
        if not case.run(budget, tell, cost):
            return False
        if case.best >= cost or case.best > others:
            return True
        fruitful = case.best > before + GAIN * abs(before)
        self._cases[case] = 0 if fruitful else self._cases[case] + 1
        if self._split(case, budget, cost):
            return True
        if self._cases[case] <= PATIENCE and case.cut():
            return True
        return self._split_unit(case, budget) or self._look_closer(case, budget)

    def _split(self, case: Generation, budget: Budget, cost: float) -> bool:
        """Split a case in two by the number of couriers, if that promises something."""
        used = case.master.used
        few = math.floor(used + UNSPLIT)
        price = float(case.t.prices[0])
        promising = price > 0.0 and (math.isinf(cost) or price > MATTERS * (cost - case.best))
        if used - few < UNSPLIT or not promising:
            return False
        self._cases.pop(case)
        self._add(case, case.crews, case.least, few, budget)
        self._add(case, case.crews, few + 1, case.most, budget)
        return True

    def _split_unit(self, case: Generation, budget: Budget) -> bool:
        """Split a case in two by how many of a unit are used; False when all are whole."""
        used = case.master.used_by
        units = [unit for crew in case.crews for unit in crew.units]
        apart = np.minimum(used - np.floor(used), np.ceil(used) - used)
        clear = min(CLEARLY, float(apart.max()))
        if clear < UNSPLIT:
            return False
        spans = np.array([unit.span for unit in units])
        number = int(np.argmax(np.where(apart >= clear, spans, 0)))
        few, unit = math.floor(used[number]), units[number]
        fewest, most = case.staff.get(unit.key, (0, unit.count))
        self._cases.pop(case)
        for limits in ((fewest, few), (few + 1, most)):
            staff = {**case.staff, unit.key: limits}
            self._add(case, case.crews, case.least, case.most, budget, staff)
        return True

    def _look_closer(self, case: Generation, budget: Budget) -> bool:
        """Go on with the parts of a case's crews; False when it has them already."""
        if len(case.crews) == len(self._crews):
            return False
        self._cases.pop(case)
        self._add(case, self._crews, case.least, case.most, budget)
        return True

    def _add(
        self, whole: Generation, crews: list[Crew], least: int, most: int, budget: Budget,
        staff: Staff | None = None,
    ) -> None:  # fmt: skip
        """Add the case of another's plans with so many couriers."""
        case = Generation(whole.t, crews, least, most, whole.staff if staff is None else staff)
        case.inherit(whole, budget)
        self._cases[case] = 0
