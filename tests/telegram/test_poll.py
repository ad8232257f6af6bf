"""Polling keeps what it fetched before it lets the service forget it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.door import Door
from bot.telegram.poll import Poll
from bot.telegram.translate import Bot
from bot.writer import Writer
from models.database import open_engine
from models.records import InboxEntry

RESIDENT = {"id": 7, "is_bot": False, "first_name": "Bà Mỷ"}


def words(update_id: int, text: str) -> bytes:
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": RESIDENT, "text": text}
    return json.dumps({"update_id": update_id, "message": message}).encode()


async def test_an_update_without_a_number_stops_none_of_those_beside_it(database_url: str) -> None:
    engine = open_engine(database_url)
    writer = Writer(engine)
    offsets: list[int | None] = []

    async def fetch(offset: int | None, _wait: float) -> Sequence[bytes]:
        offsets.append(offset)
        unnumbered = [b'{"message": {}}', b'{"update_id": null}', b"[]"]
        return [*unnumbered, words(41, "Nhà tôi có người sốt")] if offset is None else []

    async def nothing(*_: object) -> None:
        return

    door = Door(writer, Bot(999, "to_covid_bot"), lambda: datetime.now(UTC), lambda: None, nothing)
    poll = Poll(fetch, door, nothing, lambda: None)
    await poll.turn(wait=0.0)
    await poll.turn(wait=0.0)
    with Session(engine) as session:
        assert session.scalars(select(InboxEntry.update_id)).all() == [41]
    assert offsets == [None, 42]
    writer.close()


async def test_updates_are_kept_in_the_order_in_which_they_happened(database_url: str) -> None:
    engine = open_engine(database_url)
    writer = Writer(engine)
    told = [words(43, "Sốt từ hôm qua"), words(41, "Nhà tôi có người sốt"), words(42, "Là con tôi")]

    async def fetch(_offset: int | None, _wait: float) -> Sequence[bytes]:
        return told

    async def nothing(*_: object) -> None:
        return

    door = Door(writer, Bot(999, "to_covid_bot"), lambda: datetime.now(UTC), lambda: None, nothing)
    await Poll(fetch, door, nothing, lambda: None).turn(wait=0.0)
    with Session(engine) as session:
        assert session.scalars(select(InboxEntry.update_id).order_by(InboxEntry.id)).all() == [41, 42, 43]
    writer.close()


async def test_half_a_letter_in_a_message_is_kept_in_its_chat_as_it_came(database_url: str) -> None:
    engine = open_engine(database_url)
    writer = Writer(engine)

    async def nothing(*_: object) -> None:
        return

    door = Door(writer, Bot(999, "to_covid_bot"), lambda: datetime.now(UTC), lambda: None, nothing)
    broken = words(41, "Nhà tôi có người sốt \ud83d")
    assert await door.accept([broken, b"{", b"7"]) == 41
    with Session(engine) as session:
        (entry,) = session.scalars(select(InboxEntry)).all()
    assert (entry.chat_id, entry.payload) == (7, broken.decode())
    writer.close()
