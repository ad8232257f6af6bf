"""When a loop looks again for what waits in the database."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from math import inf


class Looks:
    """A loop looks as soon as it is told to, and every few seconds: another process tells nobody what it leaves."""

    def __init__(self, every: float) -> None:
        """`every` so many seconds."""
        self._every = every
        self._told = asyncio.Event()

    def wake(self) -> None:
        """There is something now."""
        self._told.set()

    async def wait(self, at_most: float = inf) -> None:
        """Until the loop is to look again: `at_most` so many seconds, when it knows of something that is due then."""
        with suppress(TimeoutError):
            async with asyncio.timeout(min(self._every, at_most)):
                await self._told.wait()
        # Told while it looked counts as well: nobody says when exactly.
        self._told.clear()
