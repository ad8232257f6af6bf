"""What the bot notices of its own absences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from handlers.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHeard(Command):
    """The chat service was heard from."""

    #: For how long it had not been, as this process measured it; None: it has only begun to listen.
    silent_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellOutages(Command):
    """Due: say for how long the bot was away, and ask again for what may have been lost."""
