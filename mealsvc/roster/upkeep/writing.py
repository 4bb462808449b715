"""What opening and changing any kind of record have in common."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, SQLModel, select

from mealsvc.errors import Conflict
from mealsvc.roster.keeping import assign
from mealsvc.roster.upkeep.finding import called
from mealsvc.roster.upkeep.inputs import Entry
from mealsvc.roster.upkeep.trail import leave_trail
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, Courier, Elder, MealPoint

type Kept = Elder | Courier | Canteen | MealPoint


def refuse_taken(session: Session, table: type[SQLModel], code: str) -> None:
    """Refuse to open a second record with a code.

    Raises
    ------
    Conflict
        If the code is taken.
    """
    column = getattr(table, "code")  # noqa: B009 - every table of the roster has it
    if session.exec(select(column).where(column == code)).first() is not None:
        english, chinese = called(table)
        raise Conflict(
            f"the code {code} belongs to another {english} already; change that record instead",
            f"编号 {code} 的{chinese}已存在，请直接修改原记录",
        )


def keep(
    session: Session, runtime: Runtime, record: Kept, entry: Entry, *, actor: str, action: str
) -> None:
    """Write a record that was opened or changed, with its moment, and leave the trail.

    Parameters
    ----------
    session, runtime
        The transaction, and the clock.
    record
        What was changed.
    entry
        What was entered.
    actor
        Who did it.
    action
        Kind of record and what was done, such as ``courier.change``.
    """
    record.updated_at = runtime.clock()
    session.flush()
    kind = action.partition(".")[0]
    leave_trail(session, runtime, actor, action, f"{kind}:{record.code}", entry)


def assign_given(record: SQLModel, entry: Entry, names: Iterable[str]) -> None:
    """Set those of some columns that the entry names; the rest stays."""
    given = entry.given()
    assign(record, **{name: given[name] for name in names if name in given})
