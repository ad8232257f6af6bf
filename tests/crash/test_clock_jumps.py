"""The computer's clock is put forward and back: nothing due is lost, nothing happens twice, no message waits."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox import serve
from models.notices.checkins import RoundReminded
from models.records import Mail, MailState, ReportStep, Round
from models.rules.reports import Step
from tests.crash import ledger, village
from tests.crash.conftest import running
from tests.crash.village import BOT_ID, DAY, Village

pytestmark = pytest.mark.crash

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Seconds within which whoever writes has the receipt, whatever the clock shows: far less than the shortest long jump.
AT_ONCE = 30.0


@pytest.mark.parametrize("jump", [SECOND, -SECOND, HOUR, -HOUR, DAY, -DAY], ids=str)
async def test_receipts_come_at_once_however_the_clock_jumps(
    place: Village, database: str, tmp_path: Path, jump: timedelta
) -> None:
    first, second = place.residents["X1-1"][:2]
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)) as app:
        place.hands.say(first, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        app.clock.move(jump)
        place.hands.say(second, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0002")
        for who in (first, second):
            await place.hands.wait_for(who, BOT_ID, "TD-", within=AT_ONCE)
        await ledger.until_all_mail_left(database)
    assert ledger.reports_by_mark(database) == {"#0001": 1, "#0002": 1}
    assert ledger.copies(place, database) == 0


async def test_what_is_due_happens_once_while_the_clock_jumps_to_and_fro(
    place: Village, database: str, tmp_path: Path
) -> None:
    resident = place.residents["X1-1"][0]
    village.plan_rounds(database, village.now() + HOUR / 2, timedelta(minutes=5))
    reports: dict[str, object] = {"patience_p2": "30m", "night_from": "00:00", "night_until": "00:00"}
    async with (
        serve(place.sandbox) as url,
        running(village.write_config(tmp_path, url, database, reports=reports)) as app,
    ):
        place.hands.say(resident, BOT_ID, "Nhà tôi hết gạo, xin tổ giúp #0001")
        await place.hands.wait_for(resident, BOT_ID, "TD-", within=AT_ONCE)
        for jump in (HOUR * 0.65, -HOUR, HOUR, -DAY, DAY, HOUR * 0.25, -HOUR, HOUR, -DAY, DAY):
            app.clock.move(jump)
            await app.ticks.all_now()
            await asyncio.sleep(0.2)
        await ledger.until_all_mail_left(database)
    with ledger.reading(database) as session:
        reminded = Counter(session.scalars(select(Mail.chat_id).where(Mail.kind == RoundReminded.__name__)))
        climbs = session.scalars(select(ReportStep.at).where(ReportStep.step == Step.ESCALATED)).all()
        rounds = Counter((unit_id, day) for unit_id, day in session.execute(select(Round.unit_id, Round.day)))
    assert set(reminded.values()) == {1}
    assert len(climbs) == len(set(climbs)) == 1
    assert set(rounds.values()) == {1}
    assert ledger.copies(place, database) == 0
    assert ledger.mail_by_state(database).keys() == {MailState.SENT}
