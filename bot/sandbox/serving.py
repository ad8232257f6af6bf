"""Opening the sandbox to HTTP on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox.doors.bots import LARGEST_BODY, Door
from bot.sandbox.doors.control import Control, OnClock
from bot.sandbox.doors.page import PageDoor
from bot.sandbox.doors.webhook import Courier
from bot.sandbox.state import Sandbox


@asynccontextmanager
async def serve(
    sandbox: Sandbox,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    on_clock: OnClock | None = None,
    stage: Sequence[web.RouteDef] = (),
) -> AsyncIterator[str]:
    """Answer at the address yielded, `http://127.0.0.1:PORT`, until the block ends. Port 0 is any free.

    Bots find the Bot API there, people the page, programs the control door. `on_clock` moves the clock when the
    page asks; without it the page shows no clock buttons. `stage` are the embedder's own routes below /stage, where
    the page finds what happens around the sandbox; without them it shows the chats alone.
    """
    door, courier, page = (
        Door(sandbox),
        Courier(sandbox),
        PageDoor(sandbox, has_clock=on_clock is not None, has_stage=bool(stage)),
    )
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes([*door.routes(), *Control(sandbox, on_clock).routes(), *page.routes(), *stage])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await courier.start()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        page.close()
        door.close()
        await courier.stop()
        await runner.cleanup()
