"""Everything that a siting report says, before it is put into words and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mealsvc.reports.site_changes import SiteNow, sites_between
from mealsvc.runtime import Runtime
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.comparing import Comparison, compare
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.disclosure import Disclosure
from mealsvc.siting.figures import CoverageFigures, figures
from mealsvc.siting.map_sets import read_set
from mealsvc.siting.people import People
from mealsvc.siting.scenarios import read_scenario
from mealsvc.siting.workbench import Workbench
from mealsvc.store import ImportRun, MapSet, transaction
from mealsvc.vocabulary import MapSetKind


@dataclass(frozen=True)
class Titled:
    """A scenario's name and version; the present has no name."""

    name: str | None = None
    version: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Source:
    """A file that figures rest on: what it is called and of when it is."""

    name: str
    date: datetime | None


@dataclass(frozen=True)
class Sources:
    """What the figures rest on.

    Attributes
    ----------
    roster
        When a roster was imported last; None: never, or an imported population is looked at.
    population, boundaries
        Imported files, as far as they are used.
    """

    roster: datetime | None
    population: Source | None
    boundaries: Source | None


@dataclass(frozen=True)
class SitingReport:
    """A coverage, or two side by side.

    Attributes
    ----------
    bench
        Where walks were measured.
    after, before
        The coverage that is reported, and the one it is compared with, if any.
    title, against
        What they are called.
    told
        How exactly people are counted for the readers.
    shown
        The figures of ``after``.
    comparison
        Both side by side, if it is compared.
    sources
        What the figures rest on.
    made_at, made_by
        When, and by whom.
    """

    bench: Workbench
    after: Coverage
    before: Coverage | None
    title: Titled
    against: Titled
    told: Disclosure
    shown: CoverageFigures
    comparison: Comparison | None
    sources: Sources
    made_at: datetime
    made_by: str

    @property
    def sites(self) -> list[SiteNow]:
        """All sites with what became of them, the changed ones first."""
        return sites_between(None if self.before is None else self.before.sites, self.after.sites)


def siting_report(
    runtime: Runtime, asked: Asked, against: int | None, *,
    told_for: Callable[[People], Disclosure], made_by: str, language: str,
) -> SitingReport:  # fmt: skip
    """Work out what a report says.

    Parameters
    ----------
    runtime
        The installation.
    asked
        The coverage that is reported. Unless it is the present, it is compared.
    against
        Number of the scenario it is compared with; None: the present.
    told_for
        Returns how exactly people are counted for the readers.
    made_by
        Who makes it.
    language
        Of names and reasons.

    Raises
    ------
    NotFound
        If there is no such scenario or imported set.
    NotReady
        If no street network was built.
    """
    compared = asked.scenario != against
    bench, after = measured(runtime, asked, language=language)
    told = told_for(after.people)
    before, comparison = None, None
    if compared:
        earlier = Asked(against, asked.population, asked.boundaries)
        before = measured(runtime, earlier, language=language, people=after.people)[1]
        comparison = compare(before, after, told, language)
    with transaction(runtime.engine) as session:
        title, other = _titled(session, asked.scenario), _titled(session, against)
        sources = _sources(session, asked)
    return SitingReport(
        bench=bench,
        after=after,
        before=before,
        title=title,
        against=other,
        told=told,
        shown=comparison.after if comparison else figures(after, told, language),
        comparison=comparison,
        sources=sources,
        made_at=runtime.clock(),
        made_by=made_by,
    )


def _titled(session: Session, scenario: int | None) -> Titled:
    if scenario is None:
        return Titled()
    found = read_scenario(session, scenario)
    return Titled(found.name, found.version, found.note)


def _sources(session: Session, asked: Asked) -> Sources:
    imported = select(ImportRun.at).where(col(ImportRun.dry_run).is_(False))
    population, roster = None, None
    if asked.population is None:
        roster = session.exec(imported.order_by(col(ImportRun.at).desc())).first()
    else:
        population = _source(read_set(session, MapSetKind.POPULATION, asked.population))
    boundaries = _source(read_set(session, MapSetKind.BOUNDARIES, asked.boundaries))
    return Sources(roster, population, boundaries)


def _source(kept: MapSet | None) -> Source | None:
    return None if kept is None else Source(f"{kept.name}（{kept.source}）", kept.imported_at)
