"""Updates brought to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.conftest import Village


class Listener:
    """A bot's webhook that can be told to refuse."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[dict[str, Any]] = []
        self.secrets: set[str] = set()
        self.refuse = 0
        self.news = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.got.append(await request.json())
        self.news.set()
        return web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.add_routes([web.post("/hook", listener.take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def test_updates_arrive_with_the_secret_and_in_order(village: Village, url: str, listener: Listener) -> None:
    village.hands.say(village.mai.id, village.bot.id, "trước")
    village.call("setWebhook", url=listener.url, secret_token="bi-mat")
    for number in range(20):
        village.hands.say(village.mai.id, village.bot.id, str(number))
    await listener.until(21)
    assert listener.texts() == ["trước", *map(str, range(20))]
    assert listener.secrets == {"bi-mat"}
    # The next of the same chat sets out only after the one before was taken off the queue.
    village.hands.say(village.mai.id, village.bot.id, "cuối")
    await listener.until(22)
    assert village.call("getWebhookInfo")["pending_update_count"] <= 1


async def test_a_refused_update_is_brought_again_before_the_next_of_its_chat(
    village: Village, url: str, listener: Listener
) -> None:
    listener.refuse = 2
    village.call("setWebhook", url=listener.url)
    for text in ("một", "hai"):
        village.hands.say(village.mai.id, village.bot.id, text)
    await listener.until(2)
    assert listener.texts() == ["một", "hai"]
    assert "500" in village.call("getWebhookInfo")["last_error_message"]


async def test_polling_is_refused_while_a_webhook_is_set(village: Village, listener: Listener) -> None:
    village.call("setWebhook", url=listener.url)
    assert village.refusal("getUpdates").startswith("Conflict: can't use getUpdates method while webhook")
    village.call("deleteWebhook", drop_pending_updates=True)
    assert village.call("getUpdates") == []


async def test_a_webhook_elsewhere_needs_https(village: Village) -> None:
    words = village.refusal("setWebhook", url="http://example.org/hook")
    assert words == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
