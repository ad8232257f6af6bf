"""`kill -9` at any moment: nothing that was accepted is lost, nothing happens twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.kills import live_forgetfully, live_through
from tests.databases import PostgresServer

pytestmark = pytest.mark.crash

SEED = 20211102


async def test_thirty_kills_lose_nothing_and_double_only_what_was_in_flight(tmp_path: Path) -> None:
    tally = await live_through(32, f"sqlite:///{tmp_path / 'district.sqlite3'}", tmp_path, SEED)
    print(f"\n{tally}")
    assert not tally.wrong, "\n".join(tally.wrong)


@pytest.mark.postgres
async def test_kills_on_postgresql_lose_nothing_either(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.new_url() as database:
        tally = await live_through(8, database, tmp_path, SEED)
    assert not tally.wrong, "\n".join(tally.wrong)


async def test_the_test_is_not_blind_for_the_librarys_own_way_loses_messages(tmp_path: Path) -> None:
    lost = await live_forgetfully(2, 60, tmp_path, SEED)
    print(f"\n2 kills: {lost} of 180 messages lost for good")
    assert lost > 0
