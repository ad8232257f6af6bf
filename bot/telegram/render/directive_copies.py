"""How a directive reads elsewhere: pasted into another service, or read out over loudspeakers in half a minute."""

from __future__ import annotations

from bot.telegram.render.base import Button, Message, Reader, renders
from bot.telegram.render.directive_texts import fitted
from bot.telegram.render.document_texts import document_line, due
from handlers.commands.directive_following import CopyDirective
from models.notices.directives import DirectiveCopied
from models.notices.tasks import TaskLine
from models.rules.other_channels import (
    READ_OUT_FOR,
    ZALO_LONGEST,
    Channel,
    count_syllables,
    syllables_read_in,
    to_read_out,
)
from models.rules.words import shorten

#: UTF-16 units of a task's words that are pasted elsewhere.
TASK_COPIED = 600


@renders(DirectiveCopied)
def directive_copied(notice: DirectiveCopied, reader: Reader) -> Message:
    return Message(_read_out(notice, reader) if notice.channel is Channel.LOUDSPEAKER else _pasted(notice, reader))


def copies(directive_id: int, reader: Reader) -> tuple[Button, Button]:
    """The buttons that give the text for other channels."""
    return (
        reader.button("copy_for_zalo", CopyDirective, directive_id=directive_id, channel=Channel.ZALO),
        reader.button("read_out", CopyDirective, directive_id=directive_id, channel=Channel.LOUDSPEAKER),
    )


def _pasted(notice: DirectiveCopied, reader: Reader) -> str:
    file = reader.say("directives.file", name=notice.file_name) if notice.file_name else ""
    document = document_line(notice.document, reader) if notice.document else ""
    tasks = [_task(task, reader) for task in notice.tasks]
    note = reader.say("directives.note", words=notice.note) if notice.note else ""
    return fitted(
        reader.say("directives.for_zalo", unit=notice.issuer, code=notice.code),
        "\n".join(part for part in (note, notice.words, document, *tasks, file) if part),
        reader.say("directives.deadline", at=reader.moment(notice.deadline_at)),
        reader.say("directives.cut_elsewhere", unit=notice.issuer),
        ZALO_LONGEST,
    )


def _read_out(notice: DirectiveCopied, reader: Reader) -> str:
    said = {"unit": notice.issuer, "deadline": reader.moment(notice.deadline_at)}
    around = reader.say("directives.for_loudspeaker", words="", **said)
    room = syllables_read_in(READ_OUT_FOR) - count_syllables(around)
    words = to_read_out(_gist(notice), max(room, 1))
    return reader.say("directives.for_loudspeaker", words=words, **said)


def _task(task: TaskLine, reader: Reader) -> str:
    text = reader.say("tasks.task", no=task.no, text=shorten(task.text, TASK_COPIED))
    return f"{text}\n{due(task, reader)}"


def _gist(notice: DirectiveCopied) -> str:
    """What neighbours are to hear: the words meant for them, else the order's, else what its document is about."""
    if notice.residents_note:
        return notice.residents_note
    about = notice.document.subject if notice.document else ""
    words = (notice.note, notice.words, about)
    return "\n".join(f"{part.rstrip('.')}." for part in words if part) or notice.file_name
