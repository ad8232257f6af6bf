"""What people ask of directives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson
from models.rules.directives import Audience
from models.rules.other_channels import Channel


class Wanted(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    WORDS = "directive-words"  #: The directive itself.
    DEADLINE = "directive-deadline"  #: Another deadline than those offered.
    CORRECTION = "directive-correction"  #: What every card shall say instead.
    QUESTION = "directive-question"  #: What the issuer is asked.


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDirecting(FromPerson):
    """Somebody tried what only a commander may do: keep that, and tell them in private who can."""

    action: str  #: What they tried, as a command is called.
    unit_id: int | None = None  #: Whose commander they need; None: of the place they belong to.


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForWords(FromPerson):
    """The next private message of this person is what is wanted; about no directive yet when it is None."""

    wanted: Wanted
    directive_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDirective(FromPerson):
    """`/chidao …`, with text or a file passed on as it is; shows the preview at once, or asks for the words."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDirective(Command):
    """Show the draft as it stands where it was typed, with one page of the units to pick from."""

    directive_id: int
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAudience(FromPerson):
    """[Tất cả nhóm], [Chỉ cán bộ] or [Chọn nơi nhận] on the preview."""

    verb: ClassVar[str] = "d-to"
    directive_id: int
    audience: Audience


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
    """[Gửi] on the preview."""

    verb: ClassVar[str] = "d-send"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDirective(FromPerson):
    """[Huỷ] on the preview."""

    verb: ClassVar[str] = "d-cancel"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveDirective(Command):
    """Show the directive to every group and person it is for, and the board to its issuer."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowProgress(Command):
    """Something changed for these units: their cards and the boards say so."""

    only_shows: ClassVar[bool] = True
    directive_id: int
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountProgress(Command):
    """Something was delivered or answered: the boards count anew."""

    only_shows: ClassVar[bool] = True
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowChange(Command):
    """A correction or a withdrawal: every card that left, or is leaving, says so."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBoard(Command):
    """Show the issuer's board at the bottom of a chat."""

    directive_id: int
    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeDirective(FromPerson):
    """[Đã nhận]."""

    verb: ClassVar[str] = "d-ack"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishDirective(FromPerson):
    """[Đã làm xong]."""

    verb: ClassVar[str] = "d-done"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAboutDirective(FromPerson):
    """[Xin hỏi thêm]: the next private message goes to the issuer."""

    verb: ClassVar[str] = "d-ask"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutQuestion(FromPerson):
    """The question itself."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBoard(FromPerson):
    """Show the board again, at the bottom of the chat one is in."""

    verb: ClassVar[str] = "d-board"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMissingUnits(FromPerson):
    """[Đơn vị chưa nhận]: by name with whom to call, in private, a page at a time."""

    verb: ClassVar[str] = "d-miss"
    directive_id: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseMissing(FromPerson):
    """[Đôn đốc] on the board."""

    verb: ClassVar[str] = "d-chase"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseUnits(Command):
    """Bring the directive to mind in every unit that has not acknowledged, under its card."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TellSuperiors(Command):
    """The deadline is over: whoever is above the units that have not acknowledged hears which these are."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginCorrection(FromPerson):
    """[Đính chính]: ask for the corrected words."""

    verb: ClassVar[str] = "d-fix"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDirective(FromPerson):
    """Edit every delivered card."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginWithdrawal(FromPerson):
    """[Thu hồi]: ask once more before it happens."""

    verb: ClassVar[str] = "d-off"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDirective(FromPerson):
    """Stop what is unsent and mark what is sent."""

    verb: ClassVar[str] = "d-off-yes"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDirective(FromPerson):
    """It is not to be withdrawn after all."""

    verb: ClassVar[str] = "d-off-no"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDirective(FromPerson):
    """[Chép sang Zalo] or [Bản đọc loa]: the text, in private."""

    verb: ClassVar[str] = "d-copy"
    directive_id: int
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDirectives(FromPerson):
    """`/dondoc`: the open directives this person may chase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseDue(Command):
    """The clock: units that have not acknowledged are chased, and in the end told on."""

    most: int = 500
