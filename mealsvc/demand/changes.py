"""One-off changes: an elder's meal on one day is other than usual, or cancelled."""

from __future__ import annotations

from sqlmodel import Session

from mealsvc.clock import local_date
from mealsvc.demand.calendar import FARTHEST
from mealsvc.demand.collect import require_open
from mealsvc.errors import Conflict, InvalidInput
from mealsvc.roster.upkeep import OrderChangeEntry, get_elder
from mealsvc.roster.upkeep.trail import leave_trail
from mealsvc.runtime import Runtime
from mealsvc.store import OrderChange


def change_order(
    session: Session, runtime: Runtime, code: str, entry: OrderChangeEntry, *, actor: str
) -> OrderChange:
    """Change an elder's meal on one day; a second change of the same meal replaces the first.

    Parameters
    ----------
    session
        The caller's transaction.
    runtime
        Settings and clock.
    code
        The elder's code.
    entry
        What is wanted; 0 portions cancels the meal.
    actor
        Who changes it; kept with the change and in the audit trail.

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If the day is past, its orders are frozen, or the elder's service ended before.
    InvalidInput
        If the day is more than a year ahead.
    """
    elder = get_elder(session, code)
    today = local_date(runtime.clock(), runtime.settings.zone)
    if entry.day < today:
        raise Conflict(
            f"{entry.day} is past; its orders cannot be changed",
            f"{entry.day} 已过，订餐不能再改",
        )
    if entry.portions > 0 and entry.day > today + FARTHEST:
        raise InvalidInput(
            f"{entry.day} is more than a year ahead; check the day",
            f"{entry.day} 超过一年以后，请核对日期",
        )
    require_open(session, runtime, entry.day, entry.meal)
    if elder.ended_on is not None and elder.ended_on <= entry.day:
        raise Conflict(
            f"the service of elder {code} ended on {elder.ended_on}",
            f"老人 {code} 的服务已于 {elder.ended_on} 终止",
        )
    change = next(
        (c for c in elder.order_changes if c.day == entry.day and c.meal is entry.meal), None
    )
    if change is None:
        change = OrderChange(
            day=entry.day, meal=entry.meal, portions=entry.portions, made_at=runtime.clock()
        )
        elder.order_changes.append(change)
    change.portions, change.way, change.note = entry.portions, entry.way, entry.note
    change.window_from = entry.window.first if entry.window else None
    change.window_to = entry.window.last if entry.window else None
    change.made_at, change.made_by = runtime.clock(), actor
    session.flush()
    leave_trail(
        session,
        runtime,
        actor,
        "elder.change_order",
        f"elder:{code}",
        day=entry.day.isoformat(),
        meal=entry.meal.value,
        portions=entry.portions,
    )
    return change
