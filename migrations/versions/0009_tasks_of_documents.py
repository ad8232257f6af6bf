"""Official documents, the tasks in them, whose each is, and the agencies a unit knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.records.base import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("unit_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_agencies_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_agencies_unit_id_name")),
    )
    op.create_index(op.f("ix_agencies_phone"), "agencies", ["phone"])

    op.create_table(
        "directive_tasks",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("directive_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_directive_tasks_directive_id_directives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_tasks")),
    )
    op.create_index(op.f("ix_directive_tasks_directive_id_position"), "directive_tasks", ["directive_id", "position"])

    op.create_table(
        "documents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("directive_id", ROW_ID, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"], name=op.f("fk_documents_directive_id_directives")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("directive_id", name=op.f("uq_documents_directive_id")),
    )
    op.create_index(op.f("ix_documents_sign"), "documents", ["sign"])

    op.create_table(
        "document_references",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("document_id", ROW_ID, nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_references_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_references")),
        sa.UniqueConstraint("document_id", "sign", name=op.f("uq_document_references_document_id_sign")),
    )
    op.create_index(op.f("ix_document_references_sign"), "document_references", ["sign"])

    op.create_table(
        "assignments",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("task_id", ROW_ID, nullable=False),
        sa.Column("directive_id", ROW_ID, nullable=False),
        sa.Column("unit_id", ROW_ID, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("agency_id", ROW_ID, nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("acknowledged_by_id", ROW_ID, nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by_id", ROW_ID, nullable=True),
        sa.Column("chase_at", Instant(), nullable=True),
        sa.Column("chased_at", Instant(), nullable=True),
        sa.Column("told_on_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["people.id"], name=op.f("fk_assignments_acknowledged_by_id_people")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_assignments_agency_id_agencies")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_assignments_directive_id_directives")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["people.id"], name=op.f("fk_assignments_done_by_id_people")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["directive_tasks.id"], name=op.f("fk_assignments_task_id_directive_tasks")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "task_id", "unit_id", "holder", "turn", name=op.f("uq_assignments_task_id_unit_id_holder_turn")
        ),
    )
    op.create_index(op.f("ix_assignments_chase_at"), "assignments", ["chase_at"])
    op.create_index(op.f("ix_assignments_directive_id"), "assignments", ["directive_id"])

    op.create_table(
        "evidence",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("assignment_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_evidence_assignment_id_duties")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evidence_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_assignment_id"), "evidence", ["assignment_id"])

    # In place: SQLite would otherwise build the table anew, and other tables refer to its rows.
    op.add_column("directives", sa.Column("residents_note", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("directives", "residents_note")
    for table in ("evidence", "assignments", "document_references", "documents", "directive_tasks", "agencies"):
        op.drop_table(table)
