"""Keep the error of a job in Chinese, too."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("error_zh", sa.String(length=1000), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_column("error_zh")
