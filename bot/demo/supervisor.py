"""Whoever owns the bot's process: starts it, ends it, kills it, sets its clock and reads its books."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from enum import StrEnum

import aiohttp
import msgspec

from bot.demo.books import Books
from bot.moments import WallClock

#: What the process says once it takes updates; the address of its door follows.
READY = "bot ready "
#: Where the process is told what its configuration does not say.
SECRET, AHEAD, VERBOSE = "TOCOVID_DEMO_SECRET", "TOCOVID_DEMO_AHEAD", "TOCOVID_DEMO_VERBOSE"
#: Seconds the bot gets to start, on a machine with much else to do; and to end in order.
TO_START, TO_END = 240.0, 15.0
#: Seconds a question at its door may take: what is due after a long jump is done before it answers.
TO_ANSWER = 60.0


class Standing(StrEnum):
    """Where the bot's process stands."""

    DOWN = "down"  #: It was stopped, or killed.
    STARTING = "starting"  #: The process runs and takes no updates yet.
    UP = "up"  #: It takes updates.


class BotDidNotStart(Exception):
    """The bot's process ended, or had its time, before it took updates; its words are on standard error."""


class Supervisor:
    """One bot, as a process that can be killed while the page goes on."""

    def __init__(self, clock: WallClock, *, verbose: bool = False) -> None:
        self.environment: Mapping[str, str] = {}  #: The bot's configuration.
        self._clock = clock
        self._verbose = verbose
        self._process: Process | None = None
        self._door = ""
        self._secret = ""
        self._http: aiohttp.ClientSession | None = None
        self._watching: asyncio.Task[None] | None = None
        self.standing = Standing.DOWN
        self.starts = 0  #: How often it was started.
        self.on_change: Callable[[], None] = lambda: None  #: Told whenever `standing` has changed.

    async def start(self) -> None:
        """Start the bot and return when it takes updates; nothing happens when it runs. Raises `BotDidNotStart`."""
        if self.standing is not Standing.DOWN:
            return
        self._stand(Standing.STARTING)
        self.starts += 1
        self._secret = secrets.token_urlsafe(16)
        command = (sys.executable, "-m", "bot.demo.actor")
        self._process = await asyncio.create_subprocess_exec(*command, env=self._told(), stdin=PIPE, stdout=PIPE)
        self._watching = asyncio.create_task(self._watch(self._process))
        self._door = await self._door_of(self._process)
        self._http = aiohttp.ClientSession(
            headers={"Authorization": self._secret}, timeout=aiohttp.ClientTimeout(total=TO_ANSWER)
        )
        self._stand(Standing.UP)

    def _told(self) -> dict[str, str]:
        """The environment of a new process: nothing of the visitor's own configuration reaches it."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("TOCOVID_")}
        ahead = str(self._clock.ahead.total_seconds())
        return {**own, **self.environment, SECRET: self._secret, AHEAD: ahead, VERBOSE: "1" if self._verbose else ""}

    async def _door_of(self, process: Process) -> str:
        assert process.stdout is not None
        try:
            line = (await asyncio.wait_for(process.stdout.readline(), TO_START)).decode().strip()
        except TimeoutError:
            line = ""
        if not line.startswith(READY) or process.returncode is not None:
            await self.kill()
            raise BotDidNotStart
        return line.removeprefix(READY)

    async def _watch(self, process: Process) -> None:
        """Notice the end of the process, however it comes."""
        await process.wait()
        # Taken away before it is closed: who asks while it closes is told that the bot is down.
        http, self._http = self._http, None
        if http is not None:
            await http.close()
        self._stand(Standing.DOWN)

    async def stop(self) -> None:
        """Let the bot finish what it holds, and end it."""
        if self._process is None or self._process.stdin is None or self._watching is None:
            return
        self._process.stdin.close()
        done, _ = await asyncio.wait({self._watching}, timeout=TO_END)
        if not done:
            await self.kill()

    async def kill(self) -> None:
        """End the bot in the middle of whatever it does, as a power cut would."""
        if self._process is None or self._watching is None:
            return
        if self._process.returncode is None:
            self._process.kill()
        await self._watching

    async def follow_clock(self) -> None:
        """Give the bot the time of the demo's clock, and return when what is due has happened."""
        if self._http is None:
            return  # it reads the clock when it starts
        try:
            body = msgspec.json.encode(self._clock.ahead.total_seconds())
            async with self._http.post(f"{self._door}/clock", data=body) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError):
            return  # killed meanwhile: it reads the clock when it starts

    async def books(self) -> Books | None:
        """The bot's books; None while it is down."""
        if self._http is None:
            return None
        try:
            async with self._http.get(f"{self._door}/books") as answer:
                answer.raise_for_status()
                return msgspec.json.decode(await answer.read(), type=Books)
        except (aiohttp.ClientError, TimeoutError):
            return None

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self.on_change()
