"""What is said about somebody's followed health: to them, and to those who look after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.followups import FollowUpEvent, FollowUpState
from models.rules.mail import Priority
from models.rules.protocols import Subject, Vaccinated
from models.rules.vitals import RedFlag, Vitals


@dataclass(frozen=True, slots=True)
class ReadingAsked(Notice):
    """How is whoever is followed, and what was measured?"""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    protected: ClassVar[bool] = True

    follow_up_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ReadingKept(Notice):
    """What was measured is kept."""

    protected: ClassVar[bool] = True

    follow_up_id: int
    name: str
    vitals: Vitals  #: Empty: they said how they are without measuring.
    is_flagged: bool = False  #: The health staff were told at once.


@dataclass(frozen=True, slots=True)
class ReadingUnread(Notice):
    """No measured value could be read."""


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """Somebody followed, as those may see it who look after them."""

    follow_up_id: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class WhoseReading(Notice):
    """Measured values came from a home where several are followed: whose are they?"""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    protected: ClassVar[bool] = True

    words: str
    people: tuple[FollowedPerson, ...]


@dataclass(frozen=True, slots=True)
class FollowUpOver(Notice):
    """The days are over, for those who were followed."""

    protected: ClassVar[bool] = True

    name: str
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class FollowUpClosed(Notice):
    """In place of a question: nobody asks for readings any more. It names nobody and does not say why."""

    silent: ClassVar[bool] = True
    protected: ClassVar[bool] = True

    contacts: tuple[Contact, ...]  #: Whom to call all the same.


@dataclass(frozen=True, slots=True)
class FollowedLeft(Notice):
    """To those who looked after somebody: they moved away before their days were over."""

    protected: ClassVar[bool] = True

    follow_up_id: int
    unit: str
    number: str
    name: str
    phone: str  #: Of the home they left.
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class FollowUpBegan(Notice):
    """Their health is followed from now on."""

    protected: ClassVar[bool] = True

    name: str
    isolates_until: dt.date | None
    last_day: dt.date
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class FollowUpRead(Notice):
    """Whom to follow is read back with the rule it is decided under, before it counts."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    name: str
    resident_id: int | None  #: Found on the home's list; None: not found there.
    birth_year: int | None
    subject: Subject
    vaccinated: Vaccinated
    begins_on: dt.date
    isolates_until: dt.date | None
    last_day: dt.date
    protocol: str
    readings: int
    source: str


@dataclass(frozen=True, slots=True)
class FollowUpKept(Notice):
    """It has begun."""

    protected: ClassVar[bool] = True

    name: str


@dataclass(frozen=True, slots=True)
class FollowUpDropped(Notice):
    """Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class FollowUpUnread(Notice):
    """Whom to follow could not be read, or the home is on no list here."""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One running follow-up of a list."""

    follow_up_id: int
    number: str
    name: str
    subject: Subject
    last_day: dt.date
    is_missed: bool  #: The last reading asked for has not come.


@dataclass(frozen=True, slots=True)
class FollowUpsListed(Notice):
    """Whose health is followed."""

    protected: ClassVar[bool] = True

    lines: tuple[FollowUpLine, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One reading of the history."""

    at: datetime
    by: str
    vitals: Vitals
    flags: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing of the history."""

    at: datetime
    by: str  #: Empty: the clock.
    event: FollowUpEvent
    subject: Subject
    last_day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class FollowUpShown(Notice):
    """One follow-up with what was measured and what happened."""

    protected: ClassVar[bool] = True

    follow_up_id: int
    unit: str
    number: str
    name: str
    phone: str
    subject: Subject
    state: FollowUpState
    begins_on: dt.date
    isolates_until: dt.date | None
    last_day: dt.date
    source: str
    readings: tuple[Measured, ...]  #: The newest first.
    history: tuple[Happened, ...]
    asks_case: bool = False  #: It is asked whether they are really ill now.


@dataclass(frozen=True, slots=True)
class FollowWordsAsked(Notice):
    """What was measured, by how many days longer, or why does it end?"""

    question: str  #: "reading", "extend" or "stop".
    name: str


@dataclass(frozen=True, slots=True)
class DaysUnread(Notice):
    """By how many days was not said."""


@dataclass(frozen=True, slots=True)
class ReadingsMissed(Notice):
    """Readings that did not come, for the team to call about."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    unit: str
    missed: tuple[FollowedPerson, ...]
    phones: tuple[str, ...]  #: Of their homes, in the same order.


@dataclass(frozen=True, slots=True)
class FollowUpCertified(Notice):
    """It is over: the line the team needs for the certificate."""

    protected: ClassVar[bool] = True

    unit: str
    number: str
    name: str
    birth_year: int | None
    subject: Subject
    begins_on: dt.date
    last_day: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class FollowRefused(Notice):
    """Only those who look after a home follow its people."""

    unit: str
    contacts: tuple[Contact, ...]
