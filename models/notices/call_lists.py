"""What is said about check-ins to those who look after households, and to those above them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, FileHanded, Notice
from models.rules.checkins import Answer, Source
from models.rules.mail import Priority


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
class CallListOpened(CallListShown):
    """The same list, because somebody asked for it and is looking at the screen."""

    priority: ClassVar[Priority] = Priority.REPLY


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody tried a home, or it was heard of: who, when, and what came of it."""

    at: datetime
    by: str
    answer: Answer | None  #: None: not reached.
    source: Source


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
    tries: tuple[Try, ...] = ()  #: The newest first.


@dataclass(frozen=True, slots=True)
class AwayAsked(Notice):
    """Until when is the home away?"""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    head: str
    days: tuple[dt.date, ...]  #: The days offered.


@dataclass(frozen=True, slots=True)
class MovingAsked(Notice):
    """Has the home really moved away?"""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    head: str


@dataclass(frozen=True, slots=True)
class PaperPromised(Notice):
    """The door list is being made."""

    unit: str


@dataclass(frozen=True, slots=True)
class DoorListHanded(FileHanded):
    """The door list, to print and tick."""

    protected: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PaperFailed(Notice):
    """The page could not be made."""


@dataclass(frozen=True, slots=True)
class SilentHome:
    """A home nobody has heard of for too long."""

    number: str
    head: str
    phone: str
    since: dt.date  #: The day of the first round in a row without an answer.
    is_tried: bool  #: Somebody tried to reach it in one of them.


@dataclass(frozen=True, slots=True)
class LongSilent(Notice):
    """Homes of a community without an answer in several rounds running, for the commune."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    unit: str
    homes: tuple[SilentHome, ...]
    callers: tuple[Contact, ...]  #: Who looks after them.


@dataclass(frozen=True, slots=True)
class RoundMissed(Notice):
    """The bot was away for a whole round: none of its homes was asked, and the team knows."""

    priority: ClassVar[Priority] = Priority.CHECKIN

    unit: str
    day: dt.date
    opens_at: datetime | None  #: When the next one opens; None when none is planned.


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
    until: dt.date | None = None  #: Through which day they are away, where the line says it.


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
