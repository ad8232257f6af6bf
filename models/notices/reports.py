"""What is said to those who sent a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Notice
from models.notices.confidential import TierChoice
from models.rules.mail import Priority
from models.rules.reports import ReportState


@dataclass(frozen=True, slots=True)
class ReportFiled(Notice):
    """The receipt: the code to quote, who has it, by when they answer."""

    code: str
    holder: Contact
    answer_by: datetime
    place_known: bool = True  #: False: phone and place are asked for.
    illness_asked: bool = False  #: Who is ill, since when and how high the fever is asked for.


@dataclass(frozen=True, slots=True)
class UrgentReportFiled(Notice):
    """The receipt when somebody may be in danger: whom to call now comes first."""

    priority: ClassVar[Priority] = Priority.ALARM

    code: str
    holder: Contact
    emergency: str  #: The ambulance's number.
    station: Contact | None  #: The health station; None when its number is not known.
    place_known: bool = True


@dataclass(frozen=True, slots=True)
class ConfidentialReportFiled(Notice):
    """A neutral receipt that tells a stranger holding the phone nothing, with numbers for those in danger."""

    code: str
    answer_by: datetime
    report_id: int = 0
    choices: tuple[TierChoice, ...] = ()  #: The tiers whose readers its sender can choose.


@dataclass(frozen=True, slots=True)
class WordsJoined(Notice):
    """What the sender added is with the report."""

    code: str
    emergency: str = ""  #: The ambulance's number, when the new words tell of danger.
    station: Contact | None = None


@dataclass(frozen=True, slots=True)
class ReportTakenUp(Notice):
    """Somebody works on it now."""

    code: str
    by: Contact


@dataclass(frozen=True, slots=True)
class ReportPassedOn(Notice):
    """Another desk has it now."""

    code: str
    to: Contact
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class SenderAnswered(Notice):
    """The desk's words; whoever reads them can just write back."""

    code: str
    by: Contact
    words: str
    ready: str = ""  #: A ready-made answer, said in the language of whoever reads it.


@dataclass(frozen=True, slots=True)
class ResultTold(Notice):
    """What was done, and the question whether it helped."""

    report_id: int
    code: str
    by: Contact
    words: str
    asks: bool  #: False after a P1: a person calls instead.


@dataclass(frozen=True, slots=True)
class HelpConfirmed(Notice):
    """Thanks for telling that it helped."""

    code: str


@dataclass(frozen=True, slots=True)
class ReportReopened(Notice):
    """The same desk works on it again."""

    code: str
    holder: Contact
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class MessageLogged(Notice):
    """To staff who passed words on: under which code, and for which home."""

    code: str
    number: str = ""  #: Of the home; empty: whose home is not known.


@dataclass(frozen=True, slots=True)
class LoggingExplained(Notice):
    """To staff who named neither a message nor a home: how words are passed on."""


@dataclass(frozen=True, slots=True)
class ReportWithdrawn(Notice):
    """To its sender: it is closed at their word, or its desk decides; and how to go on after all."""

    report_id: int
    code: str
    is_closed: bool  #: False: somebody may be in danger, or others told of it, too.


@dataclass(frozen=True, slots=True)
class NeedAsked(Notice):
    """What was written may be mere chat: is help needed?"""


@dataclass(frozen=True, slots=True)
class NeedDismissed(Notice):
    """No help is needed now; how to ask for it later."""


@dataclass(frozen=True, slots=True)
class WritingInvited(Notice):
    """Just write, speak or send a picture."""


@dataclass(frozen=True, slots=True)
class ReportOutOfReach(Notice):
    """Whoever asks may not even know whose report it is, or that there is one."""


@dataclass(frozen=True, slots=True)
class NobodyServesYet(Notice):
    """No unit was set up: whom to call instead."""

    hotlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One of a person's own reports."""

    code: str
    state: ReportState
    filed_at: datetime
    holder: Contact
    report_id: int | None = None  #: What a tap withdraws; None: nothing is left to do about it.


@dataclass(frozen=True, slots=True)
class OwnReportsListed(Notice):
    """A person's own reports, newest first, and where each stands."""

    protected: ClassVar[bool] = True

    lines: tuple[OwnLine, ...]
