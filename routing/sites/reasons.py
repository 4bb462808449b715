"""Why a candidate was not chosen: what taking it instead would lose, and who serves its people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.sites.answer import Goal, SiteAnswer
from routing.sites.choosing import climber
from routing.sites.problem import SiteProblem
from routing.sites.rules import make_rules
from routing.sites.search import Exchange
from routing.sites.sharing import Sharing
from routing.sites.task import make_task


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a candidate was not chosen.

    Parameters
    ----------
    candidate : int
        Which.
    is_open : bool
        It is open: existing or chosen. All figures below are then 0 or empty.
    loss : float or None
        What the best exchange of one chosen site for it loses: weighted people, or seconds of the
        mean walk; below 0 the exchange would gain, which an unproven answer may leave. None where
        no exchange is permitted.
    instead_of : int or None
        The chosen site of that exchange.
    least_loss : float
        What every choice with this candidate loses at least, proven; 0 where nothing is.
    adds : float
        What it would add if it were opened besides, rules apart: weighted people, or seconds less.
    too_near : tuple of int
        Open sites that are nearer than the mutual distance allows.
    cost_over : float
        By how much it exceeds the whole budget on its own.
    within : float
        People within the threshold.
    served : tuple of (int, float)
        Open sites that serve these people now, and how many of them; the most first.
    """

    candidate: int
    is_open: bool
    loss: float | None
    instead_of: int | None
    least_loss: float
    adds: float
    too_near: tuple[int, ...]
    cost_over: float
    within: float
    served: tuple[tuple[int, float], ...]


def why_not(problem: SiteProblem, answer: SiteAnswer, candidate: int) -> WhyNot:
    """Return why a candidate was not chosen.

    With the goal of fewest sites the losses are of weighted people covered.

    Parameters
    ----------
    problem : SiteProblem
        The problem.
    answer : SiteAnswer
        Its answer.
    candidate : int
        Which candidate is asked about.
    """
    return _Asked(problem, answer).about(candidate)


def next_best(problem: SiteProblem, answer: SiteAnswer, count: int = 5) -> tuple[WhyNot, ...]:
    """Return the candidates that would lose the least in the place of a chosen one, best first.

    Candidates that add nothing to the existing sites are left out.

    Parameters
    ----------
    problem, answer
        As in `why_not`.
    count : int
        How many; fewer where fewer may be exchanged. Where capacities matter, candidates are picked
        by what they promise, and then counted exactly.
    """
    asked = _Asked(problem, answer)
    found = [asked.about(candidate) for candidate in asked.promising(count)]
    able = [reason for reason in found if reason.loss is not None]
    return tuple(sorted(able, key=lambda reason: (reason.loss, reason.candidate))[:count])


