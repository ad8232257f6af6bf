"""The demo's bot may be killed at any moment, also while somebody looks at its books."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.demo.district import build
from bot.demo.playing import play
from bot.demo.supervisor import Standing, Supervisor


async def test_whoever_looks_at_the_books_while_the_bot_is_killed_hears_that_it_is_down(tmp_path: Path) -> None:
    async with play(tmp_path, build(28)) as scene:
        bot = scene.bot
        assert await bot.books() is not None
        looking = [asyncio.create_task(_look_until_down(bot)) for _ in range(5)]
        await bot.kill()
        await asyncio.gather(*looking)
        assert await bot.books() is None


async def _look_until_down(bot: Supervisor) -> None:
    while bot.standing is not Standing.DOWN:
        await bot.books()
        await asyncio.sleep(0)
