"""Rows that two processes may want to make at the same time."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, select


def one_row[Row: SQLModel](
    session: Session, table: type[Row], key: dict[str, Any], values: dict[str, Any] | None = None
) -> tuple[Row, bool]:
    """Return the row with a unique key, made if missing, locked until the transaction ends.

    Whoever asks second waits for the first (SQLite: for its write lock) and then sees its row.

    Parameters
    ----------
    session
        The open transaction; best before anything was read in it.
    table
        A table with a unique constraint on the names of ``key``.
    key
        The unique columns and their values.
    values
        Further columns of a new row; defaults of the table apply.

    Returns
    -------
    tuple
        The row, and whether it was made here.
    """
    fresh = table(**key, **(values or {})).model_dump(exclude={"id"})
    made = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = made.insert(table).values(fresh).on_conflict_do_nothing(index_elements=[*key])
    first_key = next(iter(key))
    inserted = session.connection().execute(statement.returning(getattr(table, first_key))).all()
    query = select(table).filter_by(**key).with_for_update()
    row = session.exec(query.execution_options(populate_existing=True)).one()
    return row, bool(inserted)
