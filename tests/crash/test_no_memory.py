"""The system gives a whole bot no more memory: it goes on, or ends with its sentence, and loses nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import exits
from bot.catalogue import Catalogues
from bot.sandbox import serve
from models.records import EntryState, InboxEntry
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, started
from tests.crash.test_database_away import tell
from tests.crash.village import BOT_ID, Village

if sys.platform == "linux":
    import resource

pytestmark = [pytest.mark.crash, pytest.mark.skipif(sys.platform != "linux", reason="played with Linux' limits")]

#: Bytes of a file that is sent, more than a starved bot finds anywhere.
TOO_MUCH = 16_000_000


def starve(pid: int, less: int = 0) -> None:
    """From now on the process gets no more memory than it has asked for by now, or not even `less` bytes of that."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[0])
    has = pages * os.sysconf("SC_PAGE_SIZE")
    resource.prlimit(pid, resource.RLIMIT_AS, (has - less, resource.RLIM_INFINITY))


async def test_a_bot_that_gets_no_more_memory_ends_in_order_and_has_lost_nothing(
    place: Village, database: str, tmp_path: Path
) -> None:
    say = Catalogues.load().in_language("vi")
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        async with started(config, tmp_path) as (bot, process):
            await bot.until_said("tocovid ready", within=PATIENCE)
            first = tell(place, range(1, 4))
            await place.hands.wait_for(first[0], BOT_ID, "TD-", within=PATIENCE)
            starve(process.pid)
            place.hands.send_document(place.commanders[0], BOT_ID, bytes(TOO_MUCH), "van-ban.docx", "/chidao")
            senders = tell(place, range(11, 17))
            await bot.until_said_or_gone("errand_failed", within=PATIENCE)
            # No thread can begin any more, either.
            starve(process.pid, less=8_000_000)
            await bot.stop()
            code = await asyncio.wait_for(process.wait(), PATIENCE)
            assert say({exits.DONE: "run.ended", exits.OUT_OF_MEMORY: "run.out_of_memory"}[code]) in bot.said
            # The log may name what failed; the program itself ends with a sentence.
            assert "\nTraceback" not in bot.said
        async with started(config, tmp_path, "again") as (bot, _):
            await bot.until_said("tocovid ready", within=PATIENCE)
            for who in senders:
                await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
            await ledger.until_all_mail_left(database)
    assert ledger.reports_by_mark(database) == {f"#{mark:04}": 1 for mark in (*range(1, 4), *range(11, 17))}
    with ledger.reading(database) as session:
        assert session.scalars(select(InboxEntry.id).where(InboxEntry.state != EntryState.HANDLED)).all() == []
