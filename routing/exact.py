"""The exact answer for a small group: choose among all trips, and prove that nothing is cheaper.

Every trip that a cheaper plan could contain is listed (`routing.listing`). A linear programme over
trips and slots (`routing.choice`) proves a bound and rules out most of them; its cuts and narrower
slots tighten it. What is left is small enough for branch and bound (`routing.integer`). A choice
that no duties can carry out (`routing.rota`) is cut off, and the slots become narrower; a choice
that they can is a plan. After Paradiso, Roberti, Laganà and Dullaert, *An exact solution framework
for multitrip vehicle-routing problems with time windows*, Operations Research 2020, and the
discovery of discretisations of Boland, Hewitt, Marshall and Savelsbergh, Operations Research 2017.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from routing.budget import Budget
from routing.choice import Case, Cut, Programme, Relaxed, rank_one_cuts, too_dear
from routing.integer import Chosen, choose
from routing.rota import Work, beginnings, share_out
from routing.search import Duty
from routing.tables import Ints, Tables
from routing.teams import Choices, Flags, Slots, halve, make_slots

SLOTS = 16
"""Slots of the first relaxation."""
MOST_SLOTS = 2048
"""Slots are not made narrower beyond this."""
CUTS = 60
"""Cuts added in a round."""
ROUNDS = 12
"""Rounds of cuts, as long as each gains enough."""
GAIN = 0.02
"""Part of the gap that a round of cuts has to close to be followed by another."""
MOST_COLUMNS = 25_000
"""Branch and bound is not tried with more trips in slots; the cheapest of them make plans."""
FEW_COLUMNS = 4_000
"""So many of the cheapest trips in slots are tried where there are too many for a proof."""
WHOLE = 0.02
"""A number of couriers nearer than this to a whole number counts as one."""
MARGIN = 0.9
"""Part of the time given to branch and bound, which oversteps its limit."""


@dataclass(slots=True)
class Part:
    """One part of all plans that is still open.

    Parameters
    ----------
    case : Case
        How many couriers are used.
    bound : float
        No plan of this part costs less.
    choices, slots, cuts
        The trips left, when they may begin, and cuts over them.
    unserved : array of bool, (n,)
        Which orders may stay unserved.
    """

    case: Case
    bound: float
    choices: Choices
    slots: Slots
    cuts: list[Cut]
    unserved: Flags
    triples: set[tuple[int, ...]] = field(default_factory=set)

    def shrink(self, relaxed: Relaxed, target: float) -> None:
        """Rule out what is too dear for a plan that costs at most `target`."""
        self.slots = self.slots.without(too_dear(relaxed, target))
        self.unserved = self.unserved & (relaxed.unserved <= target - relaxed.bound + 1.0)
        rows = np.nonzero(self.slots.free.any(axis=1))[0]
        if len(rows) < len(self.choices.cost):
            self.choices, self.slots = self.choices.keep(rows), self.slots.keep(rows)
            self.cuts = [Cut(cut.weight[rows], cut.most) for cut in self.cuts]

    def within(self, least: int, most: int) -> "Part":
        """Return the plans of this part with so many couriers."""
        case = Case(max(least, self.case.least), min(most, self.case.most))
        return Part(
            case, self.bound, self.choices, self.slots, list(self.cuts), self.unserved,
            set(self.triples),
        )  # fmt: skip


class Exact:
    """The exact choice of one group.

    Parameters
    ----------
    t : Tables
        The problem.
    choices : Choices
        All trips that a plan cheaper than `cost` could contain.
    bound : float
        Proven already.
    cost : float
        Of the best plan known.
    whole : bool
        Whether every plan costs a whole number.
    better : callable
        Told every better bound.
    """

    def __init__(
        self, t: Tables, choices: Choices, bound: float, cost: float, *, whole: bool,
        better: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._t, self._whole, self._tell = t, whole, better
        everybody = sum(len(team.members) for team in choices.teams)
        self.cost, self.bound = cost, bound
        self.duties: list[Duty] | None = None
        everyone = np.ones(len(t.unserved), dtype=np.bool_)
        slots = make_slots(choices, SLOTS)
        self._open = [Part(Case(0, everybody), bound, choices, slots, [], everyone)]
        self._stuck: list[Part] = []

    @property
    def _target(self) -> float:
        """The most that a cheaper plan costs."""
        return self.cost - 1.0 if self._whole else self.cost - 1e-7 * max(1.0, self.cost)

    def run(self, budget: Budget) -> None:
        """Work until the best plan is proven, nothing more can be done, or the time is over.

        Afterwards `bound` is the lower bound, and `duties` a plan cheaper than the one known
        before, at `cost`, or None.
        """
        while self._open and budget.left() > 0.0:
            part = min(self._open, key=lambda one: one.bound)
            self._open.remove(part)
            done = self._relax(part, budget)
            if not done:
                self._stuck.append(part)
            elif part.bound <= self._target:
                self._divide(part, budget)
            self._report()
        self._report()

    def _report(self) -> None:
        """Tell the bound: the least of all parts that are not closed."""
        waiting = [part.bound for part in (*self._open, *self._stuck)]
        least = min([self.cost, *waiting])
        if self._whole and math.isfinite(least):
            least = math.ceil(least - 1e-6 * max(1.0, abs(least)))
        if least > self.bound:
            self.bound = least
            self._tell(least)

    def _relax(self, part: Part, budget: Budget) -> bool:
        """Tighten a part by cuts as long as they gain; False when the time is over."""
        before = -math.inf
        for _ in range(ROUNDS):
            programme = Programme(self._t, part.choices, part.slots, part.cuts, part.case)
            relaxed = programme.solve(budget.left)
            if relaxed is None:
                return False
            part.bound = max(part.bound, relaxed.bound)
            self.relaxed = relaxed
            self.couriers = relaxed.couriers
            new = rank_one_cuts(part.choices, relaxed.share, part.triples, CUTS)
            part.cuts += new
            gain = relaxed.bound - before
            fewer = self._shrink(part, relaxed)
            if part.bound > self._target or not new:
                break
            if gain < GAIN * (self._target - part.bound) and not fewer:
                break
            before = relaxed.bound
        return True

    def _shrink(self, part: Part, relaxed: Relaxed) -> bool:
        """Rule out what is too dear; True when that was much."""
        before = int(part.slots.free.sum())
        self.reduced = np.where(part.slots.free, relaxed.reduced, np.inf)
        rows = np.nonzero((part.slots.free & ~too_dear(relaxed, self._target)).any(axis=1))[0]
        part.shrink(relaxed, self._target)
        if len(rows) < len(self.reduced):
            self.reduced = self.reduced[rows]
        return int(part.slots.free.sum()) < 0.9 * before

    def _divide(self, part: Part, budget: Budget) -> None:
        """Split a part by the number of couriers, or choose among its trips."""
        few = math.floor(self.couriers + WHOLE)
        if self.couriers - few > WHOLE and part.case.least <= few < part.case.most:
            self._open += [part.within(0, few), part.within(few + 1, part.case.most)]
            return
        columns = int(part.slots.free.sum())
        begins = np.argwhere(part.slots.free)
        proves = columns <= MOST_COLUMNS
        if not proves:
            reduced = self.reduced[tuple(begins.T)]
            begins = begins[np.argsort(reduced, kind="stable")[:FEW_COLUMNS]]
        chosen = choose(
            self._t, part.choices, part.slots, part.cuts, part.case, part.unserved, begins,
            budget.left() * MARGIN, budget.iterations, self._target,
        )  # fmt: skip
        self._take(part, chosen, proves, budget)

    def _take(self, part: Part, chosen: Chosen, proves: bool, budget: Budget) -> None:
        """Make a plan of a choice, or cut it off; put the part where it belongs."""
        if proves:
            part.bound = max(part.bound, chosen.bound)
            if part.bound > self._target:
                return
        failed = self._plan(part, chosen.rows, budget) if chosen.rows is not None else []
        if failed is None or (proves and part.bound > self._target):
            self._stuck += [part] if part.bound <= self._target else []
        elif failed and len(part.slots.marks) <= MOST_SLOTS:
            part.cuts += failed
            part.slots = halve(part.choices, part.slots)
            self._open.append(part)
        elif not (proves and chosen.complete):
            self._stuck.append(part)

    def _plan(self, part: Part, rows: Sequence[int], budget: Budget) -> list[Cut] | None:
        """Take a choice as the best plan if duties can carry it out; else return cuts against it.

        None means that this could not be found out.
        """
        choices, duties = part.choices, [[] for _ in self._t.couriers]
        failed: list[Cut] = []
        price, served = 0.0, np.zeros(len(self._t.unserved), dtype=np.int64)
        for number, team in enumerate(choices.teams):
            own = [row for row in rows if choices.team[row] == number]
            work = [
                Work(int(choices.seconds[row]), int(choices.earliest[row]), int(choices.latest[row]))
                for row in own
            ]
            starts = beginnings(work, len(team.members), budget.left())
            if starts is False:
                return None
            if starts is None:
                failed.append(_not_together(choices, own))
                continue
            for member, places in zip(
                team.members, share_out(work, starts, len(team.members)), strict=True
            ):
                duties[member] = [list(choices.routes[own[place]]) for place in places]
                price += float(self._t.prices[0]) * bool(places)
            price += float(choices.cost[own].sum())
            served += choices.brings[own].sum(axis=0)
        if failed:
            return failed
        price += float(self._t.unserved[served == 0].sum())
        if price < self.cost:
            self.cost, self.duties = price, duties
        return []


def _not_together(choices: Choices, rows: list[int]) -> Cut:
    """Return the cut that forbids one team these trips together."""
    weight = np.zeros(len(choices.cost), dtype=np.int8)
    weight[rows] = 1
    return Cut(weight, len(rows) - 1)
