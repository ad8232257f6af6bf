"""What people ask of directives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from handlers.commands.base import Command, Enclosure, FromPerson
from models.rules.directives import Audience


class Wanted(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    WORDS = "directive-words"  #: The directive itself.
    DEADLINE = "directive-deadline"  #: Another deadline than those offered.
    CORRECTION = "directive-correction"  #: What every card shall say instead.
    QUESTION = "directive-question"  #: What the issuer is asked.
    SEND_TIME = "directive-send-time"  #: When it shall leave by itself.
    REST = "directive-rest"  #: What the service parted from a long text.
    NOTE = "directive-note"  #: What a unit adds to the directive it passes on.


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDirecting(FromPerson):
    """Somebody tried what only a commander may do: keep that, and tell them in private who can."""

    action: str  #: What they tried, as a command is called.
    unit_id: int | None = None  #: Whose commander they need; None: of the place they belong to.

    @classmethod
    def of(cls, command: FromPerson, unit_id: int | None) -> Self:
        """The refusal of what was tried, in a unit or, where it is not known, where they belong."""
        return cls(sender=command.sender, place=command.place, action=type(command).__name__, unit_id=unit_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForWords(FromPerson):
    """The next private message of this person is what is wanted; about no directive yet when it is None."""

    wanted: Wanted
    directive_id: int | None = None
    task_id: int | None = None  #: The task of its document that a question is about.


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDirective(FromPerson):
    """`/chidao …`, with text or a file passed on as it is; shows the preview at once, or asks for the words."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRest(FromPerson):
    """The rest of a text that came in several messages, for it is longer than the service takes in one."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage(FromPerson):
    """One more page of the album with which a directive was drafted; people see it as one message."""

    directive_id: int
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDirective(Command):
    """Show the draft as it stands where it was typed, with one page of the units to pick from."""

    directive_id: int
    page: int = 0
    corrected_in: int | None = None  #: Open the list of its document's tasks in this chat, to correct them…
    tasks_page: int = 0  #: …at this page.
    read_so_far: tuple[int, int] | None = None  #: The page of its document that is being read, and of how many.


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAudience(FromPerson):
    """[Tất cả nhóm], [Chỉ cán bộ] or [Chọn nơi nhận] on the preview."""

    verb: ClassVar[str] = "d-to"
    directive_id: int
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRelay(FromPerson):
    """[Qua từng cấp] on the preview: it stops at each tier until the commander there passes it on, or no more so."""

    verb: ClassVar[str] = "d-tier"
    directive_id: int
    by_tier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnDirective(FromPerson):
    """[Chuyển xuống] on a card: what came from above is to go on to the units below."""

    verb: ClassVar[str] = "d-pass"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(FromPerson):
    """What the unit adds to the directive it passes on, as typed after being asked."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnWithoutNote(FromPerson):
    """[Không có gì thêm]: it goes on as it is."""

    verb: ClassVar[str] = "d-as-is"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleUnit(FromPerson):
    """Pick or unpick one receiving unit on the preview."""

    verb: ClassVar[str] = "d-unit"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnUnitPage(FromPerson):
    """Show other receiving units to pick from on the preview."""

    verb: ClassVar[str] = "d-page"
    directive_id: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDeadline(FromPerson):
    """Pick a deadline so many hours from now; 0 asks to type one."""

    verb: ClassVar[str] = "d-due"
    directive_id: int
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDeadline(FromPerson):
    """The deadline as typed after being asked."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDirective(FromPerson):
    """[Gửi] on the preview, or [Duyệt] on a clerk's."""

    verb: ClassVar[str] = "d-send"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDirective(FromPerson):
    """[Trình duyệt]: a clerk's draft goes before the commanders."""

    verb: ClassVar[str] = "d-offer"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDirective(FromPerson):
    """[Hẹn giờ gửi]: ask when it shall leave."""

    verb: ClassVar[str] = "d-when"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSendTime(FromPerson):
    """The time as typed after being asked."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendScheduled(Command):
    """The clock: what was to leave by now leaves."""

    most: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseAlarm(FromPerson):
    """[Báo động], asked about so often already; after the last time it rings, at any hour."""

    verb: ClassVar[str] = "d-alarm"
    directive_id: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissAlarm(FromPerson):
    """It is not to ring after all."""

    verb: ClassVar[str] = "d-alarm-no"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchDirective(Command):
    """Everything is decided: let it go."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDirective(FromPerson):
    """[Huỷ] on the preview."""

    verb: ClassVar[str] = "d-cancel"
    directive_id: int
