"""Mail knows what set it off, so that the log can be followed from an update to its sends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("request", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox", "request")
