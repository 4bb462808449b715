"""Publishing: the revision that couriers and kitchens work from, never changed silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mealsvc.demand import collect_orders, find_service, service_hours
from mealsvc.errors import Conflict, NotFound
from mealsvc.planning.facts import Snapshot, snapshot_of, standing_orders
from mealsvc.planning.stored import unpack
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Plan, PlanRevision, Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, RevisionState, label, service_zh


@dataclass(frozen=True)
class OrderDifference:
    """How the orders of a service differ from those a revision was planned from, by order id."""

    new: tuple[int, ...]
    gone: tuple[int, ...]
    changed: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)

    def __str__(self) -> str:
        parts = (("new", self.new), ("gone", self.gone), ("changed", self.changed))
        return ", ".join(f"{len(ids)} {word} ({_listed(ids)})" for word, ids in parts if ids)

    @property
    def zh(self) -> str:
        """The same in Chinese."""
        parts = (("新增", self.new), ("取消", self.gone), ("变更", self.changed))
        return "，".join(f"{word}{len(ids)}单" for word, ids in parts if ids)


def _listed(ids: tuple[int, ...]) -> str:
    shown = ", ".join(f"o{one}" for one in ids[:5])
    return shown if len(ids) <= 5 else f"{shown}, …"


def publish(runtime: Runtime, day: date, meal: Meal, number: int, actor: str) -> PlanRevision:
    """Publish a draft: freeze the orders, and supersede the revision published before.

    Publishing what is published already changes nothing.

    Parameters
    ----------
    runtime
        The installation.
    day, meal
        The service.
    number
        The revision.
    actor
        Who publishes; written into the audit trail.

    Raises
    ------
    NotFound
        If there is no such revision.
    Conflict
        If the service is over, the revision was superseded, or orders changed since it was made.
    """
    with transaction(runtime.engine) as session:
        if find_service(session, day, meal) is None:
            raise NotFound(
                f"there is no plan for {meal} of {day}; make one first: mealsvc plan",
                f"{service_zh(day, meal)}还没有配送计划，请先制定计划",
            )
        service, _ = one_row(session, Service, {"day": day, "meal": meal})
        plan, _ = one_row(session, Plan, {"service_id": service.id})
        revision = session.exec(
            select(PlanRevision).where(
                col(PlanRevision.plan_id) == plan.id, col(PlanRevision.number) == number
            )
        ).first()
        if revision is None:
            raise NotFound(
                f"the plan for {meal} of {day} has no revision {number}",
                f"{service_zh(day, meal)}的计划没有第{number}版",
            )
        publish_within(session, runtime, revision, service, actor)
    return revision


def publish_within(
    session: Session, runtime: Runtime, revision: PlanRevision, service: Service, actor: str
) -> None:
    """Publish a revision in an open transaction that holds the plan's lock; see :func:`publish`."""
    if revision.state is RevisionState.PUBLISHED:
        return
    _require_publishable(session, runtime, revision, service)
    now = runtime.clock()
    before = session.exec(
        select(PlanRevision).where(
            col(PlanRevision.plan_id) == revision.plan_id,
            col(PlanRevision.state) == RevisionState.PUBLISHED,
        )
    ).first()
    if before is not None:
        before.state = RevisionState.SUPERSEDED
        # The database allows one published revision: the old one must step back first.
        session.flush()
    revision.state = RevisionState.PUBLISHED
    revision.published_at, revision.published_by = now, actor
    if service.frozen_at is None:
        service.frozen_at = now
    session.add(
        AuditEntry(
            at=now,
            actor=actor,
            action="plan.publish",
            subject=f"{service.day} {service.meal}",
            detail={"revision": revision.number, "replaces": before.number if before else None},
        )
    )
    session.flush()


def order_difference(session: Session, revision: PlanRevision, service: Service) -> OrderDifference:
    """Return how the orders of a service differ from those that a revision was planned from."""
    return difference_from(session, unpack(revision.instance).snapshot, service)


def difference_from(session: Session, planned: Snapshot, service: Service) -> OrderDifference:
    """Return how the orders of a service differ from what they said before."""
    present = snapshot_of(standing_orders(session, service))
    return OrderDifference(
        new=_ids(present.keys() - planned.keys()),
        gone=_ids(planned.keys() - present.keys()),
        changed=_ids({one for one in present.keys() & planned if present[one] != planned[one]}),
    )


def _ids(names: set[str]) -> tuple[int, ...]:
    return tuple(sorted(int(name) for name in names))


def _require_publishable(
    session: Session, runtime: Runtime, revision: PlanRevision, service: Service
) -> None:
    what = f"revision {revision.number} of {service.meal} on {service.day}"
    what_zh = f"{service_zh(service.day, service.meal)}计划第{revision.number}版"
    if runtime.clock() >= service_hours(runtime.settings, service.day, service.meal).closes:
        raise Conflict(
            f"{what} cannot be published: the service is over",
            f"{what_zh}不能发布：该餐次已结束",
        )
    if revision.state is not RevisionState.DRAFT:
        raise Conflict(
            f"{what} is {revision.state} and cannot be published again; plan anew",
            f"{what_zh}{label(revision.state)}，不能再次发布；请重新制定计划",
        )
    collect_orders(session, runtime, service.day, service.meal)
    difference = order_difference(session, revision, service)
    if difference:
        raise Conflict(
            f"{what} no longer fits its orders: {difference} since it was planned; plan anew",
            f"{what_zh}制定后订单有变化（{difference.zh}），不能发布；请重新制定计划",
        )
