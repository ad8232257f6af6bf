"""Recorded clips that go along with prompts; their sound stays with the chat service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.clips import Prompt


class Clip(Record):
    """One prompt, spoken in one language."""

    __tablename__ = "clips"
    __table_args__ = (UniqueConstraint("prompt", "language"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    prompt: Mapped[Prompt]
    language: Mapped[str]  #: What is spoken, such as "hmn".
    file_id: Mapped[str]  #: The chat service's own id of the sound.
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
