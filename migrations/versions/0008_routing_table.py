"""Lines of the routing table changed in chat, and which reports tell that the hotline goes unanswered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "changed_routes",
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_changed_routes_changed_by_id_people")),
        sa.PrimaryKeyConstraint("matter", name=op.f("pk_changed_routes")),
    )
    op.add_column("reports", sa.Column("is_hotline_fault", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("reports", "is_hotline_fault")
    op.drop_table("changed_routes")
