"""What was late and what staff knew better is kept; reports can be searched, promised, merged and seen as a pattern."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant
from models.rules.words import fold

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_breaches()
    _create_corrections()
    # Columns are added in place: to copy the table, as a batch does, would drop it while others point to its rows.
    op.add_column("report_steps", sa.Column("ready", sa.String(), nullable=False, server_default=""))
    op.add_column("report_steps", sa.Column("message_id", sa.BigInteger(), nullable=True))
    op.add_column("reports", sa.Column("worked_at", Instant(), nullable=False, server_default="1970-01-01 00:00:00"))
    op.add_column("reports", sa.Column("promised_at", Instant(), nullable=True))
    op.add_column("reports", sa.Column("folded", sa.Text(), nullable=False, server_default=""))
    op.add_column("reports", sa.Column("patterned_at", Instant(), nullable=True))
    _let_reports_point_to_each_other()
    _fill()


def _create_breaches() -> None:
    op.create_table(
        "report_breaches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("report_id", _ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("untaken", "standing", "promise", name="breach", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("unit_id", _ID, nullable=False),
        sa.Column(
            "rung",
            sa.Enum("team", "village_head", "office", name="rung", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_breaches_person_id_people")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_breaches_report_id_reports")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_report_breaches_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_breaches")),
        sa.UniqueConstraint("report_id", "kind", "since", name=op.f("uq_report_breaches_report_id_kind_since")),
    )


def _create_corrections() -> None:
    op.create_table(
        "report_corrections",
        sa.Column("id", _ID, nullable=False),
        sa.Column("report_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column(
            "aspect",
            sa.Enum("category", "urgency", "confidential", name="aspect", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_corrections_person_id_people")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_corrections_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_corrections")),
    )
    op.create_index(op.f("ix_report_corrections_report_id"), "report_corrections", ["report_id"])


def _let_reports_point_to_each_other() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds no constraint afterwards, but takes one along with the column.
        op.execute("ALTER TABLE reports ADD COLUMN merged_into_id INTEGER REFERENCES reports (id)")
    else:
        op.add_column("reports", sa.Column("merged_into_id", _ID, nullable=True))
        name = op.f("fk_reports_merged_into_id_reports")
        op.create_foreign_key(name, "reports", "reports", ["merged_into_id"], ["id"])
    op.create_index(op.f("ix_reports_merged_into_id"), "reports", ["merged_into_id"])


def _fill() -> None:
    """Reports that are there already were last worked on when they were last spoken of, and can be found by words."""
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE reports SET worked_at = active_at"))
    reports = sa.table("reports", sa.column("id", _ID), sa.column("words", sa.Text()), sa.column("folded", sa.Text()))
    for report_id, words in connection.execute(sa.select(reports.c.id, reports.c.words)).all():
        connection.execute(sa.update(reports).where(reports.c.id == report_id).values(folded=fold(words)))


def downgrade() -> None:
    op.drop_index(op.f("ix_reports_merged_into_id"), "reports")
    for column in ("merged_into_id", "patterned_at", "folded", "promised_at", "worked_at"):
        op.drop_column("reports", column)
    op.drop_column("report_steps", "message_id")
    op.drop_column("report_steps", "ready")
    op.drop_table("report_corrections")
    op.drop_table("report_breaches")
