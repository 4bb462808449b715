"""Keep proposed revisions of a published plan, and what must stay as it is."""

import sqlalchemy as sa
from alembic import op

import mealsvc.store.columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    moment = mealsvc.store.columns.UtcDateTime(timezone=True)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "rejected",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name=op.f("ck_proposal_decided")
        ),
        sa.CheckConstraint(
            "(state = 'accepted') = (revision IS NOT NULL)", name=op.f("ck_proposal_accepted")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_proposal_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "plan_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("courier_id", sa.Integer(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "(order_id IS NULL) <> (courier_id IS NULL)", name=op.f("ck_plan_lock_one")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_lock_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["meal_order.id"], name=op.f("fk_plan_lock_order_id_meal_order")
        ),
        sa.ForeignKeyConstraint(
            ["courier_id"], ["courier.id"], name=op.f("fk_plan_lock_courier_id_courier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_lock")),
        sa.UniqueConstraint("plan_id", "order_id", name=op.f("uq_plan_lock_plan_id_order_id")),
        sa.UniqueConstraint("plan_id", "courier_id", name=op.f("uq_plan_lock_plan_id_courier_id")),
    )
    with op.batch_alter_table("plan_lock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_lock_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    for table in ("plan_lock", "proposal"):
        op.drop_table(table)
