"""What a unit adds to a directive it passes on stands by itself; a draft knows that its document is being read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In place: SQLite would otherwise build the table anew, and other tables refer to its rows.
    op.add_column("directives", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("directives", sa.Column("being_read", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("directives", "being_read")
    op.drop_column("directives", "note")
