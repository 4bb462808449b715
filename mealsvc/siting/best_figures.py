"""A choice of sites told in figures: what each further site adds, the gap, and why not others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mealsvc.siting.candidates import Candidates
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.disclosure import Disclosure
from mealsvc.siting.wishes import Goal, SiteWish
from routing import sites as choice

_MOST_TOLD = 20


def name_of_new(key: str, language: str) -> str:
    """Return what a new site without a name is called in a language, ``zh`` or ``en``."""
    return f"New site {key}" if language == "en" else f"新站点{key}"


@dataclass(frozen=True)
class Telling:
    """How a choice is told.

    Attributes
    ----------
    cover, wish, told
        The coverage before, what was wanted, and how exactly people are counted.
    problem, found
        What was chosen from.
    keys
        Of every chosen row the key of the new site.
    language
        Of new sites' names, ``zh`` or ``en``.
    """

    cover: Coverage
    wish: SiteWish
    told: Disclosure
    problem: choice.SiteProblem
    found: Candidates
    keys: Mapping[int, str]
    language: str

    def result(self, curve: Sequence[choice.SiteAnswer]) -> dict[str, Any]:
        """Return the choices for 1, 2, … sites, the last being the answer, as JSON values."""
        answer = curve[-1]
        return {
            "goal": self.wish.goal.value,
            "candidates": len(self.found.spots),
            "circle_seconds": self.cover.terms.circle,
            "weighted": bool(self.wish.weights),
            "wanted_share": self.wish.share if self.wish.goal is Goal.FEWEST else None,
            "budget": self.wish.budget,
            "before": self._before(answer),
            **self._step(answer),
            "seconds": round(sum(one.seconds for one in curve), 2),
            "curve": [self._step(one) for one in curve],
            "chosen": [self._chosen(row) for row in answer.chosen],
            "not_chosen": [self._why(one) for one in choice.next_best(self.problem, answer)],
            "left_out": {
                "count": len(self.found.left_out),
                "first": [
                    {
                        "number": one.number, "name": one.spot.name,
                        "lon": one.spot.lon, "lat": one.spot.lat, "zh": one.zh, "en": one.en,
                    }
                    for one in self.found.left_out[:_MOST_TOLD]
                ],
            },
            "notes": [{"zh": zh, "en": en} for zh, en in self._notes()],
        }  # fmt: skip

    @cached_property
    def _names(self) -> dict[int, str]:
        kept = len(self.found.kept)
        names = {row: site.name for row, site in enumerate(self.found.kept)}
        for index, spot in enumerate(self.found.spots):
            new = self.keys.get(kept + index)
            nameless = f"#{index + 1}" if new is None else name_of_new(new, self.language)
            names[kept + index] = spot.name or nameless
        return names

    def _before(self, answer: choice.SiteAnswer) -> float | str | None:
        """Return the objective without new sites; None where it is their number."""
        if answer.goal is choice.Goal.FEWEST:
            return None
        return self._objective(answer, answer.before)

    def _objective(self, answer: choice.SiteAnswer, value: float) -> float | str:
        """Return an objective: people as they may be told, sites and seconds as they are."""
        if answer.goal is choice.Goal.MOST_COVERED:
            return self.told.count(value)
        return round(value, 1)

    def _step(self, answer: choice.SiteAnswer) -> dict[str, Any]:
        costs = self.problem.costs
        return {
            "sites": len(answer.chosen),
            "covered": self.told.count(answer.covered),
            "share": self.told.share(answer.covered, answer.total),
            "objective": self._objective(answer, answer.objective),
            "bound": self._objective(answer, answer.bound),
            "gap": answer.gap,
            "gap_of_change": answer.gap_of_change,
            "cost": None if costs is None else self.problem.price(answer.chosen),
        }

    def _chosen(self, row: int) -> dict[str, Any]:
        spot = self.found.spots[row - len(self.found.kept)]
        return {
            "site": self.keys[row],
            "name": self._names[row],
            "lon": spot.lon,
            "lat": spot.lat,
            "cost": self._cost(row),
            "capacity": self.wish.capacity if spot.capacity is None else spot.capacity,
        }

    def _cost(self, row: int) -> float | None:
        costs = self.problem.costs
        return None if costs is None else float(costs[row])

    def _why(self, why: choice.WhyNot) -> dict[str, Any]:
        """Say why a candidate was not chosen; losses are people, or seconds of the mean walk."""
        spot = self.found.spots[why.candidate - len(self.found.kept)]
        return {
            "name": self._names[why.candidate],
            "lon": spot.lon,
            "lat": spot.lat,
            "cost": self._cost(why.candidate),
            "loss": self._figure(why.loss),
            "instead_of": None if why.instead_of is None else self._names[why.instead_of],
            "adds": self._figure(why.adds),
            "within": self.told.count(why.within),
            "served_by": [
                {"site": self._names[site], "people": self.told.count(people)}
                for site, people in why.served
            ],
            "too_near": [self._names[site] for site in why.too_near],
        }

    def _figure(self, value: float | None) -> float | str | None:
        if value is None:
            return None
        if self.wish.goal is Goal.LEAST_MEAN_WALK:
            return round(value, 1)
        return self.told.count(value)

    def _notes(self) -> list[tuple[str, str]]:
        """Say what a reader of the figures should know, in Chinese and English."""
        notes = [
            (
                f"现有站点“{self.cover.sites[index].name}”无法步行到达（{zh}），未计入覆盖",
                (
                    f"nobody can walk to the present site {self.cover.sites[index].name!r} ({en}); "
                    "it serves nobody here"
                ),
            )
            for index, (zh, en) in sorted(self.cover.unreached.items())
        ]
        if self.found.replaced:
            notes.append(
                (
                    "候选点为现有助餐点：选中的改建为食堂；此处只统计食堂的覆盖",
                    (
                        "the candidates are the present meal points: those chosen become canteens, "
                        "and only canteens count here"
                    ),
                )
            )
        return notes
