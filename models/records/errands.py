"""Slow work that waits to be done outside any transaction, and the files it makes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId


class ErrandState(StrEnum):
    """Where an errand stands."""

    WAITING = "waiting"  #: To be done, perhaps once more, when its time comes.
    DONE = "done"  #: What came of it is committed.
    FAILED = "failed"  #: Given up after the last try; whoever asked was told.


class Errand(Record):
    """Slow work for which no story may wait: a file to fetch and read, or one to make."""

    __tablename__ = "errands"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str]  #: What is to be done, such as "read-list".
    data: Mapped[str] = mapped_column(Text)  #: JSON: the ids it is about.
    state: Mapped[ErrandState] = mapped_column(default=ErrandState.WAITING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]  #: When it is tried next; once settled, when it was.
    tries: Mapped[int] = mapped_column(default=0)  #: Counted before each, so that none can end the bot for ever.
    failure: Mapped[str] = mapped_column(default="")  #: Where it failed, without anybody's words.


class StoredFile(Record):
    """A file the bot made, until it has arrived with whom it is for."""

    __tablename__ = "files"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str]  #: As its reader sees it.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(index=True)
