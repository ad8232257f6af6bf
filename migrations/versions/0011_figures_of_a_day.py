"""What communities count on a day, every sending of it, and when those above gather it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_sheets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *_counted(),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_day_sheets_by_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_day_sheets_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_sheets")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_day_sheets_unit_id_day")),
    )
    op.create_index(op.f("ix_day_sheets_day"), "day_sheets", ["day"], unique=False)

    op.create_table(
        "day_sendings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *_counted(),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_day_sendings_by_id_people")),
        sa.ForeignKeyConstraint(["sheet_id"], ["day_sheets.id"], name=op.f("fk_day_sendings_sheet_id_day_sheets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_sendings")),
    )
    op.create_index(op.f("ix_day_sendings_sheet_id"), "day_sendings", ["sheet_id"], unique=False)

    op.create_table(
        "gatherings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "next_step",
            sa.Enum("remind", "missing", "close", name="daystep", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("chased_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_gatherings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        sa.UniqueConstraint("unit_id", "day", name=op.f("uq_gatherings_unit_id_day")),
    )
    op.create_index(op.f("ix_gatherings_day"), "gatherings", ["day"], unique=False)
    op.create_index(op.f("ix_gatherings_due_at"), "gatherings", ["due_at"], unique=False)


def _counted() -> list[sa.Column[Any]]:
    figures = (
        "homes",
        "visited",
        "no_answer",
        "people",
        "ill",
        "returnees",
        "isolating",
        "cases",
        "breaches",
        "unvaccinated",
        "relief",
    )
    return [
        *(sa.Column(name, sa.Integer(), nullable=True) for name in figures),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("gatherings")
    op.drop_table("day_sendings")
    op.drop_table("day_sheets")
