"""What people ask of reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson
from models.rules.reports import Ring, Rung


class Question(StrEnum):
    """What a person is asked about a report; the kind of the draft that waits for the answer."""

    NEED = "need"  #: Whether what looked like chat needs the team; holds what was written.
    REPLY = "reply"  #: Words for the sender.
    RESULT = "result"  #: What was done.
    REASON = "reason"  #: Why it goes up.
    ADDRESSEE = "addressee"  #: Whom a reply to a card is for; holds what was written.
    CONFIDENCE = "confidence"  #: Words for a unit's two readers alone.
    RELEASE = "release"  #: A reader's own words, for whoever is to act.
    PROMISE = "promise"  #: By when it will be done.
    HOME = "home"  #: Which home it concerns.


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutReport(FromPerson):
    """Whatever somebody asks of one report."""

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HearMessage(FromPerson):
    """A private message that is no command: what it means depends on what was going on."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    reply_to_id: int | None = None  #: The message it replies to.
    was_forwarded: bool = False
    was_edited: bool = False  #: The sender changed a message of before.


@dataclass(frozen=True, slots=True)
class Logged:
    """A message of a community's group that staff pass on for its author."""

    author_id: int  #: The person whose report it is.
    unit_id: int  #: Whose group.
    key: str  #: Names the message.


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport(FromPerson):
    """Take what was said as a new report."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    urgent: bool = False  #: [Cần giúp gấp] was tapped.
    household_id: int | None = None  #: The home it concerns, when not the sender's own.
    opened_by: str = ""  #: "checkin:5", an answer's id, or "round:3", when a tap opened it.
    logged: Logged | None = None  #: The message of a group that staff pass on.
    said_at: int | None = None  #: The community in whose group its sender said it.
    readers_at: int | None = None  #: The unit whose two readers alone its sender wants to read it.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInPlace(FromPerson):
    """`/baotin …` typed anywhere; in a group the words are taken away from the neighbours' eyes."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForHelp(FromPerson):
    """[Cần giúp gấp]: an urgent report by one tap."""

    verb: ClassVar[str] = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteReport(FromPerson):
    """[Báo tin cho tổ]: tell the person to just write."""

    verb: ClassVar[str] = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmNeed(FromPerson):
    """What looked like chat does need the team: [Có, cần giúp]."""

    verb: ClassVar[str] = "need-yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissNeed(FromPerson):
    """What looked like chat was just that: [Không ạ]."""

    verb: ClassVar[str] = "need-no"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToReport(AboutReport):
    """The sender has more to say about a report."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    urgent: bool = False  #: [Cần giúp gấp] was tapped.
    amends: bool = False  #: The words stand for what they wrote before.


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReport(AboutReport):
    """[Tôi nhận việc]."""

    verb: ClassVar[str] = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReport(AboutReport):
    """[Xem] in a group, or a code from a list: show the card in private to those who may see it."""

    verb: ClassVar[str] = "view"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginReply(AboutReport):
    """[Trả lời]: the next message goes to the sender."""

    verb: ClassVar[str] = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToCard(AboutReport):
    """A chat reply to a card: ask whether it is for the sender or for the desk."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendHeldReply(AboutReport):
    """[Gửi người báo]: what was just written goes to the sender."""

    verb: ClassVar[str] = "to-sender"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepHeldNote(AboutReport):
    """[Ghi chú nội bộ]: what was just written stays at the desk."""

    verb: ClassVar[str] = "to-note"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOnReport(AboutReport):
    """Words that stay at the desk."""

    words: str
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSender(AboutReport):
    """The desk's words to the sender."""

    words: str = ""
    ready: str = ""  #: A ready-made answer instead, by its name.
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginEscalation(AboutReport):
    """[Báo cấp trên]: ask for the reason."""

    verb: ClassVar[str] = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateReport(AboutReport):
    """Pass it one rung up, with a reason."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateWithoutReason(AboutReport):
    """[Không cần lý do]: pass it one rung up at once."""

    verb: ClassVar[str] = "up-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginHandDown(AboutReport):
    """[Giao cấp dưới]: choose to whom."""

    verb: ClassVar[str] = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandDownReport(AboutReport):
    """Give it to a unit below."""

    verb: ClassVar[str] = "down-to"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginResult(AboutReport):
    """[Ghi kết quả]: the next message is the result."""

    verb: ClassVar[str] = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveReport(AboutReport):
    """Write the result and tell the sender."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmHelped(AboutReport):
    """[Đã được giúp]."""

    verb: ClassVar[str] = "helped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNotHelped(AboutReport):
    """[Vẫn chưa được]: opens it again."""

    verb: ClassVar[str] = "not-helped"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReport(AboutReport):
    """[Rút TD-48213]: its sender needs it no more."""

    verb: ClassVar[str] = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMyReports(FromPerson):
    """`/tincuatoi`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReport(Command):
    """Let everyone who may see a report see its newest state, and nobody else more than its code."""

    report_id: int
    ring: Ring | None = None  #: Make a sound at the desk that holds it, and say why.


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReport(Command):
    """Where it comes from, or who may read it, is known anew: let it go to the lowest desk that can work on it."""

    report_id: int
    ring: Ring | None = None  #: Why it makes a sound there.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShrinkCards(Command):
    """Someone may see less than before: their cards follow."""

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnOfDesk(Command):
    """A desk that cannot be relied on was passed over: tell those who can change that."""

    report_id: int
    unit_id: int
    rung: Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateOverdue(Command):
    """The clock: reports that were not taken up in time climb or are brought to mind.

    A report moved on takes about 25 ms: whoever writes meanwhile waits half a second at most.
    """

    most: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnClaims(Command):
    """Someone may no longer act for a unit: what they had taken goes back to the queue."""

    person_id: int
    unit_id: int | None
