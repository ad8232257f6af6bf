"""Which homes a round closed without having heard of: kept, so that later moves change no figure of that day."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

#: Days before the newest round for which it is still asked who was silent.
_LOOKED_BACK = timedelta(days=60)


def upgrade() -> None:
    op.create_table(
        "checkin_silences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_checkin_silences_household_id_households")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_checkin_silences_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_silences")),
        sa.UniqueConstraint("round_id", "household_id", name=op.f("uq_checkin_silences_round_id_household_id")),
    )
    op.create_index(op.f("ix_checkin_silences_household_id"), "checkin_silences", ["household_id"], unique=False)
    _fill()


def _fill() -> None:
    """Of rounds that closed lately: the homes that are still there and of which nothing was heard."""
    newest = op.get_bind().execute(sa.select(sa.func.max(sa.column("day", sa.Date))).select_from(sa.table("rounds")))
    day = newest.scalar()
    if day is None:
        return
    op.get_bind().execute(
        sa.text(
            "INSERT INTO checkin_silences (round_id, household_id)"
            " SELECT rounds.id, households.id FROM rounds JOIN households ON households.unit_id = rounds.unit_id"
            " WHERE rounds.state = 'closed' AND rounds.day >= :since AND households.ended_at IS NULL"
            " AND (households.away_until IS NULL OR households.away_until < rounds.day)"
            " AND NOT EXISTS (SELECT 1 FROM checkin_answers"
            " WHERE checkin_answers.round_id = rounds.id AND checkin_answers.household_id = households.id)"
        ).bindparams(sa.bindparam("since", day - _LOOKED_BACK, sa.Date))
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_checkin_silences_household_id"), table_name="checkin_silences")
    op.drop_table("checkin_silences")
