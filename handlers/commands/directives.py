"""What people ask of directives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson
from models.rules.directives import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDirective(FromPerson):
    """`/chidao …`, with text or a file passed on as it is; shows the preview at once."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    reply_to_id: int | None = None


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
class ListMissingUnits(FromPerson):
    """[Đơn vị chưa nhận]."""

    verb: ClassVar[str] = "d-miss"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseMissing(FromPerson):
    """[Đôn đốc] on the board."""

    verb: ClassVar[str] = "d-chase"
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
class ListDirectives(FromPerson):
    """`/dondoc` and `/chidao` without words: the open directives this person may chase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseDue(Command):
    """The clock: units that have not acknowledged at half-time are chased once."""

    most: int = 500
