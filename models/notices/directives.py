"""What is said about directives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Names, Notice, Passed
from models.notices.tasks import DocumentLine, ReadTask, TaskLine
from models.rules.deadlines import Reason
from models.rules.directives import Audience, DirectiveState
from models.rules.mail import Priority
from models.rules.other_channels import Channel


@dataclass(frozen=True, slots=True)
class UnitPick:
    """A unit that can be picked to receive a directive."""

    unit_id: int
    name: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the audience reaches."""

    units: int
    groups: int
    people: int
    seconds: int  #: How long sending takes at the bot's pace.
    without_group: Names  #: Served through their people in private.
    unserved: Names  #: Nobody there can be written to: somebody must call.


@dataclass(frozen=True, slots=True)
class PagesRead:
    """How far the reading of a document has come."""

    page: int  #: The page that is being read, from 1.
    of: int


@dataclass(frozen=True, slots=True)
class DirectiveAbove:
    """The directive from above that another passes on."""

    code: str
    issuer: str


@dataclass(frozen=True, slots=True)
class DirectivePreviewed(Notice):
    """A directive as it would go out, with everything the commander may still change."""

    directive_id: int
    code: str
    issuer: str
    words: str
    file_name: str
    has_file: bool
    deadline_at: datetime
    audience: Audience
    state: DirectiveState
    reached: Reached
    at_night: bool  #: It would arrive without a sound.
    by_clerk: str = ""  #: The clerk who drafted it, where a commander must approve it.
    for_clerk: bool = False  #: Shown to that clerk, who may change it but not let it go.
    send_at: datetime | None = None  #: When it leaves by itself.
    is_alarm: bool = False
    files: int = 1  #: How many go along, where any does.
    by_tier: bool = False  #: Stops at each tier until the commander there passes it on.
    has_tiers: bool = False  #: There are tiers below for it to stop at.
    above: DirectiveAbove | None = None
    note: str = ""  #: What the unit adds to what it passes on.
    document: DocumentLine | None = None
    addressees: tuple[str, ...] = ()  #: Those after "Kính gửi" in the document.
    replaces: tuple[str, ...] = ()  #: The signs of documents known here whose place it takes.
    tasks: tuple[ReadTask, ...] = ()
    missing: tuple[str, ...] = ()  #: Fields of the document that are missing or doubtful.
    being_read: bool = False  #: Its tasks are still to come.
    read_so_far: PagesRead | None = None  #: How far reading has come, where it takes long.
    residents_note: str = ""
    picks: tuple[UnitPick, ...] = ()
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class UnitState:
    """What one unit has answered, and by whom."""

    unit: str
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    done_at: datetime | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class DirectiveGiven(Notice):
    """The card of a directive in one chat: what is to be done by when, and how far this chat's units are."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE
    confirms: ClassVar[bool] = True

    directive_id: int
    code: str
    issuer: Contact
    words: str
    file_name: str
    deadline_at: datetime
    units: tuple[UnitState, ...] = ()  #: Those this chat stands for.
    seen: int = 0
    in_community: bool = False  #: Neighbours read here; "done" is reported from the staff's private cards.
    document: DocumentLine | None = None
    tasks: tuple[TaskLine, ...] = ()  #: What of the document is for this chat's units.
    replaced_by: str = ""  #: The sign of the document that takes the place of its own.
    above: DirectiveAbove | None = None
    note: str = ""  #: What the unit that passes it on adds.
    may_pass_on: bool = False  #: Who reads here commands a unit at which it stops.
    correction: str = ""
    corrected_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlarmGiven(DirectiveGiven):
    """The same card for what cannot wait: it overtakes everything and rings at any hour."""

    priority: ClassVar[Priority] = Priority.ALARM


@dataclass(frozen=True, slots=True)
class OrderPassed(Passed):
    """The official document goes along as it is; unlike people's pictures it may be saved, printed and forwarded."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE
    protected: ClassVar[bool] = False
    #: The card under which it comes has rung already.
    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class UnitsChased(Notice):
    """Under the card: these units have not acknowledged yet."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE

    code: str
    issuer: str
    deadline_at: datetime
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsToldOn(Notice):
    """To whoever is above them: the deadline is over and these units have not acknowledged."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE

    code: str
    issuer: str
    deadline_at: datetime
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectiveCorrected(Notice):
    """Under the card: it says something else now."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE

    code: str


@dataclass(frozen=True, slots=True)
class DirectiveCopied(Notice):
    """The directive as it is pasted or read out elsewhere: nothing but its text."""

    code: str
    channel: Channel
    issuer: str
    words: str
    file_name: str
    deadline_at: datetime
    note: str = ""  #: What the unit that passes it on adds.
    document: DocumentLine | None = None
    tasks: tuple[TaskLine, ...] = ()  #: Of its document, those of the reader's units.
    residents_note: str = ""  #: What its document means for those who live there.


@dataclass(frozen=True, slots=True)
class WordsAsked(Notice):
    """The next message is what was asked for."""

    wanted: str  #: As the draft is called, "directive-question".
    code: str = ""
    goes_on: int | None = None  #: The directive that goes on as it is when there is no note to add.
    no: str = ""  #: The task of its document that a question is about.


@dataclass(frozen=True, slots=True)
class DeadlineSet(Notice):
    """The typed deadline was understood."""

    code: str
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class DeadlineRefused(Notice):
    """What was typed is no deadline; the question stays open."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class DeadlineTooLate(Notice):
    """What is passed on is never due later than it is above."""

    code: str
    latest_at: datetime


@dataclass(frozen=True, slots=True)
class DeadlinePassed(Notice):
    """The deadline on the preview went by before it was sent."""

    code: str
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class AudienceEmpty(Notice):
    """Nobody would receive it as it stands."""

    code: str


@dataclass(frozen=True, slots=True)
class DirectiveOffered(Notice):
    """To the clerk: who was asked to approve the draft; or, where nobody could be, whom to call."""

    code: str
    commanders: tuple[Contact, ...]
    reached: bool


@dataclass(frozen=True, slots=True)
class SendTimeRefused(Notice):
    """What was typed is no time at which it may leave; the question stays open."""

    code: str
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class SendingLapsed(Notice):
    """Its time came but it could not leave: it is a draft again."""

    code: str


@dataclass(frozen=True, slots=True)
class AlarmAsked(Notice):
    """Whether it shall really ring, asked for the first or the second time."""

    directive_id: int
    code: str
    asked: int  #: How often with this time.
    at: datetime
    groups: int
    people: int


@dataclass(frozen=True, slots=True)
class AlarmDecided(Notice):
    """The question about the alarm was answered."""

    code: str
    raised: bool


@dataclass(frozen=True, slots=True)
class DirectiveNotThus(Notice):
    """It cannot be done any more, or not yet, since the directive stands elsewhere."""

    code: str
    state: DirectiveState


@dataclass(frozen=True, slots=True)
class DirectingRefused(Notice):
    """Only a commander may do this; here is who can."""

    commanders: tuple[Contact, ...]
