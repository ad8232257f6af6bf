"""Lists on their way into the register: what each row would change, and what was there before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.households import ChangeState, ImportState


class ListImport(Record):
    """One list of homes that somebody sent."""

    __tablename__ = "imports"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: from the shell.
    file_name: Mapped[str]  #: As its sender called it.
    state: Mapped[ImportState] = mapped_column(default=ImportState.READING)
    new: Mapped[int] = mapped_column(default=0)  #: Homes it brings.
    changed: Mapped[int] = mapped_column(default=0)  #: Rows that say something else than the register.
    same: Mapped[int] = mapped_column(default=0)  #: Rows in which everything was known.
    refused: Mapped[int] = mapped_column(default=0)  #: Rows that cannot be taken.
    asked_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  #: When the clock next looks: to go on, to give up, or to forget; None: never.

    @property
    def subject(self) -> str:
        """What its cards and mail are about, such as "import:3"."""
        return f"import:{self.id}"


class ImportChange(Record):
    """One home that a list brings or changes, with what is said about its people."""

    __tablename__ = "import_changes"
    __table_args__ = (Index(None, "import_id", "state", "id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.PROPOSED)
    sheet: Mapped[str] = mapped_column(default="")  #: The sheet of the row; empty when there is but one.
    line: Mapped[int]  #: Where the row is in it, counted from 1.
    unit_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str]
    resident: Mapped[str] = mapped_column(default="")  #: Whom it is about, by name; empty: the home itself.
    is_new: Mapped[bool]  #: Whether the home, or the person in it, was not known.
    values: Mapped[str] = mapped_column(Text)  #: JSON: column → [before, after].


class ImportRefusal(Record):
    """One row that cannot be taken, with what it held and why; kept as long as its list can be undone."""

    __tablename__ = "import_refusals"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    sheet: Mapped[str] = mapped_column(default="")
    line: Mapped[int]
    cells: Mapped[str] = mapped_column(Text)  #: JSON: column → text.
    reasons: Mapped[str] = mapped_column(Text)  #: JSON: column → [sentence's id, values].
