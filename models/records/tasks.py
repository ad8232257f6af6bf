"""Official documents as they were read, the tasks in them, and who has to do each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId


class OfficialDocument(Record):
    """What the document of a directive says, as it was read and corrected."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), unique=True)
    content: Mapped[str] = mapped_column(Text)  #: The document as JSON, its head with what was filled in.
    sign: Mapped[str] = mapped_column(default="", index=True)  #: Number and symbol, folded: "33/cv-ttch".
    issuer: Mapped[str] = mapped_column(default="")
    searched: Mapped[str] = mapped_column(Text, default="")  #: Everything it is found by, folded.
    kept_at: Mapped[datetime]


class DocumentReference(Record):
    """Another document that this one cites, known to us or not."""

    __tablename__ = "document_references"
    __table_args__ = (UniqueConstraint("document_id", "sign"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    sign: Mapped[str] = mapped_column(index=True)  #: Number and symbol of the cited one, folded.
    replaces: Mapped[bool] = mapped_column(default=False)  #: The cited one is no longer in force.


class DirectiveTask(Record):
    """A task a document gives, as it was read and corrected."""

    __tablename__ = "directive_tasks"
    __table_args__ = (Index(None, "directive_id", "position"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    position: Mapped[int]  #: In the document's order, from 1.
    content: Mapped[str] = mapped_column(Text)  #: The task as JSON, with what was corrected.
    dropped: Mapped[bool] = mapped_column(default=False)  #: The commander lets it be nobody's.


class Agency(Record):
    """A body without a place among the units (phòng, ban, Trung tâm Y tế…): whom a unit calls for its tasks."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  #: Whose contact it is.
    name: Mapped[str]
    aliases: Mapped[str] = mapped_column(Text, default="")  #: What else documents call it, one a line.
    person: Mapped[str] = mapped_column(default="")  #: Who answers there.
    phone: Mapped[str] = mapped_column(default="", index=True)  #: E.164, or empty; ties an account to it.
    ended_at: Mapped[datetime | None]


class Assignment(Record):
    """One task of one unit, or of one agency named to a unit's group; of a recurring task, one of its turns."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("task_id", "unit_id", "holder", "turn"), Index(None, "chase_at"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("directive_tasks.id"))
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    holder: Mapped[str] = mapped_column(default="")  #: The agency as the document names it; empty: the unit itself.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))  #: None: no such contact is known.
    turn: Mapped[int] = mapped_column(default=0)  #: Of a recurring task: 0 the first time, then 1, 2…
    is_current: Mapped[bool] = mapped_column(default=True)  #: Of a recurring task, the turn that is to be done now.
    given_at: Mapped[datetime]
    due_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    chase_at: Mapped[datetime | None]  #: When the clock next looks after it; None: done, told on, or withdrawn.
    chased_at: Mapped[datetime | None]
    told_on_at: Mapped[datetime | None]  #: When the superior heard that it was not done in time.


class Evidence(Record):
    """Words or a picture that show an assignment was done; they stay with those who follow the directive."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text, default="")
    media: Mapped[str] = mapped_column(default="")  #: As an enclosure calls it; empty for words alone.
    file_id: Mapped[str] = mapped_column(default="")
