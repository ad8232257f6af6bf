"""A village with its bot, in this process where nothing has to be killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App
from bot.config import load
from bot.moments import WallClock
from tests.crash import village
from tests.crash.bot_process import PATIENCE
from tests.crash.village import Village

Running = Callable[[Path], AbstractAsyncContextManager[App]]


@pytest.fixture
def place() -> Village:
    return village.build()


@pytest.fixture
def database(place: Village, tmp_path: Path) -> str:
    """An SQLite database that knows the village."""
    url = f"sqlite:///{tmp_path / 'district.sqlite3'}"
    village.settle_in(place, url, tmp_path)
    return url


@asynccontextmanager
async def running(config: Path) -> AsyncIterator[App]:
    """The bot of this configuration, up and running until the end of the block."""
    is_ready = asyncio.Event()

    async def ready() -> None:
        is_ready.set()

    async with App(load(config, {}), WallClock()) as app:
        life = asyncio.create_task(app.run(ready))
        try:
            await asyncio.wait_for(is_ready.wait(), PATIENCE)
            yield app
        finally:
            app.stop()
            await life
