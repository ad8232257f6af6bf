"""How the tasks of a document read to those who have them, and to those who follow them."""

from __future__ import annotations

from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.directive_texts import LONGEST
from bot.telegram.render.document_texts import due, part_text, task_text
from handlers.commands.directive_following import AcknowledgeDirective, AskAboutDirective
from handlers.commands.enrolment import CancelDraft
from handlers.commands.tasks import AcknowledgeTask, AskAboutTask, FinishTask
from models.notices.directives import DirectiveGiven
from models.notices.tasks import (
    EvidenceAsked,
    EvidenceKept,
    EvidenceShown,
    MatrixHanded,
    MatrixPromised,
    NoEvidence,
    TaskLine,
    TasksChased,
    TasksToldOn,
)
from models.rules.words import shorten

#: UTF-16 units for the words of all tasks on one card together; their deadlines and answers come on top.
ROOM_FOR_TASKS = 2400
#: Tasks with buttons of their own on one card; the service allows a hundred buttons.
TASKS_WITH_BUTTONS = 20
GIST = 160
WORDS_SHOWN = 3000


def tasks_of(notice: DirectiveGiven, reader: Reader) -> str:
    """What of the document is for those who read this card."""
    room = ROOM_FOR_TASKS // max(1, len(notice.tasks))
    return "\n\n".join(task_text(task, room, reader) for task in notice.tasks)


def task_answers(notice: DirectiveGiven, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """[Đã nhận] and [Đã làm xong] of each task until it is done, a question about it, and [Đã nhận] of all together."""
    rows = [row for task in notice.tasks[:TASKS_WITH_BUTTONS] for row in in_pairs(_answers_of(task, reader))]
    if len(notice.tasks) > 1 and any(not part.acknowledged_at for task in notice.tasks for part in task.parts):
        received = reader.button("acknowledge", AcknowledgeDirective, directive_id=notice.directive_id)
        rows.insert(0, (received,))
    if len(notice.tasks) > TASKS_WITH_BUTTONS:
        rows.append((reader.button("ask", AskAboutDirective, directive_id=notice.directive_id),))
    return tuple(rows)


def _answers_of(task: TaskLine, reader: Reader) -> tuple[Button, ...]:
    offered = [reader.button("ask", AskAboutTask, task_id=task.task_id)]
    if any(part.done_at is None for part in task.parts):
        offered.insert(0, reader.button("done", FinishTask, task_id=task.task_id))
    if any(part.acknowledged_at is None for part in task.parts):
        offered.insert(0, reader.button("acknowledge", AcknowledgeTask, task_id=task.task_id))
    return tuple(Button(reader.say("tasks.label", label=each.label, no=task.no), data=each.data) for each in offered)


@renders(TasksChased)
def tasks_chased(notice: TasksChased, reader: Reader) -> Message:
    head = reader.say("tasks.chased", code=notice.code, issuer=notice.issuer)
    return Message(shorten("\n".join([head, *(_undone(task, reader) for task in notice.tasks)]), LONGEST))


@renders(TasksToldOn)
def tasks_told_on(notice: TasksToldOn, reader: Reader) -> Message:
    head = reader.say("tasks.told_on", code=notice.code, issuer=notice.issuer)
    return Message(shorten("\n".join([head, *(_undone(task, reader) for task in notice.tasks)]), LONGEST))


@renders(EvidenceAsked)
def evidence_asked(notice: EvidenceAsked, reader: Reader) -> Message:
    text = reader.say("tasks.evidence_asked", code=notice.code, no=notice.no)
    return Message(text, column(reader.button("no_evidence", CancelDraft)))


@renders(EvidenceKept)
def evidence_kept(notice: EvidenceKept, reader: Reader) -> Message:
    return Message(reader.say.count("tasks.evidence_kept", notice.pieces, code=notice.code, no=notice.no))


@renders(EvidenceShown)
def evidence_shown(notice: EvidenceShown, reader: Reader) -> Message:
    at = reader.moment(notice.at)
    head = reader.say("tasks.evidence", code=notice.code, no=notice.no, who=notice.who, by=notice.by, at=at)
    return Message("\n".join(part for part in (head, shorten(notice.words, WORDS_SHOWN)) if part))


@renders(NoEvidence)
def no_evidence(notice: NoEvidence, reader: Reader) -> Message:
    return Message(reader.say("tasks.no_evidence", code=notice.code))


@renders(MatrixPromised)
def matrix_promised(notice: MatrixPromised, reader: Reader) -> Message:
    return Message(reader.say("tasks.matrix_promised", code=notice.code))


@renders(MatrixHanded)
def matrix_handed(notice: MatrixHanded, reader: Reader) -> Message:
    return Message(reader.say("tasks.matrix", code=notice.code))


def _undone(task: TaskLine, reader: Reader) -> str:
    """A task in two lines, with everybody who has not done it."""
    waiting = [part_text(part, reader) for part in task.parts if part.done_at is None]
    first = shorten(task.text.partition("\n")[0], GIST)
    return "\n".join([reader.say("tasks.task", no=task.no, text=first), due(task, reader), *waiting])
