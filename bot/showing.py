"""What only shows the newest state runs once for all that one transaction changed: fifty taps, one board."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.router import STORIES, PutOff, run
from bot.writer import is_of_the_machine
from handlers.commands import Command
from models.rules.policy import Policy
from models.work import Told, Work

log = structlog.get_logger()


def show_newest(put_off: PutOff, work: Work) -> None:
    """Run what was put off until nothing is left. Raises what any of it raised."""
    while put_off:
        command = next(iter(put_off))
        work.request = put_off.pop(command)
        _show(command, work, put_off)


def show_newest_apart(put_off: PutOff, session: Session, now: datetime, policy: Policy) -> list[Told]:
    """Run what was put off until nothing is left; the mail it told.

    Each runs in a savepoint. One that fails undoes only itself: what it would have shown is kept, and is shown with
    the next change. Raises when the database is away.
    """
    told: list[Told] = []
    while put_off:
        command = next(iter(put_off))
        work = Work(session, now, policy, request=put_off.pop(command))
        try:
            with session.begin_nested():
                _show(command, work, put_off)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            log.exception("showing_failed", command=type(command).__name__)
        else:
            told += work.told
    return told


def _show(command: Command, work: Work, put_off: PutOff) -> None:
    STORIES[type(command)](command, work)
    for following in work.take_following():
        run(following, work, put_off)
