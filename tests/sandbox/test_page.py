"""The page's door: its files, its news, and whom it lets in."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox import DOT, serve
from tests.sandbox.conftest import Village

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


async def _news(response: aiohttp.ClientResponse) -> dict[str, Any]:
    while not (line := await response.content.readline()).startswith(b"data: "):
        pass
    told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return told


async def test_every_file_of_the_page_is_served_under_a_strict_policy(url: str, http: aiohttp.ClientSession) -> None:
    for name in ["", *(f"page/{path.name}" for path in PAGE.iterdir())]:
        async with http.get(f"{url}/{name}") as response:
            assert response.status == 200
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    for name in ("page/../hands.py", "page/%2e%2e%2fhands.py", "page/nothing.js", "page/hands.py"):
        async with http.get(f"{url}/{name}") as response:
            assert response.status == 404


def test_the_page_loads_nothing_from_elsewhere_and_writes_no_markup() -> None:
    for path in (path for path in PAGE.iterdir() if path.suffix not in (".woff2", ".txt")):  # a font and its licence
        text = path.read_text("utf-8")
        addresses = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org"}
        assert not addresses, path.name
        assert "innerHTML" not in text.replace("without innerHTML", "")
        assert "style=" not in text


def test_both_languages_say_the_same_things() -> None:
    words = {name: json.loads((PAGE / f"{name}.json").read_text("utf-8")) for name in ("vi", "en")}
    assert words["vi"].keys() == words["en"].keys()
    used = set()
    for path in [*PAGE.glob("*.js"), PAGE / "index.html"]:
        used |= set(re.findall(r"""(?:word\(|data-word=|data-label=|entry\()"(\w+)""", path.read_text("utf-8")))
    assert used <= words["vi"].keys()
    for key, sentence in words["vi"].items():
        assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", words["en"][key])), key


async def test_a_window_is_told_at_once_what_its_person_can_see(
    village: Village, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/page/events?user={village.mai.id}") as response:
        await response.content.readline()
        village.hands.start(village.pao.id, village.bot.id)
        village.hands.say(village.pao.id, village.group.id, "Chào cả bản")
        told = await _news(response)
        assert (told["kind"], told["chat"], told["message"]["text"]) == (
            "message",
            village.group.id,
            "Chào cả bản",
        )
        village.hands.start(village.mai.id, village.bot.id)
        assert (await _news(response))["message"]["text"] == "/start"
        keys = {"inline_keyboard": [[{"text": "Có", "callback_data": "v1"}]]}
        village.call("sendMessage", chat_id=village.mai.id, text="Khỏe không?", reply_markup=keys)
        asked = await _news(response)
        assert asked["message"]["buttons"] == [[{"label": "Có"}]]
        card = village.hands.read(village.mai.id, village.bot.id)[-1]
        press = village.hands.press(village.mai.id, card, "Có")
        village.call("answerCallbackQuery", callback_query_id=press, text="Đã ghi", show_alert=True)
        assert await _news(response) == {"kind": "toast", "press": press, "text": "Đã ghi", "alert": True}
        village.call("deleteMessage", chat_id=village.mai.id, message_id=card.id)
        assert await _news(response) == {"kind": "deleted", "chat": village.bot.id, "id": card.id}


async def test_the_page_knows_everybody_and_what_they_sent(
    village: Village, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/page/people") as response:
        told = await response.json()
    assert told["people"][0] == {
        "id": village.pao.id,
        "name": "Páo Giàng A",
        "role": "Tổ viên",
        "part": "",
        "chats": ["Bản Hon"],
    }
    assert (told["clock"], told["stage"]) == (False, False)
    village.hands.send_photo(village.mai.id, village.bot.id, DOT)
    file_id = village.hands.read(village.mai.id, village.bot.id)[-1].file
    async with http.get(f"{url}/page/content/{file_id}") as response:
        assert (response.content_type, await response.read()) == ("image/jpeg", DOT)
    async with http.get(f"{url}/page/content/none") as response:
        assert response.status == 404


async def test_the_clock_is_moved_by_whoever_owns_it(village: Village, http: aiohttp.ClientSession) -> None:
    async def move(span: timedelta) -> None:
        village.clock.now += span

    before = village.sandbox.now()
    async with serve(village.sandbox, on_clock=move) as url:
        response = await http.post(f"{url}/sandbox/move_clock", json={"seconds": 900})
        assert await response.json() == before + 900


@pytest.mark.parametrize("headers", [{"Origin": "https://example.org"}, {"Host": "example.org"}, {"Origin": "null"}])
async def test_pages_of_other_sites_have_no_hands_here(
    village: Village, url: str, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    body = {"user": village.pao.id, "chat": village.group.id, "text": "Alô"}
    async with http.post(f"{url}/sandbox/say", json=body, headers=headers) as response:
        assert response.status == 403
    async with http.post(f"{url}/sandbox/say", data=body) as response:
        assert response.status == 400
    assert village.hands.read(village.pao.id, village.group.id) == []
