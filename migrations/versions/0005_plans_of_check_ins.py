"""Check-in plans say hours, days, quiet and a question; pauses have days; homes may be away or want no messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_plans() -> list[sa.Column[object]]:
    """What a plan may say since this form."""
    return [
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("opens_days_before", sa.Integer(), nullable=True),
        sa.Column("reminds_at", sa.Time(), nullable=True),
        sa.Column("call_list", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("reminds", sa.Boolean(), nullable=True),
        sa.Column("days", sa.String(), nullable=False, server_default=""),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "checkin_pauses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("begun_by_id", _ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["begun_by_id"], ["people.id"], name=op.f("fk_checkin_pauses_begun_by_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_checkin_pauses_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_pauses")),
    )
    op.create_index(op.f("ix_checkin_pauses_unit_id"), "checkin_pauses", ["unit_id"])
    # A plan that was paused stays so until somebody ends it; since when is not known.
    op.execute(
        "INSERT INTO checkin_pauses (unit_id, first_day, begun_at)"
        " SELECT unit_id, '2021-01-01', '2021-01-01 00:00:00' FROM checkin_plans WHERE paused"
    )
    with op.batch_alter_table("checkin_plans") as plans:
        plans.drop_column("paused")
        plans.alter_column(
            "preset",
            existing_type=sa.Enum("mountain", "town", name="preset", native_enum=False, length=24),
            nullable=True,
        )
        for column in _of_plans():
            plans.add_column(column)
    op.add_column("rounds", sa.Column("reminds", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("rounds", sa.Column("question", sa.String(), nullable=False, server_default=""))
    op.add_column("households", sa.Column("opted_out", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("households", sa.Column("away_until", sa.Date(), nullable=True))


def downgrade() -> None:
    for column in ("away_until", "opted_out"):
        op.drop_column("households", column)
    for column in ("question", "reminds"):
        op.drop_column("rounds", column)
    with op.batch_alter_table("checkin_plans") as plans:
        plans.add_column(sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
        for added in _of_plans():
            plans.drop_column(added.name)
    op.drop_table("checkin_pauses")
