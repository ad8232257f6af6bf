"""A draft's document is read apart, shown with what is missing or doubtful, and corrected by a tap and a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers import Stories, stands_in
from handlers.commands import FromPerson
from handlers.commands.directives import PreviewDirective, RefuseDirecting
from handlers.commands.tasks import (
    AddTask,
    Asked,
    AskForAssignee,
    AskForField,
    AskForNote,
    AskForTask,
    AskForTaskDeadline,
    AssignTask,
    FillField,
    NoteForResidents,
    ReadDocument,
    SetTaskDeadline,
    ShowReading,
    ShowReadSoFar,
    TakeReading,
    ToggleTask,
)
from models.notices.directives import DeadlineRefused, DeadlineTooLate
from models.notices.tasks import (
    DocumentNotRead,
    FieldAsked,
    FieldRefused,
    NoteAsked,
    NoteTooLong,
    PagesNotRead,
    TaskAsked,
    TaskCorrected,
    TaskCorrectionAsked,
)
from models.records import Directive, DirectiveTask
from models.rules import deadlines
from models.rules.assignments import fits_residents
from models.rules.deadlines import NotADeadline
from models.rules.directives import CHANGEABLE, DirectiveState, default_audience, latest_deadline
from models.rules.documents.as_json import from_json
from models.rules.documents.document import Deadline, PartialDate
from models.rules.documents.filling import FILLABLE, fill, told, typed_task
from models.rules.hours import local
from models.store.missing import NotThere
from models.store.tasks import number_of, task_of
from models.work import Work

#: The errand that reads a document.
READ_DOCUMENT = "read-document"
#: So long after a page of an album reading waits for the next one; they come in one go.
PAGES_AWAITED = timedelta(seconds=3)


def read(command: ReadDocument, work: Work) -> None:
    """Let it be read apart, for no story may wait for it."""
    directive = work.directives.require(command.directive_id)
    directive.being_read = True
    pages = work.directive_pages.of(directive)
    work.errands.withdraw(READ_DOCUMENT, directive_id=directive.id)
    work.errands.ask(
        READ_DOCUMENT,
        work.now,
        after=PAGES_AWAITED if pages else timedelta(),
        directive_id=directive.id,
        file_id=directive.file_id,
        name=directive.file_name,
        words=directive.words,
        pages=[(page.file_id, page.name) for page in pages],
    )


def take(command: TakeReading, work: Work) -> None:
    """Keep what was read beside the draft and show it; a draft that has left meanwhile stays as it was.

    A text or an album of which more has come since is being read anew.
    """
    directive = work.directives.require(command.directive_id)
    if not directive.being_read or _is_outdated(command, directive, work):
        return
    directive.being_read = False
    if directive.state not in CHANGEABLE:
        return
    if command.document is not None:
        unit = work.units.require(directive.unit_id)
        work.tasks.keep(directive, from_json(command.document), unit.name, command.text, work.now)
        directive.audience = default_audience(is_document=True)
        if command.unread:
            work.tell(directive.chat_id, PagesNotRead(directive.code, command.unread))
    elif directive.file_id:
        if command.is_harmful:
            _drop_file(directive, work)
        work.tell(directive.chat_id, DocumentNotRead(directive.code, command.reason, not command.is_harmful))
    work.also(PreviewDirective(directive_id=directive.id))


def _is_outdated(command: TakeReading, directive: Directive, work: Work) -> bool:
    if directive.file_id:
        return command.pages != len(work.directive_pages.files(directive))
    return command.text != directive.words


def _drop_file(directive: Directive, work: Work) -> None:
    """Keep a harmful file from going on; of a draft that was nothing but the file, nothing is left."""
    work.directive_pages.drop(directive)
    if not directive.words:
        directive.state = DirectiveState.DISCARDED


def show_read_so_far(command: ShowReadSoFar, work: Work) -> None:
    """Let the preview say how far the reading of a long document has come."""
    if work.directives.require(command.directive_id).being_read:
        so_far = (command.page, command.of)
        work.also(PreviewDirective(directive_id=command.directive_id, read_so_far=so_far))


def show(command: ShowReading, work: Work) -> None:
    """Show the tasks, with what may be corrected in each."""
    directive = _changeable(command, command.directive_id, work)
    if directive is not None:
        corrected_in = command.place.chat_id
        work.also(PreviewDirective(directive_id=directive.id, corrected_in=corrected_in, tasks_page=command.page))


def ask_for_field(command: AskForField, work: Work) -> None:
    """Ask in private what the document says there."""
    directive = _changeable(command, command.directive_id, work)
    if directive is not None and command.field in FILLABLE:
        work.ask(command.sender.account_id, Asked.FIELD, directive_id=directive.id, field=command.field)
        work.tell(command.sender.account_id, FieldAsked(directive.code, command.field))


def fill_field(command: FillField, work: Work) -> None:
    """Keep the field as it was typed; of what cannot stand there the question stays open."""
    directive = _changeable(command, command.directive_id, work)
    kept = work.tasks.document_of(command.directive_id)
    if directive is None or kept is None:
        return
    filled = fill(work.tasks.read(kept), command.field, command.words)
    if filled is None:
        work.ask(command.sender.account_id, Asked.FIELD, directive_id=directive.id, field=command.field)
        work.tell(command.sender.account_id, FieldRefused(command.field))
        return
    work.tasks.rewrite(kept, filled, work.units.require(directive.unit_id).name)
    work.also(PreviewDirective(directive_id=directive.id))


def ask_for_assignee(command: AskForAssignee, work: Work) -> None:
    """Ask in private who is to do a task."""
    _ask_about(command, command.task_id, Asked.ASSIGNEE, work)


def assign(command: AssignTask, work: Work) -> None:
    """Let those typed do it, one a line."""
    row = _changeable_task(command, command.task_id, work)
    names = tuple(name for line in command.words.split("\n") if (name := line.strip(" -•;.")))
    if row is not None and names:
        work.tasks.change(row, replace(task_of(row), assignees=names))
        _corrected(command, row, work)


def ask_for_deadline(command: AskForTaskDeadline, work: Work) -> None:
    """Ask in private by when a task is to be done."""
    _ask_about(command, command.task_id, Asked.DEADLINE, work)


def set_deadline(command: SetTaskDeadline, work: Work) -> None:
    """Let the task be due when it was typed; of what is no deadline the reason is said, and the question stays open."""
    row = _changeable_task(command, command.task_id, work)
    if row is None:
        return
    due_at = deadlines.read(command.words, work.now, work.policy.timezone)
    if isinstance(due_at, NotADeadline):
        work.ask(command.sender.account_id, Asked.DEADLINE, task_id=row.id)
        work.tell(command.sender.account_id, DeadlineRefused(due_at.reason))
        return
    directive = work.directives.require(row.directive_id)
    latest = latest_deadline(work.assignments.due_above(directive).get(row.position), work.now)
    if latest is not None and due_at > latest:
        work.ask(command.sender.account_id, Asked.DEADLINE, task_id=row.id)
        work.tell(command.sender.account_id, DeadlineTooLate(directive.code, latest))
        return
    at = local(due_at, work.policy.timezone)
    typed = Deadline(text=command.words, date=PartialDate(at.year, at.month, at.day), time=at.time().replace(second=0))
    work.tasks.change(row, replace(task_of(row), deadlines=(typed,)))
    _corrected(command, row, work)


def toggle(command: ToggleTask, work: Work) -> None:
    """Leave a task out, or take it in again."""
    row = _changeable_task(command, command.task_id, work)
    if row is not None:
        row.dropped = not row.dropped
        work.also(PreviewDirective(directive_id=row.directive_id))


def ask_for_task(command: AskForTask, work: Work) -> None:
    """Ask in private for a task that was not read."""
    directive = _changeable(command, command.directive_id, work)
    if directive is not None:
        work.ask(command.sender.account_id, Asked.TASK, directive_id=directive.id)
        work.tell(command.sender.account_id, TaskAsked(directive.code))


def add_task(command: AddTask, work: Work) -> None:
    """Take what was typed as one more task, read as a document's items are."""
    directive, kept = _changeable(command, command.directive_id, work), work.tasks.document_of(command.directive_id)
    if directive is None or kept is None:
        return
    document = work.tasks.read(kept)
    work.tasks.add(directive.id, typed_task(command.words, document))
    work.tasks.rewrite(kept, told(document, "tasks"), work.units.require(directive.unit_id).name)
    work.also(PreviewDirective(directive_id=directive.id))


