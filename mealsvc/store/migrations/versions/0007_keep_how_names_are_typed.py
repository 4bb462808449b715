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
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("typed_as", sa.Text(), nullable=True))
        rows = sa.table(table, sa.column("id"), sa.column(source), sa.column("typed_as", sa.Text()))
        connection = op.get_bind()
        known = connection.execute(sa.select(rows.c.id, rows.c[source])).all()
        if known:
            connection.execute(
                rows.update()
                .where(rows.c.id == sa.bindparam("row"))
                .values(typed_as=sa.bindparam("keys")),
                [{"row": row, "keys": spellings(name)} for row, name in known],
            )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("typed_as", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    """Undo."""
    for table in KEPT:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("typed_as")
