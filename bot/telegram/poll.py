"""Long polling: store, commit, and only then let the service forget."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram.error import TelegramError

from bot.outages import ASK_DATABASE_AGAIN, Patience
from bot.telegram.door import Door
from bot.telegram.failures import Fatal, Hold, Stop, from_error
from bot.writer import is_outage

log = structlog.get_logger()

#: Seconds the service may keep a poll open while nothing happens; it allows 50.
LONG_POLL = 25
#: The service's most updates a poll.
MOST = 100

#: Empty polls, about a day's, after which the offset is forgotten: after a quiet week update ids start anew
#: anywhere, and everything before the offset was confirmed long ago.
QUIET_POLLS = 24 * 3600 // LONG_POLL

Fetch = Callable[[int | None, float], Awaitable[Sequence[bytes]]]


class Poll:
    """Asks for updates for ever. It starts without an offset: what was fetched but not kept comes again."""

    def __init__(
        self, fetch: Fetch, door: Door, drop_webhook: Callable[[], Awaitable[None]], hear: Callable[[], None]
    ) -> None:
        self._fetch = fetch
        self._hear = hear
        self._door = door
        self._drop_webhook = drop_webhook
        self._offset: int | None = None
        self._quiet_polls = 0

    async def run(self, started: Callable[[], Awaitable[None]]) -> None:
        """Fetch and keep, whatever outage lies between; `started` is awaited after the first poll.

        Raises `Stopped` when only a person can help.
        """
        patience = Patience()
        if await self._turn_safely(patience, wait=0.0) is Stop.WEBHOOK_SET:
            # Left behind by an earlier set-up: while it is set, nobody may poll. One set later is somebody's wish.
            await self._drop_webhook()
        await started()
        while True:
            await self._turn_safely(patience, wait=LONG_POLL)

    async def _turn_safely(self, patience: Patience, wait: float) -> Stop | None:
        """One poll, and a pause when it failed; who else holds the updates, when the service says so."""
        try:
            await self.turn(wait)
        except TelegramError as error:
            return await self._bear(error, patience)
        except Exception as error:
            if not is_outage(error):
                raise
            # Not kept, so not confirmed: the same updates come with the next poll.
            log.error("poll_waits_for_database", error=type(error).__name__)
            await asyncio.sleep(ASK_DATABASE_AGAIN)
        else:
            patience.recovered()
        return None

    async def turn(self, wait: float) -> None:
        """One poll of up to `wait` seconds: what it brings is kept before the next poll confirms it."""
        fetched = await self._fetch(self._offset, wait)
        self._hear()
        newest = await self._door.accept(fetched)
        if newest is not None:
            # Only now: the next poll's offset lets the service forget these.
            self._offset = newest + 1
        self._quiet_polls = self._quiet_polls + 1 if newest is None else 0
        if self._quiet_polls >= QUIET_POLLS:
            self._offset = None

    async def _bear(self, error: TelegramError, patience: Patience) -> Stop | None:
        failure = from_error(error)
        if isinstance(failure, Fatal) and failure.why is Stop.UNKNOWN_BOT:
            raise Stopped(failure) from error
        why = failure.why if isinstance(failure, Fatal) else None
        log.warning("poll_failed", failure=type(failure).__name__, why=why and why.value)
        await patience.wait(at_least=failure.wait.total_seconds() if isinstance(failure, Hold) else 0.0)
        return why


class Stopped(Exception):
    """The service refuses us for good until a person puts something right."""

    def __init__(self, failure: Fatal) -> None:
        super().__init__(failure.said)
        self.failure = failure