def ask_for_note(command: AskForNote, work: Work) -> None:
    """Ask in private what the document means for those who live there."""
    directive = _changeable(command, command.directive_id, work)
    if directive is not None:
        work.ask(command.sender.account_id, Asked.NOTE, directive_id=directive.id)
        work.tell(command.sender.account_id, NoteAsked(directive.code))


def note(command: NoteForResidents, work: Work) -> None:
    """Let the neighbours' groups have these words instead of the document; what is too long is asked for again."""
    directive = _changeable(command, command.directive_id, work)
    if directive is None:
        return
    if not fits_residents(command.words):
        work.ask(command.sender.account_id, Asked.NOTE, directive_id=directive.id)
        work.tell(command.sender.account_id, NoteTooLong(directive.code))
        return
    directive.residents_note = command.words
    work.also(PreviewDirective(directive_id=directive.id))


def _ask_about(command: FromPerson, task_id: int, question: Asked, work: Work) -> None:
    row = _changeable_task(command, task_id, work)
    if row is not None:
        code = work.directives.require(row.directive_id).code
        work.ask(command.sender.account_id, question, task_id=row.id)
        asked = TaskCorrectionAsked(code, number_of(row), question.removeprefix("task-"))
        work.tell(command.sender.account_id, asked)


def _corrected(command: FromPerson, row: DirectiveTask, work: Work) -> None:
    directive = work.directives.require(row.directive_id)
    work.tell(command.sender.account_id, TaskCorrected(directive.code, number_of(row)))
    work.also(PreviewDirective(directive_id=directive.id))


def _changeable_task(command: FromPerson, task_id: int, work: Work) -> DirectiveTask | None:
    row = work.tasks.require(task_id)
    return row if _changeable(command, row.directive_id, work) else None


def _changeable(command: FromPerson, directive_id: int, work: Work) -> Directive | None:
    """The draft, for its clerk and whoever directs its unit; others are told who does, or that it has left."""
    person, directive = work.meet(command), work.directives.find(directive_id)
    if directive is None or not work.people.may_draft_for(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
        return None
    if not stands_in(CHANGEABLE, directive, command, work):
        return None
    if work.tasks.document_of(directive.id) is None:
        raise NotThere(f"directive {directive.id} has no document")
    return directive


STORIES: Stories = {
    ReadDocument: read,
    TakeReading: take,
    ShowReading: show,
    AskForField: ask_for_field,
    FillField: fill_field,
    AskForAssignee: ask_for_assignee,
    AssignTask: assign,
    AskForTaskDeadline: ask_for_deadline,
    SetTaskDeadline: set_deadline,
    ToggleTask: toggle,
    AskForTask: ask_for_task,
    AddTask: add_task,
    ShowReadSoFar: show_read_so_far,
    AskForNote: ask_for_note,
    NoteForResidents: note,
}
