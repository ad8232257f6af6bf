"""What a bot does to a chat, and people to a group, is seen on the page as on Telegram: the sandbox and a bot alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.sandbox.process import READY
from tests.page.conftest import PATIENCE, PHONE, Demo, Open, Window, windows

TOKEN = "1000:token"
#: Keep the words that are shown for a few seconds: whoever looks on a busy machine may come too late.
NOTE_WHAT_PASSES = """() => {
    window.passed = [];
    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) window.passed.push(...[...addedNodes].map((node) => node.innerText));
    }).observe(document.querySelector("#toasts"), { childList: true });
}"""


@dataclass(frozen=True)
class Village:
    """A group, whoever leads it, somebody in it, and a bot that says what it is told to."""

    sandbox: Demo
    opened: Open
    bot: int
    head: int
    mai: int
    group: int

    def call(self, method: str, **parameters: object) -> Any:
        """Call the Bot API as the bot."""
        letter = Request(
            f"{self.sandbox.url}/bot{TOKEN}/{method}",
            json.dumps(parameters).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(letter, timeout=PATIENCE / 1000) as answer:
            return json.load(answer)["result"]

    def ask(self, words: str, label: str, **button: str) -> None:
        """Let the bot ask Mai something in private, with one button under it."""
        self.call("sendMessage", chat_id=self.mai, text=words, reply_markup=_keys(label, **button))

    def answer(self, text: str, *, alert: bool) -> None:
        """Let the bot answer the press that comes next."""
        press = next(update["callback_query"] for update in self.updates() if "callback_query" in update)
        self.call("answerCallbackQuery", callback_query_id=press["id"], text=text, show_alert=alert)

    def updates(self) -> Iterator[Any]:
        """What the bot hears, each once, in the order it happened and as soon as it does."""
        while True:
            for update in self.call("getUpdates", timeout=20, limit=1):
                self.call("getUpdates", offset=update["update_id"] + 1, limit=1)
                yield update

    def bring_the_bot(self) -> None:
        """Let the head bring the bot into the group, as one of those who lead it."""
        rights = ["can_pin_messages"]
        self.sandbox.act("add_bot", user=self.head, chat=self.group, bot=self.bot, rights=rights)

    def window_of(self, user: int) -> Window:
        return self.opened(user=user)

    def standing_of(self, user: int) -> str:
        member: dict[str, str] = self.call("getChatMember", chat_id=self.group, user_id=user)
        return member["status"]


def _keys(label: str, **button: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, **button}]]}


@pytest.fixture
def sandbox() -> Iterator[Demo]:
    with subprocess.Popen([sys.executable, "-m", "bot.sandbox"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Demo(process.stdout.readline().removeprefix(READY).strip())
        process.terminate()


@pytest.fixture
def village(sandbox: Demo, browser: Browser) -> Iterator[Village]:
    bot = sandbox.act("new_bot", token=TOKEN, first_name="Tổ", username="to_covid_bot", reads_all=False)
    head, mai = (sandbox.act("new_person", first_name=name, role=name) for name in ("Trưởng bản", "Mai"))
    group = sandbox.act("new_group", title="Tổ 12", owner=head, members=[mai], supergroup=True)
    for user in (head, mai):
        sandbox.act("start", user=user, bot=bot)
    with windows(sandbox.url, browser) as opened:
        yield Village(sandbox, opened, bot, head, mai, group)


def chat(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def private(page: Page) -> Locator:
    return chat(page, "Tổ")


def test_a_press_is_answered_by_a_word_that_passes_or_by_one_that_must_be_closed(village: Village) -> None:
    page = village.window_of(village.mai).page
    page.evaluate(NOTE_WHAT_PASSES)
    village.ask("Nhà mình hôm nay thế nào ạ?", "Cả nhà khỏe", callback_data="v1|khoe")
    key = private(page).get_by_role("button", name="Cả nhà khỏe")
    key.click()
    village.answer("Tổ đã ghi, cảm ơn bác.", alert=False)
    page.wait_for_function("() => window.passed.includes('Tổ đã ghi, cảm ơn bác.')")
    expect(key).not_to_contain_class("waiting")
    key.click()
    village.answer("Lượt hỏi thăm này đã khép.", alert=True)
    alert = page.get_by_role("dialog")
    expect(alert).to_contain_text("Lượt hỏi thăm này đã khép.")
    alert.get_by_role("button", name="Đóng").click()
    expect(alert).to_be_hidden()


def test_a_finger_on_a_button_is_heard_although_its_message_is_edited_meanwhile(village: Village) -> None:
    page = village.window_of(village.mai).page
    keys = _keys("Cả nhà khỏe", callback_data="v1|khoe")
    asked = village.call("sendMessage", chat_id=village.mai, text="1 nhà đã báo", reply_markup=keys)
    private(page).get_by_role("button", name="Cả nhà khỏe").hover()
    page.mouse.down()
    number = asked["message_id"]
    village.call("editMessageText", chat_id=village.mai, message_id=number, text="2 nhà đã báo", reply_markup=keys)
    expect(private(page).locator(".log")).to_contain_text("2 nhà đã báo")
    page.mouse.up()
    village.answer("Tổ đã ghi, cảm ơn bác.", alert=True)
    expect(page.get_by_role("dialog")).to_contain_text("Tổ đã ghi, cảm ơn bác.")


def test_a_link_takes_the_bot_into_the_group_one_chooses_with_the_rights_it_names(village: Village) -> None:
    page = village.window_of(village.head).page
    link = "https://t.me/to_covid_bot?startgroup=gan-abc&admin=pin_messages+delete_messages"
    village.call("sendMessage", chat_id=village.head, text="Gắn nhóm nào ạ?", reply_markup=_keys("Chọn nhóm", url=link))
    private(page).get_by_role("button", name="Chọn nhóm").click()
    page.get_by_role("dialog").get_by_role("button", name="Tổ 12").click()
    expect(chat(page, "Tổ 12").locator(".row").last).to_contain_text(re.compile(r"/start@to_covid_bot\s+gan-abc"))
    member = village.call("getChatMember", chat_id=village.group, user_id=village.bot)
    assert (member["status"], member["can_pin_messages"], member["can_delete_messages"]) == (
        "administrator",
        True,
        True,
    )


def test_who_leads_a_group_makes_others_lead_it_and_puts_them_out(village: Village) -> None:
    village.bring_the_bot()
    page, theirs = village.window_of(village.head).page, village.window_of(village.mai).page
    _open(chat(page, "Tổ 12"), "Thành viên nhóm")
    of_mai = page.get_by_role("dialog").locator(".line", has_text="Mai")
    of_mai.get_by_role("button", name="Cho quản trị").click()
    expect(of_mai).to_contain_text("quản trị nhóm")
    assert village.standing_of(village.mai) == "administrator"
    of_mai.get_by_role("button", name="Thôi quản trị").click()
    expect(of_mai).not_to_contain_text("quản trị nhóm")
    assert village.standing_of(village.mai) == "member"
    expect(chat(theirs, "Tổ 12")).to_be_visible()
    of_mai.get_by_role("button", name="Mời ra").click()
    expect(of_mai).to_have_count(0)
    expect(chat(theirs, "Tổ 12")).to_have_count(0)
    assert village.standing_of(village.mai) == "kicked"


def test_a_group_that_becomes_a_supergroup_stays_before_ones_eyes(village: Village) -> None:
    pao = village.sandbox.act("new_person", first_name="Páo", role="Trưởng bản")
    basic = village.sandbox.act("new_group", title="Tổ 13", owner=pao)
    page = village.opened(PHONE, user=pao).page
    page.get_by_role("button", name="Nhóm khác").click()
    talk = chat(page, "Tổ 13")
    expect(talk).to_be_visible()
    _open(talk, "Nâng thành siêu nhóm")
    expect(talk).to_contain_text("Từ đây là siêu nhóm")
    (upgraded,) = [one for one in village.sandbox.act("chats", user=pao) if one["title"] == "Tổ 13"]
    assert (upgraded["kind"], upgraded["migrated_from"]) == ("supergroup", basic)


def test_the_bot_is_put_out_of_the_group_and_comes_back_and_a_person_blocks_it(village: Village) -> None:
    village.bring_the_bot()
    page = village.window_of(village.head).page
    _open(chat(page, "Tổ 12"), "Mời bot ra khỏi nhóm")
    expect(chat(page, "Tổ 12").get_by_role("log")).to_contain_text("Tổ rời nhóm")
    _open(chat(page, "Tổ 12"), "Mời bot trở lại")
    expect(chat(page, "Tổ 12").locator(".service").last).to_contain_text("thêm Tổ vào nhóm")
    assert village.standing_of(village.bot) == "administrator"
    _open(private(page), "Chặn bot")
    private(page).get_by_role("button", name="Bỏ chặn").click()
    expect(private(page).locator(".field")).to_be_visible()


def test_messages_carry_the_marks_telegram_gives_them(village: Village) -> None:
    page = village.window_of(village.mai).page
    quiet = village.call("sendMessage", chat_id=village.mai, text="Đã ghi 3 nhà.", disable_notification=True)
    row = private(page).locator(".row", has_text="Đã ghi")
    expect(row.get_by_role("img", name="không chuông")).to_be_visible()
    village.call("editMessageText", chat_id=village.mai, message_id=quiet["message_id"], text="Đã ghi 4 nhà.")
    expect(row).to_contain_text("Đã ghi 4 nhà.")
    expect(row).to_contain_text("đã sửa")
    answers = {"message_id": quiet["message_id"]}
    village.call("sendMessage", chat_id=village.mai, text="Còn một nhà ạ.", reply_parameters=answers)
    expect(private(page).locator(".row", has_text="Còn một nhà").locator(".quote")).to_contain_text("Đã ghi 4 nhà.")
    village.call("pinChatMessage", chat_id=village.mai, message_id=quiet["message_id"])
    expect(private(page).locator(".pin-bar")).to_contain_text("Đã ghi 4 nhà.")


def _open(talk: Locator, deed: str) -> None:
    """Do this with the chat, by its menu, once it is offered there."""
    head = talk.locator(".talk-head")
    offered = head.locator(".menu").get_by_text(deed, exact=True)
    offered.wait_for(state="attached")
    head.get_by_role("button", name="Tuỳ chọn").click()
    offered.click()
