"""What the issuer of a directive is told while it is followed: the board, who is missing, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.notices.base import Contact, Names, Notice
from models.notices.tasks import DocumentLine, TaskProgress


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How many of a child unit's places have acknowledged and done it; of a document, how many of somebody's tasks."""

    unit: str
    places: int
    acknowledged: int
    done: int
    late: int = 0  #: Not done though due.


@dataclass(frozen=True, slots=True)
class ProgressCounted(Notice):
    """The issuer's board."""

    directive_id: int
    code: str
    words: str
    file_name: str
    deadline_at: datetime
    places: int
    delivered: int
    acknowledged: int
    done: int
    seen: int
    lines: tuple[ProgressLine, ...]
    without_group: Names
    chases: int = 0
    chased_at: datetime | None = None
    chase_at: datetime | None = None  #: From the deadline on: when superiors are told of the missing.
    told_on_at: datetime | None = None
    is_alarm: bool = False
    tasks: tuple[TaskProgress, ...] = ()
    evidence: int = 0  #: How many pictures and words were given to show that tasks were done.
    document: DocumentLine | None = None
    replaced_by: str = ""  #: The sign of the document that takes the place of its own.
    corrected_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MissingUnit:
    """A unit that has not acknowledged, and whom to call there."""

    unit: str
    has_group: bool
    delivered: bool
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class MissingUnitsListed(Notice):
    """The units that have not acknowledged, a page at a time."""

    directive_id: int
    code: str
    total: int
    units: tuple[MissingUnit, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class WithdrawalAsked(Notice):
    """Whether the directive shall really be withdrawn."""

    directive_id: int
    code: str
    places: int
    delivered: int


@dataclass(frozen=True, slots=True)
class WithdrawalDecided(Notice):
    """The question about withdrawing was answered."""

    code: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class OpenDirective:
    """One line of the list of open directives."""

    directive_id: int
    code: str
    words: str
    deadline_at: datetime
    acknowledged: int
    places: int


@dataclass(frozen=True, slots=True)
class DirectivesListed(Notice):
    """The open directives a commander may look at and chase."""

    directives: tuple[OpenDirective, ...]


@dataclass(frozen=True, slots=True)
class ChasedRecently(Notice):
    """The missing were chased less than an hour ago."""

    code: str
    chased_at: datetime
    again_at: datetime


@dataclass(frozen=True, slots=True)
class NobodyMissing(Notice):
    """Every unit has acknowledged."""

    code: str
