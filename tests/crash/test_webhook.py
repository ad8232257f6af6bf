"""Updates that the service brings: kept before it hears 200, refused without the secret, brought again later."""

from __future__ import annotations

import json
import random
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.sandbox import serve
from tests.crash import ledger, village
from tests.crash.bot_process import until
from tests.crash.conftest import running
from tests.crash.test_database_away import held, require_each_once, tell
from tests.crash.village import BOT_ID, Village
from tests.databases import refusing

pytestmark = pytest.mark.crash

#: Ports below those that systems give to whoever asks for any: other tests' servers, and both ends of every call.
NEVER_GIVEN = range(20_000, 30_000)
SECRET = "shown-by-the-service-alone"


@pytest.fixture
def hook() -> str:
    """An address of this machine that is free, and that the system gives to nobody who asks it for any."""
    for port in random.sample(NEVER_GIVEN, len(NEVER_GIVEN)):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return f"http://127.0.0.1:{port}/hook"
    pytest.skip("no port is free here")


def with_hook(folder: Path, server: str, database: str, hook: str) -> Path:
    telegram: dict[str, object] = {"mode": "webhook", "webhook_url": hook, "webhook_secret": SECRET}
    listen: dict[str, object] = {"listen": hook.removeprefix("http://").removesuffix("/hook")}
    return village.write_config(folder, server, database, telegram=telegram, web=listen)


async def knock(hook: str, secret: str, update: object) -> int:
    """The status that whoever calls the webhook gets."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
    body = json.dumps(update, ensure_ascii=False).encode()
    async with ClientSession() as http, http.post(hook, data=body, headers=headers) as answer:
        return answer.status


async def test_updates_arrive_by_webhook_and_only_with_the_secret(
    place: Village, database: str, tmp_path: Path, hook: str
) -> None:
    async with serve(place.sandbox) as url, running(with_hook(tmp_path, url, database, hook)):
        senders = tell(place, range(1, 6))
        await require_each_once(place, database, list(range(1, 6)), senders)
        assert await knock(hook, "a guess", {"update_id": 1}) == 403
        assert await knock(hook, SECRET, {"no": "update"}) == 400
        assert await knock(hook, SECRET, {"update_id": 1}) == 200


async def test_what_cannot_be_kept_is_not_confirmed_and_comes_again(
    place: Village, database: str, tmp_path: Path, hook: str
) -> None:
    async with serve(place.sandbox) as url, running(with_hook(tmp_path, url, database, hook)):
        left = place.sandbox.world.bots[BOT_ID].webhook
        assert left is not None
        async with held(database):
            senders = tell(place, range(1, 6))
            # Whoever has the writer's turn waits its five seconds, then the door waits its own and gives up.
            await until(lambda: left.last_error.endswith("503"))
        await require_each_once(place, database, list(range(1, 6)), senders)


async def test_what_the_database_refuses_as_it_came_is_confirmed_and_its_sender_has_a_receipt(
    place: Village, database: str, tmp_path: Path, hook: str
) -> None:
    resident = place.residents["X1-1"][0]
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": resident, "type": "private"},
        "from": {"id": resident, "is_bot": False, "first_name": "Bà Mẫu"},
        "text": "Nhà tôi hết gạo, xin tổ giúp #0001",
    }
    async with serve(place.sandbox) as url, running(with_hook(tmp_path, url, database, hook)) as app:
        with refusing(app.engine, "hết gạo"):
            assert await knock(hook, SECRET, {"update_id": 1, "message": message}) == 200
            await place.hands.wait_for(resident, BOT_ID, "TD-")
    assert ledger.reports_by_mark(database) == {"#0001": 1}
