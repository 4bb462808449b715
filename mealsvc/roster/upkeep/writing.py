"""What opening and changing any kind of record have in common."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, SQLModel, select

from mealsvc.errors import Conflict
from mealsvc.roster.keeping import assign
from mealsvc.roster.upkeep.finding import called
from mealsvc.roster.upkeep.inputs import Entry


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


def assign_given(record: SQLModel, entry: Entry, names: Iterable[str]) -> None:
    """Set those of some columns that the entry names; the rest stays."""
    given = entry.given()
    assign(record, **{name: given[name] for name in names if name in given})
