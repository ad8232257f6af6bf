"""Real disks that fill up: the administrator is told before, nothing is lost, and nobody has to repair anything."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot.sandbox import serve
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, started
from tests.crash.test_database_away import require_each_once, tell
from tests.crash.village import BOT_ID, Village

pytestmark = [pytest.mark.crash, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such disks")]

MEGABYTE = 1_000_000


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory that holds so much; skips where this machine does not let us have one."""
    folder.mkdir()
    mount = shutil.which("mount")
    options = f"size={megabytes * MEGABYTE}"
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
    if not made or made.returncode:
        pytest.skip("no disk of our own without the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path, leaving: int = 0) -> Path:
    """Let something else take all room on the disk but so many bytes; what took it."""
    ballast = disk / "ballast"
    room = shutil.disk_usage(disk).free - leaving
    file = os.open(ballast, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):  # Somebody else may have taken the last of it.
        while room > 0:
            room -= os.write(file, bytes(min(room, 64 * 1024)))
    os.close(file)
    return ballast


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 60) as folder:
        yield folder


@pytest.fixture
def database(place: Village, disk: Path, tmp_path: Path) -> str:
    url = f"sqlite:///{disk / 'district.sqlite3'}"
    village.settle_in(place, url, tmp_path)
    return url


async def test_the_administrator_is_told_before_the_disk_is_full_and_nothing_is_lost_when_it_is(
    place: Village, database: str, disk: Path, tmp_path: Path
) -> None:
    marks: dict[str, object] = {"warn_below": "40MB", "urge_below": "1MB"}
    async with serve(place.sandbox) as url:
        ballast = fill(disk, leaving=20 * MEGABYTE)
        config = village.write_config(tmp_path, url, database, disk=marks)
        async with started(config, tmp_path) as (bot, process):
            await bot.until_said("tocovid ready")
            warned = await place.hands.wait_for(place.administrator, BOT_ID, "sắp đầy", within=PATIENCE)
            assert "MB" in warned.text
            first = tell(place, range(1, 4))
            await place.hands.wait_for(first[0], BOT_ID, "TD-", within=PATIENCE)
            ballast.unlink()
            ballast = fill(disk)
            senders = tell(place, range(11, 17))
            await bot.until_said("waits_for_database")
            await asyncio.sleep(1)
            ballast.unlink()
            await require_each_once(place, database, [*range(1, 4), *range(11, 17)], senders)
            assert "Traceback" not in bot.said
            process.terminate()
            assert await process.wait() == 0


async def test_a_full_disk_under_the_log_stops_nothing(place: Village, tmp_path: Path, disk: Path) -> None:
    url_of_database = f"sqlite:///{tmp_path / 'district.sqlite3'}"
    village.settle_in(place, url_of_database, tmp_path)
    marks: dict[str, object] = {"warn_below": "40MB", "urge_below": "30MB"}
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, url_of_database, disk=marks)
        fill(disk)
        async with started(config, disk, "bot", "--json-log") as (_, process):
            await place.hands.wait_for(place.administrator, BOT_ID, "nhật ký", within=PATIENCE)
            senders = tell(place, range(1, 7))
            await require_each_once(place, url_of_database, [*range(1, 7)], senders)
            process.terminate()
            assert await process.wait() == 0


async def test_a_bot_nobody_can_hear_runs_all_the_same(place: Village, tmp_path: Path) -> None:
    url_of_database = f"sqlite:///{tmp_path / 'district.sqlite3'}"
    village.settle_in(place, url_of_database, tmp_path)
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, url_of_database)
        full = os.open("/dev/full", os.O_WRONLY)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", "--json-log", "--config", str(config), stdout=full, stderr=full
        )
        os.close(full)
        senders = tell(place, range(1, 4))
        for who in senders:
            await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
        await ledger.until_all_mail_left(url_of_database)
        process.terminate()
        assert await process.wait() == 0
