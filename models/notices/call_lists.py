"""What is said about check-ins to those who look after households, and to those above them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Notice
from models.rules.checkins import Answer, Tally
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
