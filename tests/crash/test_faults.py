"""Trouble on the way to people: everything due arrives, and only what may have arrived is said twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox import Fault, serve
from models.records import MailState
from tests.crash import ledger, village
from tests.crash.bot_process import PATIENCE
from tests.crash.conftest import running
from tests.crash.test_database_away import require_each_once, tell
from tests.crash.village import BOT_ID, Village

pytestmark = pytest.mark.crash


@pytest.mark.parametrize(
    "fault",
    [
        Fault(trouble="too_many", times=6, method="sendMessage", retry_after=1),
        Fault(trouble="slow", times=30, method="sendMessage", seconds=0.3),
        Fault(trouble="reset_before", times=6, method="answerCallbackQuery"),
        Fault(trouble="server_error", times=4, method="getUpdates"),
    ],
    ids=lambda fault: f"{fault.trouble} {fault.method}",
)
async def test_what_has_surely_not_arrived_is_sent_again_and_said_once(
    place: Village, database: str, tmp_path: Path, fault: Fault
) -> None:
    place.sandbox.faults.add(fault)
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)):
        senders = tell(place, range(1, 11))
        await require_each_once(place, database, list(range(1, 11)), senders)


async def test_what_may_have_arrived_is_said_again_and_no_more_often_than_trouble_struck(
    place: Village, database: str, tmp_path: Path
) -> None:
    lost = [
        Fault(trouble="reset_after", times=5, method="sendMessage"),
        Fault(trouble="timeout_after", times=3, method="sendMessage", seconds=1),
    ]
    for fault in [*lost, Fault(trouble="server_error", times=4, method="sendMessage")]:
        place.sandbox.faults.add(fault)
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)):
        senders = tell(place, range(1, 11))
        for who in senders:
            await place.hands.wait_for(who, BOT_ID, "TD-", within=PATIENCE)
        await ledger.until_all_mail_left(database)
    copies = ledger.copies(place, database)
    print(f"\n8 answers lost after the message had arrived: {copies} copies")
    assert copies == 8
    assert ledger.mail_by_state(database).keys() == {MailState.SENT}


async def test_a_picture_that_may_have_arrived_is_never_sent_blindly_again(
    place: Village, database: str, tmp_path: Path
) -> None:
    resident, team = place.residents["X1-1"][0], place.teams["X1-1"]
    place.sandbox.faults.add(Fault(trouble="reset_after", times=1, method="sendPhoto"))
    async with serve(place.sandbox) as url, running(village.write_config(tmp_path, url, database)):
        place.hands.send_photo(resident, BOT_ID, caption="Nhà tôi hết gạo, xin tổ giúp #0001")
        await place.hands.wait_for(resident, BOT_ID, "TD-", within=PATIENCE)
        for who in team:
            await place.hands.wait_for(who, BOT_ID, lambda seen: seen.kind == "photo", within=PATIENCE)
        await ledger.until_all_mail_left(database)
    pictures = [[seen.kind for seen in place.hands.read(who, BOT_ID)].count("photo") for who in team]
    assert pictures == [1, 1, 1]
    assert ledger.mail_by_state(database)[MailState.UNCERTAIN] == 1
