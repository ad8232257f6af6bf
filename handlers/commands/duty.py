"""What people, and the clock, ask of the duty roster."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson


class DutyQuestion(StrEnum):
    """What somebody on duty is asked; the kind of the draft that waits for the answer."""

    NOTE = "hand_over_note"  #: What whoever takes over should know.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDuty(FromPerson):
    """`/truc`: who is on duty, where, which number; with words, set a shift, a post or a duty phone."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDuty(FromPerson):
    """What was typed after `/truc`."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRoster(FromPerson):
    """[Lịch trực]: the next shifts of a unit."""

    verb: ClassVar[str] = "roster"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropShift(FromPerson):
    """[Bỏ ca này]: take a shift off the roster, with every later one when it comes round weekly."""

    verb: ClassVar[str] = "shift-off"
    shift_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMyShifts(FromPerson):
    """[Ca của tôi]: one's own next shifts, each to be swapped."""

    verb: ClassVar[str] = "shifts"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSwap(FromPerson):
    """[Đổi ca]: choose the colleague."""

    verb: ClassVar[str] = "swap"
    shift_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSwap(FromPerson):
    """Ask that colleague to stand the shift."""

    verb: ClassVar[str] = "swap-to"
    shift_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSwap(FromPerson):
    """[Nhận ca], [Không nhận] of the colleague."""

    verb: ClassVar[str] = "swap-say"
    swap_id: int
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginHandOver(FromPerson):
    """[Bàn giao ca]: to whoever comes next, or to a colleague."""

    verb: ClassVar[str] = "over"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseReceiver(FromPerson):
    """Nobody comes next on the roster: this colleague takes over."""

    verb: ClassVar[str] = "over-to"
    unit_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandOver(FromPerson):
    """The note was written, or there is none: offer the shift."""

    unit_id: int
    person_id: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverWithoutNote(FromPerson):
    """[Không có gì thêm]."""

    verb: ClassVar[str] = "over-now"
    unit_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeShift(FromPerson):
    """[Nhận ca]: from now on the giver's claims are the receiver's."""

    verb: ClassVar[str] = "over-take"
    hand_over_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TapTest(FromPerson):
    """[Tôi nghe được]: the weekly test call arrived."""

    verb: ClassVar[str] = "test-tap"
    test_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RingOn(Command):
    """An alarm rang those on duty: let it ring the next of each desk in turn until somebody takes it up."""

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RingNext(Command):
    """The clock: alarms that nobody took up ring the next person."""

    most: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchShifts(Command):
    """The clock: shifts that end are handed over, and what nobody took over is raised."""

    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRoster(Command):
    """The clock: weekly patterns become shifts, and hours in which nobody is on duty are raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallForTest(Command):
    """The clock: the weekly test call, and whoever did not tap it."""

    most: int = 50
