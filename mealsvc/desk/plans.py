"""Plans as a role shows them: summaries, duties, unserved orders, exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from mealsvc.access import Caller, Detail, audit
from mealsvc.desk.duty_views import DutyView, DutyViews
from mealsvc.desk.people import Person, note_read, person
from mealsvc.desk.reach import duties_within
from mealsvc.planning import instance_of, plan_of, read, reason_text
from mealsvc.runtime import Runtime
from mealsvc.store import Order, PlanRevision, transaction
from mealsvc.vocabulary import Meal, OrderKind


def summaries(runtime: Runtime, day: date, meal: Meal) -> list[dict[str, Any]]:
    """Return the summary of every revision of a service's plan by number; none may be there."""
    with transaction(runtime.engine) as session:
        return [read.summary(revision) for revision in read.revisions(session, day, meal)]


def summary(runtime: Runtime, day: date, meal: Meal, number: int | None = None) -> dict[str, Any]:
    """Return the summary of one revision (default: published, else newest).

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    with transaction(runtime.engine) as session:
        return read.summary(read.revision(session, day, meal, number))


@dataclass(frozen=True)
class UnservedView:
    """An order that a revision leaves out, and why."""

    order: int
    kind: OrderKind
    portions: int
    priority: int
    reason: str
    reason_text: str
    elder: Person | None
    meal_point: str | None


def duties(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> tuple[int, list[DutyView]]:
    """Return a revision's number and the duties of the couriers within reach.

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    with transaction(runtime.engine) as session:
        revision, within = duties_within(session, caller, day, meal, number)
        shown = DutyViews(session, revision, caller).of(within)
        stops = [stop for duty in shown for trip in duty.trips for stop in trip.stops]
        people = sum(stop.elder is not None for stop in stops)
        _note(session, runtime, caller, revision, "read.duties", people)
        return revision.number, shown


def unserved(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    number: int | None = None,
    *,
    language: str = "zh",
) -> tuple[int, list[UnservedView]]:
    """Return a revision's number and the orders that it leaves out, within reach.

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    with transaction(runtime.engine) as session:
        revision = read.revision(session, day, meal, number)
        shown = [
            UnservedView(
                order=left.order_id,
                kind=left.order.kind,
                portions=left.order.portions,
                priority=left.order.priority,
                reason=left.reason,
                reason_text=reason_text(left.reason, language),
                elder=person(left.order.elder, caller.grant.detail),
                meal_point=left.order.meal_point.code if left.order.meal_point else None,
            )
            for left in revision.unserved
            if caller.sees(_keeper(left.order))
        ]
        _note(session, runtime, caller, revision, "read.unserved", len(shown))
        return revision.number, shown


def export_instance(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> dict[str, Any]:
    """Return the problem that a revision solves, as an instance file has it; it names nobody.

    Where people stay anonymous the coordinates (only for drawing) are left out: a point on the
    map is an address.
    """
    with transaction(runtime.engine) as session:
        revision = read.revision(session, day, meal, number)
        _note_export(session, runtime, caller, revision, "export.instance")
        data = instance_of(revision).to_dict()
    if caller.grant.detail is Detail.ANONYMOUS:
        data.pop("coordinates", None)
    return data


def export_plan(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> dict[str, Any]:
    """Return a revision as a plan file has it; it names nobody."""
    with transaction(runtime.engine) as session:
        revision = read.revision(session, day, meal, number)
        _note_export(session, runtime, caller, revision, "export.plan")
        return plan_of(session, revision).to_dict()


def _keeper(order: Order) -> int | None:
    return order.elder.canteen_id if order.elder else order.canteen_id


def _subject(revision: PlanRevision) -> str:
    service = revision.plan.service
    return f"{service.day} {service.meal.value} r{revision.number}"


def _note(
    session: Session,
    runtime: Runtime,
    caller: Caller,
    revision: PlanRevision,
    action: str,
    people: int,
) -> None:
    note_read(session, runtime, caller, action, _subject(revision), people)


def _note_export(
    session: Session, runtime: Runtime, caller: Caller, revision: PlanRevision, action: str
) -> None:
    audit.record(session, runtime.clock(), caller.name, action, _subject(revision))
