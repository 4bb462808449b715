"""Plans of a service: revisions, summary, duties, unserved orders, publishing, exports, links."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, status

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.schemas.plans import (
    DutiesOut,
    ExplanationOut,
    LinkOut,
    LinksWithdrawn,
    PlanSummary,
    UnservedList,
)
from mealsvc.access import Action, Caller
from mealsvc.desk import explaining, links, making, plans
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}", tags=["plans"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_PLANS))]
Maker = Annotated[Caller, Depends(Allowed(Action.MAKE_PLANS))]
Exporter = Annotated[Caller, Depends(Allowed(Action.EXPORT_PLANS))]
LinkGiver = Annotated[Caller, Depends(Allowed(Action.GIVE_LINKS))]

#: Which revision; left out: the published one, else the newest.
Revision = Annotated[
    int | None,
    Query(ge=1, le=2**31 - 1, description="default: the published one, else the newest"),
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/plan")
def read_plan(
    day: date, meal: Meal, _caller: Reader, runtime: RuntimeDep, revision: Revision = None
) -> PlanSummary:
    """Read every number of a plan's revision."""
    return PlanSummary.model_validate(plans.summary(runtime, day, meal, revision))


@router.get("/plan/revisions")
def list_revisions(
    day: date, meal: Meal, _caller: Reader, runtime: RuntimeDep
) -> list[PlanSummary]:
    """List all revisions of a service's plan by number."""
    return [PlanSummary.model_validate(one) for one in plans.summaries(runtime, day, meal)]


@router.get("/plan/duties")
def read_duties(
    day: date, meal: Meal, caller: Reader, runtime: RuntimeDep, revision: Revision = None
) -> DutiesOut:
    """Read the duties of a revision, within your canteens."""
    number, shown = plans.duties(runtime, caller, day, meal, revision)
    return DutiesOut.model_validate({"revision": number, "duties": shown})


@router.get("/plan/unserved")
def read_unserved(
    day: date,
    meal: Meal,
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> UnservedList:
    """Read which orders a revision leaves out, within your canteens, and why."""
    number, shown = plans.unserved(runtime, caller, day, meal, revision, language=language)
    return UnservedList.model_validate({"revision": number, "unserved": shown})


@router.get("/plan/explanation")
def read_explanation(
    day: date,
    meal: Meal,
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    revision: Revision = None,
) -> ExplanationOut:
    """Read why a revision leaves orders out or brings them late, and what would help."""
    shown = explaining.explanation(runtime, caller, day, meal, revision, language=language)
    return ExplanationOut.model_validate(shown)


@router.post("/plan/revisions/{number}/publish")
def publish_plan(
    day: date, meal: Meal, number: Number, caller: Maker, runtime: RuntimeDep
) -> PlanSummary:
    """Publish a draft: couriers and kitchens work from it, the one before is superseded.

    Managers may, where they keep every canteen of the service.
    """
    making.publish_plan(runtime, caller, day, meal, number)
    return PlanSummary.model_validate(plans.summary(runtime, day, meal, number))


@router.get("/plan/instance")
def export_instance(
    day: date, meal: Meal, caller: Exporter, runtime: RuntimeDep, revision: Revision = None
) -> dict[str, Any]:
    """Export the problem that a revision solves (format `mealsvc-instance/1`); it names nobody."""
    return plans.export_instance(runtime, caller, day, meal, revision)


@router.get("/plan/export")
def export_plan(
    day: date, meal: Meal, caller: Exporter, runtime: RuntimeDep, revision: Revision = None
) -> dict[str, Any]:
    """Export a revision as a plan file, as the solver writes it; it names nobody."""
    return plans.export_plan(runtime, caller, day, meal, revision)


@router.post("/duties/{courier}/link", status_code=status.HTTP_201_CREATED, tags=["duty"])
def make_link(
    day: date,
    meal: Meal,
    courier: Annotated[str, Path(min_length=1, max_length=40)],
    caller: LinkGiver,
    runtime: RuntimeDep,
) -> LinkOut:
    """Make a link that opens a courier's current duty, until it ends."""
    return LinkOut(url=links.make(runtime, caller, day, meal, courier))


@router.delete("/duties/{courier}/link", tags=["duty"])
def withdraw_links(
    day: date,
    meal: Meal,
    courier: Annotated[str, Path(min_length=1, max_length=40)],
    caller: LinkGiver,
    runtime: RuntimeDep,
) -> LinksWithdrawn:
    """End every link to a courier's duty, also those printed on sheets."""
    return LinksWithdrawn(withdrawn=links.withdraw(runtime, caller, day, meal, courier))
