"""What anybody who opens the page relies on, seen in a real browser."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.page.conftest import PHONE, WIDE, Demo, Open

#: Every letter Vietnamese is written with, with every tone.
LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"


#: Draw these letters in that family, once it is there.
DRAW = """async ([letters, family]) => {
    const node = Object.assign(document.createElement("p"), { id: "letters", textContent: letters });
    document.querySelector(".top").append(node);
    if (!family) return;
    node.style.fontFamily = family;
    await document.fonts.load(`16px ${family}`, letters);
    node.getBoundingClientRect(); // lets the letters be laid out in it before anybody asks
}"""
#: The day has at most so many other things before the evening's round.
MOST_BEFORE_EVENING = 40
#: Where the demo's district lies.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: Whether the focus is on a button that reads so, in that part of the page.
HAS_FOCUS = """([words, within]) => {
    const { activeElement } = document;
    return activeElement.matches(`${within} button`) && activeElement.innerText.includes(words);
}"""


def be(page: Page, part: str) -> None:
    page.locator(".chip", has_text=part).click()
    expect(page.locator(".chip[aria-pressed=true]")).to_contain_text(part)


def test_whoever_one_is_decides_what_one_sees(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Bà cụ")
    expect(page.locator(".columns > .spine")).to_have_text(["Huyện", "Xã"])
    expect(page.locator('[data-shelf="private"] .talk-foot')).to_contain_text("Bắt đầu")
    be(page, "Chủ tịch xã")
    expect(page.locator('[data-shelf="district"] h2')).to_have_text("Huyện Tam Đường")
    expect(page.locator(".columns > .spine")).to_have_text(["Cộng đồng"])


def test_typing_a_slash_offers_what_this_person_may_ask_for(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Chỉ huy huyện")
    field = page.locator('[data-shelf="private"] .field')
    page.locator('[data-shelf="private"] .row').nth(1).wait_for()  # greeted, and with it given the menu of a commander
    choices = page.locator('[data-shelf="private"] .choices')
    field.press_sequentially("/")
    expect(choices).to_contain_text("/chidao")
    be(page, "Người lạ")
    page.get_by_role("button", name="Bắt đầu").click()
    field.press_sequentially("/")
    expect(choices).to_contain_text("/baotin")
    expect(choices).not_to_contain_text("/chidao")


def test_a_chat_stays_at_its_newest_message_as_it_grows(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened(PHONE).page
    be(page, "Bạn trẻ")
    page.get_by_role("button", name="Bắt đầu").click()
    for number in range(4):
        page.locator(".talk.current .field").fill(f"Nhà cháu hết gạo, lần {number}\n" * 4)
        page.locator(".talk.current .field").press("Enter")
        expect(page.locator(".talk.current .row.mine").last).to_contain_text(f"lần {number}")
    expect(page.locator(".talk.current .log")).to_contain_text("TD-")
    page.wait_for_function(
        """() => { const log = document.querySelector(".talk.current .log");
                   return log.scrollTop > 0 && log.scrollHeight - log.scrollTop - log.clientHeight < 60; }"""
    )


def test_whoever_types_on_while_words_are_on_their_way_loses_no_letter(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Bạn trẻ")
    page.get_by_role("button", name="Bắt đầu").click()
    on_their_way: list[Route] = []
    page.route("**/sandbox/say", lambda route: on_their_way.append(route))
    field = page.locator('[data-shelf="private"] .field')
    field.fill("Nhà cháu hết gạo")
    field.press("Enter")
    field.press_sequentially("Cả dầu ăn nữa")
    while not on_their_way:
        page.wait_for_timeout(50)
    on_their_way[0].continue_()
    expect(page.locator('[data-shelf="private"] .row.mine').last).to_contain_text("hết gạo")
    expect(page.locator('[data-shelf="private"] .log')).to_contain_text("TD-")
    expect(field).to_have_value("Cả dầu ăn nữa")


def test_the_clock_speaks_the_language_one_changes_to(opened: Open) -> None:
    page = opened().page
    expect(page.locator(".day")).to_contain_text("Lịch")
    page.locator("#language").click()
    expect(page.locator(".day")).to_contain_text("Timetable")
    page.locator("#language").click()
    expect(page.locator(".day")).to_contain_text("Lịch")


def test_two_people_at_two_windows_see_each_other_live(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    told = demo.everybody()
    member, colleague, elder = (
        next(person["id"] for person in told["people"] if person["part"] == part)
        for part in ("member", "member_2", "elder")
    )
    demo.act("say", user=elder, chat=told["bots"][0]["id"], text="Cháu nhà tôi sốt cao từ đêm qua")
    one, other = opened(user=member).page, opened(PHONE, user=colleague).page
    keys = [page.locator('[data-shelf="private"] .key', has_text="Tôi nhận việc") for page in (one, other)]
    expect(keys[1]).to_have_count(1)
    keys[0].click()
    expect(keys[1]).to_have_count(0)
    other.locator(".tab", has_text="Cộng đồng").click()
    expect(other.locator('[data-shelf="community"].current')).to_be_visible()
    field = one.locator('[data-shelf="community"] .field')
    field.fill("Chào cả bản")
    field.press("Enter")
    expect(other.locator(".talk.current .log")).to_contain_text("Chào cả bản")


def test_a_report_can_be_made_with_the_keyboard_alone(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    focus(page, "Bà cụ")
    page.keyboard.press("Enter")
    focus(page, "Bắt đầu")
    page.keyboard.press("Enter")
    focus(page, "Cần giúp gấp", within='[data-shelf="private"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-shelf="private"] .log')).to_contain_text("TD-")


def focus(page: Page, words: str, within: str = "body") -> None:
    """Go with the Tab key until something that reads so has the focus."""
    page.locator(f"{within} button", has_text=words).first.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, [words, within]):
            return
    raise AssertionError(f"the Tab key never comes to {words}")


def test_the_clock_goes_to_what_is_due_and_it_happens_before_ones_eyes(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Bạn trẻ")
    next_due = page.locator(".jumps .next")
    # What came up meanwhile goes first, so whoever looks presses until it is evening: each time once all has happened.
    for _ in range(MOST_BEFORE_EVENING):
        expect(next_due).to_be_enabled()
        next_due.click()
        expect(page.locator(".day.busy")).to_have_count(0)
        if is_evening(demo):
            break
    expect(page.locator(".face b")).to_have_text("18:30")
    expect(page.locator('[data-shelf="community"] .log')).to_contain_text("nhà đã báo")
    page.get_by_role("button", name="Lịch", exact=True).click()
    for step in ("Nhắc nhà chưa báo", "Danh sách gọi điện", "Báo tổ còn nhà nào", "Khép lượt hỏi thăm"):
        expect(page.locator("dialog .timetable")).to_contain_text(step)


def is_evening(demo: Demo) -> bool:
    """Whether the demo's clock has come to the round of the evening."""
    return datetime.fromtimestamp(demo.look()["now"], ZONE).time() >= time(18, 30)


