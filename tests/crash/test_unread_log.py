"""Whoever reads the log stops reading, and keeps the pipe open: nobody waits for them, and what was lost is counted."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import serve
from tests.crash import village
from tests.crash.bot_process import PATIENCE
from tests.crash.test_database_away import require_each_once, tell
from tests.crash.village import BOT_ID, Village

pytestmark = [pytest.mark.crash, pytest.mark.skipif(sys.platform == "win32", reason="filled by POSIX means")]


@asynccontextmanager
async def unread_bot(config: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tocovid run` with both outputs in one pipe that takes no more."""
    read, write = os.pipe()
    fill(write)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", "--json-log", "--config", str(config), stdout=write, stderr=write
    )
    os.close(write)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(read)


def fill(pipe: int) -> None:
    """Write until it takes no more; whoever writes to it next waits."""
    os.set_blocking(pipe, False)
    try:
        while True:
            os.write(pipe, b"\n")
    except BlockingIOError:
        os.set_blocking(pipe, True)


async def test_a_log_nobody_reads_holds_up_nobody_not_even_the_end(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url, unread_bot(village.write_config(tmp_path, url, database)) as process:
        senders = tell(place, range(1, 7))
        # It cannot be heard when it is ready, and a busy machine takes its time over the start.
        await place.hands.wait_for(senders[0], BOT_ID, "TD-", within=PATIENCE)
        await require_each_once(place, database, [*range(1, 7)], senders)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
