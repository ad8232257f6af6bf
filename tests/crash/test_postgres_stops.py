"""A PostgreSQL server that stops at once, and again: the bot waits, goes on by itself, and owes nobody anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.postgres_stops import live_through_stops
from tests.databases import PostgresServer

pytestmark = [pytest.mark.crash, pytest.mark.postgres]


async def test_a_server_that_stops_at_once_loses_nothing_and_doubles_nothing(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.new_url() as database:
        tally = await live_through_stops(4, postgres, database, tmp_path, seed=1)
    print(f"\n{tally}")
    assert not tally.wrong, "\n".join(tally.wrong)
