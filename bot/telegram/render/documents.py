"""How an official document reads before it leaves, where it is corrected, and where it is found again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.directive_texts import LONGEST, callable_people
from bot.telegram.render.document_texts import document_line, every
from handlers.commands.directive_following import ShowBoard
from handlers.commands.enrolment import CancelDraft
from handlers.commands.tasks import (
    AskForAssignee,
    AskForField,
    AskForNote,
    AskForTask,
    AskForTaskDeadline,
    ShowDocument,
    ShowReading,
    ToggleTask,
)
from models.notices import Names
from models.notices.directives import DirectivePreviewed
from models.notices.documents import (
    AgenciesListed,
    AgencyKept,
    AgencyLine,
    AgencyUnread,
    DocumentShown,
    DocumentsListed,
    FoundDocument,
)
from models.notices.tasks import (
    DocumentRead,
    FieldAsked,
    FieldRefused,
    NoteAsked,
    NoteTooLong,
    ReadTask,
    TaskAsked,
    TaskCorrected,
    TaskCorrectionAsked,
)
from models.rules.documents.filling import FILLABLE
from models.rules.words import shorten, utf16_length

GIST, LONG_GIST, ITEM_GIST = 110, 420, 160
TASKS_SHOWN = 14
NAMES_SHOWN = 3
#: UTF-16 units for the tasks on a preview, and where they are corrected; as many items are shown as there is room for.
ROOM_FOR_TASKS, ROOM_FOR_LIST = 2600, 3800
ITEMS_SHOWN = (8, 3, 1, 0)
LONGEST_LIST = 300


def what_was_read(notice: DirectivePreviewed, reader: Reader) -> str:
    """The document, each task with whom it is for and by when, and what is missing or doubtful."""
    if notice.document is None:
        return ""
    lines = [document_line(notice.document, reader)]
    if notice.addressees:
        addressees = shorten("; ".join(notice.addressees), LONGEST_LIST)
        lines.append(reader.say("documents.addressed", addressees=addressees))
    lines += [reader.say("documents.replaces", sign=sign) for sign in notice.replaces]
    lines.append(_tasks_that_fit(notice.tasks[:TASKS_SHOWN], GIST, ROOM_FOR_TASKS, reader))
    if len(notice.tasks) > TASKS_SHOWN:
        lines.append(reader.say.count("documents.more_tasks", len(notice.tasks) - TASKS_SHOWN))
    if any(task.unplaced for task in notice.tasks):
        lines.append(reader.say("documents.how_to_place"))
    if notice.missing:
        fields = ", ".join(reader.say(f"document.field.{field}") for field in notice.missing)
        lines.append(reader.say("documents.missing", fields=fields))
    if notice.residents_note:
        lines.append(reader.say("documents.note", words=notice.residents_note))
    return "\n".join(line for line in lines if line)


def reading_goes_on(notice: DirectivePreviewed, reader: Reader) -> str:
    """That the document is still being read, and how far; empty when it is not."""
    if not notice.being_read:
        return ""
    if notice.read_so_far is None:
        return reader.say("documents.being_read")
    return reader.say("documents.being_read_page", page=notice.read_so_far.page, of=notice.read_so_far.of)


def corrections(notice: DirectivePreviewed, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """A button for each missing field that can be filled in, and those that lead to the tasks and the note."""
    if notice.document is None:
        return ()
    directive_id = notice.directive_id
    fill = [
        Button(
            reader.say("documents.label_fill", field=reader.say(f"document.field.{field}")),
            data=reader.button("fill", AskForField, directive_id=directive_id, field=field).data,
        )
        for field in notice.missing
        if field in FILLABLE
    ]
    rows = [tuple(fill[start : start + 2]) for start in range(0, len(fill), 2)]
    correct = reader.button("correct_tasks", ShowReading, directive_id=directive_id, page=0)
    add = reader.button("add_task", AskForTask, directive_id=directive_id)
    note = reader.button("residents_note", AskForNote, directive_id=directive_id)
    return *rows, (correct, add) if notice.tasks else (add,), (note,)


@renders(DocumentRead)
def document_read(notice: DocumentRead, reader: Reader) -> Message:
    if not notice.tasks:
        return Message(reader.say("documents.tasks_fixed", code=notice.code))
    lines = [reader.say("documents.tasks", code=notice.code)]
    lines.append(_tasks_that_fit(notice.tasks, LONG_GIST, ROOM_FOR_LIST, reader))
    rows = [_corrections_of(task, reader) for task in notice.tasks]
    if notice.pages > 1:
        page = (notice.page + 1) % notice.pages
        rows.append((reader.button("more_units", ShowReading, directive_id=notice.directive_id, page=page),))
    return Message(shorten("\n".join(lines), LONGEST), tuple(rows))


@renders(FieldAsked)
def field_asked(notice: FieldAsked, reader: Reader) -> Message:
    asked = reader.say(f"documents.asked.{notice.field}", code=notice.code)
    return Message(asked, column(reader.button("cancel", CancelDraft)))


@renders(FieldRefused)
def field_refused(notice: FieldRefused, reader: Reader) -> Message:
    example = reader.say(f"documents.asked.{notice.field}", code="")
    return Message(reader.say("documents.refused", example=example), column(reader.button("cancel", CancelDraft)))


@renders(TaskCorrectionAsked)
def task_correction_asked(notice: TaskCorrectionAsked, reader: Reader) -> Message:
    asked = reader.say(f"tasks.asked.{notice.wanted}", code=notice.code, no=notice.no)
    return Message(asked, column(reader.button("cancel", CancelDraft)))


@renders(TaskAsked)
def task_asked(notice: TaskAsked, reader: Reader) -> Message:
    return Message(reader.say("tasks.asked.task", code=notice.code), column(reader.button("cancel", CancelDraft)))


@renders(TaskCorrected)
def task_corrected(notice: TaskCorrected, reader: Reader) -> Message:
    return Message(reader.say("tasks.corrected", code=notice.code, no=notice.no))


@renders(NoteAsked)
def note_asked(notice: NoteAsked, reader: Reader) -> Message:
    return Message(reader.say("documents.note_asked", code=notice.code), column(reader.button("cancel", CancelDraft)))


@renders(NoteTooLong)
def note_too_long(notice: NoteTooLong, reader: Reader) -> Message:
    return Message(reader.say("documents.note_long", code=notice.code), column(reader.button("cancel", CancelDraft)))


@renders(AgenciesListed)
def agencies_listed(notice: AgenciesListed, reader: Reader) -> Message:
    head = "documents.agencies" if notice.agencies else "documents.no_agencies"
    lines = [reader.say(head, unit=notice.unit), *(_agency(each, reader) for each in notice.agencies)]
    return Message(shorten("\n".join([*lines, "", reader.say("documents.agency_form")]), LONGEST))


@renders(AgencyKept)
def agency_kept(notice: AgencyKept, reader: Reader) -> Message:
    return Message(reader.say("documents.agency_kept", unit=notice.unit, agency=_agency(notice.agency, reader)))


@renders(AgencyUnread)
def agency_unread(notice: AgencyUnread, reader: Reader) -> Message:
    return Message(reader.say("documents.agency_form"))


@renders(DocumentsListed)
def documents_listed(notice: DocumentsListed, reader: Reader) -> Message:
    if not notice.documents:
        return Message(reader.say("documents.none_found", words=notice.words or "…"))
    lines = [reader.say("documents.found")]
    lines += [_found(each, reader) for each in notice.documents]
    if notice.more:
        lines.append(reader.say.count("documents.more_found", notice.more))
    return Message(shorten("\n".join(lines), LONGEST), tuple((_open(each, reader),) for each in notice.documents))


@renders(DocumentShown)
def document_shown(notice: DocumentShown, reader: Reader) -> Message:
    lines = [_found(notice.found, reader)]
    for sentence, linked in (("documents.cites", notice.cites), ("documents.cited_by", notice.cited_by)):
        if linked:
            lines += [reader.say(sentence), *(_found(each, reader) for each in linked)]
    if notice.cited_elsewhere:
        lines.append(reader.say("documents.cites_elsewhere", signs=", ".join(notice.cited_elsewhere)))
    rows = [(_open(each, reader),) for each in (*notice.cites, *notice.cited_by)]
    if notice.steers:
        rows.append((reader.button("view", ShowBoard, directive_id=notice.directive_id),))
    return Message(shorten("\n".join(lines), LONGEST), tuple(rows))


def _tasks_that_fit(tasks: Sequence[ReadTask], gist: int, room: int, reader: Reader) -> str:
    """The tasks, so much of each one's words and as many of their items as there is room for."""
    written = ""
    for items in ITEMS_SHOWN:
        written = "\n".join(_read_task(task, gist, items, reader) for task in tasks)
        if utf16_length(written) <= room:
            return written
    return written if gist == GIST else _tasks_that_fit(tasks, GIST, room, reader)


