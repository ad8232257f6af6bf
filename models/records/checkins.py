"""Check-in plans, their pauses, rounds and answers."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import Date, ForeignKey, Index, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.records.community import Household
from models.rules.checkins import Answer, Source
from models.rules.hours import QuietHours
from models.rules.plans import Pause, Preset, RoundTimes, Wishes, Zone
from models.rules.rounds import RoundState, RoundStep


class CheckinPlan(Record):
    """What a unit wishes of the rounds below it; what it leaves empty is as in the unit above."""

    __tablename__ = "checkin_plans"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), unique=True)
    preset: Mapped[Preset | None]
    zone: Mapped[str] = mapped_column(default="")  #: green, yellow, orange, red; empty: as above.
    opens: Mapped[dt.time | None] = mapped_column(Time)
    opens_days_before: Mapped[int | None]
    reminds_at: Mapped[dt.time | None] = mapped_column(Time)
    call_list: Mapped[dt.time | None] = mapped_column(Time)
    closes: Mapped[dt.time | None] = mapped_column(Time)
    reminds: Mapped[bool | None]
    days: Mapped[str] = mapped_column(default="")  #: Digits of weekdays, Monday is 0: "024"; empty: as above.
    quiet_from: Mapped[dt.time | None] = mapped_column(Time)
    quiet_until: Mapped[dt.time | None] = mapped_column(Time)
    question: Mapped[str | None]  #: Empty: nothing is asked beside; None: as above.

    @property
    def wishes(self) -> Wishes:
        """What the unit wishes, as the rules know it."""
        quiet = (
            QuietHours(self.quiet_from, self.quiet_until)
            if self.quiet_from is not None and self.quiet_until is not None
            else None
        )
        return Wishes(
            preset=self.preset,
            opens=self.opens,
            opens_days_before=self.opens_days_before,
            reminds_at=self.reminds_at,
            call_list=self.call_list,
            closes=self.closes,
            reminds=self.reminds,
            zone=Zone(self.zone) if self.zone else None,
            days=frozenset(map(int, self.days)) if self.days else None,
            quiet=quiet,
            question=self.question,
        )

    @wishes.setter
    def wishes(self, wishes: Wishes) -> None:
        self.preset, self.zone = wishes.preset, wishes.zone.value if wishes.zone else ""
        self.opens, self.opens_days_before = wishes.opens, wishes.opens_days_before
        self.reminds_at, self.reminds = wishes.reminds_at, wishes.reminds
        self.call_list, self.closes = wishes.call_list, wishes.closes
        self.days = "".join(map(str, sorted(wishes.days))) if wishes.days else ""
        self.quiet_from = wishes.quiet.start if wishes.quiet else None
        self.quiet_until = wishes.quiet.end if wishes.quiet else None
        self.question = wishes.question


class CheckinPause(Record):
    """Days on which a unit and those below it hold no rounds; ended pauses stay for the record."""

    __tablename__ = "checkin_pauses"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date | None] = mapped_column(Date)  #: None: until somebody ends it.
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: by the installation.
    ended_at: Mapped[datetime | None]

    @property
    def pause(self) -> Pause:
        """The days without rounds, as the rules know them."""
        return Pause(self.first_day, self.last_day)


class Round(Record):
    """One day's check-in of one community."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("unit_id", "day"),
        Index(None, "due_at", "id"),
        Index(None, "state", "unit_id"),
        Index(None, "day"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[dt.date] = mapped_column(Date)  #: The local day it reports on.
    state: Mapped[RoundState] = mapped_column(default=RoundState.SCHEDULED)
    opens_at: Mapped[datetime]
    reminds_at: Mapped[datetime]
    reminds: Mapped[bool] = mapped_column(default=True)  #: Whether its plan reminds silent homes.
    call_list_at: Mapped[datetime]
    warns_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    question: Mapped[str] = mapped_column(default="")  #: What is asked beside how the home is.
    next_step: Mapped[RoundStep | None]  #: What `due_at` is for; None once closed.
    due_at: Mapped[datetime | None]  #: None once closed or skipped.
    expected: Mapped[int] = mapped_column(default=0)  #: Homes that count in it: asked, or answered all the same.
    skipped_steps: Mapped[int] = mapped_column(default=0)  #: Overdue after an outage: counted, never sent late.

    @property
    def subject(self) -> str:
        """What its board is about, such as "round:7"."""
        return f"round:{self.id}"

    def asks(self, home: Household) -> bool:
        """Whether it is open and the home is one of those it asks."""
        return self.state is RoundState.OPEN and home.unit_id == self.unit_id and home.is_asked_on(self.day)

    def home_subject(self, household_id: int) -> str:
        """What the private prompts and answers of one home are about, such as "round:7:41"."""
        return f"{self.subject}:{household_id}"

    def step_after(self, step: RoundStep) -> RoundStep | None:
        """The next step this round takes; None after closing."""
        following = step.following()
        while following is not None and self.at(following) is None:
            following = following.following()
        return following

    def keep_times(self, times: RoundTimes) -> None:
        """Go by these times for what comes after its opening."""
        self.reminds, self.reminds_at, self.call_list_at = times.reminds, times.reminds_at, times.call_list_at
        self.warns_at, self.closes_at, self.question = times.warns_at, times.closes_at, times.question

    def at(self, step: RoundStep) -> datetime | None:
        """When this step is due; None for one its plan leaves out."""
        match step:
            case RoundStep.OPEN:
                return self.opens_at
            case RoundStep.REMIND:
                return self.reminds_at if self.reminds else None
            case RoundStep.CALL_LIST:
                return self.call_list_at
            case RoundStep.WARN:
                return self.warns_at
            case RoundStep.CLOSE:
                return self.closes_at


class CheckinAnswer(Record):
    """What one household answered in one round: the worst it gave, which stands; all are in the history."""

    __tablename__ = "checkin_answers"
    __table_args__ = (
        UniqueConstraint("round_id", "household_id"),
        # All that is counted of a round lies side by side: a district's day is read without touching the rows.
        Index(None, "round_id", "answer", "source", "first_at"),
    )

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


class CheckinSilence(Record):
    """A home that a round asked and closed without having heard of; it stays when an answer comes late."""

    __tablename__ = "checkin_silences"
    __table_args__ = (UniqueConstraint("round_id", "household_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
