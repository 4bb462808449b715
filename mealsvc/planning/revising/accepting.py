"""Accept a proposal, which publishes it as the next revision, or reject it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

import routing
from mealsvc.demand.urgent import OrderEdit, write_edit
from mealsvc.errors import Conflict, NotFound
from mealsvc.planning.facts import read_facts
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.instance import Problem
from mealsvc.planning.keeping import Solved, in_order, next_number, revision_of
from mealsvc.planning.publish import difference_from, publish_within
from mealsvc.planning.revising.handing_back import end_handing_back
from mealsvc.planning.revising.in_force import InForce, TripSeen, read_in_force
from mealsvc.planning.revising.locks import lock_within
from mealsvc.planning.revising.outrun import require_not_outrun
from mealsvc.planning.revising.seen import trips_seen
from mealsvc.planning.stored import StoredProblem, unpack
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Plan, PlanRevision, Proposal, Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, ProposalState, label
from routing import Rule

AGREEABLE = frozenset({Rule.WINDOW, Rule.CANTEEN_HOURS, Rule.MAX_TRIPS, Rule.ALLOWED})
"""Rules that a person may set aside after talking to those concerned.

Not the ride limit, which is food safety, not a shift, which is what somebody offered, and nothing
that cannot be: boxes, portions and hours that are not there.
"""


@dataclass(frozen=True)
class Decision:
    """Who decides about a proposal, and what is known at that moment.

    Attributes
    ----------
    actor
        Who decides.
    seen
        What is known to have happened on trips; None: what was reported.
    despite
        Whether broken rules are agreed to; see :data:`AGREEABLE`.
    """

    actor: str
    seen: tuple[TripSeen, ...] | None = None
    despite: bool = False


def find_proposal(session: Session, day: date, meal: Meal, proposal_id: int) -> Proposal:
    """Return a proposal of a service.

    Raises
    ------
    NotFound
        If the service has no such proposal.
    """
    query = (
        select(Proposal)
        .join(Plan, col(Plan.id) == col(Proposal.plan_id))
        .join(Service, col(Service.id) == col(Plan.service_id))
        .where(col(Proposal.id) == proposal_id, Service.day == day, Service.meal == meal)
    )
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound(
            f"{meal} of {day} has no proposal {proposal_id}",
            f"该餐次没有编号为 {proposal_id} 的调整方案",
        )
    return found


def accept(
    runtime: Runtime, day: date, meal: Meal, proposal_id: int, decision: Decision
) -> PlanRevision:
    """Publish a proposal as the next revision; the orders that it changes are changed with it.

    Everything happens in one transaction or not at all.

    Raises
    ------
    NotFound
        If there is no such proposal.
    Conflict
        If somebody decided about it before, another revision was published meanwhile, the day has
        gone on past it, orders have changed, or it breaks rules that are not agreed to.
    """
    with transaction(runtime.engine) as session:
        service, _ = one_row(session, Service, {"day": day, "meal": meal})
        one_row(session, Plan, {"service_id": service.id})
        proposal = find_proposal(session, day, meal, proposal_id)
        _require_open(runtime, proposal)
        force = read_in_force(session, runtime, day, meal)
        _require_same_plan(runtime, proposal, force)
        stored = unpack(proposal.problem)
        answer = routing.Plan.from_dict(proposal.answer)
        now = force.seconds(runtime.clock())
        seen = decision.seen
        if seen is None:
            seen = trips_seen(session, force.service.id or 0)
        require_not_outrun(force, answer, stored, proposal, now, seen)
        _require_agreed(proposal.content, despite=decision.despite)
        _require_same_orders(session, force, stored)
        revision = _publish(session, runtime, force, proposal, stored, answer, decision.actor)
        _lock_what_was_moved(session, runtime, proposal, revision, decision.actor)
        end_handing_back(session, runtime, service, proposal, decision.actor)
        proposal.state, proposal.revision = ProposalState.ACCEPTED, revision.number
        proposal.decided_at, proposal.decided_by = runtime.clock(), decision.actor
    return revision


def reject(runtime: Runtime, day: date, meal: Meal, proposal_id: int, *, actor: str) -> Proposal:
    """Put a proposal aside; it stays on record.

    Raises
    ------
    NotFound
        If there is no such proposal.
    Conflict
        If somebody decided about it before.
    """
    with transaction(runtime.engine) as session:
        one_row(session, Service, {"day": day, "meal": meal})
        proposal = find_proposal(session, day, meal, proposal_id)
        _require_open(runtime, proposal)
        proposal.state = ProposalState.REJECTED
        proposal.decided_at, proposal.decided_by = runtime.clock(), actor
        session.add(_note(runtime, actor, "plan.reject", day, meal, proposal, None))
    return proposal


def _note(
    runtime: Runtime,
    actor: str,
    action: str,
    day: date,
    meal: Meal,
    proposal: Proposal,
    revision: int | None,
) -> AuditEntry:
    detail = {"proposal": proposal.id, "based_on": proposal.based_on, "revision": revision}
    return AuditEntry(
        at=runtime.clock(), actor=actor, action=action, subject=f"{day} {meal}", detail=detail
    )


def _require_open(runtime: Runtime, proposal: Proposal) -> None:
    if proposal.state is ProposalState.OPEN or proposal.decided_at is None:
        return
    at = proposal.decided_at.astimezone(runtime.settings.zone)
    raise Conflict(
        f"proposal {proposal.id} was {proposal.state} by {proposal.decided_by} at {at:%H:%M}",
        f"该调整方案已由 {proposal.decided_by} 于 {at:%H:%M} {label(proposal.state)}",
    )


def _require_same_plan(runtime: Runtime, proposal: Proposal, force: InForce) -> None:
    """Refuse a proposal for a plan that somebody has replaced."""
    revision = force.revision
    if revision.number == proposal.based_on:
        return
    at = (revision.published_at or runtime.clock()).astimezone(runtime.settings.zone)
    raise Conflict(
        f"this proposal was made for revision {proposal.based_on}; {revision.published_by} "
        f"published revision {revision.number} at {at:%H:%M}. Ask for a new proposal",
        f"该方案针对第{proposal.based_on}版；{revision.published_by} 已于 {at:%H:%M} 发布"
        f"第{revision.number}版，请重新生成方案",
    )


def _require_agreed(content: Mapping[str, Any], *, despite: bool) -> None:
    broken = {Rule(one["rule"]) for one in content["broken"]}
    never = sorted(rule.value for rule in broken - AGREEABLE)
    if never:
        raise Conflict(
            f"this would break rules that nobody can set aside: {', '.join(never)}",
            "该调整违反不可豁免的规则（如在途时限、保温箱、班次），不能采用",
        )
    if broken and not despite:
        names = ", ".join(sorted(rule.value for rule in broken))
        raise Conflict(
            f"this would break rules ({names}); say that those concerned agree",
            "该调整违反部分规则，须先征得相关人员同意并确认后才能采用",
        )


def _require_same_orders(session: Session, force: InForce, stored: StoredProblem) -> None:
    difference = difference_from(session, stored.snapshot, force.service)
    if difference:
        raise Conflict(
            f"orders have changed since this was proposed: {difference}; ask for a new proposal",
            f"方案生成后订单有变化（{difference.zh}），请重新生成方案",
        )


def _publish(
    session: Session,
    runtime: Runtime,
    force: InForce,
    proposal: Proposal,
    stored: StoredProblem,
    answer: routing.Plan,
    actor: str,
) -> PlanRevision:
    """Write the changed orders and the revision, and publish it."""
    names = _write_orders(session, force, proposal.content)
    instance, plan = renamed(stored.instance, answer, names)
    facts = read_facts(session, runtime.settings, force.service)
    verdict = routing.check(instance, plan, proposal.content["begun"])
    carried = {record_id(order.id) for order in instance.orders}
    outside = tuple(sorted(order.id for order in facts.orders if order.id not in carried))
    at_work = {record_id(one.id) for one in instance.couriers if one.shift[0] < one.shift[1]}
    staff = tuple(one for one in facts.couriers if one.id in at_work)
    revision = revision_of(
        Solved(
            facts=replace(facts, couriers=staff, opens=stored.opens),
            problem=Problem(instance, outside, force.revision.streets_fingerprint),
            plan=in_order(instance, replace(plan, bound=None)),
            verdict=verdict,
            seed=runtime.settings.seed,
            afoot=stored.afoot,  # an order without a number is on no trip that has begun
        ),
        number=next_number(session, force.revision.plan_id),
        plan_id=force.revision.plan_id,
        at=runtime.clock(),
        by=actor,
    )
    session.add(revision)
    session.flush()
    service = force.service
    note = _note(
        runtime, actor, "plan.revise", service.day, service.meal, proposal, revision.number
    )
    session.add(note)
    publish_within(session, runtime, revision, service, actor)
    return revision


def _write_orders(session: Session, force: InForce, content: Mapping[str, Any]) -> dict[str, str]:
    """Change the orders; return the names of those that had no number yet."""
    newcomers = {elder: name for name, elder in content["newcomers"].items()}
    names = {}
    for data in content["edits"]:
        edit = OrderEdit.from_json(data)
        order = write_edit(session, force.service.id or 0, edit)
        if edit.order_id is None:
            names[newcomers[edit.elder_id]] = order_name(order.id or 0)
    return names


def renamed(
    instance: routing.Instance, plan: routing.Plan, names: Mapping[str, str]
) -> tuple[routing.Instance, routing.Plan]:
    """Return a problem and its plan with other names for some orders."""
    if not names:
        return instance, plan
    orders = tuple(replace(one, id=names.get(one.id, one.id)) for one in instance.orders)
    trips = tuple(
        replace(
            trip,
            stops=tuple(replace(s, order=names.get(s.order, s.order)) for s in trip.stops),
        )
        for trip in plan.trips
    )
    left = tuple(replace(one, order=names.get(one.order, one.order)) for one in plan.unserved)
    return replace(instance, orders=orders), replace(plan, trips=trips, unserved=left)


def _lock_what_was_moved(
    session: Session, runtime: Runtime, proposal: Proposal, revision: PlanRevision, actor: str
) -> None:
    """Keep what was placed by hand: later revisions would move it back to where it is cheaper."""
    couriers = {one["courier"] for one in proposal.content["broken"] if one["courier"]}
    for name in sorted(couriers):  # a duty that breaks a rule stays only when it is kept whole
        lock_within(session, runtime, revision.plan_id, actor, courier_id=record_id(name))
    moved = {move["order"] for move in proposal.content["moves"] if move["kind"] == "stop_moved"}
    for order in sorted(moved):
        lock_within(session, runtime, revision.plan_id, actor, order_id=order)
