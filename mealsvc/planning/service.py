"""Plan one service: collect, state the problem, solve, check, and keep a numbered revision."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date

from sqlmodel import Session, col, select

import routing
from mealsvc.demand import collect_orders, require_ahead
from mealsvc.errors import Conflict
from mealsvc.planning.earlier import EarlierTrip, read_earlier, start_plan
from mealsvc.planning.facts import ServiceFacts, read_facts
from mealsvc.planning.instance import build_problem
from mealsvc.planning.keeping import Solved, in_order, next_number, revision_of
from mealsvc.planning.locked import read_locks, set_aside
from mealsvc.planning.publish import publish_within
from mealsvc.planning.solving import explained, solve_checked
from mealsvc.planning.travel import StreetTravel, Travel
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Plan, PlanLock, PlanRevision, Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal

type Report = Callable[[str, float], None]
"""Called with what is being done and how much of all is done, 0 … 1."""

type Keep = Callable[[Session, PlanRevision], None]
"""Called in the transaction that saves a revision; what it raises undoes the saving."""

COLLECTING, MEASURING, SEARCHING, EXPLAINING, SAVING = (
    "collecting orders",
    "travel times",
    "searching",
    "explaining",
    "saving",
)
"""The phases reported."""


def plan_service(
    runtime: Runtime,
    day: date,
    meal: Meal,
    *,
    actor: str,
    seconds: float | None = None,
    seed: int | None = None,
    publish: bool = False,
    progress: Report | None = None,
    stop: Callable[[], bool] | None = None,
    travel: Travel | None = None,
    executor: Executor | None = None,
    keep: Keep | None = None,
) -> PlanRevision:
    """Plan a service and keep the answer as its next revision.

    Everything is saved in one transaction at the end, or nothing. Two plans of one service made
    at the same time become two revisions. The search starts from the plan that the service has
    already, else from the last one of its meal.

    Parameters
    ----------
    runtime
        The installation.
    day, meal
        The service; it must not have begun.
    actor
        Who plans; written into revision and audit trail.
    seconds, seed
        Wall time of search and explanation together, and seed; default from the settings.
    publish
        Publish the revision at once. If orders changed while it was made it stays a draft.
    progress
        Told what is being done.
    stop
        Asked during the search; once it says True the best plan so far is kept.
    travel
        Travel times; default the installation's streets.
    executor
        Where canteens that share no order are solved side by side; default processes of this
        machine, ``settings.workers`` of them.
    keep
        Called in the saving transaction with the new revision.

    Raises
    ------
    Conflict
        If the service has begun; or, with ``publish``, when the revision could not be published.
    NotReady
        If there is no canteen or no street network.
    StorageFailure
        If it cannot be saved; earlier revisions are whole.
    """
    tell = progress or (lambda _phase, _share: None)
    tell(COLLECTING, 0.0)
    facts, earlier, locks = _collect(runtime, day, meal)
    problem = build_problem(
        facts,
        runtime.settings,
        lambda: travel or StreetTravel(runtime),
        lambda share: tell(MEASURING, 0.02 + 0.23 * share),
    )
    tell(SEARCHING, 0.25)
    used_seed = runtime.settings.seed if seed is None else seed
    whole, share = seconds or runtime.settings.plan_seconds, runtime.settings.explain_share
    kept = set_aside(problem, start_plan(problem, earlier), locks)
    plan, verdict = solve_checked(
        kept.problem,
        start=kept.start,
        seconds=(1 - share) * whole,
        workers=runtime.settings.workers,
        seed=used_seed,
        progress=lambda done: tell(SEARCHING, 0.25 + 0.6 * done),
        stop=stop,
        executor=executor,
    )
    if kept.trips or kept.problem is not problem:
        plan = in_order(problem.instance, kept.whole(problem.instance, plan))
        verdict = routing.check(problem.instance, plan)
    tell(EXPLAINING, 0.85)
    explanation = explained(problem, plan, seconds=share * whole, seed=used_seed, stop=stop)
    tell(SAVING, 0.95)
    solved = Solved(facts, problem, plan, verdict, used_seed, explanation)
    revision = _save(runtime, solved, actor, publish, keep)
    tell(SAVING, 1.0)
    return revision


def _collect(
    runtime: Runtime, day: date, meal: Meal
) -> tuple[ServiceFacts, tuple[EarlierTrip, ...], tuple[PlanLock, ...]]:
    """Collect the orders, freeze them past the cut-off, and read what the plan needs."""
    require_ahead(runtime, day, meal)
    with transaction(runtime.engine) as session:
        service = collect_orders(session, runtime, day, meal)
        facts = read_facts(session, runtime.settings, service)
        plan = session.exec(select(Plan).where(col(Plan.service_id) == service.id)).first()
        locks = read_locks(session, plan.id or 0) if plan is not None else ()
        return facts, read_earlier(session, runtime.settings, service), locks


def _save(
    runtime: Runtime, solved: Solved, actor: str, publish: bool, keep: Keep | None
) -> PlanRevision:
    refused: Conflict | None = None
    with transaction(runtime.engine) as session:
        facts = solved.facts
        service, _ = one_row(session, Service, {"day": facts.day, "meal": facts.meal})
        plan, _ = one_row(session, Plan, {"service_id": facts.service_id})
        revision = revision_of(
            solved,
            number=next_number(session, plan.id or 0),
            plan_id=plan.id or 0,
            at=runtime.clock(),
            by=actor,
        )
        session.add(revision)
        session.flush()
        session.add(_made(revision, facts, actor))
        if publish:
            try:
                publish_within(session, runtime, revision, service, actor)
            except Conflict as error:
                refused = Conflict(
                    f"{error.message}. It was kept as a draft",
                    f"{error.sentence('zh')}。已保存为草稿",
                )
        if keep is not None:
            keep(session, revision)
    if refused is not None:
        raise refused
    return revision


def _made(revision: PlanRevision, facts: ServiceFacts, actor: str) -> AuditEntry:
    return AuditEntry(
        at=revision.created_at,
        actor=actor,
        action="plan.make",
        subject=f"{facts.day} {facts.meal}",
        detail={"revision": revision.number, "orders": revision.orders},
    )
