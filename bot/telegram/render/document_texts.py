"""What the texts about official documents have in common: one line of a document, one task, and who has it."""

from __future__ import annotations

from bot.telegram.render.base import Reader
from bot.telegram.render.directive_texts import NAME_SHOWN, callable_people
from models.notices.tasks import DocumentLine, Part, TaskLine
from models.rules.documents.document import Every
from models.rules.words import shorten

SUBJECT_SHOWN = 200
#: Of everybody's part in one task, how many are named on one card.
PARTS_SHOWN = 6


def document_line(document: DocumentLine, reader: Reader) -> str:
    """Type, number, date, issuer and subject, as far as they are known."""
    kind = reader.say(f"document.type.{document.type}") if document.type else reader.say("documents.unknown_type")
    parts = [kind]
    if document.sign:
        parts.append(reader.say("documents.number", sign=document.sign))
    if document.date:
        parts.append(reader.say("documents.dated", date=document.date))
    line = " ".join(parts)
    if document.issuer:
        line = reader.say("documents.issued", document=line, issuer=shorten(document.issuer, NAME_SHOWN * 2))
    return f"{line}\n{shorten(document.subject, SUBJECT_SHOWN)}" if document.subject else line


def task_text(task: TaskLine, room: int, reader: Reader) -> str:
    """A task with its deadline and how far everybody is with it."""
    lines = [reader.say("tasks.task", no=task.no, text=shorten(task.text, max(room, 40))), due(task, reader)]
    lines += [part_text(part, reader) for part in task.parts[:PARTS_SHOWN]]
    if len(task.parts) > PARTS_SHOWN:
        lines.append(reader.say.count("directives.and_more_units", len(task.parts) - PARTS_SHOWN))
    return "\n".join(lines)


def due(task: TaskLine, reader: Reader) -> str:
    """By when, and how often."""
    at = reader.moment(task.due_at)
    if task.every is None:
        return reader.say("tasks.due", at=at)
    return reader.say("tasks.due_again", at=at, every=every(task.every, reader))


def every(often: Every, reader: Reader) -> str:
    return reader.say(f"tasks.every.{often}")


def part_text(part: Part, reader: Reader) -> str:
    """Who, with whom to turn to there, and how far."""
    who = shorten(part.who, NAME_SHOWN)
    if part.contact is not None:
        who = reader.say("tasks.contact", who=who, contact=callable_people((part.contact,), reader))
    if part.done_at is not None:
        return reader.say("directives.unit_done", unit=who, at=reader.moment(part.done_at), name=part.done_by)
    if part.acknowledged_at is not None:
        at, name = reader.moment(part.acknowledged_at), part.acknowledged_by
        return reader.say("directives.unit_acknowledged", unit=who, at=at, name=name)
    return reader.say("directives.unit_waiting", unit=who)
