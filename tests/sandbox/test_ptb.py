"""python-telegram-bot takes the sandbox for Telegram."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from bot.sandbox import DOT, CannotDo, Fault
from tests.sandbox.conftest import Village


async def begin_to_poll(bot: Bot, village: Village) -> asyncio.Task[tuple[Update, ...]]:
    """A poll that has come to the service by now, and waits there."""
    village.sandbox.faults.add(Fault(trouble="slow", seconds=0, method="getUpdates"))
    polling = asyncio.create_task(bot.get_updates(timeout=45))
    for _ in range(6_000):
        if village.sandbox.faults.struck["slow getUpdates"]:
            return polling
        await asyncio.sleep(0.01)
    raise AssertionError("the poll never came")


async def test_the_bot_learns_its_own_name(ptb: Bot, village: Village) -> None:
    me = await ptb.get_me()
    assert (me.id, me.username) == (village.bot.id, "to_covid_bot")


async def test_a_message_reaches_the_bot_and_its_reply_the_person(ptb: Bot, village: Village) -> None:
    village.hands.start(village.mai.id, village.bot.id, "abc")
    (update,) = await ptb.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.text == "/start abc"
    assert update.message.entities[0].type == "bot_command"
    await ptb.send_message(village.mai.id, "Chào bác", reply_to_message_id=update.message.message_id)
    (_, reply) = village.hands.read(village.mai.id, village.bot.id)
    assert (reply.text, reply.reply_text) == ("Chào bác", "/start abc")


async def test_a_waiting_poll_wakes_at_once(ptb: Bot, village: Village) -> None:
    polling = await begin_to_poll(ptb, village)
    village.hands.say(village.mai.id, village.bot.id, "Alô")
    (update,) = await asyncio.wait_for(polling, 30)
    assert update.message is not None
    assert update.message.text == "Alô"


async def test_a_press_is_answered_with_a_toast_and_an_edit(ptb: Bot, village: Village) -> None:
    village.hands.start(village.mai.id, village.bot.id)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Tôi nhận việc ✋", callback_data="v1|7")]])
    await ptb.send_message(village.mai.id, "Tin mới", reply_markup=keyboard)
    card = await village.hands.wait_for(village.mai.id, village.bot.id, "Tin mới")
    press = village.hands.press(village.mai.id, card, "Tôi nhận việc")
    update = (await ptb.get_updates())[-1]
    query = update.callback_query
    assert query is not None
    assert query.data == "v1|7"
    await query.answer("Cảm ơn")
    await query.edit_message_text("Tin mới: chị Mai nhận")
    assert (await village.hands.wait_for_toast(press)).toast == "Cảm ơn"
    edited = await village.hands.wait_for(village.mai.id, village.bot.id, "chị Mai nhận")
    assert edited.edited
    assert edited.id == card.id
    assert not edited.buttons


async def test_a_photo_goes_both_ways(ptb: Bot, village: Village) -> None:
    village.hands.send_photo(village.mai.id, village.bot.id, DOT, "Nhà cháu đây")
    (update,) = await ptb.get_updates()
    assert update.message is not None
    file = await update.message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == DOT
    sent = await ptb.send_photo(village.mai.id, DOT, caption="Đã nhận")
    assert sent.photo[-1].width == 1
    again = await ptb.send_photo(village.mai.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_refusals_arrive_as_the_errors_ptb_knows(ptb: Bot, village: Village, url: str) -> None:
    with pytest.raises(Forbidden, match="can't initiate"):
        await ptb.send_message(village.mai.id, "Chào")
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.send_message(-5, "Chào")
    with pytest.raises(InvalidToken):
        await Bot("1000:other", base_url=f"{url}/bot").initialize()


async def test_the_older_of_two_pollers_is_sent_away(ptb: Bot, village: Village, url: str) -> None:
    second = Bot(village.bot.token, base_url=f"{url}/bot")
    older = await begin_to_poll(ptb, village)
    newer = asyncio.create_task(second.get_updates(timeout=1))
    with pytest.raises(Conflict, match="other getUpdates"):
        await older
    assert await newer == ()


async def test_a_spreadsheet_goes_from_a_person_to_the_bot_and_back(village: Village, ptb: Bot) -> None:
    village.hands.start(village.mai.id, village.bot.id)
    village.hands.send_document(village.mai.id, village.bot.id, b"PK\x03\x04 so ho", "ho.xlsx", caption="Danh sách hộ")
    sent = (await ptb.get_updates())[-1].effective_message
    assert sent is not None
    assert sent.document is not None
    content = await (await sent.document.get_file()).download_as_bytearray()
    assert (sent.document.file_name, bytes(content)) == ("ho.xlsx", b"PK\x03\x04 so ho")
    await ptb.send_document(village.mai.id, bytes(content), filename="sai.xlsx", protect_content=True)
    await ptb.send_document(village.mai.id, bytes(content), filename="tra-loi.xlsx")
    *_, kept_back, answer = village.hands.read(village.mai.id, village.bot.id)
    assert (answer.file_name, village.hands.download(village.mai.id, answer)) == ("tra-loi.xlsx", bytes(content))
    with pytest.raises(CannotDo, match="protected"):
        village.hands.download(village.mai.id, kept_back)
