"""A situation of the demo as one file: everybody's chats, the bot's database, and what the clock showed."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import msgspec

from bot.moments import WallClock
from bot.sandbox import Sandbox

DATABASE = "demo.sqlite3"
_SANDBOX, _CLOCK = "sandbox.bin", "clock.txt"
#: The situation in which the demo's day began, for whoever wants to begin again.
_MORNING = "morning.zip"
#: What every SQLite database begins with.
_SQLITE = b"SQLite format 3\0"


class NoSituation(Exception):
    """The file holds no situation of the demo's."""


class Keeper:
    """Keeps the demo in its folder. The bot must be down whenever a situation is taken or put back."""

    def __init__(self, folder: Path, clock: WallClock) -> None:
        self.folder = folder
        self._clock = clock

    def world(self) -> bytes | None:
        """The chats as they were left, with the clock set to that moment; None in a new folder."""
        kept = self.folder / _SANDBOX
        if not kept.exists():
            return None
        self._clock.set(datetime.fromisoformat((self.folder / _CLOCK).read_text()))
        return kept.read_bytes()

    def leave(self, sandbox: Sandbox) -> None:
        """Leave everything for the next start; the database is in the folder already."""
        (self.folder / _SANDBOX).write_bytes(sandbox.dump())
        (self.folder / _CLOCK).write_text(self._clock().isoformat())

    def take(self, sandbox: Sandbox) -> bytes:
        """The situation as it is now."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr(_SANDBOX, sandbox.dump())
            file.writestr(_CLOCK, self._clock().isoformat())
            file.writestr(DATABASE, self._copy_of_database())
        return packed.getvalue()

    def put_back(self, situation: bytes, sandbox: Sandbox) -> None:
        """Let everything be as in the situation. Raises `NoSituation`, and nothing has changed."""
        world, moment, database = _unpack(situation)
        try:
            sandbox.restore(world)
        except msgspec.MsgspecError as error:
            raise NoSituation from error
        self._clock.set(moment)
        for leftover in self.folder.glob(f"{DATABASE}-*"):
            leftover.unlink()
        (self.folder / DATABASE).write_bytes(database)

    def keep_morning(self, sandbox: Sandbox) -> None:
        """Remember this as the morning to begin again from, unless there is one."""
        if (self.folder / _MORNING).exists():
            return
        (self.folder / _MORNING).write_bytes(self.take(sandbox))

    def morning(self) -> bytes:
        return (self.folder / _MORNING).read_bytes()

    def _copy_of_database(self) -> bytes:
        """The database as one file, with whatever its log still held."""
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / DATABASE
            source, target = sqlite3.connect(self.folder / DATABASE), sqlite3.connect(copy)
            source.backup(target)
            source.close()
            target.close()
            return copy.read_bytes()


def _unpack(situation: bytes) -> tuple[bytes, datetime, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(situation)) as file:
            moment = datetime.fromisoformat(file.read(_CLOCK).decode())
            world, database = file.read(_SANDBOX), file.read(DATABASE)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NoSituation from error
    if moment.tzinfo is None or not database.startswith(_SQLITE):
        raise NoSituation
    return world, moment, database
