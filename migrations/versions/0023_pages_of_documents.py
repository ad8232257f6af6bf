"""The pages of a document that came as an album."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directive_pages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("directive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_directive_pages_directive_id_directives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_pages")),
        sa.UniqueConstraint("directive_id", "message_id", name=op.f("uq_directive_pages_directive_id_message_id")),
    )
    op.create_index(op.f("ix_directive_pages_album"), "directive_pages", ["album"])


def downgrade() -> None:
    op.drop_index(op.f("ix_directive_pages_album"), table_name="directive_pages")
    op.drop_table("directive_pages")
