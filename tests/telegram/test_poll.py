"""Polling keeps what it fetched before it lets the service forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.door import Door
from bot.telegram.poll import Poll
from bot.telegram.translate import Bot
from bot.writer import Writer
from models.database import open_engine
from models.records import InboxEntry

RESIDENT = {"id": 7, "is_bot": False, "first_name": "Bà Mỷ"}


def words(update_id: int, text: str) -> dict[str, Any]:
    chat = {"id": 7, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": 1, "date": 0, "chat": chat, "from": RESIDENT, "text": text},
    }


async def test_an_update_without_a_number_stops_none_of_those_beside_it(database_url: str) -> None:
    engine = open_engine(database_url)
    writer = Writer(engine)
    offsets: list[int | None] = []

    async def fetch(offset: int | None, _wait: float) -> Sequence[dict[str, Any]]:
        offsets.append(offset)
        return [{"message": {}}, words(41, "Nhà tôi có người sốt"), {"update_id": None}] if offset is None else []

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

    async def fetch(_offset: int | None, _wait: float) -> Sequence[dict[str, Any]]:
        return told

    async def nothing(*_: object) -> None:
        return

    door = Door(writer, Bot(999, "to_covid_bot"), lambda: datetime.now(UTC), lambda: None, nothing)
    await Poll(fetch, door, nothing, lambda: None).turn(wait=0.0)
    with Session(engine) as session:
        assert session.scalars(select(InboxEntry.update_id).order_by(InboxEntry.id)).all() == [41, 42, 43]
    writer.close()
