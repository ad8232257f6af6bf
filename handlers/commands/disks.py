"""What the bot notices of the machine it runs on."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.commands.base import Command
from models.rules.room import Disk


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRoom(Command):
    """A disk was looked at."""

    disk: Disk
    free: int  #: Bytes the bot may still write there.
