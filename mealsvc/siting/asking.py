"""Which coverage somebody means, and that coverage: of the present or a scenario, of whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mealsvc.runtime import Runtime
from mealsvc.siting import map_sets
from mealsvc.siting.changes import Content
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.people import People
from mealsvc.siting.scenarios import content_of, read_scenario
from mealsvc.siting.sites import read_sites
from mealsvc.siting.views import PRESENT, Basis, coverage_of, read_basis
from mealsvc.siting.workbench import Workbench, workbench_for
from mealsvc.store import transaction
from mealsvc.vocabulary import MapSetKind


@dataclass(frozen=True)
class Asked:
    """Which coverage is meant.

    Attributes
    ----------
    scenario
        Number of the scenario; None for the present.
    population
        Name of an imported population; None for the roster's elders.
    boundaries
        Name of an imported boundary set; None for the newest, if there is any.
    content
        What a scenario would say that nobody saved; it takes the place of ``scenario``.
    """

    scenario: int | None = None
    population: str | None = None
    boundaries: str | None = None
    content: Content | None = None


def measured(
    runtime: Runtime, asked: Asked, *, language: str, people: People | None = None
) -> tuple[Workbench, Coverage]:
    """Return the coverage that is meant, with everybody's street or community, uncounted.

    Parameters
    ----------
    runtime
        The installation.
    asked
        Which coverage.
    language
        Of warnings.
    people
        Looked at instead of those that ``asked`` names.

    Raises
    ------
    NotFound
        If there is no such scenario or imported set.
    NotReady
        If no street network was built.
    """
    bench = workbench_for(runtime)
    with transaction(runtime.engine) as session:
        content = said(session, asked.scenario) if asked.content is None else asked.content
        basis = _basis(session, runtime, content, asked, people)
    return bench, coverage_of(bench, runtime, basis, content, language)


def said(session: Session, scenario: int | None) -> Content:
    """Return what a scenario says; without one nothing is changed.

    Raises
    ------
    NotFound
        If there is no such scenario.
    """
    return PRESENT if scenario is None else content_of(read_scenario(session, scenario))


def _basis(
    session: Session, runtime: Runtime, content: Content, asked: Asked, given: People | None
) -> Basis:
    if given is not None:
        return Basis(given, read_sites(session, content.assumptions.meal))
    basis = read_basis(session, runtime, content)
    people = basis.people
    if asked.population is not None:
        imported = map_sets.read_set(session, MapSetKind.POPULATION, asked.population)
        people = people if imported is None else map_sets.people_of(imported)
    areas = map_sets.read_set(session, MapSetKind.BOUNDARIES, asked.boundaries)
    if areas is not None:
        people = map_sets.in_areas(people, areas)
    return Basis(people, basis.sites)
