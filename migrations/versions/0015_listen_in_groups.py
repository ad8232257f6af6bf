"""A commander may let the bot listen in a community's group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In place: to copy the table, as a batch does, would drop it while others point to its rows.
    op.add_column("chats", sa.Column("overhears", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("chats", "overhears")
