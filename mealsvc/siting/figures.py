"""What a coverage comes to: people and shares by walking time, by site and by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mealsvc.siting.coverage import Coverage, Flags
from mealsvc.siting.disclosure import Count, Disclosure
from mealsvc.siting.people import NO_GROUP
from mealsvc.siting.sites import Site
from mealsvc.vocabulary import AgeBand, CareLevel, Grouping, Hardship, MealWay, SiteKind, label

_NAMES: dict[Grouping, type[StrEnum]] = {
    Grouping.AGE: AgeBand,
    Grouping.CARE: CareLevel,
    Grouping.HARDSHIP: Hardship,
    Grouping.WAY: MealWay,
}
_UNKNOWN = {"zh": "无或不详", "en": "none or unknown"}


@dataclass(frozen=True)
class Band:
    """How many people walk at most so long to an open site.

    Attributes
    ----------
    seconds
        The walking time.
    people
        How many.
    share
        Of all people, those whose home is not on the map too, 0 … 1; None for a small group.
    """

    seconds: int
    people: Count
    share: float | None


@dataclass(frozen=True)
class GroupFigures:
    """A group of people: how many there are, and how far they walk."""

    grouping: Grouping
    key: str
    label: str
    people: Count
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class SiteFigures:
    """A site: who has it nearest, and whom it has room for.

    Attributes
    ----------
    code, name, kind, lon, lat, capacity
        What it is.
    nearest
        People whose nearest site within the circle it is.
    taken
        People that it has room for, nearest first (see `mealsvc.siting.filling`).
    load
        ``nearest`` per portion of capacity; None without a capacity, or for a small group.
    mean_minutes
        Average walk of ``nearest``; None for a small group.
    unreached
        Why nobody can walk there; None where one can.
    """

    code: str
    name: str
    kind: SiteKind
    lon: float
    lat: float
    capacity: int | None
    nearest: Count
    taken: Count
    load: float | None
    mean_minutes: float | None
    unreached: str | None


@dataclass(frozen=True)
class CoverageFigures:
    """The figures of a coverage.

    Attributes
    ----------
    people
        All, those whose home is not on the map too.
    unlocated, off_street
        Of these, without a place on the map; with a place, but no way to walk on near it. Both
        count as outside.
    circle_seconds
        Walking time of the circle.
    bands
        All people by walking time.
    covered
        Inside the circle, however full the sites are.
    room
        Inside the circle with room at a site.
    outside
        Not inside the circle.
    sites, groups
        By site, and by group.
    pace_kmh
        Pace by care level; ``other`` where that is unknown.
    warnings
        What a reader should know.
    exact
        Whether counts are exact, or rounded to protect small groups (`mealsvc.siting.disclosure`).
    """

    people: Count
    unlocated: Count
    off_street: Count
    meal: str
    circle_seconds: int
    pace_kmh: dict[str, float]
    bands: tuple[Band, ...]
    covered: Band
    room: Band
    outside: Band
    sites: tuple[SiteFigures, ...]
    groups: tuple[GroupFigures, ...]
    warnings: tuple[str, ...]
    exact: bool


def figures(cover: Coverage, told: Disclosure, language: str) -> CoverageFigures:
    """Return the figures of a coverage.

    Parameters
    ----------
    cover
        The coverage.
    told
        How exactly people are counted for the reader.
    language
        ``"zh"`` or ``"en"``, of names and reasons.
    """
    people, terms = cover.people, cover.terms
    total, inside = people.total, cover.count(cover.inside())
    served = float(cover.filling.served.sum())

    def band(count: float) -> Band:
        return Band(terms.circle, told.count(count), told.share(count, total))

    return CoverageFigures(
        people=told.count(total),
        unlocated=told.count(people.unlocated),
        off_street=told.count(cover.count(~cover.usable)),
        meal=terms.meal.value,
        circle_seconds=terms.circle,
        pace_kmh={str(level or "other"): pace for level, pace in terms.pace.items()},
        bands=_bands(cover, np.ones(len(people), dtype=bool), total, told),
        covered=band(inside),
        room=band(served),
        outside=band(total - inside),
        sites=tuple(_sites(cover, told, language)),
        groups=tuple(_groups(cover, told, language)),
        warnings=cover.warnings,
        exact=told.exact or not people.personal,
    )


def _bands(cover: Coverage, members: Flags, total: float, told: Disclosure) -> tuple[Band, ...]:
    counts = [cover.count(members & cover.inside(limit)) for limit in cover.terms.bands]
    return tuple(
        Band(limit, told.count(count), told.share(count, total))
        for limit, count in zip(cover.terms.bands, counts, strict=True)
    )


def _sites(cover: Coverage, told: Disclosure, language: str) -> Iterator[SiteFigures]:
    inside, weight = cover.inside(), cover.people.weight
    for index, site in enumerate(cover.sites):
        own = inside & (cover.nearest == index)
        count = cover.count(own)
        mean = float(np.average(cover.walk[own], weights=weight[own])) / 60 if count else 0.0
        reason = cover.unreached.get(index)
        yield SiteFigures(
            code=site.code,
            name=site.name,
            kind=site.kind,
            lon=site.lon,
            lat=site.lat,
            capacity=site.capacity,
            nearest=told.count(count),
            taken=told.count(float(cover.filling.taken[index])),
            load=_load(site, count, told),
            mean_minutes=told.average(mean, count),
            unreached=None if reason is None else reason[0 if language == "zh" else 1],
        )


def _load(site: Site, count: float, told: Disclosure) -> float | None:
    shown = told.count(count)
    if not site.capacity or isinstance(shown, str):
        return None
    return (count if told.exact else shown) / site.capacity


def _groups(cover: Coverage, told: Disclosure, language: str) -> Iterator[GroupFigures]:
    for grouping in Grouping:
        for key, indices in cover.people.members(grouping).items():
            members = np.zeros(len(cover.people), dtype=bool)
            members[indices] = True
            total = cover.count(members)
            yield GroupFigures(
                grouping=grouping,
                key=key,
                label=group_label(grouping, key, language),
                people=told.count(total),
                bands=_bands(cover, members, total, told),
            )


def group_label(grouping: Grouping, key: str, language: str) -> str:
    """Return what a group is called; a street or community has its own name."""
    if key == NO_GROUP:
        return _UNKNOWN["zh" if language == "zh" else "en"]
    names = _NAMES.get(grouping)
    return key if names is None else label(names(key), language)
