"""What stories are told with: a district on a real database, SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from models.rules.policy import Policy
from tests.databases import engine_of
from tests.stories.checkin_day import Day
from tests.stories.stage import Stage, raise_curtain
from tests.stories.world import World

#: 09:00 on a Monday morning in Vietnam.
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A small district at 09:00 on a Monday morning in Vietnam."""
    engine = engine_of(database_url)
    with Session(engine, expire_on_commit=False) as session:
        yield World(session, MORNING, Policy())
    engine.dispose()


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
