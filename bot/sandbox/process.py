"""The sandbox as a process of its own, for tests that kill the bot and not the Telegram around it."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.serving import serve
from bot.sandbox.state import Sandbox

READY = "sandbox ready "


class ShiftedClock:
    """This machine's clock, plus what it was moved by."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where to answer on 127.0.0.1; 0 is any free port")
    parser.add_argument("--state", type=Path, help="a file to continue from, and to leave everything in")
    parser.add_argument("--seed", type=int, help="makes everything random repeatable")
    return parser.parse_args()


async def run(port: int, state: Path | None, seed: int | None) -> None:
    """Serve until SIGTERM or Ctrl-C; say `sandbox ready http://127.0.0.1:PORT` when there is somebody to answer."""
    clock = ShiftedClock()
    world = state.read_bytes() if state and state.exists() else None  # noqa: ASYNC240 - before anything runs
    sandbox = Sandbox(clock=clock, seed=seed, world=world)

    async def move(span: timedelta) -> None:
        clock.shift += span

    try:
        async with serve(sandbox, port=port, on_clock=move) as url:
            print(f"{READY}{url}", flush=True)
            await _told_to_stop()
    finally:
        if state:
            state.write_bytes(sandbox.dump())  # noqa: ASYNC240 - nothing runs any more


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no signal handlers in its loop; Ctrl-C still ends it
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def main() -> None:
    """The command `python -m bot.sandbox`."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    given = _arguments()
    with suppress(KeyboardInterrupt):
        asyncio.run(run(given.port, given.state, given.seed))


def _speak_utf8(stream: object) -> None:
    reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
