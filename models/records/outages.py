"""When the bot was away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId


class Outage(Record):
    """A time in which nothing reached us; what was due then is asked for again, once."""

    __tablename__ = "outages"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    began_at: Mapped[datetime]  #: When the service was last heard from.
    ended_at: Mapped[datetime] = mapped_column(unique=True)  #: When it was heard again.
    told_at: Mapped[datetime | None] = mapped_column(index=True)  #: When it was told, and what was due asked again.
