"""Run migrations over a connection that the caller opened (see ``mealsvc.store.engine``)."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import mealsvc.store  # noqa: F401 - registers every table
from mealsvc.store.columns import UtcDateTime, WordList


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401
    """Write plain SQLAlchemy types, so that a migration never depends on later code."""
    if kind == "type":
        if isinstance(item, AutoString):
            return f"sa.String(length={item.length})"
        if isinstance(item, UtcDateTime):
            return "sa.DateTime(timezone=True)"
        if isinstance(item, WordList):
            return "sa.JSON()"
    return False


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
