"""What stories are told with: a district on a real database file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.database import open_engine
from models.records import Record
from models.rules.policy import Policy
from tests.stories.checkin_day import Day
from tests.stories.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A small district at 09:00 on a Monday morning in Vietnam."""
    engine = open_engine(f"sqlite:///{tmp_path / 'district.sqlite3'}")
    Record.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield World(session, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Policy())
    engine.dispose()


@pytest.fixture
def day(world: World) -> Day:
    """The same district, before the first check-in round was planned."""
    return Day(world)
