"""Names are stored with the keys by which they are typed, made again whenever a name changes.

A search for ``djj`` then is one comparison in the database, and no writer can forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Text, event
from sqlmodel import Field, SQLModel

from mealsvc.pinyin import spellings


def typed_as_field() -> Any:  # noqa: ANN401 - SQLModel's own type
    """Return the column that holds a name's keys."""
    return Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


def keep_typed[Table: type[SQLModel]](source: str) -> Callable[[Table], Table]:
    """Return a decorator of a table that keeps the keys of one of its columns in ``typed_as``."""

    def decorate(table: Table) -> Table:
        def renew(_mapper: object, _connection: object, row: Any) -> None:  # noqa: ANN401
            row.typed_as = spellings(getattr(row, source))

        event.listen(table, "before_insert", renew)
        event.listen(table, "before_update", renew)
        return table

    return decorate
