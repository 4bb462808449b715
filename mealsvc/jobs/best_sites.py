"""The work of a job: choose the best sites, and keep them as a scenario with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mealsvc.errors import Conflict
from mealsvc.jobs.claims import CLAIM_LOST, Job, finish
from mealsvc.runtime import Runtime
from mealsvc.store import transaction
from mealsvc.vocabulary import JobKind

if TYPE_CHECKING:
    from mealsvc.planning.travel import Travel


def run_best_sites(
    runtime: Runtime,
    held: Job,
    *,
    report: Callable[[str, float], None],
    interrupted: Callable[[], bool],
    travel: Travel | None,  # noqa: ARG001 - nobody rides here
) -> None:
    """Choose the sites that a job asks for; parameters as of :func:`mealsvc.jobs.plans.run_plan`.

    Raises
    ------
    Conflict
        If the work was interrupted, or a scenario has taken the name meanwhile.
    """
    # The solver is only loaded by processes that choose sites.
    from mealsvc.siting.asking import Asked, measured, said
    from mealsvc.siting.best import best_sites
    from mealsvc.siting.changes import Content
    from mealsvc.siting.disclosure import EXACT, Disclosure
    from mealsvc.siting.scenarios import create_scenario, keep_result
    from mealsvc.siting.wishes import SiteWish

    base, wish = held.request["scenario"], SiteWish.model_validate(held.request["wish"])
    asked = Asked(base, held.request["population"])
    bench, cover = measured(runtime, asked, language=runtime.settings.language)
    # Planners read the result: it is counted as for them, whoever asked.
    told = Disclosure(runtime.settings.least_group) if cover.people.personal else EXACT
    best = best_sites(
        bench,
        cover,
        wish,
        told,
        hours=runtime.settings.hours(cover.terms.meal),
        progress=report,
        stop=interrupted,
        seed=runtime.settings.seed,
        language=held.request.get("language", runtime.settings.language),
    )
    if interrupted():
        raise Conflict(CLAIM_LOST)
    with transaction(runtime.engine) as session:
        present = said(session, base)
        content = Content(
            assumptions=present.assumptions, changes=(*present.changes, *best.changes)
        )
        made = create_scenario(
            session, runtime, held.request["name"], content, actor=held.requested_by
        )
        kept = keep_result(
            session,
            made,
            made.version,
            JobKind.BEST_SITES,
            best.result,
            at=runtime.clock(),
            actor=held.requested_by,
        )
        finish(
            session,
            held,
            runtime.clock(),
            {"scenario": made.id, "result": kept.id, **best.result},
        )
