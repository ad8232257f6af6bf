"""The Bot API over HTTP, with and without trouble on the way."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import DOT, Fault
from tests.sandbox.conftest import Village

#: Seconds an answer may take on a busy machine, and those of somebody who is not answered in time.
PATIENCE, IMPATIENCE = 60.0, 0.5


async def _ask(url: str, how: str = "POST", **request: Any) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as http, http.request(how, url, **request) as response:
        return response.status, await response.json()


@pytest.fixture
def chat(village: Village) -> int:
    village.hands.start(village.mai.id, village.bot.id)
    return village.mai.id


async def test_parameters_come_in_four_forms(village: Village, url: str, chat: int) -> None:
    send = f"{url}/bot{village.bot.token}/sendMessage"
    keys = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "v1"}]]}
    flat = {"chat_id": str(chat), "text": "Chào", "reply_markup": json.dumps(keys), "protect_content": "true"}
    multipart = aiohttp.FormData(flat, default_to_multipart=True)
    for form in (
        {"how": "GET", "params": flat},
        {"data": flat},
        {"json": {"chat_id": chat, "text": "Chào", "reply_markup": keys, "protect_content": True}},
        {"data": multipart},
    ):
        status, answer = await _ask(send, **form)
        assert status == 200, answer
        assert answer["result"]["has_protected_content"] is True
        assert answer["result"]["reply_markup"] == keys


async def test_a_file_comes_with_the_form_and_is_fetched_again(village: Village, url: str, chat: int) -> None:
    form = aiohttp.FormData({"chat_id": str(chat)})
    form.add_field("photo", DOT, filename="a.png", content_type="image/png")
    status, answer = await _ask(f"{url}/bot{village.bot.token}/sendPhoto", data=form)
    assert status == 200
    file_id = answer["result"]["photo"][0]["file_id"]
    path = village.call("getFile", file_id=file_id)["file_path"]
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/file/bot{village.bot.token}/{path}") as response:
            assert await response.read() == DOT
        async with http.get(f"{url}/file/bot{village.bot.token}/photos/other.jpg") as response:
            assert response.status == 404


async def test_wrong_doors_are_told_apart(village: Village, url: str) -> None:
    for address, expected in (
        ("bot1000:token/SENDmessage", 400),
        ("bot1000:token/sendMesage", 404),
        ("bot1000:other/getMe", 401),
        ("botnonsense/getMe", 404),
        ("file/bot1000:other/a", 401),
    ):
        status, answer = await _ask(f"{url}/{address}", "GET")
        assert (status, answer["ok"], answer["error_code"]) == (expected, False, expected)
    status, answer = await _ask(f"{url}/bot1000:token/getMe", data="{", headers={"Content-Type": "application/json"})
    assert (status, answer["description"]) == (400, "Bad Request: can't parse JSON object")


async def test_a_poll_waits_no_longer_than_it_was_told(village: Village, url: str) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    _, answer = await _ask(f"{url}/bot{village.bot.token}/getUpdates?timeout=1")
    assert answer["result"] == []
    # Whoever is not told waits for fifty seconds.
    assert 0.9 < loop.time() - begun < 40


async def _send(village: Village, url: str, chat: int, patience: float = PATIENCE) -> int:
    try:
        limit = aiohttp.ClientTimeout(total=patience)
        status, _ = await _ask(
            f"{url}/bot{village.bot.token}/sendMessage", json={"chat_id": chat, "text": "Chào"}, timeout=limit
        )
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
        return -1
    except TimeoutError:
        return -2
    return status


@pytest.mark.parametrize(
    ("fault", "seen", "arrived"),
    [
        (Fault(trouble="too_many", retry_after=7), 429, 0),
        (Fault(trouble="server_error", status=502), 502, 0),
        (Fault(trouble="slow", seconds=0.1), 200, 1),
        (Fault(trouble="slow", seconds=9), -2, 0),
        (Fault(trouble="reset_before"), -1, 0),
        (Fault(trouble="timeout_before", seconds=0.1), -1, 0),
        (Fault(trouble="reset_after"), -1, 1),
        (Fault(trouble="timeout_after", seconds=9), -2, 1),
    ],
    ids=lambda value: value.trouble if isinstance(value, Fault) else str(value),
)
async def test_trouble_befalls_the_next_call_alone(
    village: Village, url: str, chat: int, fault: Fault, seen: int, arrived: int
) -> None:
    village.sandbox.faults.add(fault)
    assert await _send(village, url, chat, IMPATIENCE if seen == -2 else PATIENCE) == seen
    if arrived:
        await village.hands.wait_for(village.mai.id, village.bot.id, "Chào")
    assert len(village.hands.read(village.mai.id, village.bot.id)) == 1 + arrived
    assert await _send(village, url, chat) == 200


async def test_trouble_can_be_aimed_and_left_to_chance(village: Village, url: str, chat: int) -> None:
    faults = village.sandbox.faults
    faults.add(Fault(trouble="server_error", method="editMessageText"))
    faults.add(Fault(trouble="server_error", chat_id=village.pao.id))
    assert await _send(village, url, chat) == 200
    faults.clear()
    faults.add(Fault(trouble="server_error", times=None, probability=0.5))
    answers = [await _send(village, url, chat) for _ in range(40)]
    assert 8 < answers.count(502) < 32
    assert {call.trouble for call in village.sandbox.calls if call.status == 502} == {"server_error"}
