"""The road to Telegram over real HTTP on loopback: what left, what may have arrived, and what did not."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram.transport import (
    AiohttpRequest,
    MayHaveArrived,
    NeverLeft,
    NotTelegram,
    ProxyUnsupported,
    RawApi,
    UnreadAiohttpRequest,
    require_known_proxy,
)

TOKEN = "123456:not-a-secret"
#: Seconds that nothing here takes, however busy the machine; whoever is to wait in vain is given fewer.
PATIENCE = 60.0
MESSAGE = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "Xin chào"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def telegram(handler: Handler) -> AsyncIterator[str]:
    """A server on loopback that answers every path; yields its root."""
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/{path:.*}", handler)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


@asynccontextmanager
async def bot_at(root: str, **settings: Any) -> AsyncIterator[Bot]:
    """The library's bot over our transport."""
    request = AiohttpRequest(**dict.fromkeys(("read_timeout", "connect_timeout", "pool_timeout"), PATIENCE) | settings)
    await request.initialize()
    try:
        yield Bot(TOKEN, base_url=f"{root}/bot", request=request, get_updates_request=request)
    finally:
        await request.shutdown()


@asynccontextmanager
async def updates_from(root: str) -> AsyncIterator[RawApi]:
    """What updates are fetched by."""
    request = UnreadAiohttpRequest(read_timeout=PATIENCE)
    await request.initialize()
    try:
        yield RawApi(request, f"{root}/", TOKEN)
    finally:
        await request.shutdown()


def reply(result: object = MESSAGE, status: int = 200) -> web.Response:
    return web.json_response({"ok": status == 200, "result": result}, status=status)


def refusal(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description}, status=status)


def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def send(bot: Bot) -> object:
    return await bot.send_message(7, "Xin chào")


async def test_a_message_arrives_with_its_vietnamese_words_and_its_buttons() -> None:
    seen: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.post(), path=request.path)
        return reply()

    async with telegram(answer) as root, bot_at(root) as bot:
        message = await bot.send_message(7, "Bác ơi, trạm y tế đây & chúc khoẻ + 1", reply_markup={"a": [1]})  # type: ignore[arg-type]
    assert seen["path"] == f"/bot{TOKEN}/sendMessage"
    assert (seen["chat_id"], seen["text"]) == ("7", "Bác ơi, trạm y tế đây & chúc khoẻ + 1")
    assert seen["reply_markup"] == '{"a": [1]}'
    assert message.text == "Xin chào"


async def test_a_photo_is_carried_whole_with_its_name_and_caption() -> None:
    seen: dict[str, Any] = {}
    picture = bytes(range(256)) * 5_000

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        (part,) = [value for value in form.values() if isinstance(value, web.FileField)]
        seen.update(name=part.filename, kind=part.content_type, content=part.file.read(), caption=form["caption"])
        return reply()

    async with telegram(answer) as root, bot_at(root) as bot:
        await bot.send_photo(7, InputFile(picture, filename="Ảnh nhà bác.jpg"), caption="Nhà ở bản Hon")
    assert seen == {
        "name": "Ảnh nhà bác.jpg",
        "kind": "image/jpeg",
        "content": picture,
        "caption": "Nhà ở bản Hon",
    }


async def test_a_file_is_fetched_as_it_is() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"%PDF not json")

    async with telegram(answer) as root, bot_at(root) as bot:
        assert await bot.request.retrieve(f"{root}/file") == b"%PDF not json"


async def test_connections_are_kept_and_used_again() -> None:
    peers: set[object] = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return reply()

    async with telegram(answer) as root, bot_at(root) as bot:
        for _ in range(5):
            await send(bot)
    assert len(peers) == 1


async def test_a_closed_door_means_that_nothing_left() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with bot_at(root) as bot:
            with pytest.raises(NeverLeft):
                await send(bot)


async def test_an_unknown_host_means_that_nothing_left() -> None:
    async with bot_at("http://nowhere.invalid", connect_timeout=5.0) as bot:
        with pytest.raises(NeverLeft):
            await send(bot)


async def test_waiting_in_vain_for_a_connection_means_that_nothing_left() -> None:
    arrived, may_go_on = asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        arrived.set()
        await may_go_on.wait()
        return reply()

    async with telegram(answer) as root, bot_at(root, connections=1) as bot:
        first = asyncio.create_task(send(bot))
        await arrived.wait()
        with pytest.raises(NeverLeft):
            await bot.send_message(7, "Xin chào", pool_timeout=0.1, connect_timeout=0.1)
        may_go_on.set()
        await first


async def test_a_slow_answer_may_have_arrived() -> None:
    has_given_up = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await has_given_up.wait()
        return reply()

    async with telegram(answer) as root, bot_at(root, read_timeout=0.1) as bot:
        with pytest.raises(MayHaveArrived):
            await send(bot)
        has_given_up.set()


