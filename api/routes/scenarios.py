"""Scenarios of sites: saved, copied, edited by version; and the map files that figures rest on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Path, Response, UploadFile, status

from api.deps import Allowed, LanguageDep, PageDep, RuntimeDep
from api.schemas.jobs import JobOut
from api.schemas.shapes import Page, page_of
from api.schemas.siting import (
    BestSitesRequest,
    CandidateFileOut,
    EffectRequest,
    MapFindingOut,
    MapSetOut,
    NewScenario,
    ScenarioCopy,
    ScenarioEntry,
    ScenarioOut,
    ScenarioResultOut,
    ScenarioVersionOut,
    SpotOut,
)
from mealsvc.access import Action, Caller
from mealsvc.desk import scenarios
from mealsvc.siting.asking import Asked
from mealsvc.siting.candidate_files import CandidateFile
from mealsvc.siting.scenarios import Edit
from mealsvc.store import MapSet
from mealsvc.vocabulary import MapSetKind

router = APIRouter(prefix="/siting", tags=["siting"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_COVERAGE))]
Editor = Annotated[Caller, Depends(Allowed(Action.CHANGE_SCENARIOS))]
Importer = Annotated[Caller, Depends(Allowed(Action.IMPORT_MAPS))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
SetName = Annotated[str, Path(min_length=1, max_length=80)]


@router.get("/scenarios")
def list_scenarios(_caller: Reader, runtime: RuntimeDep, page: PageDep) -> Page[ScenarioOut]:
    """List the scenarios, last changed first."""
    rows, total = scenarios.page(runtime, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), ScenarioOut.model_validate)


@router.post("/scenarios", status_code=status.HTTP_201_CREATED)
def create_scenario(given: NewScenario, caller: Editor, runtime: RuntimeDep) -> ScenarioOut:
    """Save a new scenario."""
    made = scenarios.create(runtime, caller, given.name, given.content, given.note)
    return ScenarioOut.model_validate(made)


@router.get("/scenarios/{scenario}")
def read_scenario(scenario: Number, _caller: Reader, runtime: RuntimeDep) -> ScenarioOut:
    """Read a scenario at its newest version."""
    return ScenarioOut.model_validate(scenarios.read(runtime, scenario))


@router.patch("/scenarios/{scenario}")
def edit_scenario(
    scenario: Number, given: ScenarioEntry, caller: Editor, runtime: RuntimeDep
) -> ScenarioOut:
    """Save an edit as the next version; 409 says who changed what if it was made from an old one.

    An empty note takes the note away.
    """
    edit = Edit(given.name, given.note, given.content)
    return ScenarioOut.model_validate(
        scenarios.edit(runtime, caller, scenario, given.version, edit)
    )


@router.delete("/scenarios/{scenario}", status_code=status.HTTP_204_NO_CONTENT)
def delete_scenario(scenario: Number, caller: Editor, runtime: RuntimeDep) -> None:
    """Delete a scenario with its versions and results."""
    scenarios.delete(runtime, caller, scenario)


@router.post("/scenarios/{scenario}/copy", status_code=status.HTTP_201_CREATED)
def copy_scenario(
    scenario: Number, given: ScenarioCopy, caller: Editor, runtime: RuntimeDep
) -> ScenarioOut:
    """Save a copy under another name."""
    return ScenarioOut.model_validate(scenarios.copy(runtime, caller, scenario, given.name))


@router.get("/scenarios/{scenario}/versions")
def list_versions(
    scenario: Number, _caller: Reader, runtime: RuntimeDep
) -> list[ScenarioVersionOut]:
    """List all versions of a scenario: who made them when, and what they say."""
    return [ScenarioVersionOut.model_validate(one) for one in scenarios.versions(runtime, scenario)]


@router.get("/scenarios/{scenario}/results")
def list_results(scenario: Number, _caller: Reader, runtime: RuntimeDep) -> list[ScenarioResultOut]:
    """List what background jobs worked out for a scenario, newest first."""
    return [ScenarioResultOut.model_validate(one) for one in scenarios.results(runtime, scenario)]


@router.post("/scenarios/{scenario}/effect", status_code=status.HTTP_202_ACCEPTED)
def start_effect(
    scenario: Number,
    given: EffectRequest,
    caller: Editor,
    runtime: RuntimeDep,
    response: Response,
    language: LanguageDep,
) -> JobOut:
    """Plan a service without and with a scenario in the background; `Location` names the job.

    The result is kept with the scenario; no plan is touched.
    """
    started = scenarios.start_effect(
        runtime, caller, scenario, given.day, given.meal, given.seconds
    )
    response.headers["location"] = f"/api/v1/jobs/{started.id}"
    return JobOut.of(started, language)


@router.post("/best-sites", status_code=status.HTTP_202_ACCEPTED)
def start_best_sites(
    given: BestSitesRequest,
    caller: Editor,
    runtime: RuntimeDep,
    response: Response,
    language: LanguageDep,
) -> JobOut:
    """Choose the best of many candidates in the background; `Location` names the job.

    The result is a new scenario; what each further site adds, the proven gap, and why the next best
    were not chosen are kept with it.
    """
    asked = Asked(given.scenario, given.population)
    started = scenarios.start_best_sites(
        runtime, caller, given.name, given.wish, asked, language=language
    )
    response.headers["location"] = f"/api/v1/jobs/{started.id}"
    return JobOut.of(started, language)


@router.post("/candidates")
def read_candidate_file(
    _caller: Editor,
    runtime: RuntimeDep,
    language: LanguageDep,
    file: Annotated[
        UploadFile, File(description="CSV, GeoJSON, GeoPackage, Shapefile; zipped too")
    ],
    crs: Annotated[
        str | None,
        Form(max_length=80, description="EPSG:4490, GCJ02 …, where the file does not say"),
    ] = None,
) -> CandidateFileOut:
    """Read a file of places where a site could come; nothing is kept.

    The answer's candidates, without their reasons, are what `best-sites` takes. Columns for name,
    cost and capacity are read if they are there.
    """
    upload = (file.filename or "upload", file.file.read())
    return _candidates_out(scenarios.candidate_file(runtime, upload, crs), language)


@router.delete("/jobs/{job}")
def stop_job(job: Number, caller: Editor, runtime: RuntimeDep, language: LanguageDep) -> JobOut:
    """Stop a choice of sites or a delivery effect; nothing of it is kept."""
    return JobOut.of(scenarios.stop_job(runtime, caller, job), language)


@router.get("/maps")
def list_maps(_caller: Reader, runtime: RuntimeDep, language: LanguageDep) -> list[MapSetOut]:
    """List the imported boundary and population files, newest first."""
    return [_map_out(one, language) for one in scenarios.map_files(runtime)]


@router.post("/maps", status_code=status.HTTP_201_CREATED)
def import_map(
    caller: Importer,
    runtime: RuntimeDep,
    language: LanguageDep,
    file: Annotated[
        UploadFile, File(description="CSV, GeoJSON, GeoPackage, Shapefile; zipped too")
    ],
    kind: Annotated[MapSetKind, Form()],
    name: Annotated[str, Form(min_length=1, max_length=80)],
    crs: Annotated[
        str | None,
        Form(max_length=80, description="EPSG:4490, GCJ02 …, where the file does not say"),
    ] = None,
) -> MapSetOut:
    """Import streets and communities, or how many people live where.

    Good rows are kept whatever the others hold; the findings say what became of those.
    """
    upload = (file.filename or "upload", file.file.read())
    return _map_out(scenarios.import_map(runtime, caller, kind, name, upload, crs), language)


@router.delete("/maps/{name}", status_code=status.HTTP_204_NO_CONTENT)
def delete_map(name: SetName, caller: Importer, runtime: RuntimeDep) -> None:
    """Delete an imported map file."""
    scenarios.delete_map(runtime, caller, name)


def _map_out(kept: MapSet, language: str) -> MapSetOut:
    plain = kept.model_dump(exclude={"content", "findings", "id"})
    findings = _findings_out(kept.findings, language)
    return MapSetOut.model_validate({**plain, "findings": findings})


def _findings_out(findings: list[dict[str, Any]], language: str) -> list[MapFindingOut]:
    words = "zh" if language == "zh" else "en"
    return [MapFindingOut(row=one["row"], kept=one["kept"], text=one[words]) for one in findings]


def _candidates_out(read: CandidateFile, language: str) -> CandidateFileOut:
    place = 0 if language == "zh" else 1
    spots = [
        SpotOut(**spot.model_dump(), reason=None if reason is None else reason[place])
        for spot, reason in zip(read.spots, read.reasons, strict=True)
    ]
    return CandidateFileOut(candidates=spots, findings=_findings_out(read.findings, language))
