"""The bot's own pages: whether it is alive and ready, what it counts, and the door for updates in webhook mode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bot.config import Settings
from bot.situation import Counts, count_everything
from bot.telegram.earshot import Earshot
from bot.telegram.webhook import Webhook
from bot.web.metrics import exposition
from models.database import reading_url
from models.store import gauges

log = structlog.get_logger()

#: Seconds without a word from the chat service after which the bot is not ready: some long polls' worth.
MOST_SILENCE = 120.0


class DoorTaken(Exception):
    """Another program listens where updates must come in."""


class Pages:
    """Serves on `[web] listen`. Reads on connections of its own, so that no page ever waits for the writer."""

    def __init__(
        self, settings: Settings, webhook: Webhook | None, clock: Callable[[], datetime], earshot: Earshot
    ) -> None:
        self._listen = settings.web.listen
        self._clock = clock
        self._earshot = earshot
        self._webhook = webhook
        self._reader = create_async_engine(reading_url(settings.database.url.get_secret_value()))
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to serve. A taken port only matters, and raises `DoorTaken`, when updates must come in by it."""
        if self._listen is None:
            return
        app = web.Application(client_max_size=2**21)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        if self._webhook is not None:
            app.router.add_post(self._webhook.path, self._webhook.take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._listen.host, self._listen.port).start()
        except OSError as error:
            if self._webhook is not None:
                raise DoorTaken(f"{self._listen.host}:{self._listen.port}") from error
            log.warning("pages_not_served", host=self._listen.host, port=self._listen.port)

    async def close(self) -> None:
        """Stop serving and let go of the database."""
        if self._runner is not None:
            await self._runner.cleanup()
        await self._reader.dispose()

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        try:
            counts, oldest_at = await self._counts()
        except SQLAlchemyError as error:
            return web.json_response({"ready": False, "database": type(error).__name__}, status=503)
        silence = self._earshot.silence
        is_ready = silence is not None and silence <= MOST_SILENCE
        figures = {
            "ready": is_ready,
            "last_contact_seconds": None if silence is None else round(silence, 1),
            "mail_waiting": counts.mail_waiting,
            "mail_oldest_seconds": (self._clock() - oldest_at).total_seconds() if oldest_at else 0.0,
            "mail_parked": counts.mail_parked,
        }
        return web.json_response(figures, status=200 if is_ready else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            async with AsyncSession(self._reader) as session:
                found = await session.run_sync(gauges.read)
        except SQLAlchemyError as error:
            return web.Response(status=503, text=type(error).__name__)
        return web.Response(body=exposition(found, self._clock()), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _counts(self) -> tuple[Counts, datetime | None]:
        async with AsyncSession(self._reader) as session:
            return await session.run_sync(count_everything), await session.run_sync(gauges.oldest_mail)