def _read_task(task: ReadTask, room: int, items: int, reader: Reader) -> str:
    text = shorten(task.text.partition("\n")[0], room)
    if task.dropped:
        return reader.say("documents.task_dropped", no=task.no, text=text)
    lines = [reader.say("tasks.task", no=task.no, text=text)]
    lines += [reader.say("documents.item", text=shorten(each, ITEM_GIST)) for each in task.items[:items]]
    if len(task.items) > items:
        lines.append(reader.say.count("documents.more_items", len(task.items) - items))
    lines.append(_goes_to(task, reader))
    if task.unplaced:
        lines.append(reader.say("documents.unplaced", names="; ".join(shorten(each, 60) for each in task.unplaced)))
    return "\n".join([*lines, *_deadlines(task, reader)])


def _goes_to(task: ReadTask, reader: Reader) -> str:
    """Who gets it, and which tiers the document means."""
    if not task.to:
        return reader.say("documents.goes_nowhere")
    to = Names(task.to[:NAMES_SHOWN], max(0, len(task.to) - NAMES_SHOWN))
    listed = ", ".join(shorten(name, 40) for name in to.first)
    if to.more:
        listed = f"{listed} {reader.say.count('directives.and_more_units', to.more)}"
    if not task.tiers:
        return reader.say("documents.goes_to", to=listed)
    tiers = ", ".join(reader.say(f"documents.tier.{tier}") for tier in task.tiers)
    return reader.say("documents.goes_to_tiers", to=listed, tiers=tiers)


