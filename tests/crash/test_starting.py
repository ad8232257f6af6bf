"""How the bot starts and ends: alone on its database, in order, and saying plainly what is in the way."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

import migrations
from bot.migrating import migrate
from bot.sandbox import Fault, serve
from models.database import open_engine
from models.records import MailState
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE, started, until
from tests.crash.village import BOT_ID, Village

pytestmark = pytest.mark.crash

REFUSED = 3


async def test_a_second_start_on_the_same_database_refuses_and_says_so(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        async with started(config, tmp_path, "first") as (first, _):
            await first.until_said("tocovid ready")
            async with started(config, tmp_path, "second") as (second, process):
                assert await asyncio.wait_for(process.wait(), PATIENCE) == REFUSED
                assert "district.sqlite3" in second.said
                assert "Traceback" not in second.said


async def test_a_stopped_bot_ends_within_ten_seconds_and_nothing_it_held_is_lost_or_sent_twice(
    place: Village, database: str, tmp_path: Path
) -> None:
    place.sandbox.faults.add(Fault(trouble="slow", times=None, seconds=0.5))
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database)
        for number, resident in enumerate(place.residents["X1-1"], start=1):
            place.hands.say(resident, BOT_ID, f"Nhà tôi hết gạo, xin tổ giúp #{number:04}")
        async with started(config, tmp_path, "first") as (bot, process):
            await bot.until_ready()
            await until(lambda: bool(ledger.mail_by_state(database)))
            began = time.monotonic()
            process.terminate()
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
            took = time.monotonic() - began
            print(f"\nended {took:.2f} s after SIGTERM, on a machine {bot.slowness:.1f} times as slow as alone")
            assert took < 10 * bot.slowness
            assert "Traceback" not in bot.said
        assert ledger.in_flight(database) == 0
        place.sandbox.faults.clear()
        async with started(config, tmp_path, "second") as (bot, process):
            await bot.until_said("tocovid ready")
            for resident in place.residents["X1-1"]:
                await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)
            await ledger.until_all_mail_left(database)
            process.terminate()
            assert await process.wait() == 0
    assert ledger.copies(place, database) == 0
    assert ledger.mail_by_state(database).keys() == {MailState.SENT}


async def test_a_token_nobody_knows_is_said_plainly(place: Village, database: str, tmp_path: Path) -> None:
    async with serve(place.sandbox) as url:
        config = village.write_config(tmp_path, url, database, telegram={"token": "1000001:revoked-and-forgotten"})
        async with started(config, tmp_path) as (bot, process):
            assert await asyncio.wait_for(process.wait(), PATIENCE) == REFUSED
            assert "BotFather" in bot.said
            assert "Traceback" not in bot.said
            assert "revoked-and-forgotten" not in bot.said


async def test_a_webhook_left_behind_is_taken_away_and_updates_arrive(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with serve(place.sandbox) as url:
        await village.call(url, "setWebhook", url="https://left-behind.example/hook")
        resident = place.residents["X1-1"][0]
        place.hands.say(resident, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        async with started(village.write_config(tmp_path, url, database), tmp_path) as (bot, _):
            await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)
            await bot.until_said("webhook_was_left_behind")
    assert place.sandbox.world.bots[BOT_ID].webhook is None


async def test_two_pollers_on_one_token_are_named_and_the_bot_recovers(
    place: Village, database: str, tmp_path: Path
) -> None:
    async with (
        serve(place.sandbox) as url,
        started(village.write_config(tmp_path, url, database), tmp_path) as (bot, _),
    ):
        await bot.until_said("tocovid ready")
        # Each poll ends the one before it, whoever's that was: both go on asking, as two bots would.
        async with asyncio.timeout(PATIENCE):
            while "other_poller" not in bot.said:
                await village.call(url, "getUpdates", timeout=1)
        resident = place.residents["X1-1"][0]
        place.hands.say(resident, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)


def test_an_sqlite_file_is_copied_before_it_is_migrated(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(database)
    # A second form, as a later version of this program brings it.
    later = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, later)
    with sqlite3.connect(tmp_path / "district.sqlite3") as now:
        newest = now.execute("SELECT version_num FROM alembic_version").fetchone()
    now.close()
    (later / "versions" / "9999_later.py").write_text(LATER_FORM.format(newest=newest[0]), encoding="utf-8")
    monkeypatch.setattr(migrations, "__file__", str(later / "__init__.py"))
    copy = migrate(engine)
    assert copy is not None
    with sqlite3.connect(copy) as before, sqlite3.connect(tmp_path / "district.sqlite3") as after:
        assert before.execute("SELECT count(*) FROM units").fetchone() == (7,)
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == newest
        assert after.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    before.close()
    after.close()
    engine.dispose()


LATER_FORM = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None


def upgrade() -> None:
    op.execute("CREATE TABLE later (id INTEGER)")
"""
