"""A whole day of the village under blows: the bot is hurt by day, left alone in the evening, and the books are told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.sandbox import serve
from tests.crash import ledger, village
from tests.crash.bot_process import Stable, stable
from tests.crash.day import Day
from tests.crash.ledger import Books
from tests.crash.village import Village

#: Seconds, at most, that the last bot gets to bring everything to its end: a busy machine takes more than a minute.
EVENING = 600
PATIENCE = timedelta(seconds=8)
#: Seconds, about, between two reports of the same resident: the day's reports last as long as its blows.
PAUSE = 15.0

#: Starts bots with the config it is given and hurts them; none runs when it returns.
Blows = Callable[[Stable, Path], Awaitable[None]]


async def live(
    place: Village, database: str, folder: Path, seed: int, blows: Blows, *, repeats_everything: bool = False
) -> tuple[Day, Books]:
    """The day with these blows, and its books once nothing waits any more, or the evening is over."""
    await asyncio.to_thread(village.settle_in, place, database, folder)
    # Long enough that none lies as a whole in the time a busy machine takes to start the bot: it would be skipped.
    village.plan_rounds(database, village.now() + timedelta(seconds=3), timedelta(seconds=5))
    async with serve(place.sandbox) as url, stable(folder) as stalls:
        async with Day(place, seed, pause=PAUSE) as day:
            await blows(stalls, village.write_config(folder, url, database, reports=village.HASTE))
            day.evening()
            config = village.write_config(folder, url, database, reports=village.AT_REST)
            last = await stalls.start(config, repeats_everything=repeats_everything)
            await until_settled(database)
        await until_settled(database)
        await last.stop()
    return day, await asyncio.to_thread(ledger.audit, place, database, day, PATIENCE)


async def until_settled(database: str) -> None:
    """Wait until nothing waits any more, or until the evening is over: then the books will tell."""
    for _ in range(EVENING * 2):
        if await asyncio.to_thread(ledger.is_settled, database):
            return
        await asyncio.sleep(0.5)
