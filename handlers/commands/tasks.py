"""What people ask of official documents and the tasks in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson


class Asked(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    FIELD = "document-field"  #: A field of the document's head.
    NOTE = "document-note"  #: What residents read instead of the document.
    ASSIGNEE = "task-assignee"  #: Who is to do a task.
    DEADLINE = "task-deadline"  #: By when.
    EVIDENCE = "task-evidence"  #: What shows that it was done.
    MORE_EVIDENCE = "task-more-evidence"  #: Further pictures of the same.
    TASK = "document-task"  #: A task that was not read.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument(Command):
    """Let what came with a draft be read apart from the stories."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReading(Command):
    """A draft's document was read, or could not be."""

    directive_id: int
    document: dict[str, Any] | None = None  #: The document as JSON; None when it was not read.
    text: str = ""  #: What was read; of pasted words, what was to be.
    reason: str = ""  #: Why it was not read, as the catalogue calls it.
    is_harmful: bool = False  #: It may do harm where it is opened: it is passed on to nobody.
    pages: int = 1  #: How many files it was read from; of an album of which more has come since, it is outdated.
    unread: tuple[int, ...] = ()  #: The pages of an album in which nothing could be read, from 1.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReading(FromPerson):
    """[Sửa nhiệm vụ]: the tasks of a draft with what may be corrected, a page at a time."""

    verb: ClassVar[str] = "t-read"
    directive_id: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForField(FromPerson):
    """Ask for a field of the document's head that is missing or doubtful."""

    verb: ClassVar[str] = "t-fill"
    directive_id: int
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FillField(FromPerson):
    """The field as it was typed."""

    directive_id: int
    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForAssignee(FromPerson):
    """Ask who is to do a task."""

    verb: ClassVar[str] = "t-who"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTask(FromPerson):
    """Who is to do it, as typed: one a line."""

    task_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForTaskDeadline(FromPerson):
    """Ask by when a task is to be done."""

    verb: ClassVar[str] = "t-due"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTaskDeadline(FromPerson):
    """By when, as typed."""

    task_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleTask(FromPerson):
    """Leave a task out, or take it in again."""

    verb: ClassVar[str] = "t-drop"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForTask(FromPerson):
    """[Thêm nhiệm vụ]: ask for a task that was not read in the document."""

    verb: ClassVar[str] = "t-add"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask(FromPerson):
    """The task as typed: who is to do what, by when."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReadSoFar(Command):
    """A long document is being read: the preview says how far."""

    directive_id: int
    page: int  #: From 1.
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForNote(FromPerson):
    """[Lời cho bà con]: ask for what residents read instead of the document."""

    verb: ClassVar[str] = "t-note"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteForResidents(FromPerson):
    """The note as typed."""

    directive_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeTask(FromPerson):
    """[Đã nhận] of one task."""

    verb: ClassVar[str] = "t-ack"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTask(FromPerson):
    """[Đã làm xong] of one task; evidence may follow."""

    verb: ClassVar[str] = "t-done"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAboutTask(FromPerson):
    """[Xin hỏi thêm] about one task: the next private message goes to the issuer."""

    verb: ClassVar[str] = "t-ask"
    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveEvidence(FromPerson):
    """Words or a picture that show it was done."""

    task_id: int
    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEvidence(FromPerson):
    """[Minh chứng]: what was given, in private."""

    verb: ClassVar[str] = "t-proof"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseTasks(Command):
    """The clock: tasks that are not done are chased, told on, and those that come again begin anew."""

    most: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseUndone(Command):
    """[Đôn đốc] of a document: whoever has not done a task of it is reminded of that."""

    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForMatrix(FromPerson):
    """[Bảng tổng hợp]: every task by every unit, as a spreadsheet."""

    verb: ClassVar[str] = "t-xlsx"
    directive_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMatrix(Command):
    """The spreadsheet is made: hand it over."""

    account_id: int
    directive_id: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAgencies(FromPerson):
    """`/coquan`: the agencies a unit knows; with words, add one or change it."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocuments(FromPerson):
    """`/vanban`: documents found by number, words, issuer, date or unit, the newest first."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDocument(FromPerson):
    """One document: what it says, which it cites, which cite it, and whether it still stands."""

    verb: ClassVar[str] = "t-doc"
    document_id: int
