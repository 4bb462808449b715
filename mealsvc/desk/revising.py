"""Revisions of the day as a role may ask for them, see them and decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mealsvc.access import Caller, Detail, Forbidden
from mealsvc.desk.making import require_whole_service
from mealsvc.desk.people import note_read
from mealsvc.desk.proposals import ProposalView, Shown, view
from mealsvc.desk.reach import canteen_within, courier_within, elder_within
from mealsvc.planning import read, revising
from mealsvc.planning.ids import record_id
from mealsvc.planning.revising import DayChange, HandMove
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Order, PlanLock, Proposal, transaction
from mealsvc.vocabulary import Meal


@dataclass(frozen=True)
class LockView:
    """What must stay: an order (id) with its courier, or a courier's (code) whole duty."""

    order: int | None
    courier: str | None
    made_at: datetime
    made_by: str


def propose(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    changes: Sequence[DayChange],
    moves: Sequence[HandMove] = (),
    *,
    language: str = "zh",
) -> ProposalView:
    """Work out a revision and keep it; see :func:`mealsvc.planning.revising.propose`.

    Whoever is confined to some canteens gets a revision that leaves the duties of all others alone.

    Raises
    ------
    NotFound
        If somebody named is not within reach.
    Forbidden
        If a change is for the whole service, or about a person that the role does not see.
    Conflict
        If it does not fit the day.
    """
    question = _question(runtime, caller, day, meal, changes, moves)
    kept, _ = revising.propose(runtime, day, meal, question, actor=caller.name)
    return read_proposal(runtime, caller, day, meal, kept.id or 0, language=language)


def price_moves(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    moves: Sequence[HandMove],
    *,
    language: str = "zh",
) -> ProposalView:
    """Tell what moves by hand would cost and break; nothing is kept. See :func:`propose`."""
    question = _question(runtime, caller, day, meal, (), moves)
    worked = revising.work_out(runtime, day, meal, question)
    passing = Proposal(
        plan_id=worked.force.revision.plan_id,
        based_on=worked.force.revision.number,
        made_at=runtime.clock(),
        made_by=caller.name,
        content=worked.outcome.content((), question.moves, worked.translated),
        problem=b"",
    )
    with transaction(runtime.engine) as session:
        return view(session, runtime, caller, Shown(day, meal, language), passing)


def list_proposals(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, *, language: str = "zh"
) -> list[ProposalView]:
    """Return the proposals for a service's plan, newest first.

    Raises
    ------
    NotFound
        If there is no plan.
    """
    with transaction(runtime.engine) as session:
        plan_id = read.chosen(session, day, meal).plan_id
        query = select(Proposal).where(col(Proposal.plan_id) == plan_id)
        rows = session.exec(query.order_by(col(Proposal.id).desc())).all()
        shown = Shown(day, meal, language)
        found = [view(session, runtime, caller, shown, row) for row in rows]
        people = sum(stop.elder is not None for one in found for stop in one.stops)
        note_read(session, runtime, caller, "read.proposals", f"{day} {meal.value}", people)
        return found


def read_proposal(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int, *, language: str = "zh"
) -> ProposalView:
    """Return one proposal.

    Raises
    ------
    NotFound
        If the service has no such proposal.
    """
    with transaction(runtime.engine) as session:
        row = revising.find_proposal(session, day, meal, number)
        found = view(session, runtime, caller, Shown(day, meal, language), row)
        people = sum(stop.elder is not None for stop in found.stops)
        note_read(
            session, runtime, caller, "read.proposal", f"{day} {meal.value} p{number}", people
        )
        return found


def accept(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    number: int,
    *,
    despite: bool = False,
    language: str = "zh",
) -> ProposalView:
    """Publish a proposal as the next revision; see :func:`mealsvc.planning.revising.accept`.

    Raises
    ------
    Forbidden
        If it changes duties of canteens that are not within reach.
    NotFound, Conflict
        If there is none, or it can no longer be accepted.
    """
    _require_own_duties(runtime, caller, day, meal, number)
    revising.accept(runtime, day, meal, number, revising.Decision(caller.name, despite=despite))
    return read_proposal(runtime, caller, day, meal, number, language=language)


def reject(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int, *, language: str = "zh"
) -> ProposalView:
    """Put a proposal aside; see :func:`accept` for who may."""
    _require_own_duties(runtime, caller, day, meal, number)
    revising.reject(runtime, day, meal, number, actor=caller.name)
    return read_proposal(runtime, caller, day, meal, number, language=language)


