"""The fewest sites that give enough: from above by search, from below by prices and branches."""

import math
from dataclasses import replace

import numpy as np

from routing.budget import Budget
from routing.sites.choosing import FOR_PRICES, MANY_CELLS, ROUNDS, Work, climber, maximise
from routing.sites.errors import ShareOutOfReach
from routing.sites.integer import choose_fewest
from routing.sites.prices import Promise, Worths, lower
from routing.sites.problem import SiteProblem
from routing.sites.rules import Rules, make_rules
from routing.sites.search import Exchange
from routing.sites.sharing import Sharing
from routing.sites.task import Task, make_task
from routing.tables import Floats

SHAKES = 6
"""Times that a choice one smaller is tried from another start."""
AIM_BELOW = 0.005
"""Prices aim a little below what is enough."""
STEPS_UP = 4
"""Times that prices are lowered for one more site, to prove that so many are not enough."""


def enough(
    problem: SiteProblem, task: Task, rules: Rules, share: float, work: Work
) -> list[int]:  # fmt: skip
    """Return rows that cover the share, not necessarily the fewest.

    Raises
    ------
    ShareOutOfReach
        If there are none, or none were found in time: with the largest share and the cause.
    """
    total, least = problem.total, enough_people(problem, share)
    search = climber(task, rules)
    chosen = search.grow([], least)
    if search.value(chosen) >= least:
        return chosen
    every = np.ones(problem.seconds.shape[0], dtype=bool)
    task_of_all = make_task(problem, every)
    reach = task_of_all.base + float(task_of_all.highest.sum())
    if reach < least:
        raise ShareOutOfReach(share, reach / total, reach / total, "walk")
    fits = climber(task_of_all, make_rules(task_of_all, len(every), None, None, None))
    room = fits.value(np.nonzero(~task_of_all.kept)[0].tolist())
    if room < least:
        raise ShareOutOfReach(share, room / total, room / total, "capacity")
    exact = replace(work, gap=0.0)
    found = maximise(task, rules, exact, chosen, aim=least)
    if found.value < least:
        found = maximise(task, rules, exact, found.chosen, found.prices)
    if found.value < least:
        raise ShareOutOfReach(share, found.value / total, found.bound / total, "rules")
    return found.chosen


def enough_people(problem: SiteProblem, share: float) -> float:
    """Return the weighted people of a share, a hair less so that rounding harms nobody."""
    return share * problem.total * (1 - 1e-9)


def choose_count(
    task: Task, rules: Rules, least: float, start: list[int], work: Work
) -> tuple[list[int], float]:
    """Choose the fewest rows that give at least so much; of so many, exchanges gain no more.

    Parameters
    ----------
    task, rules : Task, Rules
        What is chosen from.
    least : float
        Value that is enough.
    start : list of int
        A permitted choice that gives it.
    work : Work
        How long.

    Returns
    -------
    list of int
        New rows.
    float
        No permitted choice needs fewer.
    """
    chosen = _squeeze(task, rules, least, start, work)
    bound, promise = _count_bound(task, rules, least, len(chosen), work)
    if bound < len(chosen) and work.budget.left() > 0:
        left = (promise.having >= least) | task.kept
        some = task.only(left)
        if some.value.nnz <= MANY_CELLS:
            work.told(len(chosen), bound, "branches")
            effort = work.effort(0.5 - len(chosen))
            found = choose_fewest(some, rules.only(left), least, effort)
            if found.chosen is not None:
                better = np.nonzero(left)[0][found.chosen].tolist()
                if climber(task, rules).value(better) >= least and len(better) < len(chosen):
                    chosen = better
            bound = max(bound, min(len(chosen), math.ceil(-found.bound - 1e-6)))
    chosen = climber(task, rules.with_most(len(chosen))).improve(chosen, work.budget)
    work.told(len(chosen), bound, "branches")
    return sorted(chosen), float(bound)


def _squeeze(task: Task, rules: Rules, least: float, start: list[int], work: Work) -> list[int]:
    """Leave out one site after another, and exchange the others until they give enough again."""
    chosen = start
    dice = np.random.default_rng(work.seed)
    while len(chosen) > 1 and work.budget.left() > 0:
        work.told(len(chosen), 0.0, "search")
        search = climber(task, rules.with_most(len(chosen) - 1))
        smaller = _one_less(search, chosen, least, dice, work)
        if smaller is None:
            break
        chosen = smaller
    return chosen


def _one_less(
    search: Exchange | Sharing, chosen: list[int], least: float, dice: np.random.Generator,
    work: Work,
) -> list[int] | None:  # fmt: skip
    """Return a choice with one site less that gives enough, if one is found."""
    rest = [[other for other in chosen if other != row] for row in chosen]
    values = [search.value(some) for some in rest]
    for place in np.argsort(-np.array(values), kind="stable")[:SHAKES].tolist():
        some = rest[place]
        if work.budget.left() <= 0:
            return None
        some = search.improve(dice.permutation(some).tolist(), work.budget, least)
        if search.value(some) >= least:
            return some
    return None


def _count_bound(
    task: Task, rules: Rules, least: float, count: int, work: Work
) -> tuple[int, Promise]:
    """Return how many sites are needed at least, and what prices say of one less than `count`."""
    budget = work.budget.part(FOR_PRICES)
    first = _refute(task, rules.with_most(count - 1), least, None, budget)
    if first.bound < least:
        return count, first
    worth = Worths(task).at(first.prices)[0]
    fixed = task.base + float(first.prices.sum())
    few, many = 0, count - 1  # `many` sites are enough as far as prices know
    while few < many:
        middle = (few + many) // 2
        if fixed + rules.with_most(middle).ceiling(worth).value < least:
            few = middle + 1
        else:
            many = middle
    prices = first.prices
    for _ in range(STEPS_UP):
        if many >= count - 1:
            break
        promise = _refute(task, rules.with_most(many), least, prices, budget)
        if promise.bound >= least:
            break
        prices, many = promise.prices, many + 1
    return many, first


def _refute(
    task: Task, rules: Rules, least: float, prices: Floats | None, budget: Budget
) -> Promise:
    """Lower the bound until it is below `least`, or as far as it goes."""
    return lower(
        task, rules, prices, budget, ROUNDS,
        lambda promise, _, __: None if promise.bound < least else least * (1 - AIM_BELOW),
    )  # fmt: skip
