"""What desks see leaves after what people wait for at their screens: waiting mail of lesser urgency moves down by one."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE outbox SET priority = priority + 1 WHERE priority >= 2")


def downgrade() -> None:
    op.execute("UPDATE outbox SET priority = priority - 1 WHERE priority >= 3")
