"""The guided tours: each from end to end, on a desk's screen and on a telephone's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import PATIENCE, PHONE, WIDE, Open

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
