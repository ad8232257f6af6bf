"""The duty roster: posts, shifts, swaps, hand-overs, test calls, and alarms that ring on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_patterns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duty_patterns_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_patterns_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_patterns")),
        sa.UniqueConstraint(
            "unit_id", "person_id", "weekday", "starts", name=op.f("uq_duty_patterns_unit_id_person_id_weekday_starts")
        ),
    )
    with op.batch_alter_table("duty_patterns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_patterns_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duty_posts",
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("handset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["handset_id"], ["people.id"], name=op.f("fk_duty_posts_handset_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_duty_posts")),
    )
    with op.batch_alter_table("duty_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_posts_handset_id"), ["handset_id"], unique=False)

    op.create_table(
        "duty_tests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("called_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("tapped_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duty_tests_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_tests_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_tests")),
        sa.UniqueConstraint("unit_id", "person_id", "week", name=op.f("uq_duty_tests_unit_id_person_id_week")),
    )
    with op.batch_alter_table("duty_tests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_tests_due_at"), ["due_at"], unique=False)

    op.create_table(
        "hand_overs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("giver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receiver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_hand_overs_giver_id_people")),
        sa.ForeignKeyConstraint(["receiver_id"], ["people.id"], name=op.f("fk_hand_overs_receiver_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_hand_overs_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    with op.batch_alter_table("hand_overs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_overs_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_overs_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "duty_shifts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("pattern_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["duty_patterns.id"], name=op.f("fk_duty_shifts_pattern_id_duty_patterns")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duty_shifts_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_shifts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
        sa.UniqueConstraint(
            "unit_id", "person_id", "starts_at", name=op.f("uq_duty_shifts_unit_id_person_id_starts_at")
        ),
    )
    with op.batch_alter_table("duty_shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shifts_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_shifts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_shifts_unit_id_ends_at"), ["unit_id", "ends_at"], unique=False)

    op.create_table(
        "alarm_rings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "rung", sa.Enum("team", "village_head", "office", name="rung", native_enum=False, length=24), nullable=False
        ),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_alarm_rings_report_id_reports")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_alarm_rings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_rings")),
        sa.UniqueConstraint("report_id", "unit_id", "rung", name=op.f("uq_alarm_rings_report_id_unit_id_rung")),
    )
    with op.batch_alter_table("alarm_rings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_rings_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_rings_report_id"), ["report_id"], unique=False)

    op.create_table(
        "duty_swaps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_duty_swaps_from_id_people")),
        sa.ForeignKeyConstraint(["shift_id"], ["duty_shifts.id"], name=op.f("fk_duty_swaps_shift_id_duty_shifts")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_duty_swaps_to_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_swaps")),
    )
    with op.batch_alter_table("duty_swaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_swaps_shift_id"), ["shift_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("duty_swaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_swaps_shift_id"))

    op.drop_table("duty_swaps")
    with op.batch_alter_table("alarm_rings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alarm_rings_report_id"))
        batch_op.drop_index(batch_op.f("ix_alarm_rings_due_at"))

    op.drop_table("alarm_rings")
    with op.batch_alter_table("duty_shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_shifts_unit_id_ends_at"))
        batch_op.drop_index(batch_op.f("ix_duty_shifts_person_id"))
        batch_op.drop_index(batch_op.f("ix_duty_shifts_due_at"))

    op.drop_table("duty_shifts")
    with op.batch_alter_table("hand_overs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hand_overs_unit_id"))
        batch_op.drop_index(batch_op.f("ix_hand_overs_due_at"))

    op.drop_table("hand_overs")
    with op.batch_alter_table("duty_tests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_tests_due_at"))

    op.drop_table("duty_tests")
    with op.batch_alter_table("duty_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_posts_handset_id"))

    op.drop_table("duty_posts")
    with op.batch_alter_table("duty_patterns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_patterns_person_id"))

    op.drop_table("duty_patterns")