async def test_a_reset_before_the_body_was_read_may_have_arrived() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return hang_up(request)

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(MayHaveArrived):
            await send(bot)


async def test_a_reset_after_the_body_was_read_may_have_arrived() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        return hang_up(request)

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(MayHaveArrived):
            await send(bot)


async def test_an_answer_cut_in_the_middle_may_have_arrived() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"ok": true, "res')
        return hang_up(request)

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(MayHaveArrived):
            await send(bot)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failing_server_may_have_taken_the_message_whatever_page_it_shows(status: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text="<html>Bad Gateway</html>", content_type="text/html")

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(MayHaveArrived, match=str(status)):
            await send(bot)


@pytest.mark.parametrize("status", [301, 403, 404, 407, 429])
async def test_a_refusal_by_something_that_is_not_telegram_is_not_taken_for_telegrams(status: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text="<html>Portal</html>", headers={"Location": "/elsewhere"})

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(NotTelegram):
            await send(bot)


async def test_a_cheerful_page_instead_of_an_answer_is_not_taken_for_success() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="<html>Welcome to the network</html>")

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(MayHaveArrived):
            await send(bot)


@pytest.mark.parametrize(
    ("status", "said", "error"),
    [
        (400, "Bad Request: chat not found", BadRequest),
        (401, "Unauthorized", InvalidToken),
        (403, "Forbidden: bot was blocked by the user", Forbidden),
        (404, "Not Found", InvalidToken),
        (409, "Conflict: terminated by other getUpdates request", Conflict),
        (413, "Request Entity Too Large", BadRequest),
    ],
)
async def test_what_telegram_refuses_keeps_its_meaning(status: int, said: str, error: type[TelegramError]) -> None:
    async def answer(request: web.Request) -> web.Response:
        return refusal(status, said)

    async with telegram(answer) as root, bot_at(root) as bot:
        with pytest.raises(error):
            await send(bot)


async def test_the_token_is_never_in_an_error() -> None:
    have_given_up = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await have_given_up.wait()
        return reply()

    async with (
        telegram(answer) as root,
        bot_at(root, connections=1, read_timeout=0.5, pool_timeout=0.1, connect_timeout=0.1) as bot,
    ):
        outcomes = await asyncio.gather(send(bot), send(bot), return_exceptions=True)
        have_given_up.set()
    assert len(outcomes) == 2
    for error in outcomes:
        assert isinstance(error, NetworkError)
        assert "not-a-secret" not in str(error)
        assert error.__suppress_context__


async def test_updates_come_as_they_are_even_if_the_library_cannot_read_them() -> None:
    updates = [{"update_id": 1, "message": {"nonsense": True}}, {"update_id": 2, "new_in_2027": {}}]
    seen: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(await request.post())
        return reply(updates)

    async with telegram(answer) as root, updates_from(root) as api:
        params = {"timeout": 50, "allowed_updates": ["message", "callback_query"], "offset": None}
        came = await api.call("getUpdates", params, read_timeout=60)
    assert [json.loads(each) for each in came] == updates
    assert seen == {"timeout": "50", "allowed_updates": '["message", "callback_query"]'}


async def test_half_a_letter_in_an_update_stops_none_of_those_beside_it() -> None:
    updates = [{"update_id": 1, "message": {"text": "\ud83d"}}, {"update_id": 2}]

    async def answer(_request: web.Request) -> web.Response:
        return reply(updates)

    async with telegram(answer) as root, updates_from(root) as api:
        came = await api.call("getUpdates", {}, read_timeout=PATIENCE)
    assert [json.loads(each) for each in came] == updates


async def test_a_second_poller_is_noticed() -> None:
    async def answer(request: web.Request) -> web.Response:
        return refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one")

    async with telegram(answer) as root, updates_from(root) as api:
        with pytest.raises(Conflict):
            await api.call("getUpdates", {}, read_timeout=PATIENCE)


async def test_messages_pass_through_an_http_proxy() -> None:
    seen: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        seen.append(str(request.url))
        return reply()

    async with telegram(proxy) as root, bot_at("http://telegram.invalid", proxy=root) as bot:
        await send(bot)
    assert seen == [f"http://telegram.invalid/bot{TOKEN}/sendMessage"]


async def test_a_proxy_that_is_down_means_that_nothing_left() -> None:
    async with bot_at("http://telegram.invalid", proxy="http://127.0.0.1:9") as bot:
        with pytest.raises(NeverLeft):
            await send(bot)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "http://"])
def test_a_proxy_we_cannot_use_is_refused_in_plain_words(proxy: str) -> None:
    with pytest.raises(ProxyUnsupported, match="http:// or https://"):
        require_known_proxy(proxy)
