"""What people, and the clock, ask of directives that have left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.other_channels import Channel


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
class ShowReplaced(Command):
    """Another document takes the place of this directive's, or does so no more: its cards and boards say so."""

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
    task_id: int | None = None  #: The task of its document that it is about.
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
