"""Scenarios and imported map files on behalf of a caller."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mealsvc import jobs
from mealsvc.access import Caller
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime
from mealsvc.sheets.folder import safe_name
from mealsvc.siting import map_sets, scenarios
from mealsvc.siting.asking import Asked
from mealsvc.siting.candidate_files import CandidateFile, read_candidates
from mealsvc.siting.changes import Content, require_applicable
from mealsvc.siting.sites import read_sites
from mealsvc.siting.wishes import SiteWish, require_possible
from mealsvc.siting.workbench import workbench_for
from mealsvc.store import JobRun, MapSet, Scenario, ScenarioEdit, ScenarioResult, transaction
from mealsvc.vocabulary import JobKind, MapSetKind, Meal


def create(
    runtime: Runtime, caller: Caller, name: str, content: Content, note: str | None = None
) -> Scenario:
    """Save a new scenario.

    Raises
    ------
    Conflict
        If another one has the name.
    InvalidInput
        If a change does not fit the present sites.
    """
    with transaction(runtime.engine) as session:
        require_applicable(read_sites(session, content.assumptions.meal), content)
        return scenarios.create_scenario(
            session, runtime, name, content, actor=caller.name, note=note
        )


def copy(runtime: Runtime, caller: Caller, scenario: int, name: str) -> Scenario:
    """Save a copy under another name; see :func:`mealsvc.siting.scenarios.copy_scenario`."""
    with transaction(runtime.engine) as session:
        return scenarios.copy_scenario(session, runtime, scenario, name, actor=caller.name)


def edit(
    runtime: Runtime, caller: Caller, scenario: int, version: int, wanted: scenarios.Edit
) -> Scenario:
    """Save an edit as the next version; see :func:`mealsvc.siting.scenarios.edit_scenario`.

    Raises
    ------
    Conflict
        If somebody saved another version meanwhile: who, when and what.
    InvalidInput
        If a change does not fit the present sites.
    """
    with transaction(runtime.engine) as session:
        edited = scenarios.edit_scenario(
            session, runtime, scenario, version, wanted, actor=caller.name
        )
        if wanted.content is not None:
            meal = wanted.content.assumptions.meal
            require_applicable(read_sites(session, meal), wanted.content)
        return edited


def delete(runtime: Runtime, caller: Caller, scenario: int) -> None:
    """Delete a scenario with its versions and results."""
    with transaction(runtime.engine) as session:
        scenarios.delete_scenario(session, runtime, scenario, actor=caller.name)


def page(runtime: Runtime, *, limit: int, offset: int = 0) -> tuple[Sequence[Scenario], int]:
    """Return a page of scenarios, last changed first, and how many there are."""
    with transaction(runtime.engine) as session:
        return scenarios.list_scenarios(session, limit=limit, offset=offset)


def read(runtime: Runtime, scenario: int) -> Scenario:
    """Return a scenario at its newest version."""
    with transaction(runtime.engine) as session:
        return scenarios.read_scenario(session, scenario)


def versions(runtime: Runtime, scenario: int) -> Sequence[ScenarioEdit]:
    """Return all versions of a scenario, the first one first."""
    with transaction(runtime.engine) as session:
        scenarios.read_scenario(session, scenario)
        return scenarios.edits_of(session, scenario)


def results(runtime: Runtime, scenario: int) -> Sequence[ScenarioResult]:
    """Return what jobs worked out for a scenario, newest first."""
    with transaction(runtime.engine) as session:
        scenarios.read_scenario(session, scenario)
        return scenarios.results_of(session, scenario)


def start_effect(
    runtime: Runtime, caller: Caller, scenario: int, day: date, meal: Meal,
    seconds: float | None = None,
) -> JobRun:  # fmt: skip
    """Work out a scenario's effect on deliveries; see :mod:`mealsvc.siting.effect`.

    Raises
    ------
    NotFound
        If there is no such scenario.
    """
    with transaction(runtime.engine) as session:
        found = scenarios.read_scenario(session, scenario)
    request = {
        "name": found.name, "day": day.isoformat(), "meal": meal.value, "seconds": seconds,
    }  # fmt: skip
    return jobs.start_scenario_job(
        runtime, JobKind.EFFECT, scenario, found.version, request, actor=caller.name
    )


def start_best_sites(
    runtime: Runtime, caller: Caller, name: str, wish: SiteWish, asked: Asked, *, language: str
) -> JobRun:
    """Choose sites in the background, kept as a new scenario; see :mod:`mealsvc.siting.best`.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    name
        What the new scenario is called.
    wish
        Which sites are wanted.
    asked
        The scenario that the new one continues, and whose walks count.
    language
        Of the names of new sites, ``zh`` or ``en``.

    Raises
    ------
    NotFound
        If there is no such scenario or population.
    Conflict
        If another scenario has the name.
    InvalidInput
        If the wish cannot be met whatever the people and the streets are.
    """
    require_possible(wish)
    with transaction(runtime.engine) as session:
        base = asked.scenario
        version = scenarios.read_scenario(session, base).version if base is not None else 0
        scenarios.require_free(session, name)
        if asked.population is not None:
            map_sets.read_set(session, MapSetKind.POPULATION, asked.population)
    request = {
        "name": name, "wish": wish.model_dump(mode="json"), "population": asked.population,
        "language": language,
    }  # fmt: skip
    return jobs.start_scenario_job(
        runtime, JobKind.BEST_SITES, base, version, request, actor=caller.name
    )


def candidate_file(runtime: Runtime, file: tuple[str, bytes], crs: str | None) -> CandidateFile:
    """Read an uploaded file of candidates, which is not kept.

    Raises
    ------
    InvalidInput
        If the file cannot be used.
    NotReady
        If no street network was built.
    """
    with _as_path(file) as path:
        return read_candidates(path, workbench_for(runtime).walks, crs=crs)


def stop_job(runtime: Runtime, caller: Caller, job: int) -> JobRun:
    """Stop a choice of sites or a delivery effect; nothing of it is kept.

    Raises
    ------
    NotFound
        If there is no such job of these kinds.
    Conflict
        If it has ended already.
    """
    return jobs.stop(runtime, job, (JobKind.BEST_SITES, JobKind.EFFECT), actor=caller.name)


def import_map(
    runtime: Runtime, caller: Caller, kind: MapSetKind, name: str, file: tuple[str, bytes],
    crs: str | None,
) -> MapSet:  # fmt: skip
    """Import an uploaded boundary or population file; see :mod:`mealsvc.siting.map_sets`.

    Raises
    ------
    InvalidInput
        If the file cannot be used.
    Conflict
        If a set has the name.
    """
    read_file = {
        MapSetKind.BOUNDARIES: map_sets.import_boundaries,
        MapSetKind.POPULATION: map_sets.import_population,
    }[kind]
    with _as_path(file) as path, transaction(runtime.engine) as session:
        return read_file(session, runtime, name, path, actor=caller.name, crs=crs)


@contextmanager
def _as_path(file: tuple[str, bytes]) -> Iterator[Path]:
    """Give an uploaded file, name and content, a path while it is read."""
    name, content = file
    if not content:
        raise InvalidInput(f"{name} is empty; choose another file", f"{name} 是空文件")
    with tempfile.TemporaryDirectory(prefix="mealsvc-map-") as folder:
        path = Path(folder) / safe_name(Path(name.replace("\\", "/")).name)
        path.write_bytes(content)
        yield path


def map_files(runtime: Runtime) -> Sequence[MapSet]:
    """Return the imported map files without their content, newest first."""
    with transaction(runtime.engine) as session:
        return map_sets.list_sets(session)


def delete_map(runtime: Runtime, caller: Caller, name: str) -> None:
    """Delete an imported map file."""
    with transaction(runtime.engine) as session:
        map_sets.delete_set(session, runtime, name, actor=caller.name)
