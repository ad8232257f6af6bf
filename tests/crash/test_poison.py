"""An update that nobody can read stops nothing but itself: five tries, then it waits for a person."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import intake
from bot.app import App
from bot.sandbox import serve
from models.records import EntryState, InboxEntry
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, until
from tests.crash.conftest import running
from tests.crash.village import BOT_ID, Village

pytestmark = pytest.mark.crash


def poisonous(update_id: int, chat_id: int) -> dict[str, Any]:
    """A message of a chat we know which lacks what every message has, with half a letter in its words."""
    message = {"chat": {"id": chat_id, "type": "private"}, "from": {}, "text": "\ud800"}
    return {"update_id": update_id, "message": message}


def parked(database: str) -> list[InboxEntry]:
    with ledger.reading(database) as session:
        return list(session.scalars(select(InboxEntry).where(InboxEntry.state == EntryState.PARKED)))


def has_failed(database: str) -> bool:
    """Whether an entry was tried and is to be tried again."""
    with ledger.reading(database) as session:
        return session.scalar(select(InboxEntry.id).where(InboxEntry.tries > 0)) is not None


def tocovid(*arguments: str) -> str:
    """What the command says."""
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


async def take(app: App, *updates: dict[str, Any]) -> None:
    """Let the bot accept what its service hands out."""
    await app.door.accept([json.dumps(update).encode() for update in updates])


async def test_a_poison_update_is_tried_five_times_and_parked_while_its_chat_and_all_others_go_on(
    place: Village, database: str, tmp_path: Path
) -> None:
    poisoned, neighbour = place.residents["X1-1"][:2]
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        async with running(config) as app:
            await take(app, poisonous(1, poisoned))
            place.hands.say(poisoned, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
            place.hands.say(neighbour, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0002")
            await place.hands.wait_for(neighbour, BOT_ID, "TD-", within=PATIENCE)
            assert not parked(database)
            await place.hands.wait_for(place.administrator, BOT_ID, "in-", within=PATIENCE)
            await place.hands.wait_for(poisoned, BOT_ID, "TD-", within=PATIENCE)
            (entry,) = parked(database)
            assert entry.tries == 5
            listed = await asyncio.to_thread(tocovid, "parked", "--config", str(config))
            assert f"in-{entry.id}" in listed
            await asyncio.to_thread(tocovid, "replay", f"in-{entry.id}", "--config", str(config))
            assert not parked(database)


async def test_a_press_without_form_and_a_message_without_chat_stop_nobody(
    place: Village, database: str, tmp_path: Path
) -> None:
    resident = place.residents["X1-1"][0]
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)) as app:
        await take(app, {"update_id": 1, "callback_query": "?"}, {"update_id": 2, "message": 7}, {"update_id": 3})
        place.hands.say(resident, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)


async def test_an_entry_that_failed_is_tried_again_although_the_clock_was_put_back_a_day(
    place: Village, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "WAITS", (timedelta(seconds=2),))
    resident = place.residents["X1-1"][0]
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)) as app:
        await take(app, poisonous(1, resident))
        place.hands.say(resident, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        await until(lambda: has_failed(database))
        app.clock.move(-village.DAY)
        await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)
