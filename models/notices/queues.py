"""What is said of many reports at once: what waits, what was found, what several of one village tell of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Notice
from models.rules.mail import Priority
from models.rules.queue import QueueBy
from models.rules.reports import ReportState
from models.rules.triage import Category, Urgency


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One report of a list: no names and no words."""

    report_id: int
    code: str
    state: ReportState
    category: Category
    urgency: Urgency
    village: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class QueueListed(Notice):
    """What waits at one's own desks, the most urgent first."""

    protected: ClassVar[bool] = True

    lines: tuple[QueueLine, ...]
    by: QueueBy = QueueBy.ALL
    heading: str = ""  #: Under which heading of `by`; empty: all of it.
    page: int = 0
    pages: int = 1
    total: int = 0


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How much waits under one heading."""

    heading: str
    n: int


@dataclass(frozen=True, slots=True)
class QueueSorted(Notice):
    """How much waits under each heading of age, urgency or kind."""

    by: QueueBy
    counts: tuple[QueueCount, ...]


@dataclass(frozen=True, slots=True)
class SearchExplained(Notice):
    """What can be looked for, and how."""


@dataclass(frozen=True, slots=True)
class ReportsFound(Notice):
    """The reports somebody looked for and may see, newest first."""

    protected: ClassVar[bool] = True

    lines: tuple[QueueLine, ...]
    more: int = 0  #: How many are not listed.


@dataclass(frozen=True, slots=True)
class PatternSeen(Notice):
    """Several homes of one village tell of the same within a short time; what is new since the last such alert.

    It is for those who look over many reports; when hundreds come in at once it must hold up no receipt of theirs.
    """

    priority: ClassVar[Priority] = Priority.DESK
    protected: ClassVar[bool] = True

    village: str
    category: Category
    homes: int  #: How many tell of it within the window, those of earlier alerts counted.
    hours: int  #: The window.
    lines: tuple[QueueLine, ...]
