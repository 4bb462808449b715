"""Keep the pinyin of names and compounds, by which people search."""

import sqlalchemy as sa
from alembic import op

from mealsvc.pinyin import spellings

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEPT = {"elder": "name", "courier": "name", "address": "compound"}


def upgrade() -> None:
    """Apply."""
    for table, source in KEPT.items():
        # Added as it stands: a table that others refer to cannot be made anew on SQLite.
        op.add_column(table, sa.Column("typed_as", sa.Text(), server_default="", nullable=False))
        rows = sa.table(table, sa.column("id"), sa.column(source), sa.column("typed_as"))
        connection = op.get_bind()
        known = connection.execute(sa.select(rows.c.id, rows.c[source])).all()
        if known:
            connection.execute(
                rows.update()
                .where(rows.c.id == sa.bindparam("row"))
                .values(typed_as=sa.bindparam("keys", type_=sa.Text())),
                [{"row": row, "keys": spellings(name)} for row, name in known],
            )


def downgrade() -> None:
    """Undo."""
    for table in KEPT:
        op.execute(f"ALTER TABLE {table} DROP COLUMN typed_as")
