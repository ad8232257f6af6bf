"""The disk is full, or another program holds the database: the bot waits, says so, and goes on by itself."""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.sandbox import serve
from bot.writer import Writer
from models.records import MailState
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, started
from tests.crash.conftest import running
from tests.crash.village import BOT_ID, Village

pytestmark = pytest.mark.crash

#: Holds the write lock of an SQLite file until its input ends.
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
"""
#: Seconds, more than the five that anybody waits for the lock.
LONGER_THAN_ANYBODY_WAITS = 7.0


@asynccontextmanager
async def held(database: str) -> AsyncIterator[None]:
    """Another program holds the database during the block."""
    file, pipe = database.removeprefix("sqlite:///"), asyncio.subprocess.PIPE
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, file, stdin=pipe, stdout=pipe)
    assert holder.stdin
    assert holder.stdout
    assert await holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.stdin.close()
        assert await holder.wait() == 0


def size_of(file: Path) -> int:
    return file.stat().st_size


def tell(place: Village, marks: range) -> list[int]:
    """A message from as many residents; who they are."""
    residents = [who for code in village.COMMUNITIES for who in place.residents[code]][: len(marks)]
    for who, mark in zip(residents, marks, strict=True):
        place.hands.say(who, BOT_ID, f"Nhà tôi hết gạo, xin tổ giúp #{mark:04}")
    return residents


async def require_each_once(place: Village, database: str, marks: list[int], senders: list[int]) -> None:
    """Every message has its receipt and is one report; nothing was sent twice or is left."""
    for who in senders:
        await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
    await ledger.until_all_mail_left(database)
    assert ledger.reports_by_mark(database) == {f"#{mark:04}": 1 for mark in marks}
    assert ledger.copies(place, database) == 0
    assert ledger.mail_by_state(database).keys() == {MailState.SENT}


async def test_a_full_disk_loses_nothing_and_is_gone_when_there_is_room_again(
    place: Village, database: str, tmp_path: Path
) -> None:
    log = Path(database.removeprefix("sqlite:///") + "-wal")
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        async with started(config, tmp_path) as (bot, process):
            await bot.until_said("tocovid ready")
            first = tell(place, range(1, 4))
            await place.hands.wait_for(first[0], BOT_ID, "TD-", within=PATIENCE)
            # No file of this process may grow beyond what the log has now: every write after it fails.
            full = size_of(log)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
            senders = tell(place, range(11, 21))
            await bot.until_said("waits_for_database")
            await asyncio.sleep(2)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            await require_each_once(place, database, [*range(1, 4), *range(11, 21)], senders)
            assert "Traceback" not in bot.said
            process.terminate()
            assert await process.wait() == 0


async def test_a_database_locked_by_another_program_is_waited_for(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)):
        async with held(database):
            senders = tell(place, range(1, 11))
            await asyncio.sleep(LONGER_THAN_ANYBODY_WAITS)
        await require_each_once(place, database, list(range(1, 11)), senders)


async def test_a_commit_whose_answer_was_lost_is_found_out(place: Village, database: str, tmp_path: Path) -> None:
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)) as app:
        senders = tell(place, range(1, 11))
        lose_answers(app.writer, every=7)
        await require_each_once(place, database, list(range(1, 11)), senders)


def lose_answers(writer: Writer, *, every: int) -> None:
    """From now on the database keeps what is committed, but every so often does not come to say so."""
    transact, numbers = writer._transact, count(1)

    def transact_unheard(change: Callable[[Connection], Any]) -> Any:
        done = transact(change)
        if next(numbers) % every == 0:
            raise OperationalError("COMMIT", {}, ConnectionError("the server went away"))
        return done

    writer._transact = transact_unheard  # type: ignore[method-assign]
