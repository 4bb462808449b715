"""Who works on what next: time goes where plans are still far from their bounds.

The first round shares time among the groups by their size. From then on a group's weight is its
gap (cost less bound) times the chance to close it. The chance begins at one and becomes, after
every slice of work, the mean of what it was and the part of the gap that the slice closed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from routing.budget import Budget
from routing.districts.groups import Group
from routing.districts.jobs import NEAR_ORDERS, SAME, Job, Outcome
from routing.districts.proven import Proven, is_split
from routing.tables import Floats

FIRST_ROUND = 0.6
"""Part of the time that the first round takes where more groups are open than workers.

The second takes the rest: every round cools a search anew, and one long cooling is worth more than
several short ones.
"""
SHORTEST = 0.5
"""A round of fewer seconds per worker is not worth its start: the round before takes them."""
BESIDE_GIANT = 0.25
"""Part of a worker's time that all small groups together get at least before it proves a giant's
bound: they may be proven to the end, and until then all they cost counts as gap."""
OTHER_SEED = 7919
"""Between the seeds of several searches of one group."""


@dataclass(frozen=True, slots=True)
class Role:
    """A part of a round, taken up by the next free worker.

    Parameters
    ----------
    group : int
        Number of the group.
    weight : float
        Its part of the round's time, compared to the others.
    searches, bounds : bool
        What to do.
    again : int
        Number of the search, where one group is searched several times side by side.
    whole : bool
        Whether it goes on to the end of the round.
    helps, may_help : bool
        As of `Job`.
    """

    group: int
    weight: float
    searches: bool = True
    bounds: bool = True
    again: int = 0
    whole: bool = False
    helps: bool = False
    may_help: bool = False


def share_out(weights: Sequence[tuple[int, float]], workers: int) -> list[Role]:
    """Return the roles of a round, in the order they are taken up.

    A group of more than half the weight, or more than one worker's part of it, is searched by one
    worker to the end of the round; the others do what else there is, then its bound. With
    more workers than groups the largest groups get workers of their own for the bound, then for
    searches with other random numbers.

    Parameters
    ----------
    weights : sequence of (int, float)
        The groups to work on, with their weights.
    workers : int
        How many are free.
    """
    order = sorted(weights, key=lambda item: (-item[1], item[0]))
    if not order:
        return []
    extra = workers - len(order)
    if extra > 0:
        roles = [
            Role(group, weight, bounds=rank >= extra, whole=True, may_help=rank < extra)
            for rank, (group, weight) in enumerate(order)
        ]
        for place in range(extra):
            group, weight = order[place % len(order)]
            again = place // len(order)
            roles.append(Role(group, weight, again > 0, again == 0, again, whole=True))
        return roles
    (giant, most), *others = order
    small = [Role(group, weight) for group, weight in reversed(others)]
    if most * max(2, workers) <= sum(weight for _, weight in order):
        return [Role(giant, most), *reversed(small)]
    if workers == 1:
        return [*small, Role(giant, most, whole=True)]
    search = Role(giant, most, bounds=False, whole=True)
    together = sum(role.weight for role in small)
    least = BESIDE_GIANT / (1.0 - BESIDE_GIANT) * most
    more = least / together if 0.0 < together < least else 1.0
    grown = [replace(role, weight=role.weight * more) for role in small]
    return [search, *grown, Role(giant, most, searches=False)]


class Schedule:
    """Hands out slices of work and takes in what they found.

    Parameters
    ----------
    groups : sequence of Group
        The independent parts.
    found : list of Outcome
        Their first plans and bounds.
    workers : int
        How many work at a time.
    budget : Budget
        The time of the whole solve. With a number of steps there is one round, so that the same
        seed and steps give the same plans.
    seed : int
        Of the random numbers.
    longest : float
        Part of the time left that one slice may take. What a worker finds is only known when its
        slice is over, so workers that may be lost get shorter ones.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        found: Sequence[Outcome],
        workers: int,
        budget: Budget,
        seed: int,
        longest: float = 1.0,
    ) -> None:
        self._longest = longest
        self.found = list(found)
        self.proven = Proven(couriers_of(groups))
        for one in found:
            self.proven.learn(one.group, one.bound)
        self._groups = groups
        self._first = tuple(found)
        self._workers = workers
        self._budget = budget
        self._steps = budget.iterations is not None
        self._seed = seed
        self.solve = uuid.uuid4().hex
        self._chance = [1.0] * len(groups)
        self._searches = [1] * len(groups)
        self._finished: set[int] = set()
        self._helped: set[int] = set()
        self._rounds = 0
        self._round_ends = 0.0
        self._queue: list[Role] = []
        self._running: dict[Job, tuple[float, float]] = {}

    def is_open(self, group: int) -> bool:
        """Return whether a group's plan is not yet proven to be the best."""
        return not self.is_least(group, self.found[group].cost)

    def is_over(self) -> bool:
        """Return whether every plan is proven to be the best.

        With a number of steps all slices are done: which of them are needless depends on who is
        first.
        """
        if self._steps:
            return False
        return not any(self.is_open(group) for group in range(len(self._groups)))

    def is_least(self, group: int, cost: float) -> bool:
        """Return whether no plan of a group can cost less than this."""
        return cost <= self.found[group].bound + SAME * max(1.0, cost)

    def next_job(self) -> Job | None:
        """Return a slice for a free worker, or None when there is nothing to do or no time."""
        if self._budget.left() <= 0.0:
            return None
        if not any(self._steps or self.is_open(role.group) for role in self._queue):
            self._queue = self._next_round()
        while self._queue:
            role = self._queue.pop(0)
            if self._steps or self.is_open(role.group):
                return self._begin(role)
        return None

    def take(self, job: Job, outcome: Outcome | None) -> None:
        """Take in what a slice found, or nothing where its worker was lost."""
        began, gap = self._running.pop(job)
        if outcome is None:
            return
        self.proven.learn(job.group, outcome.bound)
        better_of = self.found[job.group].better(outcome)
        self.found[job.group] = better_of
        closed = 1.0 - (better_of.cost - better_of.bound) / gap if gap > 0.0 else 1.0
        self._chance[job.group] = (self._chance[job.group] + max(0.0, closed)) / 2.0
        stopped_early = self._budget.elapsed() - began < job.seconds / 2.0
        if not (job.searches or job.helps) and stopped_early:
            self._finished.add(job.group)

    def learn(self, told: Proven) -> None:
        """Take in the bounds that a worker has told of meanwhile."""
        self.proven.learn_all(told)
        for group, bound in enumerate(self.proven.bounds()):
            self._raise(group, bound)

    def learn_of(self, group: int, row: Floats) -> None:
        """Take in what is proven of a group, by the number of couriers."""
        self.proven.learn(group, row)
        self._raise(group, self.proven.bound(group))

    def _raise(self, group: int, bound: float) -> None:
        if bound > self.found[group].bound:
            self.found[group] = replace(self.found[group], bound=bound)

    def _begin(self, role: Role) -> Job:
        """Return the slice of a role: its part of what the round still has."""
        now = self._budget.elapsed()
        round_left = max(0.0, min(self._round_ends - now, self._budget.left()))
        busy = [
            max(0.0, min(round_left, began + job.seconds - now))
            for job, (began, _) in self._running.items()
        ]
        room = max(round_left, round_left * self._workers - sum(busy))
        weights = role.weight + sum(rest.weight for rest in self._queue)
        part = room * role.weight / weights if weights > 0.0 else room
        start = self._first[role.group] if self._steps else self.found[role.group]
        job = Job(
            solve=self.solve,
            group=role.group,
            tables=self._groups[role.group].tables,
            start=start,
            seed=self._seed + role.group + OTHER_SEED * role.again,
            seconds=min(round_left if role.whole else part, round_left, self._most()),
            searches=role.searches,
            bounds=role.bounds,
            number=self._rounds,
            helps=role.helps,
            may_help=role.may_help,
        )
        self._running[job] = (now, self.found[role.group].cost - self.found[role.group].bound)
        return job

    def _next_round(self) -> list[Role]:
        """Return the roles of a new round and set its end."""
        left, first = self._budget.left(), self._rounds == 0
        if not first and (self._steps or left < SHORTEST):
            return []
        self._rounds += 1
        free = max(1, self._workers - len(self._running))
        busy = {job.group for job in self._running}
        idle = [
            (group, self._groups[group].need if first else self._worth(group))
            for group in range(len(self._groups))
            if group not in busy and self.is_open(group)
        ]
        roles = share_out(idle, free) + self._missing_bounds()
        if not roles:
            return self._help() or self._one_more_search()
        shared = first and len(roles) > free and not any(role.whole for role in roles)
        rest = (1.0 - FIRST_ROUND) * left if shared and not self._steps else 0.0
        self._round_ends = self._budget.seconds - rest
        return roles

    def _most(self) -> float:
        """Return the seconds of the longest slice that may begin now."""
        left = self._budget.left()
        return left if self._steps or left < 2 * SHORTEST else left * self._longest

    def _worth(self, group: int) -> float:
        """Return the gap of a group times the chance to close it."""
        one = self.found[group]
        return (one.cost - one.bound) * self._chance[group]

    def _missing_bounds(self) -> list[Role]:
        """Return roles for groups that are being searched while nobody proves their bound."""
        proved = {job.group for job in self._running if job.bounds} | self._finished
        searched = dict.fromkeys(job.group for job in self._running if not job.bounds)
        return [
            Role(group, self._worth(group), searches=False)
            for group in searched
            if group not in proved and self.is_open(group)
        ]

    def _help(self) -> list[Role]:
        """Return the role of helping with a proof that has come apart, where nobody helps yet."""
        for group in dict.fromkeys(job.group for job in self._running if not job.searches):
            small = len(self._groups[group].tables.orders) <= NEAR_ORDERS
            if small and group not in self._helped and is_split(self.proven.of(group)):
                self._helped.add(group)
                self._round_ends = self._budget.seconds
                return [Role(group, 1.0, searches=False, whole=True, helps=True)]
        return []

    def _one_more_search(self) -> list[Role]:
        """Return another search of the group that is worth most, when all are being worked on."""
        still = [group for group in range(len(self._groups)) if self.is_open(group)]
        if not still:
            return []
        group = max(still, key=self._worth)
        again = self._searches[group]
        self._searches[group] += 1
        self._round_ends = self._budget.seconds
        return [Role(group, 1.0, bounds=False, again=again, whole=True)]


def couriers_of(groups: Sequence[Group]) -> list[int]:
    """Return how many couriers each group has."""
    return [len(group.tables.couriers) for group in groups]
