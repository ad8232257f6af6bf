"""Errands, files, residents, the history of homes, their cards, and lists on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "errands",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "failed", name="errandstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
    )
    op.create_index(op.f("ix_errands_state_due_at"), "errands", ["state", "due_at"])

    op.create_table(
        "files",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_made_at"), "files", ["made_at"])

    op.create_table(
        "imports",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("by_id", ROW_ID, nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "proposed",
                "applying",
                "applied",
                "undoing",
                "undone",
                "dropped",
                name="importstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_imports_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_state_due_at"), "imports", ["state", "due_at"])

    op.create_table(
        "home_cards",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("household_id", ROW_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_home_cards_household_id_households")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_cards")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_home_cards_token_hash")),
    )
    op.create_index(op.f("ix_home_cards_household_id"), "home_cards", ["household_id"])

    op.create_table(
        "household_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("household_id", ROW_ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "listed",
                "changed",
                "moved_out",
                "returned",
                "rehomed",
                "split_off",
                "split_from",
                "merged_into",
                "took_in",
                "resident_came",
                "resident_changed",
                "resident_left",
                "resident_died",
                "resident_back",
                "linked",
                "unlinked",
                "unlisted",
                name="householdstep",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("by_id", ROW_ID, nullable=True),
        sa.Column("other_id", ROW_ID, nullable=True),
        sa.Column("unit_id", ROW_ID, nullable=True),
        sa.Column("import_id", ROW_ID, nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_household_events_by_id_people")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_household_events_household_id_households")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_household_events_import_id_imports")),
        sa.ForeignKeyConstraint(["other_id"], ["households.id"], name=op.f("fk_household_events_other_id_households")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_household_events_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_events")),
    )
    op.create_index(op.f("ix_household_events_household_id"), "household_events", ["household_id"])
    op.create_index(op.f("ix_household_events_import_id"), "household_events", ["import_id"])
    op.create_index(op.f("ix_household_events_other_id"), "household_events", ["other_id"])

    op.create_table(
        "import_changes",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("import_id", ROW_ID, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "applied", "passed_over", "undone", "kept", name="changestate", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_changes_import_id_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_changes")),
    )
    op.create_index(op.f("ix_import_changes_import_id_state_id"), "import_changes", ["import_id", "state", "id"])

    op.create_table(
        "import_refusals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("import_id", ROW_ID, nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_refusals_import_id_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_refusals")),
    )
    op.create_index(op.f("ix_import_refusals_import_id"), "import_refusals", ["import_id"])

    op.create_table(
        "residents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("household_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("no_phone", sa.Boolean(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ending", sa.Enum("left", "died", name="ending", native_enum=False, length=24), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_residents_household_id_households")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
    )
    op.create_index(op.f("ix_residents_household_id"), "residents", ["household_id"])

    # Columns are added in place: SQLite would otherwise build the table anew, and other tables refer to its rows.
    kind = sa.Enum("family", "lodging", "camp", "office", name="householdkind", native_enum=False, length=24)
    op.add_column("households", sa.Column("kind", kind, nullable=False, server_default="family"))
    op.add_column("households", sa.Column("no_phone", sa.Boolean(), nullable=False, server_default=sa.false()))
    into = sa.ForeignKey("households.id", name=op.f("fk_households_merged_into_id_households"))
    op.add_column("households", sa.Column("merged_into_id", ROW_ID, into), inline_references=True)


def downgrade() -> None:
    for column in ("merged_into_id", "no_phone", "kind"):
        op.drop_column("households", column)
    for table in ("residents", "import_refusals", "import_changes", "household_events", "home_cards"):
        op.drop_table(table)
    for table in ("imports", "files", "errands"):
        op.drop_table(table)
