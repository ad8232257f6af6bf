"""Directives: drafted by clerks, scheduled, rung as alarms, passed on tier by tier, and told on when missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Columns are added in place: SQLite would otherwise build the table anew, and other tables refer to its rows.
    drafted_by = sa.ForeignKey("people.id", name=op.f("fk_directives_drafted_by_id_people"))
    passes_on = sa.ForeignKey("directives.id", name=op.f("fk_directives_passes_on_id_directives"))
    op.add_column("directives", sa.Column("drafted_by_id", ROW_ID, drafted_by), inline_references=True)
    op.add_column("directives", sa.Column("passes_on_id", ROW_ID, passes_on), inline_references=True)
    op.add_column("directives", sa.Column("is_alarm", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("directives", sa.Column("by_tier", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("directives", sa.Column("send_at", Instant(), nullable=True))
    op.add_column("directives", sa.Column("told_on_at", Instant(), nullable=True))
    op.create_index(op.f("ix_directives_state_send_at"), "directives", ["state", "send_at"])
    op.create_index(op.f("ix_directives_passes_on_id"), "directives", ["passes_on_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_directives_passes_on_id"), "directives")
    op.drop_index(op.f("ix_directives_state_send_at"), "directives")
    for column in ("told_on_at", "send_at", "by_tier", "is_alarm", "passes_on_id", "drafted_by_id"):
        op.drop_column("directives", column)
