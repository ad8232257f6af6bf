"""Raw updates as a tampered client makes the service send them, through the bot's own intake."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from bot.intake import Intake
from bot.telegram.form import form_of
from bot.telegram.translate import Bot, translate
from bot.writer import Writer
from models.records import EntryState, InboxEntry, Person
from models.store.entrance import Entrance, NewEntry
from models.work import Told
from tests.stories.world import World

T = TypeVar("T")
BOT = Bot(999, "to_covid_bot")
_update_ids = count(1)


class OnOneSession(Writer):
    """Writes on the test's own session, so that the test sees at once what came of it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def transact(self, change: Callable[[Session], T]) -> T:
        try:
            result = change(self._session)
        except Exception:
            self._session.rollback()
            raise
        self._session.commit()
        return result

    async def admit(self, change: Callable[[Connection], T]) -> T:
        return await self.transact(lambda session: change(session.connection()))


async def arrive(world: World, *updates: dict[str, Any]) -> Sequence[Told]:
    """Let the updates be stored and handled, with every further try they get; the mail that was told."""
    told: list[Told] = []
    intake = Intake(
        OnOneSession(world.session), world.policy, lambda raw: translate(raw, BOT), lambda: world.now, told.extend
    )
    entries = [
        NewEntry(update_id=raw["update_id"], chat_id=form_of(raw).lane, payload=json.dumps(raw), received_at=world.now)
        for raw in updates
    ]
    Entrance(world.session.connection()).keep(entries)
    world.session.commit()
    while (await intake.handle_batch()).entries:
        pass
    return told


def user(person: Person, name: str | None = None) -> dict[str, Any]:
    return {"id": person.account_id, "is_bot": False, "first_name": person.name if name is None else name}


def chat_of(person: Person) -> dict[str, Any]:
    return {"id": person.account_id, "type": "private", "first_name": person.name}


def group(chat_id: int, title: str = "Nhóm") -> dict[str, Any]:
    return {"id": chat_id, "type": "supergroup", "title": title}


def tap(person: Person, data: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """A press with any data, on any message, in any chat."""
    message = {"message_id": 77, "date": 0, "chat": chat or chat_of(person), "text": "…"}
    query = {"id": "1", "from": user(person), "chat_instance": "1", "data": data, "message": message}
    return {"update_id": next(_update_ids), "callback_query": query}


def message(
    person: Person, text: str, chat: dict[str, Any] | None = None, *, name: str | None = None, **more: Any
) -> dict[str, Any]:
    """A message with any text under any name."""
    said = {"message_id": next(_update_ids), "date": 0, "from": user(person, name), "chat": chat or chat_of(person)}
    return {"update_id": next(_update_ids), "message": {**said, "text": text, **more}}


def parked(world: World) -> list[str]:
    """Where updates failed for good."""
    entries = world.session.scalars(select(InboxEntry).where(InboxEntry.state != EntryState.HANDLED))
    return [entry.failure for entry in entries]
