"""Which story each command belongs to. There is no second way from a command to its effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import checkins, conversation, directives, enrolment, escalation, reports
from handlers.commands import Command, MailDelivered
from models.work import Work

Story = Callable[[Any, Work], None]

#: Every command and its story; each handler file lists its own.
STORIES: dict[type[Command], Story] = {
    **conversation.STORIES,
    **reports.STORIES,
    **escalation.STORIES,
    **directives.STORIES,
    **checkins.STORIES,
    **enrolment.STORIES,
}


def run(command: Command, work: Work) -> None:
    """Let the command's story act, then the stories of whatever follows from it; nothing is committed here."""
    pending = [command]
    while pending:
        following = pending.pop(0)
        STORIES[type(following)](following, work)
        pending.extend(work.following)
        work.following.clear()


def deliver(command: MailDelivered, work: Work) -> None:
    """Let the story that asked hear that its mail arrived."""
    run(command, work)
