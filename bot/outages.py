"""Waiting for something outside that is away: longer each time, never in step with others."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.writer import is_outage

T = TypeVar("T")

log = structlog.get_logger()

#: Seconds, at most, until a database that is away is asked again: everybody who writes waits for it, and a bot that is
#: told to end just when it is back must still mark what it has sent, or it would be sent twice.
ASK_DATABASE_AGAIN = 1.0


class Patience:
    """Waits 0.25 s, then twice as long each time up to `longest` seconds, each shortened by chance."""

    def __init__(self, longest: float = 15.0) -> None:
        self._longest = longest
        self._next = 0.25

    def next_wait(self) -> float:
        """Seconds to wait now; the following wait will be longer."""
        # Chance spreads those who wait for the same thing; nothing secret hangs on it.
        seconds = self._next * random.uniform(0.5, 1.0)  # noqa: S311
        self._next = min(self._next * 2, self._longest)
        return seconds

    async def wait(self, at_least: float = 0.0) -> None:
        """Wait, `at_least` so many seconds when somebody named them."""
        await asyncio.sleep(max(at_least, self.next_wait()))

    def recovered(self) -> None:
        """It answered: the next outage starts with a short wait again."""
        self._next = 0.25


async def outlast(attempt: Callable[[], Awaitable[T]], who: str) -> T:
    """What the attempt gives, which is made again and again while the database is away, as `who` says in the log."""
    patience = Patience(longest=ASK_DATABASE_AGAIN)
    while True:
        try:
            return await attempt()
        except Exception as error:
            if not is_outage(error):
                raise
            log.error(f"{who}_waits_for_database", error=type(error).__name__)
            await patience.wait()
