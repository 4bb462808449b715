"""Elders' files within a caller's canteens: search, read, create, change; the unlocated queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mealsvc import demand
from mealsvc.access import Caller, Detail, Forbidden
from mealsvc.desk.codes import Codes
from mealsvc.desk.elder_views import (
    ElderFile,
    ElderRow,
    UnlocatedRow,
    elder_file,
    elder_row,
    unlocated_row,
)
from mealsvc.desk.people import note_read
from mealsvc.desk.reach import elder_within, require_reach
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, transaction


def search(
    runtime: Runtime,
    caller: Caller,
    words: str = "",
    *,
    ended: bool | None = False,
    kept: bool | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[ElderRow], int]:
    """Return a page of elders, the best hit first, and how many match.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    words
        Part of code, name or compound, or the last digits of the phone number; none: all by code.
    ended
        False: those served, True: those whose service ended, None: both.
    kept
        False: those whom no canteen keeps, True: the others, None: both.
    limit, offset
        The page.

    Raises
    ------
    Forbidden
        If somebody to whom people are masked searches by words: a search that finds is an answer.
    """
    if words and caller.grant.detail is not Detail.FULL:
        raise Forbidden(
            "your role sees masked names and cannot search by them; leave q out",
            "您的角色只能看到脱敏信息，不能按姓名等检索，请去掉 q",
        )
    with transaction(runtime.engine) as session:
        page = upkeep.Page(limit, offset)
        found = upkeep.search_elders(
            session, words, canteens=caller.canteens, ended=ended, kept=kept, page=page
        )
        codes = Codes(session)
        rows = [elder_row(elder, caller.grant.detail, codes) for elder in found.items]
        note_read(session, runtime, caller, "read.elders", f"page {offset}", len(rows))
        return rows, found.total


def read(runtime: Runtime, caller: Caller, code: str) -> ElderFile:
    """Return one elder's file.

    Raises
    ------
    NotFound
        If there is none, or another canteen keeps it: which of the two is not said.
    """
    with transaction(runtime.engine) as session:
        elder = elder_within(session, caller, code)
        note_read(session, runtime, caller, "read.elder", f"elder:{code}", 1)
        return elder_file(session, elder, caller.grant.detail)


def history(
    runtime: Runtime, caller: Caller, code: str, *, limit: int, offset: int = 0
) -> tuple[Sequence[AuditEntry], int]:
    """Return who changed an elder's file and when, newest first, and how many changes there are.

    Raises
    ------
    NotFound
        If there is no such elder within reach.
    """
    with transaction(runtime.engine) as session:
        elder_within(session, caller, code)
        found = upkeep.changes_of(session, f"elder:{code}", upkeep.Page(limit, offset))
        return found.items, found.total


def create(runtime: Runtime, caller: Caller, entry: upkeep.NewElder) -> ElderFile:
    """Open an elder's file.

    Raises
    ------
    Conflict, NotFound, InvalidInput
        As :func:`mealsvc.roster.upkeep.create_elder` has them.
    Forbidden
        If the file would be kept by a canteen out of reach.
    """
    with transaction(runtime.engine) as session:
        elder = upkeep.create_elder(session, runtime, entry, actor=caller.name)
        require_reach(caller, elder.canteen_id)
        return elder_file(session, elder, caller.grant.detail)


def change(runtime: Runtime, caller: Caller, code: str, entry: upkeep.ElderEntry) -> ElderFile:
    """Change what an entry names of an elder's file."""
    return _changed(runtime, caller, code, upkeep.change_elder, entry)


def pause(runtime: Runtime, caller: Caller, code: str, entry: upkeep.PauseEntry) -> ElderFile:
    """Stop an elder's meals for some days."""
    return _changed(runtime, caller, code, upkeep.pause_elder, entry)


def resume(runtime: Runtime, caller: Caller, code: str, day: date) -> ElderFile:
    """Let an elder's meals begin again on a day."""
    return _changed(runtime, caller, code, upkeep.resume_elder, day)


def end(runtime: Runtime, caller: Caller, code: str, entry: upkeep.EndEntry) -> ElderFile:
    """End an elder's service."""
    return _changed(runtime, caller, code, upkeep.end_service, entry)


def reopen(runtime: Runtime, caller: Caller, code: str) -> ElderFile:
    """Take up an elder's service again."""
    return _changed(runtime, caller, code, upkeep.reopen_service)


def change_order(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.OrderChangeEntry
) -> ElderFile:
    """Change an elder's meal on one day."""
    return _changed(runtime, caller, code, demand.change_order, entry)


def place(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.PlaceEntry | None
) -> ElderFile:
    """Put an elder's home on the map: at a place, or (``None``) where its compound is."""
    if entry is None:
        return _changed(runtime, caller, code, upkeep.place_by_compound)
    return _changed(runtime, caller, code, upkeep.set_place, entry)


def unlocated(
    runtime: Runtime, caller: Caller, *, limit: int, offset: int = 0
) -> tuple[list[UnlocatedRow], int, int]:
    """Return a page of the elders whom no plan can serve, by code, and how many there are.

    The third is how many elders no canteen keeps, whoever asks: nobody is to believe that nothing
    waits while the office has such.
    """
    with transaction(runtime.engine) as session:
        page = upkeep.Page(limit, offset)
        found = upkeep.unlocated_elders(session, canteens=caller.canteens, page=page)
        area, detail = runtime.settings.area, caller.grant.detail
        rows = [unlocated_row(session, one, detail, area) for one in found.items]
        note_read(session, runtime, caller, "read.unlocated", f"page {offset}", len(rows))
        return rows, found.total, upkeep.count_unkept(session)


def _changed(
    runtime: Runtime,
    caller: Caller,
    code: str,
    act: Callable[..., object],
    *given: object,
) -> ElderFile:
    """Let a function of the roster's upkeep change a file within reach; return the file."""
    with transaction(runtime.engine) as session:
        elder = elder_within(session, caller, code)
        act(session, runtime, code, *given, actor=caller.name)
        require_reach(caller, elder.canteen_id)
        session.flush()
        return elder_file(session, elder, caller.grant.detail)
