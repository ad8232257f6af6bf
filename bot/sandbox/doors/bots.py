"""The HTTP door bots knock on: `/bot<token>/<method>` and `/file/bot<token>/<path>`, as Telegram has them."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import BodyPartReader, web

from bot.sandbox.faults import Fault
from bot.sandbox.methods import answering
from bot.sandbox.methods.addresses import find_number
from bot.sandbox.methods.parameters.connection import (
    GetUpdates,
)
from bot.sandbox.methods.reading import Upload, Uploads, read
from bot.sandbox.methods.table import Method
from bot.sandbox.refusals import Refusal, bad_request, conflict, not_found, too_many
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount

#: Telegram keeps a long poll for at most this many seconds.
LONGEST_POLL = 50
#: Larger bodies are refused: Telegram takes files up to 50 MB.
LARGEST_BODY = 60 * 1024 * 1024

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Lost(Exception):
    """The connection breaks instead of an answer."""


class Door:
    """Carries calls to the sandbox and answers back, with the trouble that was asked for on the way."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._polls: dict[int, asyncio.Future[None]] = {}  # one waiting poll for each bot
        self._news: dict[int, asyncio.Event] = {}
        sandbox.listeners.append(self._on_event)

    def routes(self) -> list[web.RouteDef]:
        """The paths of the Bot API."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    def close(self) -> None:
        """Stop listening to the sandbox, and let nobody wait for updates any more."""
        self.sandbox.listeners.remove(self._on_event)
        for poll in self._polls.values():
            if not poll.done():
                poll.set_exception(Refusal(502, "Bad Gateway"))

    def _on_event(self, event: Event) -> None:
        if event.kind == "update" and event.bot_id in self._news:
            self._news[event.bot_id].set()

    async def call(self, request: web.Request) -> web.Response:
        """One call of a method."""
        try:
            answer = await self._answer(request)
        except Refusal as refusal:
            answer = answering.refused(refusal)
        except Lost:
            if request.transport is not None:
                request.transport.abort()
            answer = answering.refused(Refusal(500, "Internal Server Error"))
        return web.Response(body=answer.body, status=answer.status, content_type="application/json")

    async def _answer(self, request: web.Request) -> answering.Answer:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise not_found()
        bot = self.sandbox.bot_by_token(token)
        method = answering.find_method(request.match_info["method"])
        raw, uploads = await _body(request)
        fault = self.sandbox.faults.strike(method.name, find_number(raw.get("chat_id")))
        if fault is None:
            return await self._handle(bot, method, raw, uploads)
        return await self._troubled(fault, bot, method, raw, uploads)

    async def _handle(self, bot: BotAccount, method: Method, raw: dict[str, Any], uploads: Uploads) -> answering.Answer:
        if method.parameters is GetUpdates:
            return await self._poll(bot, method, raw)
        return answering.answer(self.sandbox, bot, method, raw, uploads)

    async def _troubled(
        self, fault: Fault, bot: BotAccount, method: Method, raw: dict[str, Any], uploads: Uploads
    ) -> answering.Answer:
        """Let a fault befall a call."""
        if fault.trouble in ("too_many", "server_error"):
            refusal = (
                too_many(fault.retry_after)
                if fault.trouble == "too_many"
                else Refusal(fault.status, "Bad Gateway" if fault.status == 502 else "Internal Server Error")
            )
            return answering.refuse(self.sandbox, bot, method.name, raw, refusal, fault.trouble)
        if fault.trouble in ("slow", "timeout_before"):
            await asyncio.sleep(fault.seconds)
        if fault.trouble in ("reset_before", "timeout_before"):
            raise Lost
        answer = await self._handle(bot, method, raw, uploads)
        if fault.trouble == "timeout_after":
            await asyncio.sleep(fault.seconds)
        if fault.trouble != "slow":
            raise Lost
        return answer

    async def _poll(self, bot: BotAccount, method: Method, raw: dict[str, Any]) -> answering.Answer:
        """getUpdates: at once when there is something, else as soon as there is, empty after the timeout."""
        asked = read(method, raw)
        assert isinstance(asked, GetUpdates)
        mine = self._take_turn(bot)
        news = self._news.setdefault(bot.id, asyncio.Event())
        loop = asyncio.get_running_loop()
        until = loop.time() + min(max(asked.timeout, 0), LONGEST_POLL)
        try:
            while True:
                news.clear()
                answer = answering.answer(self.sandbox, bot, method, raw, {})
                if answer.result or answer.status != 200 or not await _woken(news, mine, until - loop.time()):
                    return answer
        finally:
            if self._polls.get(bot.id) is mine:
                del self._polls[bot.id]

    def _take_turn(self, bot: BotAccount) -> asyncio.Future[None]:
        """Become the bot's one poller; the one before is told that it was replaced."""
        older = self._polls.get(bot.id)
        if older is not None and not older.done():
            older.set_exception(conflict(_TWO_POLLERS))
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._polls[bot.id] = mine
        return mine

    async def download(self, request: web.Request) -> web.Response:
        """A file's content."""
        try:
            self.sandbox.bot_by_token(request.match_info["token"])
            stored = self.sandbox.file_at(request.match_info["path"])
            if stored is None:
                raise not_found()
        except Refusal as refusal:
            answer = answering.refused(refusal)
            return web.Response(body=answer.body, status=answer.status, content_type="application/json")
        return web.Response(body=stored.data, content_type=stored.mime or "application/octet-stream")


async def _woken(news: asyncio.Event, mine: asyncio.Future[None], seconds: float) -> bool:
    """Wait for news; False when time is up, the conflict when another poller has come."""
    if seconds <= 0:
        return False
    waiting = asyncio.ensure_future(news.wait())
    either: set[asyncio.Future[Any]] = {waiting, mine}
    try:
        await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    if mine.done():
        mine.result()
    return news.is_set()


async def _body(request: web.Request) -> tuple[dict[str, Any], Uploads]:
    """The parameters from the address and the body, whichever of Telegram's four forms it has."""
    raw: dict[str, Any] = dict(request.query)
    uploads: Uploads = {}
    kind = request.content_type
    if kind == "multipart/form-data":
        await _multipart(request, raw, uploads)
    elif kind == "application/json":
        raw.update(_json(await request.read()))
    elif request.can_read_body:
        raw.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return raw, uploads


def _json(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any]) if body else {}
    except msgspec.DecodeError as error:
        raise bad_request("can't parse JSON object") from error


async def _multipart(request: web.Request, raw: dict[str, Any], uploads: Uploads) -> None:
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        name = part.name or ""
        if part.filename is None:
            raw[name] = (await part.read(decode=True)).decode()
            continue
        mime = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
        uploads[name] = Upload(part.filename, mime, bytes(await part.read(decode=True)))
        raw.setdefault(name, f"attach://{name}")
