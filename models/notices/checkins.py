"""What is said about check-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.checkins import Answer, Tally
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class RoundOpened(Notice):
    """The board of a round in the community's group: how many homes answered, never how many are ill."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    round_id: int
    unit_id: int
    answered: int
    expected: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class RoundClosed(Notice):
    """The board once its round is over."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    silent: ClassVar[bool] = True

    day: dt.date
    answered: int
    expected: int


@dataclass(frozen=True, slots=True)
class RoundReminded(Notice):
    """One line under the board: some homes have not answered."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.LEAVE

    waiting_for: int  #: Homes without an answer.
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class HomePrompted(Notice):
    """A home is asked in private."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    closes_at: datetime
    again: bool = False  #: It was asked before and has not answered.


@dataclass(frozen=True, slots=True)
class AnswerKept(Notice):
    """The home's answer as it stands, with the buttons to change it."""

    protected: ClassVar[bool] = True
    silent: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerStood(Notice):
    """A better answer came after a worse one: it is kept, and the team calls to be sure."""

    protected: ClassVar[bool] = True

    number: str


@dataclass(frozen=True, slots=True)
class RoundOver(Notice):
    """The button belonged to a round that takes no more answers."""

    opens_at: datetime | None  #: When the next one opens; None when none is planned.
    is_reported: bool = False  #: Someone was ill: that went to the team at once.


@dataclass(frozen=True, slots=True)
class NothingOpen(Notice):
    """No round is open for this community now."""

    unit: str
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class HomeUnknown(Notice):
    """The bot does not know where this person lives."""


@dataclass(frozen=True, slots=True)
class StrangerPrompted(Notice):
    """Someone without a known home came from a community's board: the same question, the home comes after."""

    round_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """A home to choose: its number only, which tells a stranger nothing."""

    household_id: int
    number: str


@dataclass(frozen=True, slots=True)
class HomeAsked(Notice):
    """Which home the tap was for."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    round_id: int
    answer: Answer
    homes: tuple[HomeChoice, ...]
    page: int
    pages: int
    are_own: bool  #: They are the account's confirmed homes; otherwise the team must confirm the choice.


@dataclass(frozen=True, slots=True)
class HomeProposed(Notice):
    """The choice was taken and waits for the team."""

    number: str


@dataclass(frozen=True, slots=True)
class HomeClaimed(Notice):
    """The team is asked whether an account speaks for a home; what it answered is not shown."""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    person_id: int
    answer: Answer  #: Carried by the buttons, never said.
    name: str
    number: str
    head: str
    unit: str


@dataclass(frozen=True, slots=True)
class HomeClaimSettled(Notice):
    """Somebody of the team has decided."""

    protected: ClassVar[bool] = True
    silent: ClassVar[bool] = True

    name: str
    number: str
    by: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class HomeLinked(Notice):
    """The team confirmed the home; from now on one tap is enough."""

    number: str


@dataclass(frozen=True, slots=True)
class HomeNotLinked(Notice):
    """The team could not confirm the home."""

    number: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class TeamTapNoted(Notice):
    """Someone of the team without a home there tapped the board."""

    round_id: int


@dataclass(frozen=True, slots=True)
class HelpAsked(Notice):
    """A home needs help; the team is told at the tap."""

    protected: ClassVar[bool] = True

    number: str
    head: str
    phone: str
    unit: str


@dataclass(frozen=True, slots=True)
class CallHome:
    """A home without an answer, as the team sees it."""

    household_id: int
    number: str
    head: str
    phone: str
    is_tried: bool  #: Somebody tried and did not reach them.


@dataclass(frozen=True, slots=True)
class CallListShown(Notice):
    """The homes without an answer, a page at a time."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    round_id: int
    unit: str
    day: dt.date
    closes_at: datetime
    is_closed: bool
    homes: tuple[CallHome, ...]
    page: int
    pages: int
    waiting_for: int  #: Homes without an answer, on all pages.
    closes_soon: bool = False
    skipped_steps: int = 0


@dataclass(frozen=True, slots=True)
class HomeOpened(Notice):
    """One home of the call list."""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    head: str
    phone: str
    address: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class SourceAsked(Notice):
    """How the answer was learnt."""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    head: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class TeamRound:
    """Where the round of one community stands."""

    round_id: int
    unit: str
    answered: int
    expected: int


@dataclass(frozen=True, slots=True)
class TeamRoundsShown(Notice):
    """The rounds of the communities a person looks after."""

    protected: ClassVar[bool] = True

    rounds: tuple[TeamRound, ...]


@dataclass(frozen=True, slots=True)
class LinePart:
    """What a line says, and about which homes."""

    said: str  #: An answer or absence of the call list, for the catalogue.
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A community the line may be for."""

    round_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class LineHeard(Notice):
    """A line came from someone who looks after several communities: which is it for?"""

    protected: ClassVar[bool] = True

    words: str
    choices: tuple[LineChoice, ...]


@dataclass(frozen=True, slots=True)
class LineRead(Notice):
    """A line is read back before it counts."""

    protected: ClassVar[bool] = True

    round_id: int
    unit: str
    words: str
    parts: tuple[LinePart, ...]
    refused: tuple[str, ...]  #: Parts that could not be read, as typed.


@dataclass(frozen=True, slots=True)
class LineKept(Notice):
    """The line counts."""

    protected: ClassVar[bool] = True

    unit: str
    homes: int


@dataclass(frozen=True, slots=True)
class LineDropped(Notice):
    """Nothing of the line was kept."""


@dataclass(frozen=True, slots=True)
class AnswerRefused(Notice):
    """Only the team and those above it may see and answer for a community's homes."""

    unit: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class FiguresSent(Notice):
    """A unit's figures in its group: homes and units counted, nobody's health."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    silent: ClassVar[bool] = True

    unit_id: int
    unit: str
    day: dt.date
    closed: int  #: Communities whose round is closed.
    rounds: int  #: Communities with a round that day.
    skipped: int  #: Communities whose round lay in an outage.
    expected: int
    self_reported: int
    on_behalf: int
    unreachable: int
    silent_homes: int
    on_time: int


@dataclass(frozen=True, slots=True)
class FiguresTold(Notice):
    """The same in private, with how many are ill or in need, for those who answer for it."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    unit_id: int
    unit: str
    day: dt.date
    closed: int
    rounds: int
    skipped: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class UnitPart:
    """One unit right below, and what it lacks."""

    unit_id: int
    unit: str
    waiting_for: int  #: Homes neither answered nor tried.
    expected: int
    round_id: int | None  #: The round, when the unit is a community.


@dataclass(frozen=True, slots=True)
class UnitsListed(Notice):
    """The units behind on a day, by name."""

    protected: ClassVar[bool] = True

    unit: str
    day: dt.date
    parts: tuple[UnitPart, ...]


@dataclass(frozen=True, slots=True)
class StepsSkipped(Notice):
    """An outage let steps of rounds pass; they are not sent late."""

    steps: int
    units: int
