"""Which disks are looked at, and what is found there."""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

import pytest

from bot.disks import Disks
from handlers.commands import Command
from handlers.commands.disks import NoteRoom
from models.rules.room import Disk, Marks

#: More than any disk holds.
EVERYTHING_IS_LITTLE = Marks(little=10**18, hardly_any=0)
ON_SERVER = "postgresql://bot@127.0.0.1/nothing"


class Enough(Exception):
    """The test has seen enough."""


@pytest.fixture
def log_file(tmp_path: Path) -> int:
    return os.open(tmp_path / "bot.log", os.O_CREAT | os.O_WRONLY)


def test_the_disk_of_an_sqlite_database_is_looked_at(tmp_path: Path) -> None:
    found = Disks(f"sqlite:///{tmp_path / 'district.sqlite3'}", Marks()).free()
    assert found[Disk.DATABASE] > 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot tell on which disk an open file is")
def test_a_log_that_goes_to_a_file_is_looked_at_unless_it_shares_the_databases_disk(
    tmp_path: Path, log_file: int
) -> None:
    assert Disks(ON_SERVER, Marks(), log_file).free().keys() == {Disk.LOG}
    assert Disks(f"sqlite:///{tmp_path / 'district.sqlite3'}", Marks(), log_file).free().keys() == {Disk.DATABASE}


def test_a_log_that_somebody_reads_along_has_no_disk() -> None:
    reading, writing = os.pipe()
    assert Disks(ON_SERVER, Marks(), writing).free() == {}
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(("marks", "times"), [(Marks(little=0, hardly_any=0), 1), (EVERYTHING_IS_LITTLE, 3)])
async def test_a_disk_with_room_is_noted_once_and_one_without_at_every_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: Marks, times: int
) -> None:
    looks, noted = count(1), list[Command]()

    async def sleep(_seconds: float) -> None:
        if next(looks) == 3:
            raise Enough

    async def note(command: Command) -> None:
        noted.append(command)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    with pytest.raises(Enough):
        await Disks(f"sqlite:///{tmp_path / 'district.sqlite3'}", marks).watch(note)
    assert [each.disk for each in noted if isinstance(each, NoteRoom)] == [Disk.DATABASE] * times
