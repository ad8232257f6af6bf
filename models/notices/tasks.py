"""What is said about official documents and the tasks in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, FileHanded, Notice
from models.rules.documents.document import Document, Every
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """An official document in one line."""

    type: str  #: Its official abbreviation; empty when it is not known.
    sign: str  #: "33/CV-TTCH", as far as it is known.
    date: str  #: As complete as the document gives it: "2/11/2021", "9/2021".
    issuer: str
    subject: str

    @classmethod
    def of(cls, document: Document) -> DocumentLine:
        """The document's line, as far as it is known."""
        sign = "/".join(str(part) for part in (document.number, document.symbol) if part is not None)
        date = document.date
        parts = (date.day, date.month, date.year) if date else ()
        day = "/".join(str(part) for part in parts if part)
        return cls(document.type or "", sign, day, document.issuer or "", document.subject or "")


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's or one agency's part in a task."""

    who: str
    contact: Contact | None = None  #: Of an agency: whom to turn to there.
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    done_at: datetime | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as those see it who are to do it."""

    task_id: int
    no: str  #: As the document counts; its place in the document where it does not.
    text: str
    due_at: datetime
    every: Every | None
    parts: tuple[Part, ...]


def together(some: tuple[TaskLine, ...], others: tuple[TaskLine, ...]) -> tuple[TaskLine, ...]:
    """The tasks of both, each once with everybody's part in it."""
    lines = {line.task_id: line for line in some}
    for line in others:
        known = lines.get(line.task_id)
        lines[line.task_id] = replace(known, parts=(*known.parts, *line.parts)) if known else line
    return tuple(lines[task_id] for task_id in sorted(lines))


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as the commander sees it before it leaves."""

    task_id: int
    no: str
    text: str
    to: tuple[str, ...]  #: Who would get it: "13 xã" or an agency, by name.
    unplaced: tuple[str, ...]  #: Assignees nobody knows, or agencies without a contact.
    due_at: datetime | None  #: None: the directive's own deadline holds.
    every: Every | None
    dropped: bool
    items: tuple[str, ...] = ()  #: What stands below it in the document.
    tiers: tuple[str, ...] = ()  #: The kinds of places it is for, as a document's `Tier` calls them.
    deadlines: tuple[str, ...] = ()  #: As the document states them.


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task has come, over everybody who has it."""

    no: str
    text: str
    total: int
    acknowledged: int
    done: int
    late: int  #: Not done though it was due.


@dataclass(frozen=True, slots=True)
class DocumentRead(Notice):
    """The tasks of a draft, with what may be corrected in each."""

    directive_id: int
    code: str
    tasks: tuple[ReadTask, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentNotRead(Notice):
    """The file could not be read into tasks, and why."""

    code: str
    reason: str
    goes_along: bool = True  #: As it is; a harmful one goes nowhere.


@dataclass(frozen=True, slots=True)
class DirectiveReplaced(Notice):
    """Nobody needs to do anything about it any more: another document has taken its place."""

    code: str
    by: str  #: The sign of the other document.


@dataclass(frozen=True, slots=True)
class AlbumCutOff(Notice):
    """Of an album sent in a group only the page with the command arrived."""

    code: str


@dataclass(frozen=True, slots=True)
class PagesNotRead(Notice):
    """The document was read but for these pages of its album, in which nothing could be made out."""

    code: str
    pages: tuple[int, ...]  #: From 1.


@dataclass(frozen=True, slots=True)
class FieldAsked(Notice):
    """The next message is what a field of the document says."""

    code: str
    field: str


@dataclass(frozen=True, slots=True)
class FieldRefused(Notice):
    """What was typed cannot stand in that field; the question stays open."""

    field: str


@dataclass(frozen=True, slots=True)
class TaskCorrectionAsked(Notice):
    """The next message says who is to do a task, or by when."""

    code: str
    no: str
    wanted: str  #: "assignee" or "deadline".


@dataclass(frozen=True, slots=True)
class TaskAsked(Notice):
    """The next message is a task that was not read in the document."""

    code: str


@dataclass(frozen=True, slots=True)
class TaskCorrected(Notice):
    """The correction of a task is kept."""

    code: str
    no: str


@dataclass(frozen=True, slots=True)
class NoteAsked(Notice):
    """The next message is what residents read instead of the document."""

    code: str


@dataclass(frozen=True, slots=True)
class NoteTooLong(Notice):
    """It is too long for residents; the question stays open."""

    code: str


@dataclass(frozen=True, slots=True)
class EvidenceAsked(Notice):
    """The task is reported done; a picture or words may show it, and need not."""

    code: str
    no: str


@dataclass(frozen=True, slots=True)
class EvidenceKept(Notice):
    """What was given is kept with the task."""

    code: str
    no: str
    pieces: int = 1  #: How many pictures and words there are now.


@dataclass(frozen=True, slots=True)
class EvidenceShown(Notice):
    """To whoever follows the directive: what was given for one unit's task."""

    protected: ClassVar[bool] = True

    code: str
    no: str
    who: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class NoEvidence(Notice):
    """Nobody gave any yet."""

    code: str


@dataclass(frozen=True, slots=True)
class TasksChased(Notice):
    """Under the card: these tasks are not done yet."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE

    code: str
    issuer: str
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class TasksToldOn(Notice):
    """To whoever is above them: these tasks were not done in time."""

    priority: ClassVar[Priority] = Priority.DIRECTIVE

    code: str
    issuer: str
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class MatrixHanded(FileHanded):
    """Every task by every unit, as a spreadsheet."""

    code: str


@dataclass(frozen=True, slots=True)
class MatrixPromised(Notice):
    """The spreadsheet is being made."""

    code: str
