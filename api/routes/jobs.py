"""Planning in the background: start a job, watch it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response, status

from api.deps import Allowed, LanguageDep, PageDep, RuntimeDep
from api.schemas.jobs import JobOut, PlanRequest
from api.schemas.shapes import Page, page_of
from mealsvc import jobs
from mealsvc.access import Action, Caller
from mealsvc.desk import making
from mealsvc.desk.jobs import list_jobs as read_jobs
from mealsvc.vocabulary import Meal

router = APIRouter()

Maker = Annotated[Caller, Depends(Allowed(Action.MAKE_PLANS))]
Reader = Annotated[Caller, Depends(Allowed(Action.READ_JOBS))]


@router.post("/services/{day}/{meal}/plan", status_code=status.HTTP_202_ACCEPTED, tags=["plans"])
def start_plan(
    day: date,
    meal: Meal,
    caller: Maker,
    runtime: RuntimeDep,
    response: Response,
    language: LanguageDep,
    given: PlanRequest | None = None,
) -> JobOut:
    """Plan a service in the background; `Location` names the job to watch.

    The result is the next revision of the service's plan. Where the same is waiting or being done
    already, with the same options, the answer is that job. Managers may, where they keep every
    canteen of the service.
    """
    asked = given or PlanRequest(seconds=None)
    started = making.start_plan(
        runtime, caller, day, meal, seconds=asked.seconds, publish=asked.publish
    )
    response.headers["location"] = f"/api/v1/jobs/{started.id}"
    return JobOut.of(started, language)


@router.get("/jobs", tags=["jobs"])
def list_jobs(
    _caller: Reader, runtime: RuntimeDep, language: LanguageDep, page: PageDep
) -> Page[JobOut]:
    """List the jobs, newest first: plans that people started, and the nights."""
    rows, total = read_jobs(runtime, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), lambda run: JobOut.of(run, language))


@router.get("/jobs/{job}", tags=["jobs"])
def read_job(
    job: Annotated[int, Path(ge=1, le=2**31 - 1)],
    _caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
) -> JobOut:
    """Read how far a job is, and what came of it."""
    return JobOut.of(jobs.job(runtime, job), language)
