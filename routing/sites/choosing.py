"""The choice itself: search, prices, then branch and bound on what the prices have left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from routing.budget import Budget
from routing.sites.integer import choose_most
from routing.sites.prices import Promise, lower
from routing.sites.programme import Effort
from routing.sites.rules import Rules
from routing.sites.search import Exchange
from routing.sites.sharing import Sharing
from routing.sites.task import Task
from routing.tables import Floats

ROUNDS = 600
"""Most rounds of prices."""
TRIES = 30
"""Choices that are shaken and improved again; fewer where people have to be shared out."""
TRIES_SHARED = 4
LOOK_EVERY = 10
"""Rounds of prices between two looks at the sites that they take."""
FEW = 40
"""With so few rows left, branch and bound is quicker than more prices."""
MANY_CELLS = 400_000
"""Stored values beyond which branch and bound is not tried."""
FOR_PRICES = 0.6
"""Part of the time that prices may take."""
EQUAL = 1e-9
"""Relative difference at which values count as equal."""

type Told = Callable[[float, float, str], None]


@dataclass(frozen=True, slots=True)
class Work:
    """How much work is done.

    Parameters
    ----------
    budget : Budget
        Time and stop signal.
    gap : float
        Relative gap that is small enough.
    seed : int
        Of random choices.
    nodes : int or None
        Most nodes of branch and bound.
    told : callable
        Told value, bound and phase.
    """

    budget: Budget
    gap: float
    seed: int
    nodes: int | None
    told: Told

    def effort(self, above: float) -> Effort:
        """Return what branch and bound may use, to find something better than `above`."""
        return Effort(self.budget.left(), self.nodes, self.seed, self.gap, above)


@dataclass(frozen=True, slots=True)
class Found:
    """A choice of rows.

    Parameters
    ----------
    chosen : list of int
        New rows.
    value : float
        What they and the kept rows give.
    bound : float
        No permitted choice gives more.
    having : array of float64, (rows,)
        No permitted choice with this row gives more.
    prices : array of float64, (elements,)
        The prices that prove it.
    """

    chosen: list[int]
    value: float
    bound: float
    having: Floats = field(default_factory=lambda: np.zeros(0))
    prices: Floats = field(default_factory=lambda: np.zeros(0))


def climber(task: Task, rules: Rules) -> Exchange | Sharing:
    """Return the search that suits a task."""
    return Sharing(task, rules) if task.limited else Exchange(task, rules)


def maximise(
    task: Task, rules: Rules, work: Work, start: Sequence[int] = (), prices: Floats | None = None,
    aim: float = np.inf,
) -> Found:  # fmt: skip
    """Choose the rows that give the most.

    Parameters
    ----------
    task, rules, work
        What is chosen from, and how long.
    start : sequence of int
        A permitted choice to improve, besides one from scratch.
    prices : array of float64, optional
        Prices to begin with.
    aim : float
        Value that is enough; a bound below it is enough, too.
    """
    search = _Search(task, rules, work, aim)
    search.offer([])
    if not rules.most or not len(task.sites):
        return Found([], search.value, search.value, np.full(len(task.sites), np.inf))
    search.climb([])
    if len(start):
        search.climb(start)
    search.shake(TRIES_SHARED if task.limited else TRIES)
    promise = lower(task, rules, prices, work.budget.part(FOR_PRICES), ROUNDS, search.look)
    bound = search.settle(promise)
    having = np.minimum(promise.having, bound)
    return Found(sorted(search.chosen), search.value, bound, having, promise.prices)


class _Search:
    """The best choice so far, and the ways to better ones."""

    def __init__(self, task: Task, rules: Rules, work: Work, aim: float) -> None:
        self.task, self.rules, self.work, self.aim = task, rules, work, aim
        self.climber = climber(task, rules)
        self.chosen: list[int] = []
        self.value = -np.inf
        self.bound = np.inf
        self._seen: set[tuple[int, ...]] = set()
        self._dice = np.random.default_rng(work.seed)

    def offer(self, chosen: list[int]) -> None:
        value = self.climber.value(chosen)
        if value > self.value + EQUAL * abs(self.value if np.isfinite(self.value) else 0.0):
            self.chosen, self.value = list(chosen), value
            self.work.told(self.value, self.bound, "search")

    def climb(self, start: Sequence[int]) -> None:
        self.offer(self.climber.improve(start, self.work.budget, self.aim))

    def shake(self, tries: int) -> None:
        """Leave out some sites, put in others that would do nearly as well, and improve again."""
        for _ in range(tries):
            if self.done() or not self.chosen:
                return
            count = int(self._dice.integers(1, max(2, len(self.chosen) // 2 + 1)))
            order = self._dice.permutation(len(self.chosen))
            some = [self.chosen[place] for place in order[count:]]
            for _ in range(count):
                more = np.where(self.rules.addable(some), self.climber.adding(some), 0.0)
                best = np.argsort(-more, kind="stable")[: 10 * count]
                best = best[more[best] > 0]
                if not len(best):
                    break
                some.append(int(self._dice.choice(best)))
            self.climb(some)

    def done(self) -> bool:
        """Return whether the choice is good enough, or proven to fall short."""
        if self.work.budget.left() <= 0 or self.value >= self.aim or self.bound < self.aim < np.inf:
            return True
        return self.bound - self.value <= max(self.work.gap, EQUAL) * abs(self.value)

    def look(self, promise: Promise, taken: Floats, number: int) -> float | None:
        """Improve the sites that prices take, now and then; None when that is enough."""
        self.bound = min(self.bound, promise.bound)
        if number % LOOK_EVERY == 0:
            self.work.told(self.value, self.bound, "prices")
            order = np.argsort(-np.where(self.task.kept, 0.0, taken), kind="stable")
            some: list[int] = []
            for row in order[: self.rules.most].tolist():
                if taken[row] > 0 and not self.task.kept[row] and self.rules.permit([*some, row]):
                    some.append(row)
            key = tuple(sorted(some))
            if key not in self._seen and not (self.task.limited and len(self._seen) >= TRIES):
                self._seen.add(key)
                self.climb(some)
        few = number > FEW and int((promise.having > self.value).sum()) <= FEW
        return None if self.done() or few else self.value

    def settle(self, promise: Promise) -> float:
        """Let branch and bound decide among the rows left, and return the bound."""
        self.bound = min(self.bound, promise.bound)
        if self.done():
            return max(self.bound, self.value)
        left = (promise.having > self.value * (1 + EQUAL)) | self.task.kept
        task = self.task.only(left)
        if task.value.nnz > MANY_CELLS:
            return self.bound
        if (left & ~self.task.kept).any():
            self.work.told(self.value, self.bound, "branches")
            found = choose_most(
                task, self.rules.only(left), self.work.effort(self.value * (1 + EQUAL) + EQUAL)
            )
            if found.chosen is not None:
                self.offer(np.nonzero(left)[0][found.chosen].tolist())
            self.bound = min(self.bound, max(found.bound, self.value))
        else:
            self.bound = self.value
        self.work.told(self.value, self.bound, "branches")
        return self.bound
