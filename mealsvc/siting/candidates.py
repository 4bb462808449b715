"""Where new sites could come: places given, hexagons, street crossings, meal points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from mealsvc.errors import InvalidInput
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.layers import inhabited_middles, nearest_to_middles
from mealsvc.siting.people import Floats
from mealsvc.siting.sites import Site
from mealsvc.siting.wishes import MOST_CANDIDATES, SiteWish, Source, Spot
from mealsvc.siting.workbench import Workbench
from mealsvc.vocabulary import SiteKind

_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class LeftOut:
    """A candidate that nobody can walk to.

    Attributes
    ----------
    number
        Which of the candidates, from 1.
    spot
        Where.
    zh, en
        Why, in Chinese and English.
    """

    number: int
    spot: Spot
    zh: str
    en: str


@dataclass(frozen=True)
class Candidates:
    """Where new sites could come, and which sites stay.

    Attributes
    ----------
    spots
        The places that can be walked to.
    kept
        The sites that stay beside the new ones.
    replaced
        Of every place the meal point that would become a canteen; empty where places are new.
    left_out
        The places that nobody can walk to.
    """

    spots: tuple[Spot, ...]
    kept: tuple[Site, ...]
    replaced: tuple[Site, ...]
    left_out: tuple[LeftOut, ...]


def find_candidates(bench: Workbench, cover: Coverage, wish: SiteWish) -> Candidates:
    """Return the candidates of a wish.

    Parameters
    ----------
    bench, cover
        Where walks are measured, and the coverage with the sites as they are.
    wish
        What is wanted.

    Raises
    ------
    InvalidInput
        If there are none, too many, or none that can be walked to; says what to do.
    """
    points = _meal_points(cover, wish)
    wanted = _wanted(bench, cover, wish, points)
    where = np.array([(spot.lon, spot.lat) for spot in wanted], dtype=np.float64).reshape(-1, 2)
    placed = bench.walks.place(where)
    usable = bench.walks.usable(placed).tolist()
    if not any(usable):
        raise InvalidInput(
            f"none of the {len(wanted)} candidates can be walked to; they are far from any street, "
            "in the water or outside the imported streets",
            f"{len(wanted)}个候选点都无法步行到达（离道路太远、在水面上或不在已导入的道路范围内）",
        )
    left_out = [
        LeftOut(number + 1, wanted[number], *bench.walks.why_not(placed, number))
        for number, good in enumerate(usable)
        if not good
    ]
    return Candidates(
        spots=tuple(spot for spot, good in zip(wanted, usable, strict=True) if good),
        kept=tuple(site for site in cover.sites if site not in points),
        replaced=tuple(site for site, good in zip(points, usable, strict=False) if good),
        left_out=tuple(left_out),
    )


def _wanted(
    bench: Workbench, cover: Coverage, wish: SiteWish, points: Sequence[Site]
) -> Sequence[Spot]:
    if wish.candidates:
        return wish.candidates
    if wish.source is Source.MEAL_POINTS:
        if not points:
            raise InvalidInput(
                "there is no open meal point that could become a canteen; choose other candidates",
                "没有开放的助餐点可以改建为食堂，请选择其他候选点",
            )
        return [
            Spot(name=site.name[:80], lon=site.lon, lat=site.lat, capacity=site.capacity)
            for site in points
        ]
    places = (
        _crossings(bench, cover, wish.grid_metres)
        if wish.source is Source.STREETS
        else inhabited_middles(cover.people, wish.grid_metres)
    )
    return [Spot(lon=lon, lat=lat) for lon, lat in _few_enough(places, wish.grid_metres)]


def _meal_points(cover: Coverage, wish: SiteWish) -> list[Site]:
    """Return the meal points that are candidates themselves."""
    if wish.candidates or wish.source is not Source.MEAL_POINTS:
        return []
    return [site for site in cover.sites if site.kind is SiteKind.MEAL_POINT]


def _crossings(bench: Workbench, cover: Coverage, metres: float) -> list[tuple[float, float]]:
    """Return a street crossing for every hexagon from which somebody could be inside the circle."""
    places = bench.walks.crossings()
    places = places[nearest_to_middles(places, metres)]
    if not len(cover.people) or not len(places):
        return []
    # Nobody walks farther in the time of the circle than the fastest does in a straight line.
    reach = cover.terms.circle * max(cover.terms.pace.values()) / 3.6
    squeeze = np.cos(np.radians(np.median(cover.people.lonlat[:, 1])))

    def plane(lonlat: Floats) -> Floats:
        metres: Floats = lonlat * [squeeze, 1.0] * _METRES_PER_DEGREE
        return metres

    apart, _ = cKDTree(plane(cover.people.lonlat)).query(
        plane(places), distance_upper_bound=reach * 1.02
    )
    return [(lon, lat) for lon, lat in places[np.isfinite(apart)].tolist()]


def _few_enough(places: list[tuple[float, float]], metres: float) -> Sequence[tuple[float, float]]:
    if not places:
        raise InvalidInput(
            "nobody lives near any street, so there are no candidates; import the roster and the "
            "streets of the same area first",
            "道路附近没有老人居住，因此没有候选点；请先导入同一地区的名册和道路数据",
        )
    if len(places) > MOST_CANDIDATES:
        raise InvalidInput(
            f"a grid of {metres:g} m has {len(places):,} candidates, and {MOST_CANDIDATES:,} can "
            "be asked for; choose a wider grid",
            f"{metres:g}米的网格有{len(places)}个候选点，最多{MOST_CANDIDATES}个；请放大网格",
        )
    return places
