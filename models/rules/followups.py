"""Following somebody's health (theo dõi sức khỏe): its days, its hours of measuring, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.hours import instant, local
from models.rules.protocols import Protocol

#: When people are asked to measure; with one reading a day, the first of them.
MEASURED_AT = (time(7), time(17))
#: A reading that has not come this long after it was asked for goes to the team.
MISSED_AFTER = timedelta(hours=1)
#: How late a question may come and nobody minds; later, after an outage, it is left out.
GRACE = timedelta(hours=2)
#: Somebody who measured so shortly before being asked has measured.
_EARLY = timedelta(hours=3)


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    RUNNING = "running"  #: Its days are not over.
    ENDED = "ended"  #: Its last day is over.
    STOPPED = "stopped"  #: Somebody ended it early, with a reason, or whoever was followed moved away.
    DIED = "died"  #: Whoever was followed died.


class FollowUpStep(StrEnum):
    """What the clock does next for a follow-up."""

    ASK = "ask"  #: Ask for a reading.
    MISS = "miss"  #: Tell the team, when none has come.
    END = "end"  #: Its last day is over.


class FollowUpEvent(StrEnum):
    """One thing in the history of a follow-up."""

    STARTED = "started"  #: It began.
    BECAME_CASE = "became_case"  #: Whoever was followed as a contact is ill: another rule, new days.
    EXTENDED = "extended"  #: Its last day was put off.
    STOPPED = "stopped"  #: It was ended early.
    ENDED = "ended"  #: It ended by itself.
    DIED = "died"  #: Whoever was followed died.
    LEFT = "left"  #: They moved away before it was over.
    RESUMED = "resumed"  #: They are there after all, so it goes on.


def last_day(begins_on: date, days: int) -> date:
    """Return the last of so many days, the first counted: 7 days from 1 December last through 7 December."""
    return begins_on + timedelta(days=days - 1)


def isolates_until(begins_on: date, protocol: Protocol) -> date | None:
    """Return the last day at home alone; None when there is none."""
    return last_day(begins_on, protocol.isolate) if protocol.isolate else None


@dataclass(frozen=True, slots=True)
class Due:
    """What comes next, and when."""

    step: FollowUpStep
    at: datetime


def ends_at(last: date, tz: tzinfo) -> datetime:
    """Return the instant its last day is over: the midnight after it."""
    return instant(last + timedelta(days=1), time(), tz)


def next_ask(after: datetime, last: date, readings: int, tz: tzinfo) -> Due:
    """Return when somebody is asked next after this instant, or the end when no such hour is left."""
    today = local(after, tz).date()
    hours = [instant(day, hour, tz) for day in (today, today + timedelta(days=1)) for hour in MEASURED_AT[:readings]]
    coming = next(hour for hour in hours if hour > after)
    over_at = ends_at(last, tz)
    return Due(FollowUpStep.ASK, coming) if coming < over_at else Due(FollowUpStep.END, over_at)


def is_missed(asked_at: datetime, measured_at: datetime | None) -> bool:
    """Whether no reading answers what was asked then; one taken shortly before does."""
    return measured_at is None or measured_at < asked_at - _EARLY
