"""Giving and withdrawing couriers' links, within a caller's canteens."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from mealsvc.access import Caller, make_link, withdraw_links
from mealsvc.access.links import link_address
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Duty, Plan, PlanRevision, Service, transaction
from mealsvc.vocabulary import Meal, RevisionState


def make(runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str) -> str:
    """Return a new address that opens a courier's current duty.

    Raises
    ------
    NotFound
        If the courier has no published duty in that service, or is not within reach.
    Conflict
        If the duty is over.
    """
    secret = make_link(runtime, _duty_id(runtime, caller, day, meal, courier), caller.name)
    return link_address(runtime, secret)


def withdraw(runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str) -> int:
    """End every link to a courier's duty and return how many there were.

    Raises
    ------
    NotFound
        If the courier has no published duty in that service, or is not within reach.
    """
    return withdraw_links(runtime, _duty_id(runtime, caller, day, meal, courier), caller.name)


def _duty_id(runtime: Runtime, caller: Caller, day: date, meal: Meal, code: str) -> int:
    with transaction(runtime.engine) as session:
        duty = _published_duty(session, day, meal, code)
        if duty is None or duty.id is None or not caller.sees(duty.courier.canteen_id):
            raise NotFound(f"courier {code} has no published duty for {meal.value} of {day}")
        return duty.id


def _published_duty(session: Session, day: date, meal: Meal, code: str) -> Duty | None:
    return session.exec(
        select(Duty)
        .join(Courier, col(Courier.id) == Duty.courier_id)
        .join(PlanRevision, col(PlanRevision.id) == Duty.revision_id)
        .join(Plan, col(Plan.id) == PlanRevision.plan_id)
        .join(Service, col(Service.id) == Plan.service_id)
        .where(
            Courier.code == code,
            Service.day == day,
            Service.meal == meal,
            PlanRevision.state == RevisionState.PUBLISHED,
        )
    ).first()
