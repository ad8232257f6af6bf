"""What people ask of check-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.checkins import Answer, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRound(FromPerson):
    """A tap on the board or on a private prompt: credited to the tapper's household."""

    verb: ClassVar[str] = "c"
    round_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForHousehold(FromPerson):
    """A tap that names the home: an account of several homes, or a team member on its behalf."""

    verb: ClassVar[str] = "c-home"
    round_id: int
    household_id: int
    answer: Answer
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeHome(FromPerson):
    """An unlinked tapper says which home is theirs; the team confirms."""

    verb: ClassVar[str] = "c-mine"
    round_id: int
    household_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmHome(FromPerson):
    """A team member confirms, or refuses, that an account speaks for a home."""

    verb: ClassVar[str] = "c-link"
    household_id: int
    person_id: int
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCheckin(FromPerson):
    """`/hoitham`: the open round of one's own home, or of one's own team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSilent(FromPerson):
    """`/nhachuabao`: the call list."""

    verb: ClassVar[str] = "c-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHome(FromPerson):
    """One home of the call list: its phone and the buttons to answer on its behalf."""

    verb: ClassVar[str] = "c-open"
    round_id: int
    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSource(FromPerson):
    """The answer is known; how it was learnt is asked next."""

    verb: ClassVar[str] = "c-src"
    round_id: int
    household_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLine(FromPerson):
    """One line for many homes: "khoe 1-12 14-40, om 13"."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSilentUnits(FromPerson):
    """Which units are behind, on a tap by someone above."""

    verb: ClassVar[str] = "c-units"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRounds(Command):
    """The clock: plan the coming rounds, and take every due step of the open ones."""

    most: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshBoard(Command):
    """Show a round's board anew, for example because its group became another chat."""

    unit_id: int
