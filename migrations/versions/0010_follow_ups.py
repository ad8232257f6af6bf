"""People whose health is followed, what was measured, and the history of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column(
            "subject",
            sa.Enum("f0", "f1", "returnee", "dose", name="subject", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "vaccinated",
            sa.Enum("full", "part", "none", name="vaccinated", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("isolates_until", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "ended", "stopped", name="followupstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "next_step", sa.Enum("ask", "miss", "end", name="followupstep", native_enum=False, length=24), nullable=True
        ),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("measured_at", Instant(), nullable=True),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_follow_ups_household_id_households")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_follow_ups_report_id_reports")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_follow_ups_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_state_due_at"), ["state", "due_at"], unique=False)

    op.create_table(
        "follow_up_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("follow_up_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "started",
                "became_case",
                "extended",
                "stopped",
                "ended",
                name="followupevent",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "subject",
            sa.Enum("f0", "f1", "returnee", "dose", name="subject", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_follow_up_changes_by_id_people")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("fk_follow_up_changes_follow_up_id_follow_ups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_changes")),
    )
    with op.batch_alter_table("follow_up_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_changes_follow_up_id"), ["follow_up_id"], unique=False)

    op.create_table(
        "readings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("follow_up_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("temperature", sa.Float(), nullable=True),
        sa.Column("oxygen", sa.Integer(), nullable=True),
        sa.Column("breaths", sa.Integer(), nullable=True),
        sa.Column("pulse", sa.Integer(), nullable=True),
        sa.Column("systolic", sa.Integer(), nullable=True),
        sa.Column("diastolic", sa.Integer(), nullable=True),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_readings_by_id_people")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_ups.id"], name=op.f("fk_readings_follow_up_id_follow_ups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readings_follow_up_id"), ["follow_up_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_readings_follow_up_id"))

    op.drop_table("readings")
    with op.batch_alter_table("follow_up_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_changes_follow_up_id"))

    op.drop_table("follow_up_changes")
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_household_id"))

    op.drop_table("follow_ups")
