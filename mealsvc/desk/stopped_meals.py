"""Meals that a fixed service still brings to elders who stopped eating: ended or paused since.

The roster never touches a service whose orders are fixed, and a published plan never changes
silently; so somebody has to be told, and cancels the meal on the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.day_words import StopStatus
from mealsvc.delivery.following import follow
from mealsvc.demand.wishes import is_stopped
from mealsvc.store import Elder, Order, Plan, Proposal, Service
from mealsvc.vocabulary import EndReason, OrderKind, ProposalState


def stopped_meals(session: Session, service: Service) -> dict[EndReason | None, list[Elder]]:
    """Return the elders whose meal is still to be brought though they stopped, by the reason.

    Parameters
    ----------
    session
        A transaction that wrote no events and no plan.
    service
        The service; nobody is returned before its orders are fixed.

    Returns
    -------
    dict
        Elders by code, under why their service ended; under None those who are paused. Meals
        with an outcome are left out, and so are meals ordered on the day for a paused elder.
    """
    if service.frozen_at is None:
        return {}
    query = (
        select(Elder)
        .join(Order, col(Order.elder_id) == Elder.id)
        .where(
            Order.service_id == service.id,
            Order.kind == OrderKind.DELIVERY,
            col(Order.cancelled).is_(False),
            col(Order.id).not_in(_settled(session, service)),
        )
        .options(
            selectinload(Elder.pauses),  # type: ignore[arg-type]
            selectinload(Elder.order_changes),  # type: ignore[arg-type]
        )
        .order_by(col(Elder.code))
    )
    stopped = [one for one in session.exec(query) if is_stopped(one, service.day, service.meal)]
    return _by_reason(stopped, _ordered_on_the_day(session, service) if stopped else set())


def _settled(session: Session, service: Service) -> list[int]:
    stops = follow(session, service.id or 0).state.stops
    return [stop.order_id for stop in stops if stop.status is StopStatus.SETTLED]


def _ordered_on_the_day(session: Session, service: Service) -> set[int]:
    """Return the elders (ids) whose meal was asked for when the plan was published already."""
    query = (
        select(Proposal.content)
        .join(Plan, col(Plan.id) == Proposal.plan_id)
        .where(Plan.service_id == service.id, Proposal.state == ProposalState.ACCEPTED)
    )
    return {
        edit["elder_id"]
        for content in session.exec(query)
        for edit in content["edits"]
        if edit["values"].get("cancelled") is False
    }


def _by_reason(
    stopped: Iterable[Elder], asked_for: set[int]
) -> dict[EndReason | None, list[Elder]]:
    found: dict[EndReason | None, list[Elder]] = defaultdict(list)
    for elder in stopped:
        if elder.end_reason is not None or elder.id not in asked_for:
            found[elder.end_reason].append(elder)
    return dict(found)
