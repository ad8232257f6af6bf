"""What people, and the clock, ask of the figures of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson


class FigureQuestion(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    FIGURES = "day-figures"  #: What their team counted.


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterFigures(FromPerson):
    """`/solieu`, or typed freely: what a team counted; without words, what was counted so far."""

    words: str = ""
    unit_id: int | None = None  #: The community it is about, where that is known; None: as the words say.


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFigures(FromPerson):
    """[Nhập số liệu]: the next message is what this community counted."""

    verb: ClassVar[str] = "y-ask"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseFigureUnit(FromPerson):
    """Which community the figures held are of."""

    verb: ClassVar[str] = "y-unit"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSheet(FromPerson):
    """[Gửi] under what was read back: now it counts."""

    verb: ClassVar[str] = "y-send"
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSheet(FromPerson):
    """[Huỷ] under what was read back."""

    verb: ClassVar[str] = "y-drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSum(FromPerson):
    """What the communities below a unit counted on a day, and which have not sent."""

    verb: ClassVar[str] = "y-sum"
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseSenders(FromPerson):
    """[Nhắc gửi số liệu]: remind the teams below that have not sent."""

    verb: ClassVar[str] = "y-chase"
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSums(Command):
    """Show what is gathered from this unit on a day as it is now, at every tier that gathers it."""

    only_shows: ClassVar[bool] = True
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceGatherings(Command):
    """The clock: remind teams, show who has not sent, close each tier's sum, and begin the coming day."""

    most: int = 50
