"""A slow disk, a machine that was put to sleep, a file made to do harm: people wait, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.sandbox import serve
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, started
from tests.crash.conftest import running
from tests.crash.test_database_away import require_each_once, tell
from tests.crash.village import BOT_ID, Village
from tests.reading import hostile

pytestmark = [pytest.mark.crash, pytest.mark.skipif(sys.platform == "win32", reason="played with POSIX means")]


async def test_a_slow_disk_makes_people_wait_and_loses_nothing(place: Village, database: str, tmp_path: Path) -> None:
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)) as app:
        # Each commit takes a third of a second, as on a worn-out card; it happens on the writer's own thread.
        event.listen(app.engine, "commit", lambda _connection: time.sleep(0.3))
        senders = tell(place, range(1, 9))
        for who in senders:
            await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
        await require_each_once(place, database, [*range(1, 9)], senders)


async def test_a_machine_that_was_put_to_sleep_goes_on_where_it_was(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        async with started(config, tmp_path) as (bot, process):
            await bot.until_said("tocovid ready")
            tell(place, range(1, 4))
            os.kill(process.pid, signal.SIGSTOP)
            senders = tell(place, range(11, 17))
            await asyncio.sleep(3)
            os.kill(process.pid, signal.SIGCONT)
            await require_each_once(place, database, [*range(1, 4), *range(11, 17)], senders)
            process.terminate()
            assert await process.wait() == 0


async def test_a_hostile_file_costs_the_process_that_reads_it_and_nobody_else(
    place: Village, database: str, tmp_path: Path
) -> None:
    commander = place.commanders[0]
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)):
        place.hands.send_document(commander, BOT_ID, hostile.laughs(), "van-ban.docx", "/chidao")
        place.hands.send_document(commander, BOT_ID, hostile.crowd_of_paragraphs(), "van-ban.docx", "/chidao")
        senders = tell(place, range(1, 5))
        for who in senders:
            await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
        await place.hands.wait_for(commander, BOT_ID, "không đọc", within=PATIENCE)
        await ledger.until_all_mail_left(database)
