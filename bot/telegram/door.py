"""Where updates enter, whichever way they came: kept and committed first, confirmed after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.telegram import overhearing
from bot.telegram.form import Formless, lane, lane_of_formless, require_form, said_at
from bot.telegram.translate import Bot, is_for_us
from bot.writer import Writer
from models.records import InboxEntry
from models.store.chats import Chats
from models.store.mail import Inbox

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
        entries, talk = [], []
        for update in updates:
            try:
                require_form(update)
                if is_for_us(update, self._bot):
                    entries.append(self._entry(overhearing.without_others_words(update), lane(update)))
                elif overhearing.is_talk(update):
                    talk.append(update)
            except Formless as error:
                # Not of the form we know: kept all the same, so that a person can look at it.
                log.warning("update_without_form", update=update["update_id"], why=str(error))
                entries.append(self._entry(update, chat_id=lane_of_formless(update)))
        if entries or talk:
            await self._writer.transact(lambda session: self._store(session, entries, talk), at_the_door=True)
            self._stored()
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict):
                self._answer(str(query.get("id", "")))

    def _entry(self, update: Mapping[str, Any], chat_id: int) -> InboxEntry:
        return InboxEntry(
            update_id=update["update_id"],
            chat_id=chat_id,
            # In ASCII: half a letter, as a broken program sends it, could not be written otherwise.
            payload=json.dumps(update, separators=(",", ":")),
            received_at=self._clock(),
            said_at=said_at(update),
        )

    def _store(self, session: Session, entries: Sequence[InboxEntry], talk: Sequence[Raw]) -> int:
        """Keep what is for us, and of talk that looks like a report, where somebody lets us listen, only a trace."""
        return Inbox(session).store([*entries, *self._traces(session, talk)] if talk else entries)

    def _traces(self, session: Session, talk: Sequence[Raw]) -> Iterator[InboxEntry]:
        listened_to = Chats(session).overhearing_among({lane(update) for update in talk})
        for update in talk:
            if lane(update) in listened_to and (found := overhearing.trace(update)) is not None:
                yield self._entry(found, lane(update))

    def _answer(self, query_id: str) -> None:
        task = asyncio.create_task(self._answer_press(query_id))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
