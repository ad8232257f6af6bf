"""What is said about the figures of a day: to the teams that count, and to those who gather."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.day_figures import DayFigures, Origin
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class FiguresRead(Notice):
    """What a team counted is read back, beside what the register knows, before it counts."""

    unit_id: int
    unit: str
    day: dt.date
    words: str
    said: DayFigures
    known: DayFigures  #: What the register knows by itself.
    earlier: DayFigures | None  #: What was sent before and is corrected now.
    stands: DayFigures  #: What will count.
    unread: tuple[str, ...]  #: Parts that could not be read, as typed.
    in_danger: bool  #: The words tell of danger to somebody's life, which belongs in a report.


@dataclass(frozen=True, slots=True)
class FigureUnit:
    """A community somebody may send figures of."""

    unit_id: int
    unit: str
    is_sent: bool  #: It has sent today.


@dataclass(frozen=True, slots=True)
class FiguresHeard(Notice):
    """Figures wait to be said of which community they are."""

    words: str
    choices: tuple[FigureUnit, ...]


@dataclass(frozen=True, slots=True)
class FiguresKept(Notice):
    """What a team counted counts now."""

    unit_id: int
    unit: str
    day: dt.date
    stands: DayFigures
    is_late: bool
    is_correction: bool


@dataclass(frozen=True, slots=True)
class FiguresDropped(Notice):
    """Nothing of it counts."""


@dataclass(frozen=True, slots=True)
class FiguresUnread(Notice):
    """No figure could be read."""


@dataclass(frozen=True, slots=True)
class FiguresAsked(Notice):
    """What did the community count? With what the register knows already."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    unit: str
    day: dt.date
    known: DayFigures


@dataclass(frozen=True, slots=True)
class FiguresWanted(Notice):
    """A team has not sent the figures of today."""

    priority: ClassVar[Priority] = Priority.BULK

    unit_id: int
    unit: str
    day: dt.date
    due_at: datetime
    by: str  #: Who asks for them by hand; empty: the clock.


@dataclass(frozen=True, slots=True)
class OwnFiguresListed(Notice):
    """The communities whose figures one sends, and which have sent today."""

    day: dt.date
    units: tuple[FigureUnit, ...]


@dataclass(frozen=True, slots=True)
class SumPart:
    """One unit right below that is not complete."""

    unit_id: int
    unit: str
    sent: int  #: Communities in it that have sent.
    units: int  #: Communities in it.
    is_community: bool


@dataclass(frozen=True, slots=True)
class SumShown(Notice):
    """What the communities below a unit counted on a day, added up, and who has not sent."""

    priority: ClassVar[Priority] = Priority.CHECKIN

    unit_id: int
    unit: str
    day: dt.date
    due_at: datetime  #: When the unit's own sum is due.
    is_closed: bool
    units: int  #: Communities in the register, each counted once.
    sent: int
    late: int  #: Of those sent, after they were due.
    corrected: int  #: Of those sent, corrected after the unit's own sum was due.
    total: DayFigures
    arrived: tuple[Origin, ...]  #: Everybody reported that day by name, whether a team has sent or not.
    unsettled: int  #: Those who came, on any day, and are neither followed nor excused yet.
    parts: tuple[SumPart, ...]  #: What is missing, by the units right below.
    below: tuple[SumPart, ...]  #: Every unit right below that gathers, too.
    has_form: bool  #: The unit has a form of its own to be filled.


@dataclass(frozen=True, slots=True)
class SendersChased(Notice):
    """Those who had not sent were reminded by hand."""

    units: int


@dataclass(frozen=True, slots=True)
class ChasedAlready(Notice):
    """They were reminded less than an hour ago."""

    again_at: datetime


@dataclass(frozen=True, slots=True)
class FiguresRefused(Notice):
    """Only those who look after a community send its figures, and those above it see them."""

    unit: str  #: Empty: none in particular.
    contacts: tuple[Contact, ...]
