"""The bot as the demo runs it: a process of its own, with a door for its clock and its books that nothing else has.

It lives as long as its standard input is open: closing it lets the bot finish in order, also where there are no
signals, and a demo that was killed leaves no bot behind.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from datetime import timedelta
from hmac import compare_digest

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from bot import log
from bot.app import App
from bot.config import load
from bot.demo.books import open_books
from bot.demo.supervisor import AHEAD, READY, SECRET, VERBOSE
from bot.moments import WallClock


class ActorDoor:
    """What the demo may ask of its bot, and nobody else: the secret is new at every start."""

    def __init__(self, app: App, secret: str) -> None:
        self.app = app
        self._secret = secret

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/clock", self.set_clock), web.get("/books", self.show_books)]

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse with 403 whoever does not know the secret."""
        if not compare_digest(request.headers.get("Authorization", ""), self._secret):
            raise web.HTTPForbidden
        return await handler(request)

    async def set_clock(self, request: web.Request) -> web.Response:
        """Let it be so many seconds later than this machine believes, and do at once whatever is due then."""
        self.app.clock.ahead = timedelta(seconds=msgspec.json.decode(await request.read(), type=float))
        await self.app.ticks.all_now()
        return web.Response()

    async def show_books(self, _request: web.Request) -> web.Response:
        books = await self.app.writer.transact(open_books)
        return web.Response(body=msgspec.json.encode(books), content_type="application/json")


async def act() -> None:
    """Run the bot that the environment describes until standard input ends."""
    verbose = os.environ.pop(VERBOSE, "")
    secret, ahead = os.environ.pop(SECRET), float(os.environ.pop(AHEAD))
    log.configure(level=logging.INFO if verbose else logging.WARNING)
    app = App(load(None, os.environ), WallClock(timedelta(seconds=ahead)))
    _stop_with_the_demo(app)
    async with app:
        door = ActorDoor(app, secret)
        site = web.Application(middlewares=[door.guard])
        site.add_routes(door.routes())
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()

        async def ready() -> None:
            print(f"{READY}http://127.0.0.1:{runner.addresses[0][1]}", flush=True)

        try:
            await app.run(ready)
        finally:
            await runner.cleanup()


def _stop_with_the_demo(app: App) -> None:
    """Stop when standard input ends. Ctrl-C is the demo's to hear: it reaches every process of a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loop = asyncio.get_running_loop()

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        loop.call_soon_threadsafe(app.stop)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    asyncio.run(act())
