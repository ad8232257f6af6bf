"""What is said to the desks that work on reports, and what a group may see of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Notice
from models.rules.mail import Priority
from models.rules.reports import Action, ReportState, Ring, Rung, Step
from models.rules.triage import Category, Urgency


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from, as its card says it."""

    unit: str  #: The community or other unit; empty while not known.
    village: str = ""
    household: str = ""  #: The home's number on the community's list.


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of a report's life, as its card says it."""

    at: datetime
    step: Step
    who: str = ""  #: Empty: the clock.
    unit: str = ""
    words: str = ""
    ready: str = ""  #: The ready-made answer that was sent; empty: none.


@dataclass(frozen=True, slots=True)
class ReportCard(Notice):
    """A report as the desk sees it that works on it."""

    priority: ClassVar[Priority] = Priority.DESK
    protected: ClassVar[bool] = True

    report_id: int
    code: str
    state: ReportState
    category: Category
    urgency: Urgency
    unheard: bool
    confidential: bool
    origin: Origin
    filed_at: datetime
    due_at: datetime | None
    promised_at: datetime | None  #: By when its sender was told to be helped.
    holder: Contact
    desk: str  #: The name of the unit whose desk has it.
    rung: Rung
    taken_by: Contact | None
    sender: Contact | None  #: None for readers outside the desk that holds it.
    sender_reads: bool  #: False: the sender gets no messages and must be called.
    words: str
    added: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    actions: tuple[Action, ...]
    sealed: bool = False  #: Its reader has not opened it yet: it shows neither words nor sender.
    amended: tuple[str, ...] = ()  #: What the sender's edited messages say now.
    sender_is_spared: bool = False  #: Nobody may write to or call the sender, who has not asked for it.


@dataclass(frozen=True, slots=True)
class AlarmCard(ReportCard):
    """The same card when somebody may be in danger: it leaves before all other mail."""

    priority: ClassVar[Priority] = Priority.ALARM


@dataclass(frozen=True, slots=True)
class ReportShrunk(Notice):
    """What is left of a card whose report is closed, or whose reader may no longer see it."""

    priority: ClassVar[Priority] = Priority.DESK

    code: str
    is_closed: bool
    into: str = ""  #: The code under which it goes on, when it was merged.


@dataclass(frozen=True, slots=True)
class ReportLine(Notice):
    """A report as a group may see it: no names, no words, no health."""

    priority: ClassVar[Priority] = Priority.DESK
    silent: ClassVar[bool] = True

    report_id: int
    code: str
    state: ReportState
    category: Category | None  #: None: a kind that a group may not read.
    urgency: Urgency
    village: str
    filed_at: datetime
    holder: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class DeskRung(Notice):
    """A card made a sound."""

    priority: ClassVar[Priority] = Priority.DESK

    code: str
    ring: Ring
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class DeskAlarmed(DeskRung):
    """A card made a sound because of danger, or because nobody below acted."""

    priority: ClassVar[Priority] = Priority.ALARM


@dataclass(frozen=True, slots=True)
class ReplyAsked(Notice):
    """The next message goes to the sender."""

    code: str


@dataclass(frozen=True, slots=True)
class ResultAsked(Notice):
    """The next message is the result."""

    code: str


@dataclass(frozen=True, slots=True)
class ReasonAsked(Notice):
    """The next message is the reason for passing it up."""

    report_id: int
    code: str


@dataclass(frozen=True, slots=True)
class AddresseeAsked(Notice):
    """A reply to a card is held until the writer says whom it is for."""

    report_id: int
    code: str


@dataclass(frozen=True, slots=True)
class WordsWanted(Notice):
    """The open question needs words; what came had none."""


@dataclass(frozen=True, slots=True)
class QuestionLapsed(Notice):
    """The tap came after what it was about had been answered or given up."""


@dataclass(frozen=True, slots=True)
class DeskActed(Notice):
    """What the desk just did took effect."""

    code: str
    step: Step
    to: str = ""  #: The unit it went to, when it went somewhere.


@dataclass(frozen=True, slots=True)
class SenderMustBeCalled(Notice):
    """The sender gets no messages: the words are kept, and a person must call."""

    code: str
    sender: Contact


@dataclass(frozen=True, slots=True)
class AlreadyTaken(Notice):
    """A colleague was faster."""

    code: str
    by: Contact


@dataclass(frozen=True, slots=True)
class AlreadySettled(Notice):
    """Nothing is left to do with it."""

    code: str


@dataclass(frozen=True, slots=True)
class ReportRefused(Notice):
    """This report is somebody else's to work on: whose."""

    code: str
    holder: Contact


@dataclass(frozen=True, slots=True)
class OwnReportRefused(Notice):
    """Nobody works on a report from their own home, or about themselves."""

    code: str
    holder: Contact


@dataclass(frozen=True, slots=True)
class StaffOnly(Notice):
    """The queue is for those who serve at a desk."""


@dataclass(frozen=True, slots=True)
class UnitBelow:
    """A unit below the one that holds a report, to which it can be given."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class HandDownOffered(Notice):
    """To which unit below should it go?"""

    report_id: int
    code: str
    choices: tuple[UnitBelow, ...]


@dataclass(frozen=True, slots=True)
class DeskUnreachable(Notice):
    """Nobody at that unit's desks can be reached now."""

    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class DeskNotReady(Notice):
    """A desk was passed over: who should add people to it, or call them."""

    unit: str
    rung: Rung
    reachable: int
    needed: int


@dataclass(frozen=True, slots=True)
class NobodyAbove(Notice):
    """It is at the top already."""

    code: str
