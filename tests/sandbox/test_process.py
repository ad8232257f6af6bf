"""The sandbox as a process of its own, driven from another."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import CannotDo, Fault
from bot.sandbox.remote import Remote, spawn


async def _seed(hands: Remote) -> tuple[int, int]:
    bot = await hands.new_bot("1000:token", "Tổ Covid", "to_covid_bot")
    mai = await hands.new_person("Mai", "Lò Thị", role="Cư dân")
    return bot, mai


def _bot(hands: Remote) -> Bot:
    return Bot("1000:token", base_url=f"{hands.url}/bot", base_file_url=f"{hands.url}/file/bot")


async def test_a_person_far_away_talks_presses_and_reads() -> None:
    async with spawn() as hands:
        bot, mai = await _seed(hands)
        await hands.start(mai, bot)
        ptb = _bot(hands)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Cả nhà khỏe 🙂", callback_data="v1|1")]])
        await ptb.send_message(mai, "Nhà mình khỏe không?", reply_markup=keyboard)
        question = await hands.wait_for(mai, bot, "khỏe không")
        press = await hands.press(mai, question, "Cả nhà khỏe")
        query = (await ptb.get_updates())[-1].callback_query
        assert query is not None
        await query.answer("Tổ đã ghi")
        assert (await hands.wait_for_toast(press)).toast == "Tổ đã ghi"
        same = await hands.wait_for(mai, bot, lambda seen: seen.labels == ["Cả nhà khỏe 🙂"], within=1)
        assert same.id == question.id
        assert (await hands.counters())["sendMessage"] == 1
        assert (await hands.calls())[-1].method == "answerCallbackQuery"


async def test_every_kind_of_content_travels() -> None:
    async with spawn() as hands:
        bot, mai = await _seed(hands)
        await hands.send_photo(mai, bot, caption="Đây")
        await hands.send_document(mai, bot, b"xin", "don.txt")
        await hands.send_voice(mai, bot)
        await hands.send_location(mai, bot)
        kinds = [seen.kind for seen in await hands.read(mai, bot)]
        assert kinds == ["photo", "document", "voice", "location"]
        sheet = (await hands.read(mai, bot))[1]
        assert (sheet.file_name, await hands.download(mai, sheet)) == ("don.txt", b"xin")
        (chat,) = await hands.chats(mai)
        assert chat.last is not None
        assert await hands.menu(mai, bot) == []


async def test_groups_are_made_and_changed_from_afar() -> None:
    async with spawn() as hands:
        bot, mai = await _seed(hands)
        group = await hands.new_group("Bản Hon", owner=mai)
        await hands.add_bot(mai, group, bot, rights=["can_pin_messages"])
        new = await hands.upgrade(mai, group)
        await hands.promote(mai, new, bot)
        assert (await hands.read(mai, new))[-1].kind == "migrate_from_chat_id"
        await hands.kick_bot(mai, new, bot)
        await hands.start(mai, bot)
        await hands.block(mai, bot)
        await hands.unblock(mai, bot)


async def test_what_cannot_be_done_says_so_across_processes() -> None:
    async with spawn() as hands:
        bot, mai = await _seed(hands)
        with pytest.raises(CannotDo, match="not in"):
            await hands.say(mai, await hands.new_group("Khác", owner=await hands.new_person("Páo")), "Alô")
        with pytest.raises(TimeoutError, match="did not appear"):
            await hands.wait_for(mai, bot, "TD-", within=0.1)
        with pytest.raises(ValueError, match="unknown arguments"):
            await hands.do("say", int, whom=1)
        with pytest.raises(ValueError, match="no such verb"):
            await hands.do("fly", int)
        await hands.add_fault(Fault(trouble="slow"))
        await hands.clear_faults()
        await hands.lift_limits()
        before = await hands.do("now", int)
        assert await hands.move_clock(3600) >= before + 3600


async def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    async with spawn(state=tmp_path / "world") as hands:
        bot, mai = await _seed(hands)
        await hands.send_photo(mai, bot, caption="Nhà cháu")
    async with spawn(state=tmp_path / "world") as hands, _bot(hands) as ptb:
        (update,) = await ptb.get_updates()
        assert update.message is not None
        assert update.message.caption == "Nhà cháu"
        file = await update.message.photo[-1].get_file()
        assert await file.download_as_bytearray()
