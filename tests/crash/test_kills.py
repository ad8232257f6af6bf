"""`kill -9` at any moment: nothing that was accepted is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import time
from contextlib import closing
from datetime import timedelta
from math import inf
from pathlib import Path

import pytest

from bot.sandbox import Fault, serve
from tests.crash import ledger, village
from tests.crash.bot_process import Stable, stable
from tests.crash.day import Day
from tests.databases import PostgresServer

pytestmark = pytest.mark.crash

#: Seconds the last bot gets to bring everything to its end.
EVENING = 45
PATIENCE = timedelta(seconds=8)
SEED = 20211102


async def kill_again_and_again(stalls: Stable, config: Path, database: str, kills: int, rng: random.Random) -> int:
    """Start and kill so many times, some before the bot is up; how many messages were in flight in all."""
    in_flight = 0
    for _ in range(kills):
        bot = await stalls.start(config)
        if rng.random() < 0.85:
            await bot.until_said("tocovid ready")
        await asyncio.sleep(rng.uniform(0.0, 1.5))
        await bot.kill()
        in_flight += await asyncio.to_thread(ledger.in_flight, database)
    return in_flight


async def until_settled(database: str) -> None:
    """Wait until nothing waits any more, or until the evening is over: then the books will tell."""
    for _ in range(EVENING * 2):
        if await asyncio.to_thread(ledger.is_settled, database):
            return
        await asyncio.sleep(0.5)


async def live_through(kills: int, database: str, folder: Path) -> None:
    """A day with so many kills, and its books, which must balance."""
    place = village.build(SEED)
    await asyncio.to_thread(village.settle_in, place, database, folder)
    # Long enough that none lies as a whole in the time a busy machine takes to start the bot: it would be skipped.
    village.plan_rounds(database, village.now() + timedelta(seconds=3), timedelta(seconds=5))
    # A little way to go, so that a kill finds messages under way.
    place.sandbox.faults.add(Fault(trouble="slow", times=None, seconds=0.04, probability=0.7))
    async with serve(place.sandbox) as url, stable(folder) as stalls:
        config = village.write_config(folder, url, database, reports=village.HASTE)
        async with Day(place, SEED) as day:
            in_flight = await kill_again_and_again(stalls, config, database, kills, random.Random(SEED))
            day.evening()
            last = await stalls.start(village.write_config(folder, url, database, reports=village.AT_REST))
            await until_settled(database)
        await until_settled(database)
        await last.stop()
    books = await asyncio.to_thread(ledger.audit, place, database, day.deeds, PATIENCE)
    print(
        f"\n{kills} kills, {books.updates} updates ({len(day.deeds.reported)} reports, {day.deeds.taps} taps, "
        f"{len(day.deeds.directed)} directives), {books.ticks} ticks, {books.messages} messages, "
        f"{in_flight} in flight at kills, {books.duplicates} copies, {books.uncertain} uncertain"
    )
    assert not books.wrong, "\n".join(books.wrong)
    assert books.duplicates + books.uncertain <= in_flight
    assert len(day.deeds.reported) > kills


async def live_forgetfully(kills: int, messages: int, folder: Path) -> int:
    """The same killing for the library's own way of receiving; how many messages were lost for good."""
    place, file = village.build(SEED), folder / "heard.sqlite3"
    sender = place.residents["X1-1"][0]
    async with serve(place.sandbox) as url:
        for turn in range(kills + 1):
            for number in range(messages):
                place.hands.say(sender, village.BOT_ID, f"#{turn:02}{number:02}")
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.forgetful", url, village.TOKEN, str(file)
            )
            # Killed amid its work, all but the last time.
            await until_heard(file, (turn + 1) * 10 if turn < kills else inf)
            process.kill()
            await process.wait()
    with closing(sqlite3.connect(file)) as heard:
        kept = {words for (words,) in heard.execute("SELECT words FROM heard WHERE words LIKE '#%'")}
    return (kills + 1) * messages - len(kept)


async def until_heard(file: Path, enough: float) -> None:
    """Wait until so many messages were written down, or nothing more is for three seconds."""
    heard, quiet_since = 0, time.monotonic()
    while heard < enough and (not heard or time.monotonic() - quiet_since < 3):
        await asyncio.sleep(0.05)
        now = await asyncio.to_thread(count_heard, file)
        if now != heard:
            heard, quiet_since = now, time.monotonic()


def count_heard(file: Path) -> int:
    try:
        with closing(sqlite3.connect(file)) as heard:
            return int(heard.execute("SELECT count(*) FROM heard").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # The table is not there yet.


async def test_thirty_kills_lose_nothing_and_double_only_what_was_in_flight(tmp_path: Path) -> None:
    await live_through(32, f"sqlite:///{tmp_path / 'district.sqlite3'}", tmp_path)


@pytest.mark.postgres
async def test_kills_on_postgresql_lose_nothing_either(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.new_url() as database:
        await live_through(8, database, tmp_path)


async def test_the_test_is_not_blind_for_the_librarys_own_way_loses_messages(tmp_path: Path) -> None:
    lost = await live_forgetfully(2, 60, tmp_path)
    print(f"\n2 kills: {lost} of 180 messages lost for good")
    assert lost > 0
