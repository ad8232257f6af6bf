"""What is due, counted and looked for of rounds lies in indexes; a board's changes gather into one edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ANSWERS = "ix_checkin_answers_round_id_answer_source_first_at"


def upgrade() -> None:
    op.add_column("cards", sa.Column("rests_until", Instant(), nullable=True))
    op.create_index("ix_rounds_due_at_id", "rounds", ["due_at", "id"])
    op.create_index("ix_rounds_state_unit_id", "rounds", ["state", "unit_id"])
    op.create_index("ix_rounds_day", "rounds", ["day"])
    op.drop_index("ix_rounds_state_due_at", "rounds")
    op.create_index(ANSWERS, "checkin_answers", ["round_id", "answer", "source", "first_at"])


def downgrade() -> None:
    op.drop_index(ANSWERS, "checkin_answers")
    op.create_index("ix_rounds_state_due_at", "rounds", ["state", "due_at"])
    op.drop_index("ix_rounds_day", "rounds")
    op.drop_index("ix_rounds_state_unit_id", "rounds")
    op.drop_index("ix_rounds_due_at_id", "rounds")
    op.drop_column("cards", "rests_until")
