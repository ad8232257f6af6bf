"""A second bot stands by and takes over; the two never act at once, whatever one of them believes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import serve
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, BotProcess, started
from tests.crash.fights import fight, forget_owner
from tests.crash.hand_overs import until_answered
from tests.crash.village import BOT_ID, Village

pytestmark = pytest.mark.crash

REFUSED = 3


@pytest.fixture
def shared(place: Village, database_url: str, tmp_path: Path) -> str:
    """A database that knows the village and that two bots can reach."""
    village.settle_in(place, database_url, tmp_path)
    return database_url


@asynccontextmanager
async def two_bots(
    config: Path, folder: Path
) -> AsyncIterator[tuple[BotProcess, asyncio.subprocess.Process, BotProcess]]:
    """One that runs, with its process, and one that stands by."""
    async with started(config, folder, "first") as (first, process):
        await first.until_ready()
        async with started(config, folder, "second", "--standby") as (second, _):
            await second.until_said("đứng chờ")
            yield first, process, second


async def test_a_bot_that_stands_by_takes_over_within_ten_seconds_when_the_first_dies(
    place: Village, shared: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, shared)
        async with two_bots(config, tmp_path) as (first, _, second):
            await first.kill()
            seconds = await until_answered(place, place.residents["X1-1"][0], "Nhà tôi hết gạo #0001", within=PATIENCE)
            print(f"\nfirst receipt {seconds:.2f} s after the first was killed, machine slower by {first.slowness:.1f}")
            await second.until_said("tocovid ready")
            assert seconds < 10 * first.slowness


async def test_a_planned_hand_over_leaves_nobody_waiting_long(place: Village, shared: str, tmp_path: Path) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, shared)
        async with two_bots(config, tmp_path) as (_, process, _second):
            process.terminate()
            seconds = await until_answered(place, place.residents["X1-1"][0], "Nhà tôi hết gạo #0001", within=PATIENCE)
            print(f"\nfirst receipt {seconds:.2f} s after the first was told to end")
            assert await process.wait() == 0


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_bot_that_was_cut_off_and_wakes_up_writes_nothing_more(
    place: Village, shared: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, shared)
        async with two_bots(config, tmp_path) as (first, process, second):
            os.kill(first.pid, signal.SIGSTOP)
            forget_owner(shared)
            await second.until_said("tocovid ready", within=PATIENCE)
            await until_answered(place, place.residents["X1-1"][0], "Nhà tôi hết gạo #0001", within=PATIENCE)
            os.kill(first.pid, signal.SIGCONT)
            place.hands.say(place.residents["X1-2"][0], BOT_ID, "Nhà tôi có người sốt #0002")
            assert await asyncio.wait_for(process.wait(), PATIENCE) == REFUSED
            assert "bot khác đã nhận" in first.said
            assert "Traceback" not in first.said
            await ledger.until_all_mail_left(shared)
    assert ledger.copies(place, shared) == 0


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_that_fight_for_one_bot_lose_no_message_and_double_only_what_was_in_flight(
    database_url: str, tmp_path: Path
) -> None:
    found = await fight(1500, database_url, tmp_path)
    print(f"\n{found}")
    assert not found.wrong, "\n".join(found.wrong)
