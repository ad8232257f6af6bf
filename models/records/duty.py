"""Who is on duty where, and who takes over from whom."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, Index, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.reports import Rung


class DutyPost(Record):
    """Where a unit's duty is, and how it is called."""

    __tablename__ = "duty_posts"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, autoincrement=False)
    place: Mapped[str] = mapped_column(default="")  #: Such as "Phòng trực tầng 1, UBND xã".
    phone: Mapped[str] = mapped_column(default="")  #: The unit's own hotline, as it is dialled.
    handset_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  #: The duty phone's account.


class DutyPattern(Record):
    """A shift that comes round every week; it is made into shifts some days ahead."""

    __tablename__ = "duty_patterns"
    __table_args__ = (UniqueConstraint("unit_id", "person_id", "weekday", "starts"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    weekday: Mapped[int]  #: 0 is Monday.
    starts: Mapped[time] = mapped_column(Time)  #: Local time.
    ends: Mapped[time] = mapped_column(Time)  #: Local time; at or before `starts`: the next day.
    planned_until: Mapped[date | None] = mapped_column(Date)  #: The first day not made into shifts yet.
    ended_at: Mapped[datetime | None]


class DutyShift(Record):
    """One person's time on duty at one unit."""

    __tablename__ = "duty_shifts"
    __table_args__ = (UniqueConstraint("unit_id", "person_id", "starts_at"), Index(None, "unit_id", "ends_at"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    pattern_id: Mapped[int | None] = mapped_column(ForeignKey("duty_patterns.id"))  #: None: set once.
    due_at: Mapped[datetime | None] = mapped_column(index=True)  #: When the clock next looks; None: nothing is left.
    reminded_at: Mapped[datetime | None]  #: When handing over was offered to whoever stands it.
    cancelled_at: Mapped[datetime | None]  #: It was taken off the roster.


class DutySwap(Record):
    """A shift that somebody offers a colleague; it stays theirs until the colleague takes it."""

    __tablename__ = "duty_swaps"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("duty_shifts.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    offered_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  #: Taken, declined, or out of date.


class HandOver(Record):
    """A shift that ends and a shift that begins: both people hold until the second takes it."""

    __tablename__ = "hand_overs"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    offered_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)  #: When it is raised; None: taken or given up.
    settled_at: Mapped[datetime | None]  #: Taken, or replaced by another one.


class DutyTest(Record):
    """The weekly test call to somebody on duty."""

    __tablename__ = "duty_tests"
    __table_args__ = (UniqueConstraint("unit_id", "person_id", "week"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    week: Mapped[date] = mapped_column(Date)  #: Its Monday.
    called_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(
        index=True
    )  #: When silence is raised; None: it was tapped or raised.
    tapped_at: Mapped[datetime | None]


class AlarmRing(Record):
    """An alarm that rings one person of a desk after the other until somebody takes it up."""

    __tablename__ = "alarm_rings"
    __table_args__ = (UniqueConstraint("report_id", "unit_id", "rung"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    rung: Mapped[Rung]  #: Which desk of the unit.
    tried: Mapped[int] = mapped_column(default=0)  #: How many were rung after those on duty.
    due_at: Mapped[datetime | None] = mapped_column(index=True)  #: When the next is rung; None: nobody is left.
