"""Whether the chat service can be heard, and since when it could not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from bot.moments import seconds_passed
from bot.outages import outlast
from handlers.commands import Command
from handlers.commands.outages import NoteHeard

#: Seconds between two notes that it was heard from; an outage is known to have begun that much too early at most.
NOTED_EVERY = 15.0


class Earshot:
    """Heard from time to time; the database is told, so that the next process knows when that was."""

    def __init__(self, passed: Callable[[], float] = seconds_passed) -> None:
        # The wall clock may be put right at any time, which is no outage; a machine that slept has had one.
        self._passed = passed
        self._heard_at: float | None = None
        self._noted_at: float | None = None
        self._longest_silence = 0.0  #: Seconds, since it was last noted.

    @property
    def silence(self) -> float | None:
        """Seconds since it was heard from; None before the first time."""
        return None if self._heard_at is None else self._passed() - self._heard_at

    def hear(self) -> None:
        """The service has just answered, or called."""
        self._longest_silence = max(self._longest_silence, self.silence or 0.0)
        self._heard_at = self._passed()

    def note(self) -> NoteHeard | None:
        """What is to be remembered now; None when nothing was heard since the last note."""
        if self._heard_at == self._noted_at:
            return None
        silence = None if self._noted_at is None else timedelta(seconds=self._longest_silence)
        self._noted_at, self._longest_silence = self._heard_at, 0.0
        return NoteHeard(silent_for=silence)

    async def keep(self, do: Callable[[Command], Awaitable[None]], *, by_webhook: bool) -> None:
        """Note for ever that the service is heard; one that calls us is silent while nothing happens."""
        while True:
            if by_webhook:
                self.hear()
            note = self.note()
            if note is not None:
                await outlast(partial(do, note), "earshot")
            await asyncio.sleep(NOTED_EVERY)
