"""Best sites: the candidates that serve a goal best, with a proven gap, as a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from mealsvc.errors import InvalidInput
from mealsvc.siting.changes import AddSite, SiteChange
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.disclosure import Disclosure
from mealsvc.siting.layers import inhabited_middles
from mealsvc.siting.people import Floats
from mealsvc.siting.sites import Site
from mealsvc.siting.views import candidate_site
from mealsvc.siting.wishes import Goal, SiteWish, Spot
from mealsvc.siting.workbench import Workbench
from mealsvc.vocabulary import label
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
    progress: Report | None = None,
    stop: Callable[[], bool] | None = None,
    seed: int = 1,
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
    progress
        Told what is being done.
    stop
        Asked during the search; once it says True the best choice so far is taken.
    seed
        Of random choices.

    Raises
    ------
    InvalidInput
        If no candidate can be walked to, more sites are wanted than there are candidates, the
        share cannot be reached, or the mutual distance leaves none; says what to do.
    """
    tell = progress or (lambda _phase, _share: None)
    tell(MEASURING, 0.0)
    spots = _spots(bench, cover, wish)
    problem = _problem(bench, cover, wish, spots)
    tell(SEARCHING, 0.3)
    limits = choice.Limits(seconds=wish.seconds, seed=seed)

    def heard(state: choice.Progress) -> None:
        tell(SEARCHING, min(0.3 + 0.65 * state.seconds / wish.seconds, 0.95))

    try:
        curve = _answers(problem, cover, wish, limits, heard, stop)
    except choice.NoSuchChoice as error:
        raise InvalidInput(str(error), _in_chinese(error)) from error
    except choice.InvalidSites as error:
        raise InvalidInput(f"the choice of sites cannot be made: {error}") from error
    return _best(cover, wish, told, problem, spots, curve)


def _best(
    cover: Coverage, wish: SiteWish, told: Disclosure, problem: choice.SiteProblem,
    spots: Sequence[Spot], curve: Sequence[choice.SiteAnswer],
) -> Best:  # fmt: skip
    """Return the last answer as changes, and all of them as figures."""
    answer, kept = curve[-1], len(cover.sites)
    names = {index: site.name for index, site in enumerate(cover.sites)}
    keys = _keys(site.code for site in cover.sites)
    chosen = dict(zip(answer.chosen, keys, strict=False))
    names |= {kept + index: spot.name or f"#{index + 1}" for index, spot in enumerate(spots)}
    names |= {row: spots[row - kept].name or f"新站点{key}" for row, key in chosen.items()}
    walks = wish.goal is Goal.LEAST_MEAN_WALK
    return Best(
        changes=tuple(
            _added(spots[row - kept], names[row], key, wish) for row, key in chosen.items()
        ),
        result={
            "goal": wish.goal.value,
            "candidates": len(spots),
            **_step(answer, told),
            "seconds": round(sum(one.seconds for one in curve), 2),
            "curve": [_step(one, told) for one in curve],
            "not_chosen": [
                _why(one, names, spots, kept, told, walks)
                for one in choice.next_best(problem, answer)
            ],
        },
    )


def _spots(bench: Workbench, cover: Coverage, wish: SiteWish) -> list[Spot]:
    """Return the candidates that can be walked to."""
    wanted = list(wish.candidates) or [
        Spot(lon=lon, lat=lat) for lon, lat in inhabited_middles(cover.people, wish.grid_metres)
    ]
    where = np.array([(spot.lon, spot.lat) for spot in wanted], dtype=np.float64).reshape(-1, 2)
    usable = bench.walks.usable(bench.walks.place(where))
    spots = [spot for spot, good in zip(wanted, usable.tolist(), strict=True) if good]
    if not spots:
        raise InvalidInput(
            f"none of the {len(wanted)} candidates can be walked to; they are far from any street, "
            "in the water or outside the imported streets",
            f"{len(wanted)}个候选点都无法步行到达（离道路太远、在水面上或不在已导入的道路范围内）",
        )
    return spots


def _problem(
    bench: Workbench, cover: Coverage, wish: SiteWish, spots: Sequence[Spot]
) -> choice.SiteProblem:
    sites = [candidate_site(spot.lon, spot.lat) for spot in spots]
    new = [replace(site, capacity=wish.capacity) for site in sites]
    everything: tuple[Site, ...] = (*cover.sites, *new)
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
        existing=range(len(cover.sites)),
        capacities=np.array(capacities) if np.isfinite(capacities).any() else None,
        apart=_apart(bench, cover, wish, new),
    )


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


def _apart(bench: Workbench, cover: Coverage, wish: SiteWish, new: Sequence[Site]) -> Any:  # noqa: ANN401 - a sparse matrix
    """Return which candidates are too near each other; existing sites may be as near as they are.

    Walks between candidates are at the pace of people of unknown care level.
    """
    if wish.apart_seconds is None:
        return None
    kept = len(cover.sites)
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


def _added(spot: Spot, name: str, key: str, wish: SiteWish) -> AddSite:
    return AddSite(site=key, name=name, lon=spot.lon, lat=spot.lat, capacity=wish.capacity)


def _keys(taken: Iterable[str]) -> Iterator[str]:
    """Yield B1, B2 and so on, as far as no site has that key."""
    used = set(taken)
    return (key for number in count(1) if (key := f"B{number}") not in used)


def _shown(answer: choice.SiteAnswer, value: float, told: Disclosure) -> float | str:
    """Return an objective: people as they may be told, sites and seconds as they are."""
    if answer.goal.value == Goal.MOST_COVERED.value:
        return told.count(value)
    return round(value, 1)


def _step(answer: choice.SiteAnswer, told: Disclosure) -> dict[str, Any]:
    return {
        "sites": len(answer.chosen),
        "covered": told.count(answer.covered),
        "share": told.share(answer.covered, answer.total),
        "objective": _shown(answer, answer.objective, told),
        "bound": _shown(answer, answer.bound, told),
        "gap": answer.gap,
    }


def _why(
    why: choice.WhyNot, names: Mapping[int, str], spots: Sequence[Spot], kept: int,
    told: Disclosure, seconds: bool,
) -> dict[str, Any]:  # fmt: skip
    """Say why a candidate was not chosen; losses are people, or seconds of the mean walk."""
    spot = spots[why.candidate - kept]

    def figure(value: float | None) -> float | str | None:
        if value is None:
            return None
        return round(value, 1) if seconds else told.count(value)

    return {
        "name": names[why.candidate],
        "lon": spot.lon,
        "lat": spot.lat,
        "loss": figure(why.loss),
        "instead_of": None if why.instead_of is None else names[why.instead_of],
        "adds": figure(why.adds),
        "within": told.count(why.within),
        "served_by": [
            {"site": names[site], "people": told.count(people)} for site, people in why.served
        ],
        "too_near": [names[site] for site in why.too_near],
    }


def _in_chinese(error: choice.NoSuchChoice) -> str:
    match error:
        case choice.TooFewCandidates():
            return (
                f"需要{error.wanted}个新站点，但只有{error.candidates}个候选点；"
                "请减少数量或增加候选点"
            )
        case choice.AllTooNear():
            return f"全部{error.candidates}个候选点离现有站点太近；请减小间距或换候选点"
        case choice.ShareOutOfReach():
            return (
                f"无法覆盖{error.wanted:.1%}的老人，已知最多{error.largest:.1%}；"
                "请降低目标、增加候选点或放宽步行时间与容量"
            )
        case _:
            return f"没有符合条件的选址方案（{error}）"
