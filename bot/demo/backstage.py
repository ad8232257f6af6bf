"""What the demo does around the chats when its page asks: the clock, the bot's process, troubles, tours, situations."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Literal

from bot.catalogue import Catalogues
from bot.demo.guide import TOURS, Guide
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID
from bot.sandbox import CannotDo, Event, Fault, Trouble

#: How much faster than the wall's the clock runs while the day is played, and how often it is moved, in seconds.
PLAYED_AT, EVERY = 60, 1.0
#: A jump to something due goes this far beyond it, for the tick that looks for it.
JUST_PAST = timedelta(seconds=1)
#: The chance that trouble befalls a call while it is switched on: often enough to be seen, seldom enough to get on.
ODDS = 1 / 3


class Backstage:
    """The demo's verbs. Each is called from the page by its name; `CannotDo` says why something is impossible."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._catalogues = Catalogues.load()
        self._guide: Guide | None = None
        self._leading: asyncio.Task[None] | None = None
        self._running: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()  # one change of the whole situation at a time

    async def look(self) -> dict[str, Any]:
        """How the bot, the clock and a tour stand."""
        bot, books = self._play.bot, await self._play.bot.books()
        return {
            "bot": bot.standing,
            "starts": bot.starts,
            "now": self._play.sandbox.now(),
            "running": self._running is not None,
            "due": [[line.at.timestamp(), line.kind, line.count] for line in books.due] if books else None,
            "tours": list(TOURS) if self._play.district.can_play_the_day else [],
            "tour": self._guide.progress if self._guide else None,
        }

    # The clock

    async def clock(self, seconds: float) -> None:
        """Let it be so much later."""
        if seconds < 0:
            raise CannotDo("The clock only goes forward.")
        await self._play.later(timedelta(seconds=seconds))

    async def clock_to_due(self) -> None:
        """Let it be the moment at which something is due next."""
        books = await self._play.bot.books()
        if not books or not books.due:
            raise CannotDo("Nothing is due.")
        await self._play.later(max(books.due[0].at - self._play.clock(), timedelta()) + JUST_PAST)

    async def clock_to(self, hour: int, minute: int = 0) -> None:
        """Let it be the next time the clocks show this."""
        await self._play.later(self._play.span_until(hour, minute))

    async def clock_runs(self, on: bool) -> None:
        """Let the day go by sixty times as fast, or as it does."""
        self._stop_running()
        if on:
            self._running = asyncio.create_task(self._run_clock())
        self.tell_page()

    async def _run_clock(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self._play.later(timedelta(seconds=(PLAYED_AT - 1) * EVERY))

    def _stop_running(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    # The bot and its troubles

    async def bot(self, do: Literal["start", "stop", "kill"]) -> None:
        """Start the bot, let it end, or end it in the middle of whatever it does."""
        async with self._busy:
            await {"start": self._play.bot.start, "stop": self._play.bot.stop, "kill": self._play.bot.kill}[do]()

    async def faults(self, switched_on: list[Trouble]) -> None:
        """Let these troubles, and no others, befall every third call."""
        self._play.sandbox.faults.clear()
        for trouble in switched_on:
            self._play.sandbox.faults.add(
                Fault(trouble=trouble, times=None, probability=ODDS, seconds=2.0, retry_after=2)
            )
        self.tell_page()

    async def put_out(self, chat: int) -> None:
        """Let whoever founded a group put the bot out of it."""
        room = self._play.sandbox.world.groups.get(chat)
        if room is None:
            raise CannotDo("Only a group can put the bot out.")
        founder = next(member.user_id for member in room.members.values() if member.status == "creator")
        self._play.hands.kick_bot(founder, chat, BOT_ID)

    # Tours

    async def tour(self, name: str) -> None:
        """Begin a tour, in the morning from which the day begins."""
        if name not in TOURS or not self._play.district.can_play_the_day:
            raise CannotDo(f"There is no tour called {name} here.")
        await self.tour_end()
        self._guide = Guide(self._play, self._catalogues, name, self.tell_page)
        await self._restore(self._play.keeper.morning())
        self._leading = asyncio.create_task(self._guide.lead())

    async def tour_help(self, after: int, with_all: bool = False) -> None:
        """Do the step after so many for the visitor, or all that are left; one that is done already stays so."""
        if self._guide is not None and after == len(self._guide.progress.done):
            self._guide.help(with_all=with_all)

    async def tour_end(self) -> None:
        """Leave the tour; the situation stays as it is."""
        if self._leading is not None:
            self._leading.cancel()
        self._guide = self._leading = None
        self.tell_page()

    # Situations

    async def reset(self) -> None:
        """Begin the day again."""
        await self.put_back(self._play.keeper.morning())

    async def take(self) -> bytes:
        """The situation as it is, to be kept in a file."""
        async with self._busy:
            await self._play.bot.stop()
            try:
                return await asyncio.to_thread(self._play.keeper.take, self._play.sandbox)
            finally:
                await self._play.bot.start()

    async def put_back(self, situation: bytes) -> None:
        """Go on from a situation that was taken. Raises `NoSituation`, and nothing has changed."""
        await self.tour_end()
        await self._restore(situation)

    async def _restore(self, situation: bytes) -> None:
        self._stop_running()
        async with self._busy:
            await self._play.bot.kill()
            try:
                self._play.keeper.put_back(situation, self._play.sandbox)
            finally:
                await self._play.bot.start()

    def tell_page(self) -> None:
        """Let every window look again."""
        self._play.sandbox.tell(Event("stage"))
