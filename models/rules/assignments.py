"""What becomes of a document's tasks: where each stands, when it is due, when it comes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from enum import StrEnum

from models.rules.documents.document import Task
from models.rules.documents.due import due_at
from models.rules.words import utf16_length


class AssignmentState(StrEnum):
    """Where one task of one unit stands: exactly one of these."""

    WAITING = "waiting"  #: Given, and nobody who counts has answered.
    RECEIVED = "received"  #: Acknowledged.
    DONE = "done"  #: Reported done, which says received as well.


#: Of a note to residents, whose messages have five lines and 280 characters: the rest is who says it.
NOTE_LINES, NOTE_LENGTH = 3, 200


def state_of(acknowledged_at: datetime | None, done_at: datetime | None) -> AssignmentState:
    """The one state of an assignment."""
    if done_at is not None:
        return AssignmentState.DONE
    return AssignmentState.WAITING if acknowledged_at is None else AssignmentState.RECEIVED


def recurs(task: Task) -> bool:
    """Whether it comes again: "hằng ngày", "thứ 6 hằng tuần", "ngày 10 hằng tháng"."""
    return any(deadline.every is not None for deadline in task.deadlines)


def first_due(task: Task, given_at: datetime, tz: tzinfo) -> datetime | None:
    """The earliest of its deadlines that is still ahead; None when it names none."""
    moments = (due_at(deadline, given_at, tz) for deadline in task.deadlines)
    return min((moment for moment in moments if moment is not None), default=None)


def due_of(
    task: Task, given_at: datetime, tz: tzinfo, otherwise: datetime, above_at: datetime | None = None
) -> datetime:
    """When a task is due: at the first of its deadlines still ahead, else with its directive.

    What is passed on is never due later than it is above, at `above_at`, unless that is over.
    """
    due = first_due(task, given_at, tz) or otherwise
    return min(due, above_at) if above_at is not None and above_at > given_at else due


def next_due(task: Task, last_due_at: datetime, tz: tzinfo) -> datetime | None:
    """When a task that comes again is due after its last time; None when it is done once and for all."""
    return first_due(replace(task, deadlines=tuple(d for d in task.deadlines if d.every)), last_due_at, tz)


def fits_residents(words: str) -> bool:
    """Whether a note is short enough for those who live there, with room for what stands around it."""
    lines = words.strip().count("\n") + 1
    return lines <= NOTE_LINES and utf16_length(words.strip()) <= NOTE_LENGTH
