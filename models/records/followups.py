"""Whose health is followed, what was measured, and everything that happened to a follow-up."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import Date, Float, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.followups import Due, FollowUpEvent, FollowUpState, FollowUpStep
from models.rules.protocols import Subject, Vaccinated
from models.rules.vitals import Vitals


class FollowUp(Record):
    """Somebody at home whose health is followed for some days."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))  #: None: known by name alone.
    name: Mapped[str]
    birth_year: Mapped[int | None]
    subject: Mapped[Subject]
    vaccinated: Mapped[Vaccinated]
    protocol: Mapped[str]  #: The rule it was decided under, by name; a later rule does not change it.
    readings: Mapped[int]  #: Measurements a day.
    begins_on: Mapped[dt.date] = mapped_column(Date)
    isolates_until: Mapped[dt.date | None] = mapped_column(Date)  #: The last day at home alone.
    last_day: Mapped[dt.date] = mapped_column(Date)
    state: Mapped[FollowUpState] = mapped_column(default=FollowUpState.RUNNING)
    next_step: Mapped[FollowUpStep | None]  #: What `due_at` is for; None once over.
    due_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]  #: When a reading was last asked for.
    measured_at: Mapped[datetime | None]  #: When one last came.
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  #: What its last red flag opened.

    def plan(self, due: Due) -> None:
        """What the clock does next, and when."""
        self.next_step, self.due_at = due.step, due.at

    @property
    def code(self) -> str:
        """What its cards are about, such as "follow:7"."""
        return f"follow:{self.id}"


class FollowUpChange(Record):
    """One thing that happened to a follow-up; changes are added, never changed."""

    __tablename__ = "follow_up_changes"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    at: Mapped[datetime]
    event: Mapped[FollowUpEvent]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: the clock.
    subject: Mapped[Subject]  #: As what they were followed from then on.
    protocol: Mapped[str]
    last_day: Mapped[dt.date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text, default="")  #: Why, as written.


class Reading(Record):
    """What was measured once."""

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    temperature: Mapped[float | None] = mapped_column(Float)  #: °C.
    oxygen: Mapped[int | None]  #: Percent.
    breaths: Mapped[int | None]  #: A minute.
    pulse: Mapped[int | None]  #: A minute.
    systolic: Mapped[int | None]  #: mmHg.
    diastolic: Mapped[int | None]  #: mmHg.
    flags: Mapped[str] = mapped_column(default="")  #: Red flags, parted by spaces; empty: none.
    words: Mapped[str] = mapped_column(Text, default="")  #: As typed.

    @property
    def vitals(self) -> Vitals:
        """What was measured, as the rules know it."""
        return Vitals(self.temperature, self.oxygen, self.breaths, self.pulse, self.systolic, self.diastolic)
