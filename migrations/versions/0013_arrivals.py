"""People who came: from where, how, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "bus",
                "car",
                "motorbike",
                "train",
                "plane",
                "boat",
                "on_foot",
                name="travel",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "vaccinated",
            sa.Enum("full", "part", "none", name="vaccinated", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "followed", "excused", name="arrivalstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("follow_up_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_arrivals_by_id_people")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_ups.id"], name=op.f("fk_arrivals_follow_up_id_follow_ups")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_arrivals_household_id_households")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_arrivals_settled_by_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_arrivals_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_household_id"), "arrivals", ["household_id"], unique=False)
    op.create_index(op.f("ix_arrivals_state_due_at"), "arrivals", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_arrivals_unit_id_counted_on"), "arrivals", ["unit_id", "counted_on"], unique=False)


def downgrade() -> None:
    op.drop_table("arrivals")
