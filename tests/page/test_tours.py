"""The guided tours: each from end to end, on a desk's screen and on a telephone's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import PATIENCE, PHONE, WIDE, Demo, Open

TOURS = {"report": "Một ngày của tổ", "directive": "Chỉ đạo trong 3 phút", "round": "Hỏi thăm mỗi nhà"}
#: After so many steps the bot's plug is pulled in the middle of a tour, until the visitor has done one more.
PULLED_AFTER = 4


def begin(page: Page, name: str) -> None:
    page.locator("button.guide").click()
    page.locator("dialog").get_by_text(TOURS[name], exact=True).click()
    expect(page.locator("#tour")).to_have_attribute("data-done", "0")


def ended(page: Page) -> None:
    """The tour came to its end, and tells what the visitor did."""
    expect(page.locator("#tour")).to_contain_text("Xong!", timeout=3 * PATIENCE)
    expect(page.locator("#tour .steps li")).not_to_have_count(0)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["on a wide screen", "on a telephone"])
@pytest.mark.parametrize(("name", "steps"), [("report", 13), ("directive", 8), ("round", 9)])
def test_a_new_member_does_every_step_with_their_own_hands(
    opened: Open, demo: Demo, size: tuple[int, int], name: str, steps: int
) -> None:
    page = opened(size).page
    begin(page, name)
    done = 0
    while next_step(page, done):
        done = int(page.locator("#tour").get_attribute("data-done") or 0)
        if name == "report" and done == PULLED_AFTER:
            demo.do("bot", do="kill")
        do_the_step(page, done)
        if name == "report" and done == PULLED_AFTER:
            demo.do("bot", do="start")
        done += 1
    ended(page)
    expect(page.locator("#tour .task")).to_contain_text(f"Bạn tự làm {steps} trong {steps} bước")
    assert demo.look()["starts"] >= (2 if name == "report" else 1)


def next_step(page: Page, done: int) -> bool:
    """Wait for the step after so many, or one of a later number where the crowd did some; False at the end."""
    page.wait_for_function(
        """done => { const { dataset } = document.querySelector("#tour");
                     const isTheirs = dataset.kind && dataset.kind !== "crowd";
                     return dataset.ended || (isTheirs && Number(dataset.done) >= done); }""",
        arg=done,
        timeout=3 * PATIENCE,
    )
    return not page.locator("#tour").get_attribute("data-ended")


def do_the_step(page: Page, done: int) -> None:
    """Do what the guide says: be somebody, send the words, tap what is lit up, or let time pass."""
    tour = page.locator("#tour")
    kind = tour.get_attribute("data-kind")
    if kind == "clock":
        tour.get_by_text("Cho thời gian trôi").click()
    else:
        become = tour.get_by_text("Vào vai")
        lit = page.locator(".talk .pointed").filter(visible=True)
        expect(become.or_(lit).first).to_be_visible()
        if become.count():
            become.click()
        expect(lit).to_have_count(1)
        if kind == "write":
            tour.get_by_text("Điền sẵn lời").click()
            expect(lit).not_to_have_value("")
            lit.press("Enter")
        else:
            lit.click()
    page.wait_for_function("done => Number(document.querySelector('#tour').dataset.done) > done", arg=done)


def test_a_tour_can_be_watched_to_its_end(opened: Open) -> None:
    page = opened(PHONE).page
    begin(page, "directive")
    page.locator("#tour").get_by_text("Làm giúp").click()
    expect(page.locator("#tour .past li")).to_have_count(1)
    page.locator("#tour").get_by_text("Diễn hết").click()
    ended(page)
    expect(page.locator("#tour .task")).to_contain_text("Bạn tự làm 0 trong 8 bước")