class _Asked:
    """An answer, ready for questions."""

    def __init__(self, problem: SiteProblem, answer: SiteAnswer) -> None:
        self.problem, self.answer = problem, answer
        self.beyond = answer.beyond
        self.task = make_task(problem, np.ones(problem.seconds.shape[0], dtype=bool), self.beyond)
        self.rules = make_rules(
            self.task, max(1, len(answer.chosen)), problem.costs, problem.budget, problem.apart
        )
        self.search: Exchange | Sharing = climber(self.task, self.rules)
        self.row = {int(site): row for row, site in enumerate(self.task.sites)}
        self.chosen = [self.row[site] for site in answer.chosen if site in self.row]
        self.value = self.search.value(self.chosen)
        self.unit = 1.0 if self.beyond is None else 1.0 / answer.total

    def promising(self, count: int) -> list[int]:
        """Return candidates whose exchange promises the most."""
        if not self.chosen:
            return []
        if isinstance(self.search, Exchange):
            table = self.search.changes(self.chosen)
        else:
            rests = [[row for row in self.chosen if row != out] for out in self.chosen]
            gains = [self.search.value(rest) + self.search.adding(rest) for rest in rests]
            table = np.array(gains).T - self.value
            count *= 3
        table[self._forbidden()] = -np.inf
        best = table.max(axis=1)
        order = np.argsort(-best, kind="stable")[:count]
        return [int(self.task.sites[row]) for row in order.tolist() if best[row] > -np.inf]

    def about(self, candidate: int) -> WhyNot:
        """Return what there is to say of one candidate."""
        problem, answer = self.problem, self.answer
        if candidate in answer.open:
            return WhyNot(candidate, True, None, None, 0.0, 0.0, (), 0.0, 0.0, ())
        loss, instead = self._exchange(candidate)
        row = self.row.get(candidate)
        more = 0.0 if row is None else self.search.value([*self.chosen, row]) - self.value
        cost = problem.price([candidate]) if problem.budget is not None else 0.0
        return WhyNot(
            candidate=candidate, is_open=False, loss=loss, instead_of=instead,
            least_loss=self._least_loss(candidate), adds=more * self.unit,
            too_near=self._too_near(candidate, answer.open),
            cost_over=max(0.0, cost - (problem.budget or 0.0)),
            within=self._within(candidate), served=self._served(candidate),
        )  # fmt: skip

    def _exchange(self, candidate: int) -> tuple[float | None, int | None]:
        """Return the least loss of taking the candidate for a chosen site, and which site."""
        free = self._permitted(candidate)
        row = self.row.get(candidate)
        best: tuple[float | None, int | None] = (None, None)
        for place in free:
            rest = [*self.chosen[:place], *self.chosen[place + 1 :]]
            value = self.search.value(rest if row is None else [*rest, row])
            loss = (self.value - value) * self.unit
            if best[0] is None or loss < best[0]:
                best = loss, int(self.task.sites[self.chosen[place]])
        return best

    def _permitted(self, candidate: int) -> list[int]:
        """Return the places of chosen sites whose place the candidate may take."""
        near = set(self._too_near(candidate, self.answer.open))
        places = []
        for place, row in enumerate(self.chosen):
            site = int(self.task.sites[row])
            sites = [candidate, *(other for other in self.answer.chosen if other != site)]
            dear = self.problem.budget is not None and (
                self.problem.price(sites) > self.problem.budget * (1 + 1e-12)
            )
            if not near - {site} and not dear:
                places.append(place)
        return places

    def _forbidden(self) -> np.typing.NDArray[np.bool_]:
        """Return which rows may not take which chosen site's place."""
        forbidden = ~self.rules.swappable(self.chosen)
        if self.problem.apart is not None and self.problem.existing:
            near = self.problem.apart[:, list(self.problem.existing)].sum(axis=1) > 0
            forbidden |= near[self.task.sites][:, None]
        return forbidden

    def _least_loss(self, candidate: int) -> float:
        """Return what every choice with this candidate loses, as far as it is proven."""
        promise = float(self.answer.promises[candidate])
        if not np.isfinite(promise):
            return 0.0
        worse = self.answer.objective - promise
        return max(0.0, worse if self.answer.goal is Goal.MOST_COVERED else -worse)

    def _too_near(self, candidate: int, sites: Sequence[int]) -> tuple[int, ...]:
        if self.problem.apart is None:
            return ()
        near = self.problem.apart[[candidate]].toarray().ravel() != 0
        return tuple(site for site in sites if near[site])

    def _reached(self, candidate: int) -> list[int]:
        walks = self.problem.seconds
        cells = slice(walks.indptr[candidate], walks.indptr[candidate + 1])
        near = walks.data[cells] <= self.problem.threshold
        return [int(point) for point in walks.indices[cells][near]]

    def _within(self, candidate: int) -> float:
        return float(self.problem.people[self._reached(candidate)].sum())

    def _served(self, candidate: int) -> tuple[tuple[int, float], ...]:
        points = self._reached(candidate)
        people = self.answer.assigned[list(self.answer.open)][:, points].sum(axis=1)
        order = np.argsort(-people, kind="stable")
        return tuple(
            (self.answer.open[place], float(people[place])) for place in order if people[place] > 0
        )
