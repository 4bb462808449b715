"""The questions of a planner, each put as a task, answered, and told in the planner's units."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from routing.budget import Budget, Clock, StopSignal
from routing.sites.answer import Goal, Limits, Progress, SiteAnswer, Told
from routing.sites.assigning import assign
from routing.sites.choosing import Found, Work, climber, maximise
from routing.sites.errors import AllTooNear, BudgetTooSmall, InvalidSites, TooFewCandidates
from routing.sites.fewest import choose_count, enough, enough_people
from routing.sites.problem import SiteProblem
from routing.sites.rules import Rules, make_rules
from routing.sites.task import Flags, Task, make_task

DEFAULT = Limits()


def most_covered(
    problem: SiteProblem, k: int, limits: Limits = DEFAULT, *, told: Told | None = None,
    stop: Callable[[], bool] | None = None, clock: Clock = time.monotonic,
) -> SiteAnswer:  # fmt: skip
    """Choose at most k new sites that cover the most people (MCLP; Church and ReVelle 1974).

    Parameters
    ----------
    problem : SiteProblem
        Candidates, people and rules.
    k : int
        New sites at most; fewer are chosen where the rest adds nothing or the rules forbid it.
    limits : Limits
        Seconds, gap, seed.
    told : callable, optional
        Told the progress.
    stop : callable, optional
        Asked now and then; True ends the work with the best so far.
    clock : callable
        Where time comes from.

    Raises
    ------
    InvalidSites
        If k is below 0, or nobody lives at the demand points.
    TooFewCandidates, BudgetTooSmall, AllTooNear
        If no choice can be made.
    """
    budget = Budget(limits.seconds, None, StopSignal(stop), clock)
    return _most(problem, k, None, limits, budget, told)


def least_mean_walk(
    problem: SiteProblem, k: int, beyond: float, limits: Limits = DEFAULT, *,
    told: Told | None = None, stop: Callable[[], bool] | None = None,
    clock: Clock = time.monotonic,
) -> SiteAnswer:  # fmt: skip
    """Choose at most k new sites with the least mean walk (p-median; Hakimi 1964).

    Parameters
    ----------
    beyond : float
        Seconds that count for a person without a site: too far from all, or all full. Pairs as far
        as this or farther count as out of reach.
    problem, k, limits, told, stop, clock
        As in `most_covered`.

    Raises
    ------
    InvalidSites, TooFewCandidates, BudgetTooSmall, AllTooNear
        As in `most_covered`.
    """
    if not 0 < beyond < np.inf:
        raise InvalidSites("beyond", f"must be more than 0 seconds, not {beyond}")
    budget = Budget(limits.seconds, None, StopSignal(stop), clock)
    return _most(problem, k, beyond, limits, budget, told)


def fewest(
    problem: SiteProblem, share: float, limits: Limits = DEFAULT, *, told: Told | None = None,
    stop: Callable[[], bool] | None = None, clock: Clock = time.monotonic,
) -> SiteAnswer:  # fmt: skip
    """Choose the fewest new sites that cover a share of the people (LSCP; Toregas et al. 1971).

    Parameters
    ----------
    share : float
        Share of all weighted people, above 0 and up to 1.
    problem, limits, told, stop, clock
        As in `most_covered`.

    Raises
    ------
    InvalidSites
        If the share is not above 0 and at most 1, or nobody lives at the demand points.
    ShareOutOfReach
        If no choice covers it: says the largest share and what stands in the way.
    """
    if not 0 < share <= 1:
        raise InvalidSites("share", f"must be above 0 and at most 1, not {share}")
    budget = Budget(limits.seconds, None, StopSignal(stop), clock)
    _counted(problem)
    allowed = _allowed(problem)
    task = make_task(problem, allowed)
    rules = make_rules(task, len(task.sites), problem.costs, problem.budget, problem.apart)
    work = Work(budget, limits.gap, limits.seed, limits.nodes, _teller(told, budget, lambda x: x))
    least = enough_people(problem, share)
    if climber(task, rules).value([]) >= least:
        return _told_in_full(problem, Goal.FEWEST, share, None, [], (0.0, 0.0, 0.0), budget)
    start = enough(problem, task, rules, share, work)
    chosen, bound = choose_count(task, rules, least, start, work)
    sites = task.sites[chosen].tolist()
    return _told_in_full(
        problem, Goal.FEWEST, share, None, sites, (float(len(sites)), bound, 0.0), budget
    )


def curve(
    problem: SiteProblem, k_max: int, limits: Limits = DEFAULT, *, beyond: float | None = None,
    told: Told | None = None, stop: Callable[[], bool] | None = None,
    clock: Clock = time.monotonic,
) -> tuple[SiteAnswer, ...]:  # fmt: skip
    """Return the best choices of 1, 2, … k_max new sites: what each further site adds.

    Each begins with the one before, and has its own gap; the seconds are for all of them. The
    choices need not contain each other.

    Parameters
    ----------
    k_max : int
        Most new sites.
    beyond : float or None
        Given, the curve is of the least mean walk; else of the most people covered.
    problem, limits, told, stop, clock
        As in `most_covered`.
    """
    budget = Budget(limits.seconds, None, StopSignal(stop), clock)
    task, rules, work = _prepared(problem, k_max, beyond, limits, budget, told)
    answers: list[SiteAnswer] = []
    found: Found | None = None
    for k in range(1, k_max + 1):
        began = budget.elapsed()
        part = replace(work, budget=budget.part(1 / (k_max + 1 - k)))
        start = found.chosen if found else []
        found = maximise(task, rules.with_most(k), part, start, found.prices if found else None)
        answers.append(_answer(problem, k, beyond, task, rules, found, budget, began))
    return tuple(answers)


def _most(
    problem: SiteProblem, k: int, beyond: float | None, limits: Limits, budget: Budget,
    told: Told | None,
) -> SiteAnswer:  # fmt: skip
    task, rules, work = _prepared(problem, k, beyond, limits, budget, told)
    found = maximise(task, rules, work)
    return _answer(problem, k, beyond, task, rules, found, budget, 0.0)


def _prepared(
    problem: SiteProblem, k: int, beyond: float | None, limits: Limits, budget: Budget,
    told: Told | None,
) -> tuple[Task, Rules, Work]:  # fmt: skip
    """Check what can be wrong, and return what the choice is made of."""
    _counted(problem)
    if k < 0:
        raise InvalidSites("k", f"must be 0 or more, not {k}")
    if k > len(problem.candidates):
        raise TooFewCandidates(k, len(problem.candidates))
    allowed = _allowed(problem)
    if k:
        _refuse_empty(problem, allowed)
    task = make_task(problem, allowed, beyond)
    rules = make_rules(task, k, problem.costs, problem.budget, problem.apart)
    unit = _unit(problem, beyond)
    return task, rules, Work(
        budget, limits.gap, limits.seed, limits.nodes, _teller(told, budget, unit)
    )  # fmt: skip


def _counted(problem: SiteProblem) -> None:
    if not problem.total > 0:
        raise InvalidSites("people", "nobody who counts lives at any demand point")


def _allowed(problem: SiteProblem) -> Flags:
    """Return the candidates that can be paid and are not too near an existing site."""
    allowed = _payable(problem)
    if problem.apart is not None and problem.existing:
        marks = np.zeros(len(allowed))
        marks[list(problem.existing)] = 1.0
        allowed &= problem.apart @ marks == 0
    return allowed


def _payable(problem: SiteProblem) -> Flags:
    allowed = np.zeros(problem.seconds.shape[0], dtype=bool)
    allowed[problem.candidates] = True
    if problem.costs is not None and problem.budget is not None:
        allowed &= problem.costs <= problem.budget
    return allowed


def _refuse_empty(problem: SiteProblem, allowed: Flags) -> None:
    """Raise if no candidate may be chosen, with the reason."""
    if allowed.any():
        return
    payable = int(_payable(problem).sum())
    if not payable and problem.costs is not None and problem.budget is not None:
        raise BudgetTooSmall(problem.budget, float(problem.costs[problem.candidates].min()))
    raise AllTooNear(payable)


def _unit(problem: SiteProblem, beyond: float | None) -> Callable[[float], float]:
    """Return how a task's value is told: as people, or as the mean walk that is left."""
    if beyond is None:
        return lambda value: value
    return lambda value: beyond - value / problem.total


