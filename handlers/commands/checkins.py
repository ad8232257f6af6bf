"""What people, and the clock, ask of check-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.commands.base import Command, FromPerson, Place, Sender
from models.rules.checkins import Answer, Asking, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRound(FromPerson):
    """A tap on the board or on a private prompt: credited to the tapper's household."""

    verb: ClassVar[str] = "c"
    round_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForHousehold(FromPerson):
    """A tap that names the home: by its own people, or by a team member on its behalf."""

    verb: ClassVar[str] = "c-home"
    round_id: int
    household_id: int
    answer: Answer
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUnreached(FromPerson):
    """[Không gọi được]: staff tried a home and did not reach it."""

    verb: ClassVar[str] = "c-none"
    round_id: int
    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWhichHome(FromPerson):
    """The tapper's home is not clear: show a page of homes to choose from, in private."""

    verb: ClassVar[str] = "c-which"
    round_id: int
    answer: Answer
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOtherHome(FromPerson):
    """[Nhà khác]: the tap was for none of the account's own homes; show those of the community."""

    verb: ClassVar[str] = "c-other"
    round_id: int
    answer: Answer
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseOwnHome(FromPerson):
    """An account that speaks for several homes says for which one it answered."""

    verb: ClassVar[str] = "c-own"
    round_id: int
    household_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeHome(FromPerson):
    """An unlinked tapper says which home is theirs; the team confirms."""

    verb: ClassVar[str] = "c-mine"
    round_id: int
    household_id: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmHome(FromPerson):
    """A team member confirms, or refuses, that an account speaks for a home; what it answered then counts."""

    verb: ClassVar[str] = "c-link"
    round_id: int
    household_id: int
    person_id: int
    answer: Answer
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCheckin(FromPerson):
    """`/hoitham`: the open round of one's own home, or of one's own team."""

    unit_id: int | None = None  #: The community whose board led here; None when nothing did.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTeamRounds(FromPerson):
    """Where the rounds stand in the communities a person looks after, each leading to its call list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSilent(FromPerson):
    """`/nhachuabao`: the call list."""

    verb: ClassVar[str] = "c-list"
    round_id: int = 0  #: 0: the round of one's own team, asked for when there are several.
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHow(FromPerson):
    """How a home wants to be asked: for the home named, or with 0, `/cachhoi`, for one's own."""

    verb: ClassVar[str] = "c-how"
    household_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseHow(FromPerson):
    """The home is asked that way from now on."""

    verb: ClassVar[str] = "c-so"
    household_id: int
    how: Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLine(FromPerson):
    """One line for many homes: "khoe 1-12 14-40, om 13". It is read back before it counts."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine(FromPerson):
    """Whose line it was, from someone who looks after several communities."""

    verb: ClassVar[str] = "c-read"
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLine(FromPerson):
    """[Gửi] under the line that was read back: now it counts."""

    verb: ClassVar[str] = "c-line"
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropLine(FromPerson):
    """[Huỷ] under the line that was read back: nothing of it counts."""

    verb: ClassVar[str] = "c-drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSilentUnits(FromPerson):
    """Which units are behind on a day, on a tap by someone above."""

    verb: ClassVar[str] = "c-units"
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAnswers(Command):
    """Answers whose giver may give them: keep each, and let happen what follows from it."""

    sender: Sender  #: Who gave them.
    place: Place
    round_id: int
    homes: tuple[tuple[int, Answer | None], ...]  #: Household id and answer; None: tried and not reached.
    source: Source
    at: datetime  #: When they were given, which may be before a link was confirmed.
    is_reported: bool = False  #: The tap opened a report already, before its home was known.


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshRound(Command):
    """Answers came in: let the board, the call lists and the figures show them."""

    only_shows: ClassVar[bool] = True
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountRounds(Command):
    """Homes of these communities came, left, moved or went up in others: their open rounds count anew."""

    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPrompts(Command):
    """The home is in mourning, or nobody is left there: a question that is out asks no more."""

    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCallLists(Command):
    """Give the silent homes to the team; two hours before closing, to the village head as well."""

    round_id: int
    closes_soon: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshCallLists(Command):
    """Let the call lists that are out show who has answered since."""

    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFigures(Command):
    """Show a unit's own people how complete and how timely the rounds below it were on a day."""

    only_shows: ClassVar[bool] = True
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRounds(Command):
    """The clock: take every due step of the open rounds, and plan the coming ones."""

    #: About how many messages one tick may tell: more than can be sent in a second, few enough to stall nobody.
    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TellMissed(Command):
    """An outage let a whole round pass: those who look after its homes hear that nobody asked them."""

    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshBoard(Command):
    """Show a round's board anew, for example because its group became another chat."""

    unit_id: int
