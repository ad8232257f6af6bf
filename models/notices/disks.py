"""What is said about the machine the bot runs on."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Notice
from models.rules.room import Disk


@dataclass(frozen=True, slots=True)
class RoomRunsOut(Notice):
    """To an administrator: a disk has little room left, or hardly any, and what to do about it."""

    disk: Disk
    is_urgent: bool  #: Whether hardly any is left.
    free: int  #: Bytes.


@dataclass(frozen=True, slots=True)
class RoomAgain(Notice):
    """To an administrator: there is enough room again."""

    disk: Disk
    free: int  #: Bytes.
