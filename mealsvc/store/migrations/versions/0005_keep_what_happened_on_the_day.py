"""Keep what happened on the day: an append-only table of events."""

import sqlalchemy as sa
from alembic import op

import mealsvc.store.columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = (
    "departed",
    "returned",
    "outcome",
    "retracted",
    "accounted",
    "condition",
    "handled",
    "handed_back",
    "seen",
    "step",
    "closed",
    "photo",
    "dined_in",
    "picked_up",
    "unreadable",
)
_OUTCOMES = (
    "handed_over",
    "left_as_agreed",
    "collected",
    "nobody_home",
    "refused",
    "wrong_address",
    "unsafe",
    "other",
)
_NOT_COUNTED = (
    "link_withdrawn",
    "duty_over",
    "not_your_stop",
    "not_your_report",
    "too_early",
    "in_the_future",
    "not_for_couriers",
    "unreadable",
)
_REFERENCES = {"service": "service", "courier": "courier", "order": "meal_order", "elder": "elder",
               "canteen": "canteen"}  # fmt: skip


def upgrade() -> None:
    """Apply."""
    moment = mealsvc.store.columns.UtcDateTime(timezone=True)
    op.create_table(
        "delivery_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("kind", _word("eventkind", _KINDS), nullable=False),
        sa.Column("source", _word("source", ("phone", "paper", "office")), nullable=False),
        sa.Column("courier_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("elder_id", sa.Integer(), nullable=True),
        sa.Column("canteen_id", sa.Integer(), nullable=True),
        sa.Column("trip", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("outcome", _word("outcome", _OUTCOMES), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("happened_at", moment, nullable=False),
        sa.Column("time_known", sa.Boolean(), nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.Column("not_counted", _word("notcounted", _NOT_COUNTED), nullable=True),
        sa.CheckConstraint(
            "(kind = 'outcome') = (outcome IS NOT NULL)",
            name=op.f("ck_delivery_event_outcome_kind"),
        ),
        sa.CheckConstraint("trip IS NULL OR trip >= 1", name=op.f("ck_delivery_event_trip")),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_delivery_event_{name}_id_{table}"),
            )
            for name, table in _REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_event")),
        sa.UniqueConstraint("service_id", "uid", name=op.f("uq_delivery_event_service_id_uid")),
    )
    with op.batch_alter_table("delivery_event", schema=None) as batch_op:
        for column in ("service_id", "courier_id", "order_id"):
            batch_op.create_index(batch_op.f(f"ix_delivery_event_{column}"), [column], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_event_elder_id_happened_at"),
            ["elder_id", "happened_at"],
            unique=False,
        )


def downgrade() -> None:
    """Take back."""
    op.drop_table("delivery_event")


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)
