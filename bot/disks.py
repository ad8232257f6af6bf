"""How much room is left on the disks the bot writes to; looked at outside any transaction, every few seconds."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import structlog

from bot.meters import disk_free
from bot.writer import is_outage
from handlers.commands import Command
from handlers.commands.disks import NoteRoom
from models.database import plain_url
from models.rules.room import Disk, Marks, Room, room_left

log = structlog.get_logger()

#: Seconds between two looks: a disk that one big copy fills is noticed while it fills.
LOOK_EVERY = 20.0
#: Where the log goes: standard error.
LOG = 2


class Disks:
    """The disk of an SQLite database, and that of the log where it goes to a file on another one."""

    def __init__(self, database: str, marks: Marks, log_file: int = LOG) -> None:
        """`database` is its address; the disk of a PostgreSQL server is looked after where that server runs."""
        url = plain_url(database)
        is_file = url.get_backend_name() == "sqlite" and url.database
        self._folder = Path(str(url.database)).absolute().parent if is_file else None
        self._log_file = log_file
        self._marks = marks
        self._noted: dict[Disk, Room] = {}  #: What each disk had when it was last noted.

    def free(self) -> Mapping[Disk, int]:
        """Bytes that may still be written, by what lies on the disk; a disk that cannot be asked is left out."""
        found: dict[Disk, int] = {}
        try:
            if self._folder is not None:
                found[Disk.DATABASE] = shutil.disk_usage(self._folder).free
            if self._log_is_elsewhere():
                about = os.fstatvfs(self._log_file)
                found[Disk.LOG] = about.f_bavail * about.f_frsize
        except OSError as error:
            log.warning("disk_not_seen", error=type(error).__name__)
        return found

    async def watch(self, do: Callable[[Command], Awaitable[None]]) -> None:
        """Look for ever, and let the stories know of what is new, and of every look while there is too little room."""
        while True:
            for disk, free in (await asyncio.to_thread(self.free)).items():
                disk_free.labels(disk.value).set(free)
                room = room_left(free, self._marks, self._noted.get(disk, Room.ENOUGH))
                if room is not Room.ENOUGH or self._noted.get(disk) is not room:
                    await self._note(disk, free, do)
                self._noted[disk] = room
            await asyncio.sleep(LOOK_EVERY)

    async def _note(self, disk: Disk, free: int, do: Callable[[Command], Awaitable[None]]) -> None:
        try:
            await do(NoteRoom(disk=disk, free=free))
        except Exception as error:
            if not is_outage(error):
                raise
            # Too late to tell anybody but who reads the log; the next look will find another figure.
            log.error("room_not_noted", disk=disk.value, free_bytes=free, error=type(error).__name__)

    def _log_is_elsewhere(self) -> bool:
        """Whether the log goes to a file, on a disk of its own. Windows cannot tell."""
        if not hasattr(os, "fstatvfs"):
            return False
        about = os.fstat(self._log_file)
        shares = self._folder is not None and self._folder.stat().st_dev == about.st_dev
        return stat.S_ISREG(about.st_mode) and not shares
