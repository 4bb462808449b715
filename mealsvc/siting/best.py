"""Best sites: the candidates that serve a goal best, with a proven gap, as a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import count
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from mealsvc.errors import InvalidInput
from mealsvc.siting.best_figures import Telling, name_of_new
from mealsvc.siting.best_refusals import refusal_of
from mealsvc.siting.candidates import Candidates, find_candidates
from mealsvc.siting.changes import AddSite, CloseSite, SiteChange
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.disclosure import Disclosure
from mealsvc.siting.people import Floats
from mealsvc.siting.sites import Site
from mealsvc.siting.views import candidate_site
from mealsvc.siting.wishes import Goal, SiteWish, Spot, require_possible
from mealsvc.siting.workbench import Workbench
from mealsvc.vocabulary import SiteKind, label
from routing import sites as choice

type Report = Callable[[str, float], None]

MEASURING, SEARCHING = "travel times", "searching"


@dataclass(frozen=True)
class Best:
    """A choice of sites.

    Attributes
    ----------
    changes
        The new sites, as a scenario adds them.
    result
        What it comes to and why, as JSON values: objective, bound and gap, what each further site
        adds, and the candidates that nearly made it.
    """

    changes: tuple[SiteChange, ...]
    result: dict[str, Any]


def best_sites(
    bench: Workbench,
    cover: Coverage,
    wish: SiteWish,
    told: Disclosure,
    *,
    hours: tuple[time, time] = (time(10, 30), time(12, 30)),
    progress: Report | None = None,
    stop: Callable[[], bool] | None = None,
    seed: int = 1,
    language: str = "zh",
) -> Best:
    """Choose new sites besides those of a coverage.

    Parameters
    ----------
    bench, cover
        Where walks are measured, and the coverage with the sites that stay.
    wish
        What is wanted.
    told
        How exactly people are counted in the result.
    hours
        When new sites open and close.
    progress
        Told what is being done.
    stop
        Asked during the search; once it says True the best choice so far is taken.
    seed
        Of random choices.
    language
        Of the names of new sites whose candidate has none, ``zh`` or ``en``.

    Raises
    ------
    InvalidInput
        If no candidate can be walked to, more sites are wanted than there are candidates, the
        share cannot be reached, the budget pays for none, or the mutual distance leaves none; says
        what to do.
    """
    require_possible(wish)
    tell = progress or (lambda _phase, _share: None)
    tell(MEASURING, 0.0)
    if not cover.people.total:
        raise InvalidInput(
            "there is nobody to be served; import the roster or a population first",
            "没有可以服务的老人，请先导入名册或人口数据",
        )
    found = find_candidates(bench, cover, wish)
    problem = _problem(bench, cover, wish, found)
    tell(SEARCHING, 0.3)
    limits = choice.Limits(seconds=wish.seconds, seed=seed)

    def heard(state: choice.Progress) -> None:
        tell(SEARCHING, min(0.3 + 0.65 * state.seconds / wish.seconds, 0.95))

    try:
        curve = _answers(problem, cover, wish, limits, heard, stop)
    except choice.NoSuchChoice as error:
        raise refusal_of(error, found, problem, told) from error
    except choice.InvalidSites as error:
        raise InvalidInput(f"the choice of sites cannot be made: {error}") from error
    return _best(cover, wish, told, problem, found, curve, hours, language)


def _best(
    cover: Coverage, wish: SiteWish, told: Disclosure, problem: choice.SiteProblem,
    found: Candidates, curve: Sequence[choice.SiteAnswer], hours: tuple[time, time],
    language: str,
) -> Best:  # fmt: skip
    """Return the last answer as changes, and all of them as figures."""
    answer, kept = curve[-1], len(found.kept)
    keys = dict(zip(answer.chosen, _keys(site.code for site in cover.sites), strict=False))
    changes: list[SiteChange] = []
    for row, key in keys.items():
        spot = found.spots[row - kept]
        if found.replaced:
            changes.append(CloseSite(site=found.replaced[row - kept].code))
        kind = SiteKind.CANTEEN if found.replaced else wish.kind
        name = spot.name or name_of_new(key, language)
        changes.append(_added(spot, key, name, wish, kind, hours))
    telling = Telling(cover, wish, told, problem, found, keys, language)
    return Best(changes=tuple(changes), result=telling.result(curve))


def _problem(
    bench: Workbench, cover: Coverage, wish: SiteWish, found: Candidates
) -> choice.SiteProblem:
    new = [
        replace(
            candidate_site(spot.lon, spot.lat),
            capacity=wish.capacity if spot.capacity is None else spot.capacity,
        )
        for spot in found.spots
    ]
    everything: tuple[Site, ...] = (*found.kept, *new)
    capacities = [np.inf if one.capacity is None else one.capacity for one in everything]
    walks = bench.cover(cover.people, everything, cover.terms).seconds
    # Those who are not on the map stand behind the last home, where nobody gets: shares are of all.
    shape = (len(everything), len(cover.people) + 1)
    seconds = csr_array((walks.data, walks.indices, walks.indptr), shape=shape)
    return choice.SiteProblem(
        seconds=seconds,
        people=np.append(cover.people.weight, cover.people.unlocated),
        threshold=cover.terms.circle,
        weights=np.append(_weights(cover, wish), 1.0),
        existing=range(len(found.kept)),
        capacities=np.array(capacities) if np.isfinite(capacities).any() else None,
        costs=_costs(wish, found),
        budget=wish.budget,
        apart=_apart(bench, cover, wish, found, new),
    )


def _costs(wish: SiteWish, found: Candidates) -> Floats | None:
    """Return what each site costs, those that stay nothing; None where a cost is not known."""
    costs = [wish.cost if spot.cost is None else spot.cost for spot in found.spots]
    if any(cost is None for cost in costs):
        return None
    return np.array([0.0] * len(found.kept) + costs, dtype=np.float64)


def _weights(cover: Coverage, wish: SiteWish) -> Floats:
    """Return what one person of each home counts."""
    weights = np.ones(len(cover.people))
    for grouping, wanted in wish.weights.items():
        members = cover.people.members(grouping)
        for key, weight in wanted.items():
            if key not in members:
                known = ", ".join(members) or "none"
                raise InvalidInput(
                    f"nobody is in the group {key!r} of {grouping.value}; there are: {known}",
                    f"“{label(grouping)}”中没有“{key}”这一类人，现有：{known}",
                )
            weights[members[key]] *= weight
    return weights


def _apart(
    bench: Workbench, cover: Coverage, wish: SiteWish, found: Candidates, new: Sequence[Site]
) -> Any:  # noqa: ANN401 - a sparse matrix
    """Return which candidates are too near each other; existing sites may be as near as they are.

    Walks between candidates are at the pace of people of unknown care level.
    """
    if wish.apart_seconds is None:
        return None
    kept = len(found.kept)
    where = np.array([site.place for site in new], dtype=np.float64)
    placed = bench.walks.place(where)
    pace = np.full(len(new), cover.terms.pace[None])
    between = bench.walks.seconds(placed, placed, limit=wish.apart_seconds, pace=pace).tocoo()
    size = kept + len(new)
    moved = (between.data, (between.row + kept, between.col + kept))
    return choice.pairs_nearer(csr_array(moved, shape=(size, size)), wish.apart_seconds)


def _answers(
    problem: choice.SiteProblem, cover: Coverage, wish: SiteWish, limits: choice.Limits,
    heard: Callable[[choice.Progress], None], stop: Callable[[], bool] | None,
) -> Sequence[choice.SiteAnswer]:  # fmt: skip
    """Return the answers for 1, 2, … sites; for the fewest sites the one answer."""
    if wish.goal is Goal.FEWEST:
        return [choice.fewest(problem, wish.share, limits, told=heard, stop=stop)]
    beyond = float(cover.terms.limit) if wish.goal is Goal.LEAST_MEAN_WALK else None
    return choice.curve(problem, wish.sites, limits, beyond=beyond, told=heard, stop=stop)


def _added(
    spot: Spot, key: str, name: str, wish: SiteWish, kind: SiteKind, hours: tuple[time, time]
) -> AddSite:
    return AddSite(
        site=key,
        kind=kind,
        name=name,
        lon=spot.lon,
        lat=spot.lat,
        capacity=wish.capacity if spot.capacity is None else spot.capacity,
        opens=hours[0],
        closes=hours[1],
    )


def _keys(taken: Iterable[str]) -> Iterator[str]:
    """Yield B1, B2 and so on, as far as no site has that key."""
    used = set(taken)
    return (key for number in count(1) if (key := f"B{number}") not in used)
