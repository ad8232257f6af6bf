"""Who may use the people's doors: programs and browsers on this machine, and no web page from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NAMES = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


def only_from_here(handler: Handler) -> Handler:
    """Refuse with 403 whatever comes over the network or was sent by a page of another site."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not (_is_near(request.remote) and _names_us(request) and _same_origin(request)):
            raise web.HTTPForbidden(text="This door is open to this machine only.")
        return await handler(request)

    return guarded


def _is_near(remote: str | None) -> bool:
    return remote is not None and ip_address(remote).is_loopback


def _names_us(request: web.Request) -> bool:
    """A name somebody pointed at 127.0.0.1 is not ours: a page of theirs would pass for one of this machine."""
    return (request.url.host or "") in _NAMES


def _same_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
