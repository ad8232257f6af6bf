"""Check-in plans, rounds and answers."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.checkins import Answer, Preset, Source
from models.rules.rounds import RoundState, RoundStep


class CheckinPlan(Record):
    """When the households of a unit are asked; inherited downward until a unit has its own."""

    __tablename__ = "checkin_plans"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), unique=True)
    preset: Mapped[Preset]
    zone: Mapped[str] = mapped_column(default="")  #: green, yellow, orange, red; empty: daily.
    paused: Mapped[bool] = mapped_column(default=False)


class Round(Record):
    """One day's check-in of one community."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("unit_id", "day"), Index(None, "state", "due_at"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[dt.date] = mapped_column(Date)  #: The local day it reports on.
    state: Mapped[RoundState] = mapped_column(default=RoundState.SCHEDULED)
    opens_at: Mapped[datetime]
    reminds_at: Mapped[datetime]
    call_list_at: Mapped[datetime]
    warns_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    next_step: Mapped[RoundStep | None]  #: What `due_at` is for; None once closed.
    due_at: Mapped[datetime | None]
    expected: Mapped[int] = mapped_column(default=0)  #: Active households when it opened.
    skipped_steps: Mapped[int] = mapped_column(default=0)  #: Overdue after an outage: counted, never sent late.

    @property
    def subject(self) -> str:
        """What its board is about, such as "round:7"."""
        return f"round:{self.id}"

    def home_subject(self, household_id: int) -> str:
        """What the private prompts and answers of one home are about, such as "round:7:41"."""
        return f"{self.subject}:{household_id}"

    def at(self, step: RoundStep) -> datetime:
        """When this step is due."""
        return {
            RoundStep.OPEN: self.opens_at,
            RoundStep.REMIND: self.reminds_at,
            RoundStep.CALL_LIST: self.call_list_at,
            RoundStep.WARN: self.warns_at,
            RoundStep.CLOSE: self.closes_at,
        }[step]


class CheckinAnswer(Record):
    """What one household answered in one round: the worst it gave, which stands; all are in the history."""

    __tablename__ = "checkin_answers"
    __table_args__ = (UniqueConstraint("round_id", "household_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    answer: Mapped[Answer | None]  #: None: tried and not reached.
    source: Mapped[Source]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    first_at: Mapped[datetime]  #: When it was first answered: decides whether it was on time.
    at: Mapped[datetime]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  #: What [Có người ốm] opened.


class CheckinAnswerChange(Record):
    """An answer as it was given, in the order given."""

    __tablename__ = "checkin_answer_changes"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("checkin_answers.id"), index=True)
    answer: Mapped[Answer | None]
    source: Mapped[Source]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
