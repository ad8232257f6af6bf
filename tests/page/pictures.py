"""The pictures of the demo in docs/: `python -m tests.page.pictures` takes them anew, from a demo of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.page.conftest import CHROMIUM, PATIENCE, PHONE, WIDE, Demo, running

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def opened(browser: Browser, demo: Demo, size: tuple[int, int], **looks: Any) -> Page:
    """A window on the demo."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **looks)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(demo.url)
    page.locator(".talk .row").first.wait_for()
    return page


def keep(page: Page, name: str) -> None:
    """Keep what the window shows, and close it."""
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    page.context.close()


def take_up_a_report(browser: Browser, demo: Demo) -> None:
    """A report of the old woman's, in the hands of a team member."""
    page = opened(browser, demo, WIDE)
    private = page.locator('[data-shelf="private"]')
    page.locator(".chip", has_text="Bà cụ").click()
    private.get_by_role("button", name="Bắt đầu").click()
    private.locator(".field").fill("Cháu nhà tôi sốt 39 độ từ tối qua, ho nhiều, chưa biết làm sao")
    private.locator(".field").press("Enter")
    expect(private.locator(".log")).to_contain_text("TD-")
    page.locator(".chip").nth(2).click()
    private.get_by_text("Tôi nhận việc").click()
    expect(private.locator(".marks", has_text="đã sửa")).not_to_have_count(0)
    expect(page.locator('[data-shelf="commune"] .marks', has_text="đã sửa")).not_to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)
    keep(page, "demo")


def lift_the_bonnet(browser: Browser, demo: Demo) -> None:
    """What lies under the bonnet, in the dark."""
    page = opened(browser, demo, WIDE, color_scheme="dark")
    page.locator(".chip", has_text="Chủ tịch xã").click()
    page.locator('[data-shelf="commune"] .row').first.wait_for()
    page.get_by_role("button", name="Dưới nắp máy").click()
    page.locator(".counts dd").first.wait_for()
    keep(page, "demo-bonnet")


def begin_a_tour(browser: Browser, demo: Demo) -> None:
    """A step of a tour, on a telephone."""
    page = opened(browser, demo, PHONE, device_scale_factor=2)
    page.locator("button.guide").click()
    page.get_by_text("Một ngày của tổ").click()
    page.get_by_text("Vào vai").click()
    page.locator(".talk .pointed").click()
    page.get_by_text("Điền sẵn lời").click()
    expect(page.locator(".field.pointed")).not_to_have_value("")
    keep(page, "demo-tour")


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        for picture in (take_up_a_report, lift_the_bonnet, begin_a_tour):
            picture(browser, demo)
        browser.close()


if __name__ == "__main__":
    main()
