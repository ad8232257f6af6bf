"""Opening the sandbox to HTTP on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web

from bot.sandbox.doors.bots import LARGEST_BODY, Door
from bot.sandbox.state import Sandbox

#: Moves the embedder's clock by this much, or, given None, to the next thing due.
OnClock = Callable[[timedelta | None], Awaitable[None]]


@asynccontextmanager
async def serve(
    sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0, on_clock: OnClock | None = None
) -> AsyncIterator[str]:
    """Answer at the address yielded, `http://127.0.0.1:PORT`, until the block ends. Port 0 is any free."""
    door = Door(sandbox)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(door.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        yield f"http://{host}:{bound}"
    finally:
        door.close()
        await runner.cleanup()
