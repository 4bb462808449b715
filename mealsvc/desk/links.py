"""Giving and withdrawing couriers' links, within a caller's canteens; links for route sheets."""

from __future__ import annotations

from datetime import date

from mealsvc.access import Caller, make_link, withdraw_links
from mealsvc.desk.reach import courier_within
from mealsvc.errors import Conflict, NotFound
from mealsvc.runtime import Runtime
from mealsvc.sheets import RouteSheet
from mealsvc.sheets.printer import LinkFor
from mealsvc.store import transaction
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
    with transaction(runtime.engine) as session:
        found = courier_within(session, caller, courier)
    return make_link(runtime, day, meal, found.id or 0, caller.name)


def withdraw(runtime: Runtime, caller: Caller, day: date, meal: Meal, courier: str) -> int:
    """End every link of a courier to a service and return how many there were.

    Raises
    ------
    NotFound
        If the courier is not within reach.
    """
    with transaction(runtime.engine) as session:
        found = courier_within(session, caller, courier)
    return withdraw_links(runtime, day, meal, found.id or 0, caller.name)


def sheet_links(runtime: Runtime, actor: str) -> LinkFor:
    """Return what route sheets ask for the address behind their QR code.

    Sheets of a revision that is not published, or whose duty is over, get none.
    """

    def link_for(sheet: RouteSheet) -> str | None:
        head = sheet.head
        if head.state is not RevisionState.PUBLISHED:
            return None
        try:
            return make_link(runtime, head.day, head.meal, sheet.courier_id, actor)
        except (Conflict, NotFound):
            return None

    return link_for