def test_the_plug_is_pulled_and_the_page_goes_on(opened: Open, demo: Demo) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Bạn trẻ")
    page.get_by_role("button", name="Dưới nắp máy").click()
    page.get_by_role("button", name="Rút phích điện").click()
    expect(page.locator("#bonnet .standing")).to_have_text("đã tắt")
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_role("button", name="Bật lại").click()
    expect(page.locator('[data-shelf="private"] .row.theirs')).not_to_have_count(0)
    expect(page.locator(".counts .bad")).to_have_count(0)
    assert demo.look()["bot"] == "up"


def test_a_situation_is_saved_and_gone_on_from(opened: Open, demo: Demo, tmp_path: Path) -> None:
    demo.do("reset")
    page = opened().page
    be(page, "Người lạ")
    page.get_by_role("button", name="Bắt đầu").click()
    mine = page.locator('[data-shelf="private"] .row.mine')
    expect(mine).to_have_count(1)
    page.get_by_role("button", name="Dưới nắp máy").click()
    with page.expect_download() as download:
        page.get_by_text("Lưu", exact=True).click()
    kept = tmp_path / "situation.zip"
    download.value.save_as(kept)
    page.get_by_text("Về buổi sáng").click()
    expect(mine).to_have_count(0)
    page.locator("#bonnet input[type=file]").set_input_files(kept)
    expect(mine).to_have_count(1)


@pytest.mark.parametrize("looks", [{}, {"color_scheme": "dark"}], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["on a wide screen", "on a telephone"])
def test_nobody_is_kept_out(opened: Open, size: tuple[int, int], looks: dict[str, str]) -> None:
    page = opened(size, **looks).page
    page.locator(".key").first.wait_for(state="attached")
    page.get_by_role("button", name="Dưới nắp máy").click()
    page.locator(".counts dd").first.wait_for()
    found = Axe().run(page)
    grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
    assert grave == [], [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in grave]


def test_the_page_is_light(opened: Open) -> None:
    page = opened().page
    page.reload()
    page.locator(".talk .row").first.wait_for()
    sizes: list[int] = page.evaluate(
        """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
           .map((one) => one.encodedBodySize)"""
    )
    assert sum(sizes) <= 150 * 1024


@pytest.mark.parametrize("family", ["", "Letters"], ids=["the reader's own", "the one that is served"])
def test_every_letter_of_vietnamese_is_drawn_by_one_font(opened: Open, family: str) -> None:
    page = opened().page
    letters = LETTERS + LETTERS.upper()
    page.evaluate(DRAW, ["".join(letter for letter in letters if not family or not letter.isascii()), family])
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    (font,) = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert font["isCustomFont"] is bool(family)
