"""Work out a revision of the plan that is being carried out, and keep it as a proposal."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from mealsvc.errors import Conflict, InvalidInput
from mealsvc.planning.facts import Snapshot, snapshot_of, standing_orders
from mealsvc.planning.ids import order_name
from mealsvc.planning.revising.changes import (
    DayChange,
    HandMove,
    StopMoved,
    StopTakenOut,
    TripMoved,
)
from mealsvc.planning.revising.handing_back import gone_home, with_handed_back
from mealsvc.planning.revising.in_force import InForce, TripSeen, read_in_force, situation_of
from mealsvc.planning.revising.outcome import Outcome, afoot_after, of_hand, of_repair
from mealsvc.planning.revising.seen import trips_seen
from mealsvc.planning.revising.translating import Translated, translate
from mealsvc.planning.stored import StoredProblem, pack
from mealsvc.planning.travel import StreetTravel, Travel
from mealsvc.roster.upkeep import get_courier
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Proposal, transaction
from mealsvc.vocabulary import Meal
from routing import repair
from routing.errors import InvalidChange

KEEPING_SECONDS = 0.25
"""Kept back from the time of a proposal for saving it and telling about it."""
LEAST_SECONDS = 0.3
"""A search gets so long at least, however slow the machine was before it."""


@dataclass(frozen=True)
class Question:
    """What is asked for at a moment of the day.

    Attributes
    ----------
    changes
        What happened, in this order.
    moves
        What somebody wants moved by hand; then nothing is searched for.
    seen
        What is known to have happened on trips; the others went as planned. None: what was
        reported.
    frozen_couriers
        Couriers (ids) whose duties may not be touched, besides the locked ones.
    """

    changes: tuple[DayChange, ...] = ()
    moves: tuple[HandMove, ...] = ()
    seen: tuple[TripSeen, ...] | None = None
    frozen_couriers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class WorkedOut:
    """An answer that is not kept yet.

    Attributes
    ----------
    force
        The plan that it revises.
    outcome
        What would change.
    standing
        What was past, and what was left to decide.
    translated
        What the changes mean for the records.
    snapshot
        What the orders said at that moment.
    changes
        What changed, as asked and as reported.
    """

    force: InForce
    outcome: Outcome
    standing: repair.Standing
    translated: Translated
    snapshot: Snapshot
    changes: tuple[DayChange, ...]


def work_out(
    runtime: Runtime,
    day: date,
    meal: Meal,
    question: Question,
    *,
    travel: Travel | None = None,
    seconds: float | None = None,
    iterations: int | None = None,
) -> WorkedOut:
    """Return the best revision found, or what moves by hand would do; nothing is kept.

    Parameters
    ----------
    runtime
        The installation.
    day, meal
        The service; its plan is published.
    question
        What is asked.
    travel
        Measured travel times; default the installation's streets, opened only where a place is
        new.
    seconds
        Longest wall time of the answer, which comes sooner where little is at stake; default
        ``settings.revise_seconds``.
    iterations
        Steps of the search instead: the same steps give the same answer.

    Raises
    ------
    NotFound
        If there is no plan, or no such elder, courier or canteen.
    Conflict
        If the plan is not published, the service is over, or a change does not fit it: too late,
        no such meal, nobody at work.
    InvalidInput
        If a move cannot be meant.
    """
    began = time.monotonic()
    with transaction(runtime.engine) as session:
        force = read_in_force(session, runtime, day, meal)
        translated = translate(
            session, runtime, force, question.changes, lambda: travel or StreetTravel(runtime)
        )
        moves = tuple(_moves(session, force, question.moves))
        seen = question.seen
        if seen is None:
            seen = trips_seen(session, force.service.id or 0)
        now = force.seconds(runtime.clock())
        gone = _gone(session, force, question, seen, now)
        snapshot = snapshot_of(standing_orders(session, force.service))
    situation = situation_of(
        force,
        now,
        runtime.settings.revise_ahead_seconds,
        seen,
        frozen_couriers=question.frozen_couriers,
    )
    situation = replace(
        situation,
        changes=(*gone, *translated.changes),
        busy={**situation.busy, **translated.busy},
    )
    whole = runtime.settings.revise_seconds if seconds is None else seconds
    try:
        standing = repair.stand(situation)
        _require_in_time(standing, translated)
        if moves:
            outcome = of_hand(repair.price(situation, moves), standing)
        else:
            left = whole - KEEPING_SECONDS - (time.monotonic() - began)
            found = repair.repair(
                situation,
                seconds=max(left, LEAST_SECONDS) if iterations is None else 3600.0,
                seed=runtime.settings.seed,
                iterations=iterations,
                soon=True,
            )
            outcome = of_repair(force, found)
    except InvalidChange as error:
        raise InvalidInput(f"this cannot be done: {error}", f"无法这样调整：{error}") from error
    changes = with_handed_back(question.changes, gone)
    return WorkedOut(force, outcome, standing, translated, snapshot, changes)


def propose(
    runtime: Runtime,
    day: date,
    meal: Meal,
    question: Question,
    *,
    actor: str,
    travel: Travel | None = None,
    seconds: float | None = None,
    iterations: int | None = None,
) -> tuple[Proposal, WorkedOut]:
    """Work out a revision and keep it until somebody accepts or rejects it.

    Parameters and errors are those of :func:`work_out`; besides:

    Parameters
    ----------
    actor
        Who asks; kept with the proposal and in the audit trail.

    Raises
    ------
    InvalidInput
        If nothing is asked.
    StorageFailure
        If it cannot be kept.
    """
    if not question.changes and not question.moves:
        raise InvalidInput(
            "say what changed, or what is to be moved", "请填写发生了什么变化，或要移动什么"
        )
    asked_at = runtime.clock()
    worked = work_out(
        runtime, day, meal, question, travel=travel, seconds=seconds, iterations=iterations
    )
    force, outcome = worked.force, worked.outcome
    places = tuple(worked.translated.streets.places)
    problem = StoredProblem(
        instance=replace(outcome.instance, coordinates=places),
        opens=force.stored.opens,
        snapshot=worked.snapshot,
        afoot=afoot_after(worked.standing, worked.translated.streets),
    )
    with transaction(runtime.engine) as session:
        kept = Proposal(
            plan_id=force.revision.plan_id,
            based_on=force.revision.number,
            made_at=asked_at,
            made_by=actor,
            content=outcome.content(worked.changes, question.moves, worked.translated),
            answer=outcome.plan.to_dict(),
            problem=pack(problem),
        )
        session.add(kept)
        session.add(
            AuditEntry(
                at=asked_at,
                actor=actor,
                action="plan.propose",
                subject=f"{day} {meal}",
                detail={"based_on": force.revision.number, **outcome.counts()},
            )
        )
    return kept, worked


def _require_in_time(standing: repair.Standing, translated: Translated) -> None:
    """Refuse to cancel what is at the door, and to change what has left."""
    for item in standing.begun:
        for stop in item.trip.stops:
            if stop.order in translated.cancelled and stop.order in item.done:
                raise Conflict(
                    f"order {stop.order} is handed over already, or will be in a moment; "
                    "report what becomes of the meal instead",
                    "这份餐已经送到或即将送到，不能再取消；请在送餐记录中登记去向",
                )
            if stop.order in translated.amended:
                raise Conflict(
                    f"order {stop.order} has left the canteen or is being loaded; "
                    "call the courier instead",
                    "这份餐已在装箱或途中，不能再更改；请直接联系送餐员",
                )


def _gone(
    session: Session,
    force: InForce,
    question: Question,
    seen: tuple[TripSeen, ...],
    now: int,
) -> tuple[repair.CourierGone, ...]:
    """Return who handed back; what is moved by hand is moved as it is asked, and nothing else."""
    if question.moves:
        return ()
    return gone_home(session, force, question.changes, seen, question.frozen_couriers, now)


def _moves(session: Session, force: InForce, asked: Sequence[HandMove]) -> Iterable[repair.Move]:
    """Yield moves by hand as the solver reads them."""
    for move in asked:
        match move:
            case StopMoved():
                yield _stop_moved(session, force, move)
            case TripMoved(courier, trip, to, departs):
                place = _trip(force, _courier_id(session, courier), courier, trip)
                leaves = None if departs is None else force.hours.offset(departs)
                when = force.plan.trips[place].depart if leaves is None else leaves
                yield repair.MoveTrip(place, _shift(session, force, to, when), leaves)
            case StopTakenOut(order):
                yield repair.TakeOut(order_name(order))


def _stop_moved(session: Session, force: InForce, move: StopMoved) -> repair.PlaceStop:
    if move.trip is None:
        departs = None if move.departs is None else force.hours.offset(move.departs)
        return repair.PlaceStop(
            order_name(move.order),
            courier=_shift(session, force, move.courier, departs),
            depart=departs,
        )
    courier = _courier_id(session, move.courier)
    return repair.PlaceStop(
        order_name(move.order),
        trip=_trip(force, courier, move.courier, move.trip),
        place=None if move.place is None else move.place - 1,
    )


def _courier_id(session: Session, code: str) -> int:
    return get_courier(session, code).id or 0


def _trip(force: InForce, courier_id: int, code: str, number: int) -> int:
    place = force.trip_at(courier_id, number)
    if place is None:
        raise InvalidInput(
            f"courier {code} has no trip {number} in the published plan",
            f"送餐员 {code} 在已发布的计划中没有第 {number} 趟",
        )
    return place


def _shift(session: Session, force: InForce, code: str, departs: int | None) -> str:
    """Return a courier's name in the problem: of the shift that a departure lies in."""
    names = force.names_of(_courier_id(session, code))
    if not names:
        raise Conflict(
            f"courier {code} is not at work in this service",
            f"送餐员 {code} 本餐次不当班",
        )
    if departs is None:
        return names[0]
    shifts = force.stored.instance.courier_by_id
    fitting = [one for one in names if shifts[one].shift[0] <= departs <= shifts[one].shift[1]]
    return (fitting or names)[0]
