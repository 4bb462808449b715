"""The choice as an integer programme, over the rows that prices have left."""

from dataclasses import dataclass, replace

import numpy as np

from routing.sites.programme import Effort, Outcome, Programme, solve_integer
from routing.sites.rules import Rules
from routing.sites.task import Task
from routing.tables import Floats, Ints


@dataclass(frozen=True, slots=True)
class Settled:
    """What branch and bound found.

    Parameters
    ----------
    chosen : list of int or None
        New rows of a better choice, if there is one.
    bound : float
        Nothing permitted is better; ``-inf`` if nothing is better than what was known.
    """

    chosen: list[int] | None
    bound: float


def choose_most(task: Task, rules: Rules, effort: Effort) -> Settled:
    """Choose the rows that give the most."""
    programme = _programme(task, rules)
    less = replace(effort, above=effort.above - task.base)
    return _read(task, solve_integer(programme, less), task.base)


def choose_fewest(task: Task, rules: Rules, least: float, effort: Effort) -> Settled:
    """Choose the fewest rows that give at least so much; values and bounds are minus the count."""
    programme = _programme(task, rules)
    row = programme.rows(task.base - least)
    gain = programme.gain.copy()
    columns = np.nonzero(gain)[0]
    programme.put(row, columns, -gain[columns])
    programme.gain = np.where(np.arange(len(gain)) < len(task.sites), -1.0, 0.0)
    programme.gain[: len(task.sites)][task.kept] = 0.0
    return _read(task, solve_integer(programme, effort), 0.0)


def _read(task: Task, found: Outcome, constant: float) -> Settled:
    chosen = None
    if found.values is not None:
        taken = (found.values[: len(task.sites)] > 0.5) & ~task.kept
        chosen = [int(row) for row in np.nonzero(taken)[0]]
    return Settled(chosen, found.bound + constant)


def _alone(task: Task) -> Floats:
    """Return what each row gives to elements that no other row reaches, if all have room."""
    if task.limited:
        return np.zeros(len(task.sites))
    single = task.value.count_nonzero(axis=0) == 1
    row = np.repeat(np.arange(len(task.sites)), np.diff(task.value.indptr))
    mine = single[task.value.indices]
    return np.bincount(row[mine], weights=task.value.data[mine], minlength=len(task.sites))


def _programme(task: Task, rules: Rules) -> Programme:
    """Return rows as 0–1 columns, elements as shares, and the rules."""
    sites = len(task.sites)
    value = task.value
    row = np.repeat(np.arange(sites), np.diff(value.indptr))
    shared = np.ones(value.shape[1], dtype=bool)
    if not task.limited:
        shared = value.count_nonzero(axis=0) > 1
    cells = shared[value.indices]
    row, element, worth = row[cells], value.indices[cells], value.data[cells]
    alone = _alone(task)
    covering = task.flat and not task.limited
    columns = task.highest[shared] if covering else worth
    programme = Programme(
        np.concatenate([alone, columns]),
        np.ones(sites + len(columns)),
        np.arange(sites + len(columns)) < sites,
    )
    if covering:
        number = np.cumsum(shared) - 1
        lines = programme.rows(np.zeros(len(columns)))
        programme.put(lines, sites + np.arange(len(columns)), 1.0)
        programme.put(lines[number[element]], row, -1.0)
    else:
        _serving(programme, task, row, element)
    _rules(programme, task, rules)
    return programme


def _serving(programme: Programme, task: Task, row: Ints, element: Ints) -> None:
    """Elements are served once, by open sites, within their room."""
    sites = len(task.sites)
    column = sites + np.arange(len(row))
    served = programme.rows(np.ones(task.value.shape[1]))
    programme.put(served[element], column, 1.0)
    opened = programme.rows(np.zeros(len(row)))
    programme.put(opened, column, 1.0)
    programme.put(opened, row, -1.0)
    tight = np.nonzero(np.isfinite(task.capacity))[0]
    if len(tight):
        lines = np.full(sites, -1)
        lines[tight] = programme.rows(np.zeros(len(tight)))
        some = np.isfinite(task.capacity[row])
        programme.put(lines[row[some]], column[some], task.size[element[some]])
        programme.put(lines[tight], tight, -task.capacity[tight])


def _rules(programme: Programme, task: Task, rules: Rules) -> None:
    """Add rows for number, budget and mutual distance, and open the kept rows."""
    new = np.nonzero(~task.kept)[0]
    programme.put(programme.rows(float(rules.most)), new, 1.0)
    stay = np.nonzero(task.kept)[0]
    if len(stay):
        programme.put(programme.rows(-np.ones(len(stay))), stay, -1.0)
    if np.isfinite(rules.budget):
        programme.put(programme.rows(rules.budget), new, rules.cost[new])
    for clique in _cliques(rules):
        programme.put(programme.rows(1.0), clique, 1.0)


def _cliques(rules: Rules) -> list[Ints]:
    """Return groups that exclude each other, so that every pair is in one."""
    near = rules.excluded()
    open_pairs = {(j, i) for j, others in enumerate(near) for i in others if j < i}
    groups = []
    for pair in sorted(open_pairs):
        if pair not in open_pairs:
            continue
        group = list(pair)
        common = near[pair[0]] & near[pair[1]]
        while common:
            row = max(common, key=lambda other: (len(near[other] & common), -other))
            group.append(row)
            common = common & near[row]
        members = sorted(group)
        open_pairs.difference_update((a, b) for a in members for b in members if a < b)
        groups.append(np.array(members))
    return groups
