"""Why a report is confidential, whom it speaks of, where it was passed on, and whether its sender wants word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GROUND = sa.Enum("asked", "official", "home", name="ground", native_enum=False, length=24)


def upgrade() -> None:
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ground", GROUND, nullable=True))
        batch_op.add_column(sa.Column("concerned_id", ID, nullable=True))
        batch_op.add_column(sa.Column("released_from_id", ID, nullable=True))
        batch_op.add_column(sa.Column("wants_word_at", Instant(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_reports_concerned_id_units"), "units", ["concerned_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_reports_released_from_id_reports"), "reports", ["released_from_id"], ["id"]
        )
    # Which ones were about a home, nobody wrote down: what was confidential stays so.
    op.execute("UPDATE reports SET ground = 'asked' WHERE confidential")


def downgrade() -> None:
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reports_released_from_id_reports"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_reports_concerned_id_units"), type_="foreignkey")
        batch_op.drop_column("wants_word_at")
        batch_op.drop_column("released_from_id")
        batch_op.drop_column("concerned_id")
        batch_op.drop_column("ground")