def locks(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[LockView]:
    """Return what must stay in a service's plan, as far as it is within reach."""
    kept = revising.locks_of(runtime, day, meal)
    with transaction(runtime.engine) as session:
        return [_lock_view(session, one) for one in kept if _sees_lock(session, caller, one)]


def lock_order(runtime: Runtime, caller: Caller, day: date, meal: Meal, order: int) -> None:
    """Keep an order with its courier; see :func:`mealsvc.planning.revising.lock`."""
    _require_order(runtime, caller, order)
    revising.lock(runtime, day, meal, actor=caller.name, order_id=order)


def unlock_order(runtime: Runtime, caller: Caller, day: date, meal: Meal, order: int) -> None:
    """Let an order change courier again."""
    _require_order(runtime, caller, order)
    revising.unlock(runtime, day, meal, actor=caller.name, order_id=order)


def lock_duty(runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str) -> None:
    """Keep a courier's duty as it is."""
    with transaction(runtime.engine) as session:
        found = courier_within(session, caller, courier).id
    revising.lock(runtime, day, meal, actor=caller.name, courier_id=found)


def unlock_duty(runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str) -> None:
    """Let a courier's duty change again."""
    with transaction(runtime.engine) as session:
        found = courier_within(session, caller, courier).id
    revising.unlock(runtime, day, meal, actor=caller.name, courier_id=found)


def _question(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    changes: Sequence[DayChange],
    moves: Sequence[HandMove],
) -> revising.Question:
    """Return what is asked, if the caller may ask it."""
    with transaction(runtime.engine) as session:
        for one in (*changes, *moves):
            _require_subject(session, caller, (day, meal), one)
        frozen = frozenset(
            courier.id or 0
            for courier in session.exec(select(Courier))
            if not caller.sees(courier.canteen_id)
        )
    return revising.Question(tuple(changes), tuple(moves), frozen_couriers=frozen)


def _require_subject(
    session: Session,
    caller: Caller,
    service: tuple[date, Meal],
    asked: DayChange | HandMove,
) -> None:
    """Refuse to change what is not within reach."""
    match asked:
        case revising.OrderCancelled() | revising.OrderUrgent() | revising.OrderAmended():
            if caller.grant.detail is Detail.ANONYMOUS:
                raise Forbidden(
                    "your role sees nobody; orders are changed by the canteen's manager",
                    "您的角色不能查看老人信息；订单变更请由食堂负责人办理",
                )
            elder_within(session, caller, asked.elder)
        case revising.CourierAway() | revising.CourierComes():
            courier_within(session, caller, asked.courier)
        case revising.CanteenLate():
            canteen_within(session, caller, asked.canteen)
        case revising.TravelSlower() | revising.StreetClosed():
            require_whole_service(session, caller, *service)
        case revising.StopMoved():
            courier_within(session, caller, asked.courier)
            _require_sees(session, caller, asked.order)
        case revising.TripMoved():
            courier_within(session, caller, asked.courier)
            courier_within(session, caller, asked.to)
        case revising.StopTakenOut():
            _require_sees(session, caller, asked.order)


def _require_order(runtime: Runtime, caller: Caller, order: int) -> None:
    with transaction(runtime.engine) as session:
        _require_sees(session, caller, order)


def _require_sees(session: Session, caller: Caller, order_id: int) -> None:
    found = session.get(Order, order_id)
    if found is None or not caller.sees(_keeper(found)):
        raise revising.no_order(order_id)


def _keeper(order: Order) -> int | None:
    return order.elder.canteen_id if order.elder else order.canteen_id


def _require_own_duties(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int
) -> None:
    """Refuse whoever does not keep the canteens of all duties that a proposal changes."""
    with transaction(runtime.engine) as session:
        content = revising.find_proposal(session, day, meal, number).content
        touched = {record_id(one) for one in content["differences"]["couriers"]}
        others = {
            courier.canteen_id
            for courier in session.exec(select(Courier).where(col(Courier.id).in_(touched)))
            if not caller.sees(courier.canteen_id)
        }
    if others:
        raise Forbidden(
            f"this also changes duties of {len(others)} canteens that you do not keep; "
            "ask a planner or an administrator to decide",
            f"该方案还涉及不由您负责的{len(others)}家食堂，请由规划员或管理员决定",
        )


def _sees_lock(session: Session, caller: Caller, one: PlanLock) -> bool:
    if one.courier_id is not None:
        return caller.sees(session.get_one(Courier, one.courier_id).canteen_id)
    return caller.sees(_keeper(session.get_one(Order, one.order_id)))


def _lock_view(session: Session, one: PlanLock) -> LockView:
    code = None if one.courier_id is None else session.get_one(Courier, one.courier_id).code
    return LockView(one.order_id, code, one.made_at, one.made_by)
