"""The exact answer for a small group: choose among all trips, and prove that nothing is cheaper.

Every trip that a cheaper plan could contain is listed (`listing`). A linear programme over
trips and slots (`choice`) proves a bound and rules out most of them; its cuts and narrower
slots tighten it. What is left is small enough for branch and bound (`integer`). A choice
that no duties can carry out (`rota`) is cut off, and the slots become narrower; a choice
that they can is a plan. After Paradiso, Roberti, Laganà and Dullaert, *An exact solution framework
for multitrip vehicle-routing problems with time windows*, Operations Research 2020, and the
discovery of discretisations of Boland, Hewitt, Marshall and Savelsbergh, Operations Research 2017.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from routing.budget import Budget
from routing.exact.choice import Case, Programme, Relaxed, too_dear
from routing.exact.integer import choose
from routing.exact.rankone import Cut, Name, rank_one_cuts
from routing.exact.rota import Work, beginnings, share_out
from routing.exact.teams import Choices, Flags, Slots, halve, make_slots
from routing.search.search import Duty
from routing.tables import Floats, Ints, Tables

LEAST_SLOTS, SLOTS = 1, 16
"""Fewest and most slots of the first relaxation."""
CELLS = 20_000
"""There are fewer than the most where trips times slots would be more than this."""
NARROW = 8
"""After a choice without duties there are at least so many: choosing takes longer than slots."""
MOST_SLOTS = 2048
"""Slots are not made narrower beyond this."""
CUTS = 60
"""Cuts added in a round."""
ROUNDS = 40
"""Rounds of cuts, as long as each gains enough."""
GAIN = 0.005
"""Part of the gap that a round of cuts has to close to be followed by another."""
MUCH = 0.9
"""So does one after which fewer than this part of the beginnings are left."""
FEW_COLUMNS = 2_500
"""Branch and bound begins with so many of the cheapest trips in slots."""
MORE = 3
"""Times as many each time that these do not settle it."""
NEARLY_ALL = 1.5
"""Times as many are taken at once where these are all there are."""
SEEDS = 600
"""Trips in slots that a linear programme takes over from the one before."""
WHOLE = 0.02
"""A number of couriers nearer than this to a whole number counts as one."""
COLUMN_SECONDS = 1e-4
"""What writing down and reading a column takes a slow machine: no limit ends that early."""
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
    names : set
        Cuts made already.
    couriers, relaxed, reduced
        Couriers used, bound and reduced costs of the last linear programme.
    """

    case: Case
    bound: float
    choices: Choices
    slots: Slots
    cuts: list[Cut]
    unserved: Flags
    names: set[Name] = field(default_factory=set)
    couriers: float = 0.0
    relaxed: float = -math.inf
    reduced: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def take(self, relaxed: Relaxed, target: float) -> bool:
        """Rule out what is too dear for a plan of at most `target`; True if that is much."""
        before = int(self.slots.free.sum())
        self.bound = max(self.bound, relaxed.bound)
        self.couriers, self.relaxed = relaxed.couriers, relaxed.bound
        self.reduced = relaxed.reduced
        self.unserved = self.unserved & (relaxed.unserved <= target - relaxed.bound + 1.0)
        self.aim(target)
        return int(self.slots.free.sum()) < MUCH * before

    def aim(self, target: float) -> None:
        """Rule out what the last reduced costs show to be too dear for a plan of `target`."""
        self.slots = self.slots.without(too_dear(self.reduced, self.relaxed, target))
        self.reduced = np.where(self.slots.free, self.reduced, np.inf)

    def shrink(self, prices: Floats) -> None:
        """Forget trips that are ruled out, and cuts without a price."""
        used = np.pad(prices > 0.0, (0, len(self.cuts) - len(prices)))
        self.cuts = [
            cut for cut, priced in zip(self.cuts, used, strict=True) if priced or cut.needed
        ]
        rows = np.nonzero(self.slots.free.any(axis=1))[0]
        self.choices, self.slots = self.choices.keep(rows), self.slots.keep(rows)
        self.cuts = [replace(cut, weight=cut.weight[rows]) for cut in self.cuts]
        self.reduced = self.reduced[rows]

    def seeds(self, count: int) -> Ints:
        """Return the cheapest trips in slots by reduced cost, shape (columns, 2)."""
        if not self.reduced.size:
            return np.zeros((0, 2), dtype=np.int64)
        begins = np.argwhere(self.slots.free)
        rank = np.argsort(self.reduced[tuple(begins.T)], kind="stable")
        return begins[rank[:count]]

    def few(self) -> int | None:
        """Return where to divide by the number of couriers; None when it is whole."""
        whole = math.floor(self.couriers + WHOLE)
        divides = self.couriers - whole > WHOLE and self.case.least <= whole < self.case.most
        return whole if divides else None

    def within(self, least: int, most: int) -> "Part":
        """Return the plans of this part with so many couriers."""
        case = Case(max(least, self.case.least), min(most, self.case.most))
        return Part(
            case, self.bound, self.choices, self.slots, list(self.cuts), self.unserved,
            set(self.names), self.couriers, self.relaxed, self.reduced,
        )  # fmt: skip


