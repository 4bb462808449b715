"""Pages on which plans are started, watched and published: forms and reloads, no scripts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.deps import LanguageDep, RuntimeDep
from api.templating import render
from api.visitors import FormAllowed, PageAllowed, Visitor, VisitorDep
from mealsvc import jobs
from mealsvc.access import Action, Caller, Identity, allow, may
from mealsvc.desk import making
from mealsvc.desk.jobs import list_jobs
from mealsvc.runtime import Runtime
from mealsvc.store import JobRun
from mealsvc.vocabulary import JobState, Meal

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

#: How many of the newest jobs are listed.
LISTED = 30

Maker = Annotated[Caller, Depends(FormAllowed(Action.MAKE_PLANS))]
Reader = Annotated[Caller, Depends(PageAllowed(Action.READ_JOBS))]


@router.post("/plan")
def start_plan(
    caller: Maker,
    runtime: RuntimeDep,
    day: Annotated[date, Form()],
    meal: Annotated[Meal, Form()],
) -> Response:
    """Plan a service in the background and go to the page that shows how far it is."""
    started = making.start_plan(runtime, caller, day, meal)
    return RedirectResponse(f"/jobs/{started.id}", 303)


@router.post("/publish")
def publish_plan(
    caller: Maker,
    runtime: RuntimeDep,
    day: Annotated[date, Form()],
    meal: Annotated[Meal, Form()],
    number: Annotated[int, Form(ge=1, le=2**31 - 1)],
) -> Response:
    """Publish a revision and go to the first page, which shows it."""
    making.publish_plan(runtime, caller, day, meal, number)
    return RedirectResponse("/", 303)


@router.get("/jobs")
def jobs_page(
    request: Request,
    _caller: Reader,
    runtime: RuntimeDep,
    visitor: VisitorDep,
    language: LanguageDep,
) -> Response:
    """Show the newest jobs, those of the nights too."""
    newest, _ = list_jobs(runtime, limit=LISTED)
    shown = [_shown(job, language) for job in newest]
    return render(request, "jobs.html", {**_signed_in(visitor), "jobs": shown})


@router.get("/jobs/{job}")
def job_page(
    request: Request,
    caller: Reader,
    runtime: RuntimeDep,
    visitor: VisitorDep,
    language: LanguageDep,
    job: Annotated[int, Path(ge=1, le=2**31 - 1)],
    still: Annotated[bool, Query()] = False,
) -> Response:
    """Show how far a job is; the page loads itself again until the job ends, unless ``still``."""
    found = jobs.job(runtime, job)
    context = {
        **_signed_in(visitor),
        "job": _shown(found, language),
        "still": still,
        "publish": _publishable(runtime, caller.identity, found),
    }
    return render(request, "job.html", context)


def _signed_in(visitor: Visitor) -> dict[str, Any]:
    return {"who": visitor.identity, "csrf": visitor.csrf}


def _shown(job: JobRun, language: str) -> dict[str, Any]:
    """Return a job as the templates show it."""
    request = job.outcome["request"]
    return {
        "id": job.id,
        "kind": job.kind.value,
        "scenario": request.get("name"),
        "day": date.fromisoformat(request["day"]) if "day" in request else None,
        "meal": Meal(request["meal"]) if "meal" in request else None,
        "state": job.state,
        "unfinished": job.state in {JobState.QUEUED, JobState.RUNNING},
        "phase": job.phase,
        "progress": job.progress,
        "requested_by": job.requested_by,
        "requested_at": job.requested_at,
        "finished_at": job.finished_at,
        "outcome": job.outcome if job.state is JobState.SUCCEEDED else {},
        "error": jobs.error_of(job, language),
    }


def _publishable(runtime: Runtime, identity: Identity, job: JobRun) -> int | None:
    """Return the revision that a job made, where somebody may publish it now."""
    made: int | None = job.outcome.get("revision")
    if made is None or not may(identity, Action.MAKE_PLANS):
        return None
    request = job.outcome["request"]
    day, meal = date.fromisoformat(request["day"]), Meal(request["meal"])
    offered = making.offer(runtime, allow(identity, Action.MAKE_PLANS), day, meal)
    return made if offered.publish == made else None
