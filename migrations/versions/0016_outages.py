"""Times in which the bot was away; of each update, when its message was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
        sa.UniqueConstraint("ended_at", name=op.f("uq_outages_ended_at")),
    )
    op.create_index(op.f("ix_outages_told_at"), "outages", ["told_at"])
    op.add_column("inbox", sa.Column("said_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("inbox", "said_at")
    op.drop_table("outages")
