"""Where updates enter, whichever way they came: kept and committed first, confirmed after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.telegram.translate import Bot, is_for_us, lane
from bot.writer import Writer
from models.records import InboxEntry
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
        entries = [entry for update in updates if (entry := self._entry(update)) is not None]
        if entries:
            await self._writer.transact(lambda session: _store(session, entries), at_the_door=True)
            self._stored()
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict):
                self._answer(str(query.get("id", "")))

    def _entry(self, update: Raw) -> InboxEntry | None:
        try:
            if not is_for_us(update, self._bot):
                return None
            chat_id = lane(update)
        except (KeyError, TypeError, AttributeError, ValueError):
            # Not of the form we know: kept all the same, so that a person can look at it.
            chat_id = 0
        return InboxEntry(
            update_id=update["update_id"],
            chat_id=chat_id,
            # In ASCII: half a letter, as a broken program sends it, could not be written otherwise.
            payload=json.dumps(update, separators=(",", ":")),
            received_at=self._clock(),
        )

    def _answer(self, query_id: str) -> None:
        task = asyncio.create_task(self._answer_press(query_id))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)


def _store(session: Session, entries: Sequence[InboxEntry]) -> int:
    return Inbox(session).store(entries)
