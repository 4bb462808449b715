"""What became of the sites between two coverages: added, closed, moved, with other capacity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mealsvc.reports.words import phrase
from mealsvc.roster.places import metres_between
from mealsvc.sheets.wording import clock
from mealsvc.siting.sites import Site
from mealsvc.vocabulary import label


class Fate(StrEnum):
    """What became of a site."""

    ADDED = "added"
    CLOSED = "closed"
    MOVED = "moved"
    RESIZED = "resized"
    HOURS = "hours"
    SAME = "same"


@dataclass(frozen=True)
class SiteNow:
    """A site with what became of it.

    Attributes
    ----------
    site
        As it is after; one that was closed as it was.
    before
        As it was; None for one that was added.
    fates
        Everything that became of it, in the order of :class:`Fate`; one that stayed is ``SAME``.
    """

    site: Site
    before: Site | None
    fates: tuple[Fate, ...]

    @property
    def changed(self) -> bool:
        """Whether anything became of it."""
        return self.fates != (Fate.SAME,)


def sites_between(before: Sequence[Site] | None, after: Sequence[Site]) -> list[SiteNow]:
    """Return all sites of two coverages, the changed ones first, each kind of them by code.

    Parameters
    ----------
    before
        The sites that it is compared with; None: nothing is compared.
    after
        The sites.
    """
    was = {site.code: site for site in (after if before is None else before)}
    is_now = {site.code: site for site in after}
    found = [
        SiteNow(
            is_now.get(code) or was[code], was.get(code), _fates(was.get(code), is_now.get(code))
        )
        for code in sorted(was.keys() | is_now.keys())
    ]
    order = list(Fate)
    return sorted(found, key=lambda one: order.index(one.fates[0]))


def _fates(before: Site | None, after: Site | None) -> tuple[Fate, ...]:
    if before is None:
        return (Fate.ADDED,)
    if after is None:
        return (Fate.CLOSED,)
    return tuple(_differences(before, after)) or (Fate.SAME,)


def _differences(before: Site, after: Site) -> Iterator[Fate]:
    pairs: list[tuple[Fate, Any, Any]] = [
        (Fate.MOVED, before.place, after.place),
        (Fate.RESIZED, before.capacity, after.capacity),
        (Fate.HOURS, (before.opens, before.closes), (after.opens, after.closes)),
    ]
    for fate, was, is_now in pairs:
        if was != is_now:
            yield fate


def change_lines(sites: Sequence[SiteNow], language: str, most: int) -> list[str]:
    """Return what becomes of the sites as sentences, at most so many lines."""
    lines = [_change(one, fate, language) for one in sites if one.changed for fate in one.fates]
    if len(lines) <= most:
        return lines
    kept = lines[: most - 1]
    return [*kept, phrase(language, "more", n=len(lines) - len(kept))]


def _change(one: SiteNow, fate: Fate, language: str) -> str:
    site, was = one.site, one.before
    values: dict[str, object] = {
        "kind": label(site.kind, language), "code": site.code, "name": site.name,
    }  # fmt: skip
    if fate is Fate.ADDED and site.capacity is not None:
        values["capacity"] = phrase(language, "capacity_of", n=site.capacity)
    elif fate is Fate.MOVED and was is not None:
        values["metres"] = round(metres_between(was.place, site.place))
    elif fate is Fate.RESIZED and was is not None:
        limit = phrase(language, "no_limit")
        values |= {"before": was.capacity or limit, "after": site.capacity or limit}
    elif fate is Fate.HOURS and was is not None:
        values |= {
            "before": f"{clock(was.opens)}–{clock(was.closes)}",
            "after": f"{clock(site.opens)}–{clock(site.closes)}",
        }
    return phrase(language, str(fate), **{"capacity": "", **values})