def _teller(
    told: Told | None, budget: Budget, unit: Callable[[float], float]
) -> Callable[[float, float, str], None]:
    def tell(value: float, bound: float, phase: str) -> None:
        if told is not None:
            told(Progress(budget.elapsed(), unit(value), unit(bound), phase))

    return tell


def _answer(
    problem: SiteProblem, k: int, beyond: float | None, task: Task, rules: Rules, found: Found,
    budget: Budget, began: float,
) -> SiteAnswer:  # fmt: skip
    unit = _unit(problem, beyond)
    goal = Goal.MOST_COVERED if beyond is None else Goal.LEAST_MEAN_WALK
    figures = unit(found.value), unit(found.bound), unit(climber(task, rules).value([]))
    sites = task.sites[found.chosen].tolist()
    answer = _told_in_full(problem, goal, k, beyond, sites, figures, budget, began)
    having = [unit(float(value)) for value in found.having]
    answer.promises[task.sites] = np.where(task.kept, np.nan, having)
    return answer


def _told_in_full(
    problem: SiteProblem, goal: Goal, limit: float, beyond: float | None, chosen: list[int],
    figures: tuple[float, float, float], budget: Budget, began: float = 0.0,
) -> SiteAnswer:  # fmt: skip
    """Return the answer with everybody assigned."""
    sites = sorted({*problem.existing, *chosen})
    assigned = assign(problem, sites, beyond)
    near = problem.seconds.copy()
    near.data = (near.data <= problem.threshold).astype(np.float64)
    covered = float((assigned * near).sum(axis=0) @ problem.weights)
    return SiteAnswer(
        goal=goal, limit=limit, beyond=beyond, chosen=tuple(sorted(chosen)), open=tuple(sites),
        objective=figures[0], bound=figures[1], before=figures[2], covered=covered,
        total=problem.total, assigned=assigned, loads=assigned.sum(axis=1),
        outside=np.maximum(problem.people - assigned.sum(axis=0), 0.0),
        promises=np.full(problem.seconds.shape[0], np.nan), seconds=budget.elapsed() - began,
    )  # fmt: skip
