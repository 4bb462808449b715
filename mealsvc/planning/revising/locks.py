"""What must stay as it is: kept with the plan, obeyed by every later revision and new plan."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from mealsvc.errors import Conflict, NotFound
from mealsvc.planning import read
from mealsvc.planning.locked import read_locks
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Courier, Duty, Order, PlanLock, PlanRevision, transaction
from mealsvc.vocabulary import Meal


def locks_of(runtime: Runtime, day: date, meal: Meal) -> tuple[PlanLock, ...]:
    """Return what must stay in a service's plan, oldest first.

    Raises
    ------
    NotFound
        If there is no plan.
    """
    with transaction(runtime.engine) as session:
        return read_locks(session, read.chosen(session, day, meal).plan_id)


def lock(
    runtime: Runtime,
    day: date,
    meal: Meal,
    *,
    actor: str,
    order_id: int | None = None,
    courier_id: int | None = None,
) -> PlanLock:
    """Keep an order with its courier, or a courier's duty as it is; doing it twice is no harm.

    Raises
    ------
    NotFound
        If there is no plan, or the order is not of this service.
    Conflict
        If the plan gives the order to nobody, or the courier no duty.
    """
    with transaction(runtime.engine) as session:
        revision = read.revision(session, day, meal)
        _require_planned(session, revision, order_id, courier_id)
        return lock_within(
            session, runtime, revision.plan_id, actor, order_id=order_id, courier_id=courier_id
        )


def unlock(
    runtime: Runtime,
    day: date,
    meal: Meal,
    *,
    actor: str,
    order_id: int | None = None,
    courier_id: int | None = None,
) -> None:
    """Let an order or a duty change again.

    Raises
    ------
    NotFound
        If there is no plan, or it is not locked.
    """
    with transaction(runtime.engine) as session:
        plan_id = read.chosen(session, day, meal).plan_id
        found = _find(session, plan_id, order_id, courier_id)
        if found is None:
            raise NotFound("this is not locked", "该项没有锁定")
        session.delete(found)
        session.add(_note(runtime, actor, "plan.unlock", plan_id, order_id, courier_id))


def no_order(order_id: int) -> NotFound:
    """Return the refusal of an order that the service does not have, or not for this person."""
    return NotFound(f"the service has no order {order_id}", f"该餐次没有订单 {order_id}")


def lock_within(
    session: Session,
    runtime: Runtime,
    plan_id: int,
    actor: str,
    *,
    order_id: int | None = None,
    courier_id: int | None = None,
) -> PlanLock:
    """Lock in an open transaction; see :func:`lock`."""
    found = _find(session, plan_id, order_id, courier_id)
    if found is None:
        found = PlanLock(
            plan_id=plan_id,
            order_id=order_id,
            courier_id=courier_id,
            made_at=runtime.clock(),
            made_by=actor,
        )
        session.add(found)
        session.add(_note(runtime, actor, "plan.lock", plan_id, order_id, courier_id))
        session.flush()
    return found


def _find(
    session: Session, plan_id: int, order_id: int | None, courier_id: int | None
) -> PlanLock | None:
    query = select(PlanLock).where(
        col(PlanLock.plan_id) == plan_id,
        col(PlanLock.order_id).is_(order_id)
        if order_id is None
        else col(PlanLock.order_id) == order_id,
        col(PlanLock.courier_id).is_(courier_id)
        if courier_id is None
        else col(PlanLock.courier_id) == courier_id,
    )
    return session.exec(query).first()


def _require_planned(
    session: Session, revision: PlanRevision, order_id: int | None, courier_id: int | None
) -> None:
    """Refuse to lock what has no place in the plan."""
    if order_id is not None:
        order = session.get(Order, order_id)
        if order is None or order.service_id != revision.plan.service_id:
            raise no_order(order_id)
        stops = (s.order_id for duty in revision.duties for t in duty.trips for s in t.stops)
        if order_id not in stops:
            raise Conflict(
                f"nobody brings order {order_id} in this plan, so it cannot stay with anybody",
                f"订单 {order_id} 未安排送餐员，无法锁定",
            )
    elif courier_id not in _couriers(revision.duties):
        code = session.get_one(Courier, courier_id).code
        raise Conflict(
            f"courier {code} has no duty in this plan", f"送餐员 {code} 在该计划中没有任务"
        )


def _couriers(duties: list[Duty]) -> set[int]:
    return {duty.courier_id for duty in duties}


def _note(
    runtime: Runtime,
    actor: str,
    action: str,
    plan_id: int,
    order_id: int | None,
    courier_id: int | None,
) -> AuditEntry:
    what = {"order": order_id, "courier": courier_id}
    return AuditEntry(
        at=runtime.clock(), actor=actor, action=action, subject=f"plan {plan_id}", detail=what
    )