def _deadlines(task: ReadTask, reader: Reader) -> list[str]:
    """By when it is due, and how the document says so; what it says of no moment to come is doubtful."""
    stated = "; ".join(shorten(each, 80) for each in task.deadlines)
    if task.due_at is None:
        return [reader.say("documents.due_doubtful", stated=stated)] if stated else []
    at = reader.moment(task.due_at)
    often = every(task.every, reader) if task.every else ""
    due = reader.say("tasks.due_again", at=at, every=often) if often else reader.say("tasks.due", at=at)
    return [reader.say("documents.due_as_stated", due=due, stated=stated) if stated else due]


def _corrections_of(task: ReadTask, reader: Reader) -> tuple[Button, ...]:
    offered = (("task_who", AskForAssignee), ("task_due", AskForTaskDeadline))
    buttons = [reader.button(label, command, task_id=task.task_id) for label, command in offered]
    buttons.append(reader.button("task_back" if task.dropped else "task_drop", ToggleTask, task_id=task.task_id))
    return tuple(Button(reader.say("tasks.label", label=each.label, no=task.no), data=each.data) for each in buttons)


def _agency(agency: AgencyLine, reader: Reader) -> str:
    person = callable_people((agency.contact,), reader) if agency.contact.name or agency.contact.phone else ""
    parts = [agency.name, ", ".join(agency.aliases), person or reader.say("directives.nobody_to_call")]
    return reader.say("documents.agency", agency=" | ".join(part for part in parts if part))


def _found(found: FoundDocument, reader: Reader) -> str:
    line = reader.say(
        "documents.found_line",
        code=found.code,
        document=document_line(found.document, reader),
        done=found.done,
        total=found.total,
    )
    if found.replaced_by:
        return f"{line}\n{reader.say('documents.replaced', by=found.replaced_by)}"
    return line


def _open(found: FoundDocument, reader: Reader) -> Button:
    button = reader.button("view", ShowDocument, document_id=found.document_id)
    return Button(shorten(found.document.sign or found.code, 30), data=button.data)
