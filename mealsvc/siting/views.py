"""Coverage as people ask for it: of the present, of a scenario, and with one more site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import numpy as np
from sqlmodel import Session

from mealsvc.clock import local_date
from mealsvc.runtime import Runtime
from mealsvc.siting.changes import Content, SiteChange, apply_changes
from mealsvc.siting.coverage import Coverage, Flags, with_site
from mealsvc.siting.disclosure import Count, Disclosure
from mealsvc.siting.figures import Band
from mealsvc.siting.people import People, read_people
from mealsvc.siting.sites import Site, read_sites
from mealsvc.siting.terms import Terms, terms_of
from mealsvc.siting.workbench import Workbench
from mealsvc.vocabulary import SiteKind

PRESENT = Content()
"""What a scenario without changes says."""


@dataclass(frozen=True)
class Basis:
    """What coverages are measured from, read in one go.

    Attributes
    ----------
    people
        Whose walks are measured.
    sites
        The sites of the records, by the meal that a scenario is about.
    """

    people: People
    sites: tuple[Site, ...]


def read_basis(session: Session, runtime: Runtime, content: Content = PRESENT) -> Basis:
    """Read the roster's elders and the sites that cook or hand out a scenario's meal."""
    meal = content.assumptions.meal
    today = local_date(runtime.clock(), runtime.settings.zone)
    return Basis(read_people(session, today, meal), read_sites(session, meal))


def coverage_of(
    bench: Workbench, runtime: Runtime, basis: Basis, content: Content = PRESENT,
    language: str = "zh",
) -> Coverage:  # fmt: skip
    """Return the coverage of a scenario; without one, of the present.

    Parameters
    ----------
    bench
        Where walks are measured.
    runtime
        The installation.
    basis
        People and sites of the records.
    content
        What the scenario says.
    language
        Of warnings.
    """
    terms = terms_of(runtime.settings, content.assumptions)
    sites, idle = apply_changes(basis.sites, content.changes)
    open_sites = [site for site in sites if site.open_for(runtime.settings, terms.meal)]
    warnings = [_idle(change, language) for change in idle]
    return bench.cover(basis.people, open_sites, terms, warnings)


def _idle(change: SiteChange, language: str) -> str:
    if language == "zh":
        return f"变更“{change.do}”涉及的站点“{change.site}”与现有站点不符，未计入"
    return f"the change {change.do!r} of {change.site!r} does not fit the present sites; left out"


@dataclass(frozen=True)
class Candidate:
    """A place where a site might come, and what it would change.

    Attributes
    ----------
    site
        Where.
    catchment
        How many people walk at most so long to it, by walking time.
    newly
        How many of them are in no other site's circle.
    bands_before, bands_after
        All people by walking time to their nearest site, without and with it.
    """

    site: Site
    catchment: tuple[Band, ...]
    newly: Count
    bands_before: tuple[Band, ...]
    bands_after: tuple[Band, ...]


def candidate_of(
    bench: Workbench, cover: Coverage, site: Site, told: Disclosure
) -> tuple[Candidate, Coverage]:
    """Say what one more site would change; also the coverage with it.

    Parameters
    ----------
    bench
        Where the coverage was measured.
    cover
        The coverage without the site.
    site
        The site.
    told
        How exactly people are counted for the reader.

    Raises
    ------
    InvalidInput
        If nobody can walk there; the message says why.
    """
    alone = bench.walks_to(cover.people, site, cover.terms)
    after = with_site(cover, site, alone)
    own = Coverage(cover.people, (site,), cover.terms, alone, cover.usable)
    newly = cover.count(after.inside() & ~cover.inside())
    return Candidate(
        site=site,
        catchment=_told(own, cover.terms, told),
        newly=told.count(newly),
        bands_before=_told(cover, cover.terms, told),
        bands_after=_told(after, cover.terms, told),
    ), after


@dataclass(frozen=True)
class Catchment:
    """Who walks how long to one of the sites of a coverage.

    Attributes
    ----------
    bands
        How many people walk at most so long to it, by walking time.
    only_here
        How many are in its circle and in no other site's.
    """

    bands: tuple[Band, ...]
    only_here: Count


def catchment_of(cover: Coverage, index: int, told: Disclosure) -> tuple[Catchment, Coverage]:
    """Say who walks to one site; also the coverage of that site alone.

    Parameters
    ----------
    cover
        The coverage with the site.
    index
        Which of its sites.
    told
        How exactly people are counted for the reader.
    """
    chosen = np.arange(len(cover.sites)) == index
    alone, others = _part(cover, chosen), _part(cover, ~chosen)
    only_here = cover.count(alone.inside() & ~others.inside())
    return Catchment(_told(alone, cover.terms, told), told.count(only_here)), alone


def _part(cover: Coverage, chosen: Flags) -> Coverage:
    """Return the coverage of some of the sites, shape (sites,)."""
    sites = tuple(site for site, kept in zip(cover.sites, chosen, strict=True) if kept)
    return Coverage(cover.people, sites, cover.terms, cover.seconds[chosen], cover.usable)


def _told(cover: Coverage, terms: Terms, told: Disclosure) -> tuple[Band, ...]:
    total = cover.people.total
    counts = [(limit, cover.count(cover.inside(limit))) for limit in terms.bands]
    return tuple(
        Band(limit, told.count(count), told.share(count, total)) for limit, count in counts
    )


def candidate_site(lon: float, lat: float) -> Site:
    """Return a canteen that might come to a place; it is always open and never full."""
    return Site(
        code="?",
        name="?",
        kind=SiteKind.CANTEEN,
        lon=lon,
        lat=lat,
        capacity=None,
        opens=time.min,
        closes=time.max,
    )
