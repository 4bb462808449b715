"""Making and publishing plans: what is offered to whom, whose canteens a plan must not touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mealsvc import jobs, planning
from mealsvc.access import Caller, Forbidden
from mealsvc.demand import service_hours
from mealsvc.planning import read
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, CanteenMeal, Elder, JobRun, StandingOrder, transaction
from mealsvc.vocabulary import Meal, RevisionState, service_zh


@dataclass(frozen=True)
class Offer:
    """What somebody may do about a service's plan now.

    Attributes
    ----------
    plan
        Whether it may be planned, for the first time or anew.
    publish
        Number of the newest revision, where that is a draft and may be published.
    job
        Id of the job that is planning it, if there is one.
    """

    plan: bool
    publish: int | None
    job: int | None


def offer(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> Offer:
    """Return what a caller may do about a service's plan now."""
    now, hours = runtime.clock(), service_hours(runtime.settings, day, meal)
    with transaction(runtime.engine) as session:
        job = jobs.under_way(session, day, meal)
        present = read.revisions(session, day, meal)
        within = not _out_of_reach(session, caller, meal)
    draft = present[-1] if present and present[-1].state is RevisionState.DRAFT else None
    return Offer(
        plan=within and now < hours.opens,
        publish=draft.number if draft and within and now < hours.closes else None,
        job=job.id if job else None,
    )


def whole_meals(runtime: Runtime, caller: Caller) -> list[Meal]:
    """Return the meals that somebody cooks or eats, and all of whose canteens are within reach."""
    with transaction(runtime.engine) as session:
        return [
            meal
            for meal in Meal
            if _canteens_of(session, meal) and not _out_of_reach(session, caller, meal)
        ]


def start_plan(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    *,
    seconds: float | None = None,
    publish: bool = False,
) -> JobRun:
    """Plan a service in the background; see :func:`mealsvc.jobs.start_plan_job`.

    Raises
    ------
    Forbidden
        If the service has canteens that are not within reach.
    Conflict
        If the service has begun.
    """
    with transaction(runtime.engine) as session:
        require_whole_service(session, caller, day, meal)
    return jobs.start_plan_job(
        runtime, day, meal, actor=caller.name, seconds=seconds, publish=publish
    )


def publish_plan(runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int) -> None:
    """Publish a revision; see :func:`mealsvc.planning.publish`.

    Raises
    ------
    Forbidden
        If the service has canteens that are not within reach.
    NotFound
        If there is no such revision.
    Conflict
        If it cannot be published.
    """
    with transaction(runtime.engine) as session:
        require_whole_service(session, caller, day, meal)
    planning.publish(runtime, day, meal, number, caller.name)


def require_whole_service(session: Session, caller: Caller, day: date, meal: Meal) -> None:
    """Refuse whoever is confined to some canteens of a service: its plan is one for all of them.

    Raises
    ------
    Forbidden
        With how many others there are.
    """
    others = _out_of_reach(session, caller, meal)
    if others:
        raise Forbidden(
            f"the plan for {meal} of {day} also covers {others} canteens that you do not keep; "
            "ask a planner or an administrator to plan and publish it",
            f"{service_zh(day, meal)}的计划还包括不由您负责的{others}家食堂，"
            "请由规划员或管理员制定和发布",
        )


def _out_of_reach(session: Session, caller: Caller, meal: Meal) -> int:
    """Return how many canteens of a meal the caller does not keep."""
    if caller.canteens is None:
        return 0
    return len(_canteens_of(session, meal) - caller.canteens)


def _canteens_of(session: Session, meal: Meal) -> set[int | None]:
    """Return the canteens that cook a meal, and those that keep an elder who eats it."""
    cooking = (
        select(Canteen.id).join(CanteenMeal).where(col(Canteen.active), CanteenMeal.meal == meal)
    )
    keeping = (
        select(Elder.canteen_id)
        .join(StandingOrder)
        .where(
            StandingOrder.meal == meal,
            col(Elder.ended_on).is_(None),
            col(Elder.canteen_id).is_not(None),
        )
    )
    return {*session.exec(cooking), *session.exec(keeping)}
