"""The bot as a process of its own, started as an administrator starts it, and killed as a power cut does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec

from tests.crash.stable import Order
from tests.crash.traps import Trap

#: Seconds anything may take before a test gives up: far more than a busy machine needs, and nobody waits for the rest.
PATIENCE = 240.0
#: Seconds a bot takes to start where nobody else has anything to do.
TO_START_ALONE = 1.0


async def until(true: Callable[[], bool]) -> None:
    """Wait until this holds, looking in a thread; AssertionError when it does not come to hold."""
    last = time.monotonic() + PATIENCE
    while not await asyncio.to_thread(true):
        assert time.monotonic() < last, "waited for in vain"
        await asyncio.sleep(0.05)


class BotProcess:
    """One running bot, by its process id; `log` holds what it said."""

    def __init__(self, pid: int, log: Path) -> None:
        self.pid = pid
        self.log = log
        self._began = time.monotonic()
        #: By how much the machine was slower when it started than one with nothing else to do.
        self.slowness = 1.0

    @property
    def said(self) -> str:
        """Both outputs so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    async def until_ready(self) -> None:
        """Wait until it takes updates."""
        await self.until_said("tocovid ready")
        self.slowness = max(1.0, (time.monotonic() - self._began) / TO_START_ALONE)

    async def until_said(self, words: str, within: float = PATIENCE) -> None:
        """Wait until the bot has said this; AssertionError with all it said when it does not."""
        await self.until_said_or_gone(words, within)
        assert words in self.said, f"{words!r} was not said; but this was:\n{self.said}"

    async def until_gone(self, within: float = PATIENCE) -> None:
        assert await self.ends_within(within), f"process {self.pid} does not end; it said:\n{self.said}"

    async def until_said_or_gone(self, words: str, within: float = PATIENCE) -> None:
        """Wait until the bot has said this, or can say nothing any more."""
        until = time.monotonic() + within
        while words not in self.said and self.is_alive:
            assert time.monotonic() < until, f"{words!r} was not said; but this was:\n{self.said}"
            await asyncio.sleep(0.05)

    async def ends_within(self, seconds: float) -> bool:
        """Whether it ended by itself in this time, or had already."""
        until = time.monotonic() + seconds
        while self.is_alive:
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.01)
        return True

    def send(self, signal_: signal.Signals) -> None:
        """Send it a signal, if it still lives."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal_)

    async def kill(self) -> None:
        """`kill -9`."""
        self.send(signal.SIGKILL)
        await self.until_gone()

    async def stop(self) -> None:
        """SIGTERM, and wait for the end."""
        self.send(signal.SIGTERM)
        await self.until_gone()


@asynccontextmanager
async def started(
    config: Path, folder: Path, name: str = "bot", *more: str
) -> AsyncIterator[tuple[BotProcess, asyncio.subprocess.Process]]:
    """`python -m bot.cli run --config …`, as an administrator types it; killed if the test leaves it running."""
    log = folder / f"{name}.log"
    with log.open("wb") as both:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", "--config", str(config), *more, stdout=both, stderr=both
        )
    try:
        yield BotProcess(process.pid, log), process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class Stable:
    """Starts bots without importing everything anew for each: they are forks of a process that has done it."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._starts = 0
        self._last: BotProcess | None = None

    async def start(self, config: Path, trap: Trap | None = None, *, repeats_everything: bool = False) -> BotProcess:
        """`tocovid run --config …` in a fresh process, after the one before has ended."""
        await self.clear()
        assert self._process.stdin
        assert self._process.stdout
        self._starts += 1
        log = self._folder / f"run-{self._starts}.log"
        order = Order(str(config), str(log), trap, repeats_everything)
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._last = BotProcess(int(await self._process.stdout.readline()), log)
        return self._last

    async def clear(self) -> None:
        """Kill what still runs."""
        if self._last is not None and self._last.is_alive:
            await self._last.kill()


@asynccontextmanager
async def stable(folder: Path) -> AsyncIterator[Stable]:
    """A warm stable for the length of the block; what was started there ends with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.stable", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    stalls = Stable(process, folder)
    try:
        yield stalls
    finally:
        await stalls.clear()
        assert process.stdin
        process.stdin.close()
        await process.wait()
