"""On which day a home that moved had answered where it lived before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("households", sa.Column("answered_elsewhere_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("households", "answered_elsewhere_on")
