"""Where updates enter, whichever way they came: kept and committed first, confirmed after."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import structlog
from msgspec import UNSET

from bot.meters import updates_refused
from bot.telegram import overhearing
from bot.telegram.form import Formless, Update, lane_of_formless, loosely, number_of, read
from bot.telegram.incoming import Incoming
from bot.telegram.translate import Bot, is_for_us
from bot.writer import Writer, is_of_the_machine
from models.store.entrance import NewEntry

log = structlog.get_logger()


class Arrived(NamedTuple):
    """An update that has a number."""

    number: int
    came: bytes  #: As the service wrote it.
    form: Update | Formless  #: What we read of it, or why that cannot be read.


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

    async def accept(self, updates: Iterable[bytes]) -> int | None:
        """Keep these updates in the order in which they happened; the newest's number, None when none has one.

        When this returns they are on the disk and may be confirmed, one that the database refuses in a form it takes.
        Raises `OperationalError` when the database cannot keep them: then they must not be confirmed.
        """
        arrived = sorted(_numbered(updates), key=attrgetter("number"))
        incoming = Incoming(self._clock())
        for each in arrived:
            if isinstance(each.form, Formless):
                incoming.entries.append(_set_aside(each, incoming.now))
            elif is_for_us(each.form, self._bot):
                incoming.entries.append(_entry(each, each.form, incoming.now))
            elif overhearing.is_talk(each.form):
                incoming.talk[each.number] = each.form
        if incoming.entries or incoming.talk:
            await self._keep(incoming)
            self._stored()
        for press in filter(None, map(_press, arrived)):
            self._answer(press)
        return arrived[-1].number if arrived else None

    async def _keep(self, incoming: Incoming) -> None:
        try:
            await self._writer.admit(incoming.keep)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            # Nothing of it was kept. Once more, then, so that whatever the database refuses stops only itself.
            refused = await self._writer.admit(incoming.keep_apart)
            updates_refused.inc(len(refused))
            for number, why in refused.items():
                log.error("update_refused_by_database", update=number, why=why)

    def _answer(self, press: str) -> None:
        task = asyncio.create_task(self._answer_press(press))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)


def _numbered(updates: Iterable[bytes]) -> Iterator[Arrived]:
    """Those that could be known again and confirmed."""
    for came in updates:
        form: Update | Formless
        try:
            form = read(came)
            number = form.update_id
        except Formless as error:
            form, number = error, number_of(loosely(came))
        if number is None:
            log.error("update_without_number")
        else:
            yield Arrived(number, came, form)


def _press(update: Arrived) -> str | None:
    """What the service calls the press that an update brings."""
    if isinstance(update.form, Update):
        press = update.form.callback_query
        return None if press is UNSET else press.id
    query = loosely(update.came).get("callback_query")
    return str(query.get("id", "")) if isinstance(query, dict) else None


def _set_aside(update: Arrived, now: datetime) -> NewEntry:
    """Not of the form we know: kept all the same, so that a person can look at it."""
    log.warning("update_without_form", update=update.number, why=str(update.form))
    return NewEntry(update.number, lane_of_formless(loosely(update.came)), _written(update.came), now)


def _entry(update: Arrived, form: Update, now: datetime) -> NewEntry:
    payload = _written(overhearing.without_others_words(update.came, form))
    return NewEntry(update.number, form.lane, payload, now, form.said_at)


def _written(came: bytes) -> str:
    return came.decode(errors="replace")
