"""An office's own form for the figures of a day, and which of its cells take what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_forms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_day_forms_by_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_day_forms_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_forms")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_day_forms_unit_id")),
    )


def downgrade() -> None:
    op.drop_table("day_forms")
