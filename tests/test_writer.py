"""What counts as the database being away, on real databases."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from bot.app import LAST_ANSWERS
from bot.outages import outlast
from bot.owner import Deposed, begin_epoch
from bot.writer import Writer, is_outage
from models.database import is_sqlite, open_engine
from models.store.facts import Facts
from tests.databases import PostgresServer


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


@pytest.mark.postgres
async def test_words_too_long_for_an_index_are_nothing_to_wait_for(postgres: PostgresServer) -> None:
    with postgres.new_url() as url:
        words = "SELECT string_agg(md5(n::text), '') FROM generate_series(1, 3000) AS n"
        refused = await failure_of(url, f"CREATE TABLE said (words text UNIQUE); INSERT INTO said {words}")
    assert isinstance(refused, OperationalError)
    assert not is_outage(refused)


async def test_a_database_that_cannot_be_opened_is_waited_for() -> None:
    assert is_outage(await failure_of("sqlite:////nowhere/at/all.sqlite3", "SELECT 1"))


async def test_a_server_that_is_away_is_waited_for() -> None:
    assert is_outage(await failure_of("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "SELECT 1"))


async def test_what_waits_at_the_door_goes_before_what_was_asked_earlier_inside(database_url: str) -> None:
    writer, door_is_free, done = Writer(open_engine(database_url)), threading.Event(), list[str]()

    def say(name: str) -> Callable[[object], None]:
        return lambda _transaction: done.append(name)

    try:
        busy = asyncio.create_task(writer.transact(lambda session: door_is_free.wait(20)))
        inside = [asyncio.create_task(writer.transact(say(name))) for name in ("tick", "mail")]
        await asyncio.sleep(0)
        at_the_door = asyncio.create_task(writer.admit(say("update")))
        await asyncio.sleep(0)
        door_is_free.set()
        await asyncio.gather(busy, at_the_door, *inside)
    finally:
        writer.close()
    assert done == ["update", "tick", "mail"]


def look(session: Session) -> None:
    session.execute(text("SELECT name FROM facts"))


def change(session: Session) -> None:
    Facts(session).set(Facts.BOT_USERNAME, "to_covid_bot")


async def test_once_another_has_taken_over_the_former_owner_neither_changes_anything_nor_goes_on_looking(
    database_url: str,
) -> None:
    former, newer = Writer(open_engine(database_url)), Writer(open_engine(database_url))
    try:
        former.write_only_in(await former.transact(begin_epoch))
        await former.transact(look)
        await former.transact(change)
        newer.write_only_in(await newer.transact(begin_epoch))
        for attempt in (look, change):
            with pytest.raises(Deposed):
                await former.transact(attempt)
        await newer.transact(change)
    finally:
        former.close()
        newer.close()


async def test_only_what_changes_something_holds_the_owners_row_which_costs_a_server_a_flush(database_url: str) -> None:
    engine = open_engine(database_url)
    writer, said = Writer(engine), list[str]()
    event.listen(engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_: said.append(statement))
    try:
        writer.write_only_in(await writer.transact(begin_epoch))
        said.clear()
        await writer.transact(look)
        assert not any("FOR SHARE" in statement for statement in said)
        await writer.transact(change)
        assert any("FOR SHARE" in statement for statement in said) or is_sqlite(engine)
        said.clear()
        await writer.transact(look)
        assert not any("FOR SHARE" in statement for statement in said)
    finally:
        writer.close()


async def test_a_bot_told_to_end_finds_in_time_that_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what it has sent would not be marked, and be sent once more by the next bot."""
    tries, waits = iter([*[False] * 30, True]), list[float]()

    async def attempt() -> str:
        if not next(tries):
            raise OperationalError("SELECT 1", {}, ConnectionError("the server is away"))
        return "marked"

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", wait)
    assert await outlast(attempt, "delivery") == "marked"
    assert len(waits) == 30
    assert max(waits) * 2 < LAST_ANSWERS
