"""When a loop looks again: at once when it is told, else after its seconds."""

from __future__ import annotations

import asyncio

from bot.looking import Looks

HOUR = 3_600.0


async def test_what_is_told_while_a_loop_is_busy_is_looked_for_at_once() -> None:
    looks = Looks(every=HOUR)
    looks.wake()
    async with asyncio.timeout(20):
        await looks.wait()


async def test_being_told_once_is_one_look() -> None:
    looks = Looks(every=HOUR)
    looks.wake()
    await looks.wait()
    again = asyncio.create_task(looks.wait())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not again.done()
    again.cancel()


async def test_what_nobody_tells_of_is_looked_for_all_the_same() -> None:
    async with asyncio.timeout(20):
        await Looks(every=0.001).wait()


async def test_what_is_due_sooner_is_looked_for_then() -> None:
    async with asyncio.timeout(20):
        await Looks(every=HOUR).wait(at_most=0.001)
