"""What those who look after homes ask of one home of the call list, and of the list on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.checkins import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutHome(FromPerson):
    """Something about one home of a round, from someone who looks after it."""

    round_id: int
    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHome(AboutHome):
    """One home of the call list: its phone and the buttons to answer on its behalf."""

    verb: ClassVar[str] = "c-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSource(AboutHome):
    """The answer is known; how it was learnt is asked next."""

    verb: ClassVar[str] = "c-src"
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAway(AboutHome):
    """[Đi nương]: until which day is the home away?"""

    verb: ClassVar[str] = "c-away"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAway(AboutHome):
    """The home is away through this day: it is neither asked nor expected until then."""

    verb: ClassVar[str] = "c-until"
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAway(Command):
    """These homes are away, each through a day."""

    homes: tuple[tuple[int, dt.date], ...]  #: Household id and day.


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHomeOut(AboutHome):
    """[Chuyển đi]: the home moved away; asked once more before it leaves the list."""

    verb: ClassVar[str] = "c-moved"
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintList(FromPerson):
    """[In danh sách]: the door list of the community, to tick on paper."""

    verb: ClassVar[str] = "c-print"
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPaper(Command):
    """A page to print is made: send it to whoever asked for it."""

    account_id: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNotMade(Command):
    """It could not be made."""

    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseSilent(Command):
    """A round closed: let the commune know which homes have now been silent for too long."""

    round_id: int
