"""The other way in: the service calls us, and hears 200 only when the update is on the disk."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.telegram.door import Door
from bot.writer import is_outage

log = structlog.get_logger()

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret


class Webhook:
    """Takes one update a call; anything but 200 lets the service try again."""

    def __init__(self, url: str, secret: str, door: Door) -> None:
        self.path = urlsplit(url).path or "/"
        self._secret = secret
        self._door = door

    async def take(self, request: web.Request) -> web.Response:
        """200 once kept; 403 without the secret; 400 for what is no update; 503 while the database is away."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            number = await self._door.accept([await request.read()])
        except Exception as error:
            if not is_outage(error):
                raise
            log.error("webhook_waits_for_database", error=type(error).__name__)
            return web.Response(status=503)
        return web.Response(status=400 if number is None else 200)
