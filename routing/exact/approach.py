"""Rules out plans a little cheaper than the best, where trips up to its cost are too many.

Trips up to the cost of the best plan are too many there. Those that a plan within the aim, a little
below that cost, could contain are fewer, and fewer still in a case that holds few plans. So plans
are split by the number of couriers, and each case is cut until it gains little, then

- chosen among exactly, where its trips are few enough, or
- split again, so that the number of couriers is one number, or
- told apart by whether meals are outside the circle whom distance does not force there, by whom
  the programme does not use, and the rest, in which shifts are all but full: in these seconds are
  made dear, so that hardly any trip is left that wastes some (`coarse`).

What is proven is told by the number of couriers, so two may work on the parts of one proof: the
second, who only helps, begins with the last and leaves the first alone. The bound is always that of
the lowest case, whatever is finished.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from routing.bounding.cases import UNSPLIT
from routing.bounding.crews import Crew
from routing.bounding.generation import Generation
from routing.bounding.lowering import least_prices
from routing.budget import Budget
from routing.exact.choice import Case
from routing.exact.coarse import cheap_at, crews_as_teams
from routing.exact.exact import Exact
from routing.exact.settle import list_case
from routing.exact.teams import Flags, make_choices
from routing.search.search import Duty
from routing.tables import Floats, Tables

type Told = Callable[[float, int, int | None], None]
"""Takes a bound of the plans that use so many couriers, fewest and most."""
type Asked = Callable[[int, int | None], float]
"""Answers what is proven of the plans that use so many couriers, fewest and most."""

AIM = 0.0099
"""Part of the cost that the aim lies below it."""
FRUITFUL = 0.1
"""A round of cuts that closes less of what is missing to the aim is the last."""
ROUNDS = 12
"""Rounds of cuts at most."""
MOST_TRIPS = 500_000
"""So many trips of teams are too many to choose among."""
SHARE = 0.5
"""Part of the price of a meal outside the circle that stays where one more is known to be."""


@dataclass(slots=True)
class Branch:
    """What is proven of some plans: by themselves, and by parts that together hold all of them."""

    own: float
    parts: list["Branch"] = field(default_factory=list)

    @property
    def bound(self) -> float:
        """No plan of these costs less."""
        return max(self.own, min((part.bound for part in self.parts), default=-math.inf))

    def split(self, count: int) -> list["Branch"]:
        """Return parts of these plans, of which no more is known."""
        self.parts = [Branch(self.own) for _ in range(count)]
        return self.parts


@dataclass(frozen=True, slots=True)
class Counted:
    """A branch of all plans that use so many couriers; with `most` None, of all that use more."""

    branch: Branch
    least: int
    most: int | None


class Approach:
    """The proof that no plan of a group costs less than the aim.

    Parameters
    ----------
    t : Tables
        The problem.
    budget : Budget
        When to stop.
    whole : bool
        Whether every plan costs a whole number.
    better : callable
        Told every better bound of the plans that use so many couriers, from the fewest to the
        most; None in place of the most means that there is no limit.
    known : callable
        Asked for the cost of the best plan that anybody knows.
    proven : callable
        Asked what anybody has proven of the plans that use so many couriers.
    helps : bool
        Whether another works on the same proof and begins with the first part of all.
    """

    def __init__(
        self, t: Tables, budget: Budget, *, whole: bool, better: Told,
        known: Callable[[], float], proven: Asked, helps: bool = False,
    ) -> None:  # fmt: skip
        self._t, self._budget, self._whole = t, budget, whole
        self._tell, self._known, self._proven = better, known, proven
        self._helps = helps
        self._counted: list[Counted] = []
        self.duties: list[Duty] | None = None
        self.cost = math.inf

    def run(self, root: Generation) -> None:
        """Prove as much as the time allows, from column generation that has ended."""
        with self._at(Counted(Branch(root.best), 0, None)) as branch:
            self._work(branch, root)

    @contextmanager
    def _at(self, counted: Counted) -> Iterator[Branch]:
        """Work on the plans that use so many couriers."""
        self._counted.append(counted)
        yield counted.branch
        self._counted.pop()

    @property
    def aim(self) -> float:
        """What is to be proven: a little less than the best plan costs."""
        aim = (1.0 - AIM) * min(self._known(), self.cost)
        return math.ceil(aim) if self._whole else aim

    def _prove(self, branch: Branch, value: float) -> None:
        """Take in what is proven of a branch, and tell it of all plans with as many couriers."""
        if value > branch.own:
            branch.own = value
            now = self._counted[-1]
            bound = now.branch.bound
            if self._whole and math.isfinite(bound):
                bound = math.ceil(bound - 1e-6 * max(1.0, abs(bound)))
            self._tell(bound, now.least, now.most)

    def _is_open(self, branch: Branch) -> bool:
        now = self._counted[-1]
        proven = max(branch.bound, self._proven(now.least, now.most))
        return self._budget.left() > 0.0 and proven < self.aim

    def _work(self, branch: Branch, case: Generation) -> None:
        """Prove a case, in parts where that is needed."""
        if not self._tighten(branch, case):
            return
        used = case.master.used
        few = math.floor(used + UNSPLIT)
        if used - few >= UNSPLIT:
            limits = [(case.least, few), (few + 1, case.most)]
        elif self._choose(branch, case):
            return
        elif case.least < case.most:
            limits = [(case.least, few - 1), (few + 1, case.most), (few, few)]
        else:
            self._fill(branch, case)
            return
        limits = [(least, most) for least, most in limits if least <= most]
        parts = list(zip(branch.split(len(limits)), limits, strict=True))
        if self._helps and len(parts) > 1:
            parts = parts[:0:-1]
        for part, (least, most) in parts:
            no_limit = self._counted[-1].most is None and most == case.most
            with self._at(Counted(part, least, None if no_limit else most)):
                if self._is_open(part):
                    one = Generation(case.t, case.crews, least, most, case.staff)
                    one.inherit(case, self._budget)
                    self._work(part, one)

    def _tighten(self, branch: Branch, case: Generation, offset: float = 0.0) -> bool:
        """Add cuts while they gain; True if the case is still open and may be looked at closer.

        Parameters
        ----------
        branch : Branch
            The plans of the case.
        case : Generation
            Column generation over them.
        offset : float
            What all of these plans cost more than the case says.
        """
        for number in range(ROUNDS):
            if not self._is_open(branch):
                return False
            before, aim = case.best + offset, self.aim
            ended = case.run(
                self._budget, lambda value: self._prove(branch, value + offset), aim - offset
            )
            if not ended or not self._is_open(branch):
                return False
            gain = case.best + offset - before
            used = case.master.used
            dull = number > 0 and gain < FRUITFUL * (aim - before)
            if dull or used - math.floor(used + UNSPLIT) >= UNSPLIT or not case.cut():
                break
        return True

    def _choose(self, branch: Branch, case: Generation) -> bool:
        """Choose exactly within the aim; False where trips are too many."""
        aim = self.aim
        listed, bound = list_case(case, aim)
        if listed is None:
            return False
        units = [sum(unit.count for unit in crew.units) for crew in case.crews]
        if sum(n * len(trips.cost) for n, trips in zip(units, listed, strict=True)) > MOST_TRIPS:
            return False
        choices = make_choices(self._t, case.crews, listed)
        exact = Exact(
            self._t, choices, Case(case.least, case.most), bound, aim, whole=self._whole,
            better=lambda value: self._prove(branch, value), known=lambda: self.aim,
        )  # fmt: skip
        exact.run(self._budget)
        if exact.duties is not None and exact.cost < self.cost:
            self.cost, self.duties = exact.cost, exact.duties
        return True

    def _fill(self, branch: Branch, case: Generation) -> None:
        """Prove a case in which shifts are all but full, of so many couriers exactly."""
        worth = None if case.center is None else _dear_seconds(self._t, case.center.seconds)
        if worth is None:
            return
        outside = Branch(branch.own)
        if not self._more_outside(outside, case):
            return
        parts, staff = [outside], dict(case.staff)
        for crew in _unused(case):
            keys = {unit.key: staff.get(unit.key, (0, unit.count)) for unit in crew.units}
            one = Branch(branch.own)
            with_them = self._unit_by_unit(one, case, staff, list(keys))
            if with_them:
                parts.append(one)
                staff |= dict.fromkeys(keys, (0, 0))
        full = Branch(branch.own)
        branch.parts = [*parts, full]
        self._within_shifts(full, case, staff, worth)

    def _more_outside(self, branch: Branch, case: Generation) -> bool:
        """Prove the plans in which somebody is outside the circle whom distance does not force.

        What all meals outside it cost at least is known for them, so part of their prices can be
        counted beforehand. Returns whether the aim was reached.
        """
        t, forced = self._t, least_prices(self._t)
        free = _free(t, forced)
        if free.any():
            more = float(t.outside[free].min())
            offset = (1.0 - SHARE) * (float(forced.sum()) + more)
            lower = t._replace(
                outside=SHARE * t.outside, unserved=t.unserved - (1.0 - SHARE) * forced
            )
            one = Generation(lower, _priced(case.crews, lower), case.least, case.most, case.staff)
            one.follow(case, self._budget)
            self._tighten(branch, one, offset)
            return branch.bound >= self.aim
        branch.own = math.inf
        return True

    def _unit_by_unit(
        self, branch: Branch, case: Generation, staff: dict[int, tuple[int, int]], keys: list[int]
    ) -> bool:
        """Prove the plans that use somebody of a crew; return whether the aim was reached."""
        before: dict[int, tuple[int, int]] = {}
        parts = branch.split(len(keys))
        for part, key in zip(parts, keys, strict=True):
            count = next(u.count for crew in case.crews for u in crew.units if u.key == key)
            most = staff.get(key, (0, count))[1]
            if most > 0:
                with_one = {**staff, **before, key: (1, most)}
                one = Generation(case.t, case.crews, case.least, case.most, with_one)
                one.inherit(case, self._budget)
                self._tighten(part, one)
            else:
                part.own = math.inf
            before[key] = (0, 0)
        return branch.bound >= self.aim

    def _within_shifts(
        self, branch: Branch, case: Generation, staff: dict[int, tuple[int, int]], worth: Floats
    ) -> None:
        """Prove the plans with nobody outside the circle but by distance, where seconds are short.

        Dear seconds prove little of the cost, but they tell which trips fit into shifts.
        """
        t, forced = self._t, least_prices(self._t)
        never = float(t.unserved.max(initial=0.0) + t.outside.max(initial=0.0)) * len(t.orders)
        inside = t._replace(outside=np.where(_free(t, forced), never, t.outside))
        crews = _priced(case.crews, inside)
        dear = Generation(inside, crews, case.least, case.most, staff, worth)
        dear.follow(case, self._budget)
        if not self._tighten(branch, dear):
            return
        aim = self.aim
        listed, bound = list_case(dear, aim)
        if listed is None:
            return
        few = cheap_at(case, listed, aim)
        choices = crews_as_teams(inside, crews, staff, few, worth)
        if len(choices.cost) > MOST_TRIPS:
            return
        exact = Exact(
            inside, choices, Case(case.least, case.most), bound, aim, whole=False,
            better=lambda value: self._prove(branch, value), known=lambda: self.aim, coarse=True,
        )  # fmt: skip
        exact.run(self._budget)


def _free(t: Tables, forced: Floats) -> Flags:
    """Return which orders cost something outside the circle and need not be there."""
    free: Flags = (forced <= 0.0) & (t.outside > 0.0) & t.able.any(axis=1)
    return free


def _unused(case: Generation) -> list[Crew]:
    """Return the crews of whom the programme uses nobody, where it uses others."""
    used = iter(case.master.used_by.tolist())
    parts = [sum(next(used) for _ in crew.units) for crew in case.crews]
    idle = [crew for crew, part in zip(case.crews, parts, strict=True) if part < UNSPLIT]
    return idle if len(idle) < len(parts) else []


def _priced(crews: Sequence[Crew], t: Tables) -> list[Crew]:
    """Return crews that see other prices of meals outside the circle."""
    return [
        replace(crew, room=crew.room._replace(outside=t.outside[crew.orders])) for crew in crews
    ]


def _dear_seconds(t: Tables, seconds: Floats) -> Floats | None:
    """Return prices of seconds so high that hardly any is wasted; None where they are not short.

    A second of the crew with the dearest ones costs so much that as long a ride as there may be
    costs what leaving an order out does: beyond, the programme would leave orders out.
    """
    able = t.able.any(axis=1)
    if not able.any() or float(seconds.max()) <= 0.0:
        return None
    worth = float(t.unserved[able].min()) / max(1.0, float(t.limits[0]))
    scaled: Floats = np.round(worth * seconds / float(seconds.max()), 3)
    return scaled if worth > float(seconds.max()) else None
