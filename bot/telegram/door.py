"""Where updates enter, whichever way they came: kept and committed first, confirmed after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy.orm import Session

from bot.telegram import overhearing
from bot.telegram.form import Formless, lane, lane_of_formless, require_form, said_at
from bot.telegram.translate import Bot, is_for_us
from bot.writer import Writer
from models.store.chats import Chats
from models.store.mail import Inbox, NewEntry

log = structlog.get_logger()

Raw = dict[str, Any]


class Door:
    """Keeps what is for us in the inbox; presses are answered at once, before their turn."""

    def __init__(
        self,
        writer: Writer,
        bot: Bot,
        clock: Callable[[], datetime],
        stored: Callable[[], None],
        answer_press: Callable[[str], Coroutine[Any, Any, None]],
    ) -> None:
        self._writer = writer
        self._bot = bot
        self._clock = clock
        self._stored = stored
        self._answer_press = answer_press
        self._answering: set[asyncio.Task[None]] = set()

    async def accept(self, updates: Sequence[Raw]) -> None:
        """Keep these updates; when this returns they are on the disk and may be confirmed.

        Raises `OperationalError` when the database cannot keep them: then they must not be confirmed.
        """
        entries, talk, now = [], [], self._clock()
        for update in updates:
            try:
                require_form(update)
                if is_for_us(update, self._bot):
                    entries.append(_entry(overhearing.without_others_words(update), lane(update), now))
                elif overhearing.is_talk(update):
                    talk.append(update)
            except Formless as error:
                # Not of the form we know: kept all the same, so that a person can look at it.
                log.warning("update_without_form", update=update["update_id"], why=str(error))
                entries.append(_entry(update, lane_of_formless(update), now))
        if entries or talk:
            await self._writer.transact(lambda session: _store(session, entries, talk, now), at_the_door=True)
            self._stored()
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict):
                self._answer(str(query.get("id", "")))

    def _answer(self, query_id: str) -> None:
        task = asyncio.create_task(self._answer_press(query_id))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)


def _entry(update: Mapping[str, Any], chat_id: int, now: datetime) -> NewEntry:
    return NewEntry(update["update_id"], chat_id, _written(update), now, said_at(update))


def _written(update: Mapping[str, Any]) -> str:
    try:
        return msgspec.json.encode(update).decode()
    except (UnicodeEncodeError, RecursionError):
        # Half a letter, as a broken program sends it, cannot be written otherwise than in ASCII.
        return json.dumps(update)


def _store(session: Session, entries: Sequence[NewEntry], talk: Sequence[Raw], now: datetime) -> None:
    """Keep what is for us, and of talk that looks like a report, where somebody lets us listen, only a trace."""
    Inbox(session).store([*entries, *_traces(session, talk, now)] if talk else entries)


def _traces(session: Session, talk: Sequence[Raw], now: datetime) -> Iterator[NewEntry]:
    listened_to = Chats(session).overhearing_among({lane(update) for update in talk})
    for update in talk:
        if lane(update) in listened_to and (found := overhearing.trace(update)) is not None:
            yield _entry(found, lane(update), now)
