"""What stories are told with: a district on a real database, SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.stories.checkin_day import Day
from tests.stories.stage import Stage, raise_curtain
from tests.stories.world import MORNING, World, small_district


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A small district at 09:00 on a Monday morning in Vietnam."""
    with small_district(database_url) as world:
        yield world


@pytest.fixture
def day(world: World) -> Day:
    """The same district, before the first check-in round was planned."""
    return Day(world)


@pytest_asyncio.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot in a small district, at the same hour; at the end nothing may have been impossible."""
    async with raise_curtain(database_url, tmp_path, MORNING) as stage:
        yield stage
        await stage.quiet()
        assert await stage.parked() == 0
