"""Keep scenarios of sites with versions and results, map files, and jobs for them."""

import sqlalchemy as sa
from alembic import op

import mealsvc.store.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KINDS = ("nightly", "plan", "import")
_MORE_KINDS = (*_KINDS, "best_sites", "effect")


def upgrade() -> None:
    """Apply."""
    moment = mealsvc.store.columns.UtcDateTime(timezone=True)
    _allow_kinds(_MORE_KINDS)
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_scenario_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("name", name=op.f("uq_scenario_name")),
    )
    op.create_table(
        "scenario_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_scenario_edit_scenario_id_scenario"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_edit")),
        sa.UniqueConstraint(
            "scenario_id", "version", name=op.f("uq_scenario_edit_scenario_id_version")
        ),
    )
    op.create_table(
        "scenario_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(_MORE_KINDS), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_scenario_result_scenario_id_scenario"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_result")),
    )
    with op.batch_alter_table("scenario_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scenario_result_scenario_id"), ["scenario_id"], unique=False
        )
    op.create_table(
        "map_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "boundaries",
                "population",
                name="mapsetkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("imported_at", moment, nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("people", sa.Float(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_set")),
        sa.UniqueConstraint("name", name=op.f("uq_map_set_name")),
    )


def downgrade() -> None:
    """Take back; jobs of the new kinds go with what they made."""
    for table in ("map_set", "scenario_result", "scenario_edit", "scenario"):
        op.drop_table(table)
    op.execute("DELETE FROM job_run WHERE kind IN ('best_sites', 'effect')")
    _allow_kinds(_KINDS)


def _kind(kinds: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*kinds, name="jobkind", native_enum=False, create_constraint=True, length=24)


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_job_run_jobkind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_job_run_jobkind"), f"kind IN ({allowed})")
