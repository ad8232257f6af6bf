"""What attackers play with: the stories' small district, on the embedded database they would find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.rules.policy import Policy
from tests.databases import SqliteFiles, engine_of
from tests.stories.conftest import MORNING
from tests.stories.world import World


@pytest.fixture
def world(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[World]:
    """A small district at 09:00 on a Monday morning in Vietnam."""
    with sqlite_files.new_url() as url:
        engine = engine_of(url)
        with Session(engine, expire_on_commit=False) as session:
            yield World(session, MORNING, Policy())
        engine.dispose()
