"""Until when a home is left in peace after somebody of it died."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("households", sa.Column("mourns_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("households", "mourns_until")
