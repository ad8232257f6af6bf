"""`kill -9` at any moment: nothing that was accepted is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import Fault, serve
from tests.crash import ledger, village
from tests.crash.bot_process import Stable, stable
from tests.crash.day import Day

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
    village.plan_rounds(database, village.now() + timedelta(seconds=3), timedelta(seconds=3))
    # A little way to go, so that a kill finds messages under way.
    place.sandbox.faults.add(Fault(trouble="slow", times=None, seconds=0.04, probability=0.7))
    async with serve(place.sandbox) as url, stable(folder) as stalls:
        config = village.write_config(folder, url, database, reports=village.HASTE)
        async with Day(place, SEED) as day:
            in_flight = await kill_again_and_again(stalls, config, database, kills, random.Random(SEED))
            day.evening()
            last = await stalls.start(config)
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


async def test_thirty_kills_lose_nothing_and_double_only_what_was_in_flight(tmp_path: Path) -> None:
    await live_through(32, f"sqlite:///{tmp_path / 'district.sqlite3'}", tmp_path)
