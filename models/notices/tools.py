"""What is said to a desk that does something less common with a report, and to those whom it touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.notices.base import Contact, Notice
from models.notices.queues import QueueLine
from models.rules.ready_answers import ReadyAnswer
from models.rules.tools import Tool
from models.rules.triage import Category, Urgency


@dataclass(frozen=True, slots=True)
class ToolsOffered(Notice):
    """What else can be done with a report."""

    report_id: int
    code: str
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class CategoriesOffered(Notice):
    """What is it really about?"""

    report_id: int
    code: str
    now: Category


@dataclass(frozen=True, slots=True)
class UrgenciesOffered(Notice):
    """How urgent is it really?"""

    report_id: int
    code: str
    now: Urgency


@dataclass(frozen=True, slots=True)
class GroundsOffered(Notice):
    """Why is it for a few only?"""

    report_id: int
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose by its name: a colleague, a home, a place."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ColleaguesOffered(Notice):
    """Who at the desk should do it?"""

    report_id: int
    code: str
    people: tuple[Choice, ...]  #: Empty: nobody else can be reached there.


@dataclass(frozen=True, slots=True)
class TimesOffered(Notice):
    """By when will it be done?"""

    report_id: int
    code: str


@dataclass(frozen=True, slots=True)
class ReadyAnswersOffered(Notice):
    """Which of these should its sender get?"""

    report_id: int
    code: str
    answers: tuple[ReadyAnswer, ...]


@dataclass(frozen=True, slots=True)
class HomesOffered(Notice):
    """Which home does it concern?"""

    report_id: int
    code: str
    unit: str  #: The community they are in; empty: found by what was typed.
    homes: tuple[Choice, ...]  #: Empty: none was found.


@dataclass(frozen=True, slots=True)
class DuplicatesOffered(Notice):
    """Which report tells of the same matter?"""

    report_id: int
    code: str
    others: tuple[QueueLine, ...]  #: Empty: none is like it.


@dataclass(frozen=True, slots=True)
class TimePromised(Notice):
    """By when its sender can expect help."""

    code: str
    by: Contact
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportMergedTold(Notice):
    """The matter is looked after together with what somebody else told of it."""

    code: str
    into: str  #: The code under which it goes on.
    holder: Contact
