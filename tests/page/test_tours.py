"""The guided tours: each from end to end, on a desk's screen and on a telephone's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import PATIENCE, PHONE, WIDE, Demo, Open

TOURS = {"report": "Một ngày của tổ", "directive": "Chỉ đạo trong 3 phút", "round": "Hỏi thăm mỗi nhà"}


def begin(page: Page, name: str) -> None:
    page.locator("button.guide").click()
    page.locator("dialog").get_by_text(TOURS[name], exact=True).click()
    page.locator("#tour .task").wait_for()


def ended(page: Page) -> None:
    """The tour came to its end, and tells what the visitor did."""
    expect(page.locator("#tour")).to_contain_text("Xong!", timeout=3 * PATIENCE)
    expect(page.locator("#tour .steps li")).not_to_have_count(0)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["on a wide screen", "on a telephone"])
@pytest.mark.parametrize("name", ["directive", "round"])
def test_a_tour_can_be_watched_to_its_end(opened: Open, size: tuple[int, int], name: str) -> None:
    page = opened(size).page
    begin(page, name)
    page.locator("#tour").get_by_text("Diễn hết").click()
    ended(page)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["on a wide screen", "on a telephone"])
def test_a_new_member_does_every_step_of_a_report_and_the_bot_is_restarted_on_the_way(
    opened: Open, demo: Demo, size: tuple[int, int]
) -> None:
    page = opened(size).page
    begin(page, "report")
    restarted = False
    while not page.locator("#tour .steps:not(.past)").count():
        do_the_step(page)
        if not restarted and page.locator("#tour .past li").count() >= 4:
            demo.do("bot", do="kill")
            demo.do("bot", do="start")
            restarted = True
    ended(page)
    assert restarted
    expect(page.locator("#tour .task")).to_contain_text("Bạn tự làm 13 trong 13 bước")


def do_the_step(page: Page) -> None:
    """Do what the guide says: be somebody, send the words, tap what is lit up, or let time pass."""
    tour, lit = page.locator("#tour"), page.locator(".talk .pointed")
    begun = tour.inner_text()
    if tour.get_by_text("Vào vai").count():
        tour.get_by_text("Vào vai").click()
    elif tour.get_by_text("Điền sẵn lời").count():
        tour.get_by_text("Điền sẵn lời").click()
        page.keyboard.press("Enter")
    elif tour.get_by_text("Cho thời gian trôi").count():
        tour.get_by_text("Cho thời gian trôi").click()
    elif tour.locator(".keys-line").count() and lit.count():
        lit.first.click()
    page.wait_for_function("text => document.querySelector('#tour').innerText !== text", arg=begun)
