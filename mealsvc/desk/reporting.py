"""Reports from couriers' phones: who may send what, and until when it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from mealsvc.access import Caller
from mealsvc.access.links import duty_ends, read_link_end
from mealsvc.day_words import NotCounted
from mealsvc.delivery.receiving import Batch, Sender, receive
from mealsvc.delivery.reports import Answer, Report, UnreadableReport
from mealsvc.demand import find_service
from mealsvc.errors import Conflict, NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Service, transaction
from mealsvc.vocabulary import Meal, service_zh


def report(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    sent_at: datetime,
    reports: Sequence[Report | UnreadableReport],
) -> list[Answer]:
    """Keep a courier's reports of one service, in order, and answer each.

    Parameters
    ----------
    runtime
        The installation.
    caller
        A courier's user or link; reports of a withdrawn link, and of a duty that is over, are
        kept but not counted.
    day, meal
        The service that all of them are about.
    sent_at
        When they were sent, by the phone's clock.
    reports
        In the order in which they were made.

    Raises
    ------
    NotFound
        If there is no such service.
    Conflict
        If the link belongs to another service.
    """
    with transaction(runtime.engine) as session:
        service = own_service(session, caller, day, meal)
        sender = sender_of(session, runtime, caller, service)
        batch = Batch(reports, sent_at, runtime.clock())
        return receive(session, runtime.settings, service, sender, batch)


def own_service(session: Session, caller: Caller, day: date, meal: Meal) -> Service:
    """Return a service that a courier reports on.

    Raises
    ------
    NotFound
        If there is no such service.
    Conflict
        If the link belongs to another service.
    """
    service = find_service(session, day, meal)
    if service is None:
        raise NotFound(f"there is no {meal.value} of {day}", f"没有{service_zh(day, meal)}这一餐次")
    if caller.identity.is_link and caller.identity.service_id != service.id:
        raise Conflict(
            f"this link is not for {meal.value} of {day}; open the link of that duty",
            f"此链接不属于{service_zh(day, meal)}；请打开该任务的链接",
        )
    return service


def sender_of(session: Session, runtime: Runtime, caller: Caller, service: Service) -> Sender:
    """Return who reports, and why it would not count."""
    identity = caller.identity
    ends = duty_ends(runtime.settings, service)
    ended = None
    if identity.is_link:
        link_ends = read_link_end(session, identity)
        if link_ends is None:
            ended = NotCounted.LINK_WITHDRAWN
        else:
            ends = min(ends, link_ends)
    if ended is None and runtime.clock() >= ends:
        ended = NotCounted.DUTY_OVER
    return Sender(identity.courier_id or 0, caller.name, ended)
