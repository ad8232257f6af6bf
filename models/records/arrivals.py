"""People who came: from where, how, and what became of each."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.arrivals import ArrivalState, Travel
from models.rules.protocols import Vaccinated


class Arrival(Record):
    """One person who came, once."""

    __tablename__ = "arrivals"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "unit_id", "counted_on"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  #: A community; while none is known, a unit above.
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)  #: None: not known yet.
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")  #: E.164, or empty.
    origin: Mapped[str]  #: Where from, as everybody writes it.
    arrived_on: Mapped[dt.date] = mapped_column(Date)
    how: Mapped[Travel | None]  #: None: nobody said.
    vaccinated: Mapped[Vaccinated]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  #: Who reported it.
    at: Mapped[datetime]  #: When it was reported.
    counted_on: Mapped[dt.date] = mapped_column(Date)  #: The local day it was reported: each is counted on one day.
    words: Mapped[str] = mapped_column(Text, default="")  #: The line, as typed.
    state: Mapped[ArrivalState] = mapped_column(default=ArrivalState.OPEN)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id"))  #: How they are followed.
    reason: Mapped[str] = mapped_column(Text, default="")  #: Why they are not followed, as written.
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: Who decided that.
    settled_at: Mapped[datetime | None]
    asked_times: Mapped[int] = mapped_column(default=0)  #: How often the clock asked what became of it.
    due_at: Mapped[datetime | None]  #: When the clock asks next; None once settled.

    @property
    def subject(self) -> str:
        """What its cards are about, such as "arrival:7"."""
        return f"arrival:{self.id}"