class Exact:
    """The exact choice of one group.

    Parameters
    ----------
    t : Tables
        The problem.
    choices : Choices
        All trips that a plan cheaper than `cost` could contain.
    case : Case
        How many couriers the plans looked at use.
    bound : float
        Proven already.
    cost : float
        Of the best plan known.
    whole : bool
        Whether every plan costs a whole number.
    better : callable
        Told every better bound.
    known : callable
        Asked for the cost of the best plan that anybody knows meanwhile.
    coarse : bool
        Whether teams are of couriers who are not alike, so that no choice tells duties.
    """

    def __init__(
        self, t: Tables, choices: Choices, case: Case, bound: float, cost: float, *,
        whole: bool, better: Callable[[float], None], known: Callable[[], float],
        coarse: bool = False,
    ) -> None:  # fmt: skip
        self._coarse = coarse
        self._t, self._whole, self._tell, self._known = t, whole, better, known
        self.cost, self.bound = cost, bound
        self.duties: list[Duty] | None = None
        everyone = np.ones(len(t.unserved), dtype=np.bool_)
        width = min(SLOTS, max(LEAST_SLOTS, CELLS // max(1, len(choices.cost))))
        slots = make_slots(choices, width)
        self._widest = len(slots.marks)
        self._open = [Part(case, bound, choices, slots, [], everyone)]
        self._stuck: list[Part] = []
        self._present: list[Part] = []
        self._rounds = 0

    @property
    def _target(self) -> float:
        """A cost that no cheaper plan exceeds.

        Whole costs are compared half way between two of them: a bound that rounding puts a hair
        above the cost of a plan must not rule it out.
        """
        return self.cost - 0.5 if self._whole else self.cost - 1e-7 * max(1.0, self.cost)

    def run(self, budget: Budget) -> None:
        """Work until the best plan is proven, nothing more can be done, or the time is over.

        A number of steps limits the rounds of linear programmes, and the nodes of branch and bound.
        Afterwards `bound` is the lower bound, and `duties` a plan cheaper than the one known
        before, at `cost`, or None.
        """
        while self._open and budget.left() > 0.0:
            part = min(self._open, key=lambda one: one.bound)
            self._open.remove(part)
            self._present = [part]
            done = self._relax(part, budget)
            if not done:
                self._stuck.append(part)
            elif part.bound <= self._target:
                self._divide(part, budget)
            self._present = []
            self._report()
        self._report()

    def _listen(self) -> None:
        """Aim at less than the best plan that anybody knows."""
        cost = self._known()
        if cost < self.cost:
            self.cost, self.duties = cost, None

    def _report(self) -> None:
        """Tell the bound: the least of all parts that are not closed."""
        waiting = [part.bound for part in (*self._open, *self._stuck, *self._present)]
        least = min([self.cost, *waiting])
        if self._whole and math.isfinite(least):
            least = math.ceil(least - 1e-6 * max(1.0, abs(least)))
        if least > self.bound:
            self.bound = least
            self._tell(least)

    def _relax(self, part: Part, budget: Budget) -> bool:
        """Tighten a part by cuts as long as they gain; False when the time is over."""
        programme = Programme(
            self._t, part.choices, part.slots, part.cuts, part.case, part.seeds(SEEDS)
        )
        before, prices = -math.inf, np.zeros(0)
        for _ in range(ROUNDS):
            self._rounds += 1
            if budget.iterations is not None and self._rounds > budget.iterations:
                return False
            relaxed = programme.solve(budget.left)
            if relaxed is None and budget.left() > 0.0 and math.isfinite(before):
                break  # the last cuts were too much for the solver: without them
            if relaxed is None:
                return False
            self._listen()
            prices, fewer = relaxed.cuts, part.take(relaxed, self._target)
            self._report()
            gain = relaxed.bound - before
            dull = gain < GAIN * (self._target - part.bound) and not fewer
            if dull or part.bound > self._target or part.few() is not None:
                break
            new = rank_one_cuts(part.choices, relaxed.share, part.names, CUTS)
            if not new:
                break
            part.cuts += new
            programme.cut(new)
            programme.bar(part.slots)
            before = relaxed.bound
        part.shrink(prices)
        return True

    def _divide(self, part: Part, budget: Budget) -> None:
        """Split a part by the number of couriers, or choose among its trips."""
        few = part.few()
        if few is not None:
            self._open += [part.within(0, few), part.within(few + 1, part.case.most)]
            return
        # Who only rules out gains nothing from a choice among few: all columns at once.
        count = int(part.slots.free.sum()) if self._coarse else FEW_COLUMNS
        while budget.left() > 0.0 and part.bound <= self._target:
            part.aim(self._target)
            columns = int(part.slots.free.sum())
            begins = part.seeds(columns if columns < NEARLY_ALL * count else count)
            every = len(begins) == columns
            if budget.iterations is None and len(begins) * COLUMN_SECONDS > budget.left():
                break
            chosen = choose(
                self._t, part.choices, part.slots, part.cuts, part.case, part.unserved, begins,
                budget.left() * MARGIN, budget.iterations, self._target, not self._coarse,
            )  # fmt: skip
            others = math.inf if every else part.relaxed + float(part.reduced[tuple(begins[-1])])
            part.bound = max(part.bound, min(chosen.bound, others))
            self._report()
            failed = [] if chosen.rows is None else self._plan(part, chosen.rows, budget)
            if failed and (every or len(part.slots.marks) > self._widest):
                self._narrow(part, failed)
                return
            if failed is None or not chosen.complete or every:
                break
            # Narrow slots mean a harder choice among more columns: first what the widest prove.
            part.cuts += failed or []
            count *= MORE
            self._listen()
        if part.bound <= self._target:
            self._stuck.append(part)

    def _narrow(self, part: Part, failed: list[Cut]) -> None:
        """Cut off a choice that no duties can carry out, and look at it in narrower slots."""
        part.cuts += failed
        if len(part.slots.marks) <= MOST_SLOTS:
            narrower = halve(part.choices, part.slots)
            while len(part.slots.marks) < len(narrower.marks) <= NARROW:
                part.slots, narrower = narrower, halve(part.choices, narrower)
            part.slots = narrower
            part.reduced = np.zeros((0, 0))
        if part.bound <= self._target:
            self._open.append(part)

    def _plan(self, part: Part, rows: Sequence[int], budget: Budget) -> list[Cut] | None:
        """Take a choice as the best plan if duties can carry it out; else return cuts against it.

        None means that this could not be found out.
        """
        if self._coarse:
            return None
        choices, failed = part.choices, []
        duties: list[Duty] = [[] for _ in self._t.couriers]
        price, served = 0.0, np.zeros(len(self._t.unserved), dtype=np.int64)
        for number, team in enumerate(choices.teams):
            own = [row for row in rows if choices.team[row] == number]
            work = [
                Work(*map(int, (choices.seconds[row], choices.earliest[row], choices.latest[row])))
                for row in own
            ]
            timing = beginnings(work, len(team.members), budget.left())
            if not timing.known:
                return None
            if timing.starts is None:
                failed.append(_not_together(choices, own))
                continue
            shares = share_out(work, timing.starts, len(team.members))
            for member, places in zip(team.members, shares, strict=True):
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
    return Cut(weight, len(rows) - 1, needed=True)
