"""What counts as the database being away, on real databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.writer import Writer, is_outage
from models.database import open_engine


async def failure_of(url: str, statement: str) -> BaseException:
    writer = Writer(open_engine(url))

    def change(session: Session) -> None:
        session.execute(text(statement))

    try:
        with pytest.raises(DBAPIError) as caught:
            await writer.transact(change)
    finally:
        writer.close()
    return caught.value


async def test_a_mistake_in_a_statement_is_nothing_to_wait_for(database_url: str) -> None:
    assert not is_outage(await failure_of(database_url, "SELECT nothing FROM nowhere"))


async def test_a_database_that_cannot_be_opened_is_waited_for() -> None:
    assert is_outage(await failure_of("sqlite:////nowhere/at/all.sqlite3", "SELECT 1"))


async def test_a_server_that_is_away_is_waited_for() -> None:
    assert is_outage(await failure_of("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "SELECT 1"))
