"""The work of a job: what a scenario does to the deliveries of a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from mealsvc.errors import Conflict
from mealsvc.jobs.claims import CLAIM_LOST, Job, finish
from mealsvc.runtime import Runtime
from mealsvc.store import transaction
from mealsvc.vocabulary import JobKind, Meal

if TYPE_CHECKING:
    from mealsvc.planning.travel import Travel


def run_effect(
    runtime: Runtime,
    held: Job,
    *,
    report: Callable[[str, float], None],
    interrupted: Callable[[], bool],
    travel: Travel | None,
) -> None:
    """Plan a service without and with the scenario that a job names, and keep the comparison.

    Parameters are those of :func:`mealsvc.jobs.plans.run_plan`.

    Raises
    ------
    Conflict
        If the work was interrupted.
    """
    # Solver and street engine are only loaded by processes that plan.
    from mealsvc.siting.effect import delivery_effect
    from mealsvc.siting.scenarios import keep_result, read_scenario

    effect = delivery_effect(
        runtime,
        held.request["scenario"],
        date.fromisoformat(held.request["day"]),
        Meal(held.request["meal"]),
        seconds=held.request.get("seconds"),
        progress=report,
        stop=interrupted,
        travel=travel,
    )
    if interrupted():
        raise Conflict(CLAIM_LOST)
    result = effect.to_dict()
    with transaction(runtime.engine) as session:
        scenario = read_scenario(session, held.request["scenario"])
        kept = keep_result(
            session,
            scenario,
            effect.version,
            JobKind.EFFECT,
            result,
            at=runtime.clock(),
            actor=held.requested_by,
        )
        finish(session, held, runtime.clock(), {"result": kept.id, **result})
