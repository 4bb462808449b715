"""The work of a job: plan one service, save the plan and the job's success together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from mealsvc.errors import Conflict
from mealsvc.jobs.claims import CLAIM_LOST, Job, finish
from mealsvc.runtime import Runtime
from mealsvc.store import PlanRevision, transaction
from mealsvc.vocabulary import JobKind, Meal, RevisionState

if TYPE_CHECKING:
    from mealsvc.planning.travel import Travel


def run_plan(
    runtime: Runtime,
    held: Job,
    *,
    report: Callable[[str, float], None],
    interrupted: Callable[[], bool],
    travel: Travel | None,
) -> None:
    """Plan the service that a job names.

    The night leaves a service alone whose plan is published already.

    Parameters
    ----------
    runtime
        The installation.
    held
        The claimed job.
    report
        Told what is being done.
    interrupted
        Asked during the search and before saving; once it says True nothing is saved.
    travel
        Travel times; default the installation's streets.

    Raises
    ------
    Conflict
        If the work was interrupted, or the plan is refused.
    """
    # Solver and street engine are only loaded by processes that plan.
    from mealsvc.planning import plan_service

    day, meal = date.fromisoformat(held.request["day"]), Meal(held.request["meal"])
    if held.kind is JobKind.NIGHTLY and _skip(runtime, held, day, meal):
        return

    def keep(session: Session, revision: PlanRevision) -> None:
        if interrupted():
            raise Conflict(CLAIM_LOST)
        finish(session, held, runtime.clock(), _outcome(revision))

    plan_service(
        runtime,
        day,
        meal,
        actor=held.requested_by,
        seconds=held.request.get("seconds"),
        publish=bool(held.request.get("publish")),
        progress=report,
        stop=interrupted,
        travel=travel,
        keep=keep,
    )


def _skip(runtime: Runtime, held: Job, day: date, meal: Meal) -> bool:
    """Finish a nightly job for which somebody already published a plan."""
    from mealsvc.planning import read

    with transaction(runtime.engine) as session:
        present = read.current(session, day, meal)
        if present is None or present.state is not RevisionState.PUBLISHED:
            return False
        finish(
            session,
            held,
            runtime.clock(),
            {"revision": present.number, "skipped": "a plan was published before"},
        )
        return True


def _outcome(revision: PlanRevision) -> dict[str, Any]:
    return {
        "revision": revision.number,
        "state": revision.state.value,
        "orders": revision.orders,
        "unserved": revision.unserved_orders,
        "circle_share": round(revision.circle_share, 4),
        "cost": revision.cost,
        "bound": revision.bound,
    }
