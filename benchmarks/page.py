"""The demo's page in a real browser: how soon it is there, what it weighs, how it scrolls, how fast taps travel.

Everything is the real thing: `tocovid demo` with its whole district, its bot beside it, and Chromium. Each loading is a
window of its own that has never seen the page. One JSON line for each figure, with its limit.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

LOADS = 7
MESSAGES = 1_000  #: In the chat that is scrolled through.
FRAMES = 600  #: It takes to scroll through them, from the newest to the oldest: a long fling.
TAPS = 12
COMMUNITY, TAKE = "Tổ 1 Bình Lư", "Tôi nhận việc"
A_CARD_A_SECOND = 1.2  #: Seconds between taps: what comes faster in one chat is paced by the bot, as Telegram asks.
PATIENCE = 60_000  #: Milliseconds.

#: Note when the first chat is shown, in milliseconds since the page was asked for.
_FIRST_CHAT = """new MutationObserver((_, watch) => {
    if (!document.querySelector(".talk .row")) return;
    window.shown = performance.now();
    watch.disconnect();
}).observe(document, { childList: true, subtree: true });"""
_WEIGHT = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
#: Scroll the shown chat from its end to its beginning; how many milliseconds lay between the frames.
_SCROLL = """async (frames) => {
    const log = document.querySelector('[data-shelf="community"] .log');
    const step = log.scrollHeight / frames, gaps = [];
    log.scrollTop = log.scrollHeight;
    let last = await new Promise(requestAnimationFrame);
    for (let number = 0; number < frames; number += 1) {
        log.scrollTop -= step;
        const now = await new Promise(requestAnimationFrame);
        gaps.push(now - last);
        last = now;
    }
    return gaps;
}"""
_KEYS = """[...document.querySelectorAll(".key")].filter((key) => key.dataset.label === label)"""
#: Wait in `window.seen` for the moment at which there is one fewer of these buttons.
_WATCH = f"""([label, patience]) => {{
    const before = {_KEYS}.length;
    window.seen = new Promise((resolve, reject) => {{
        new MutationObserver(() => {{ if ({_KEYS}.length < before) resolve(Date.now()); }})
            .observe(document.querySelector("#columns"), {{ childList: true, subtree: true }});
        setTimeout(reject, patience, "nothing was seen");
    }});
}}"""
#: Tap one of these buttons that was not tapped yet, though it may still be there; when.
_TAP = f"""label => {{
    const key = {_KEYS}.find((one) => !one.closest(".row").dataset.tapped);
    key.closest(".row").dataset.tapped = "yes";
    key.click();
    return Date.now();
}}"""


@contextmanager
def demo() -> Iterator[str]:
    """A running demo's address."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--data"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TOCOVID_")}
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([*command, folder], stdout=subprocess.PIPE, env=environ) as process,
    ):
        assert process.stdout is not None
        lines = iter(process.stdout.readline, b"")
        yield next(found.group() for line in lines if (found := re.search(r"http://127[\d.:]+", line.decode())))
        process.terminate()


def act(url: str, path: str, **details: object) -> Any:
    """Do something in the demo, away from the browser."""
    letter = Request(f"{url}/{path}", json.dumps(details).encode(), {"Content-Type": "application/json"})
    with urlopen(letter, timeout=60) as answer:
        return json.load(answer)


def opened(browser: Browser, url: str, user: int = 0) -> Page:
    """A window that has never seen the page, once it shows a chat."""
    page = browser.new_context(viewport={"width": 1440, "height": 860}).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(_FIRST_CHAT)
    page.goto(f"{url}/#user={user}" if user else url)
    page.locator(".talk .row").first.wait_for()
    return page


def measure_loading(browser: Browser, url: str) -> None:
    """First paint, first chat, and everything that was fetched until then."""
    paints, chats, weights = [], [], []
    for _ in range(LOADS):
        page = opened(browser, url)
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        chats.append(page.evaluate("window.shown"))
        weights.append(page.evaluate(_WEIGHT))
        page.context.close()
    tell("first paint, ms", half=median(paints), worst=max(paints), limit=1_000)
    tell("first chat shown, ms", half=median(chats), worst=max(chats), limit=1_000)
    tell("weight, KB", worst=max(weights) / 1024, limit=150)


def measure_scrolling(browser: Browser, url: str, residents: list[int], group: int) -> None:
    """A thousand messages of neighbours, scrolled through from the newest to the oldest."""
    for number in range(MESSAGES):
        words = f"Tin số {number}: bà con xóm trên hôm nay vẫn khỏe, chiều họp ở nhà văn hóa nhé. " * (1 + number % 3)
        act(url, "sandbox/say", user=residents[number % len(residents)], chat=group, text=words)
    page = opened(browser, url, residents[0])
    page.locator('[data-shelf="community"]').get_by_text("Xem tin cũ hơn").click()
    page.wait_for_function(
        """most => document.querySelectorAll('[data-shelf="community"] .row').length >= most""", arg=MESSAGES
    )
    gaps = page.evaluate(_SCROLL, FRAMES)
    page.context.close()
    rare = quantiles(gaps, n=100)
    tell("scrolling, ms between frames", half=median(gaps), of_100_frames_95=rare[94], worst=max(gaps), limit=33.4)


def measure_taps(browser: Browser, url: str, residents: list[int], team: list[int], bot: int) -> None:
    """One of a team takes up a report; how soon a colleague's window shows it, through the bot and back."""
    for resident in residents[:TAPS]:
        act(url, "sandbox/say", user=resident, chat=bot, text="Nhà tôi có người sốt cao từ đêm qua")
    one, other = (opened(browser, url, person) for person in team)
    for page in (one, other):
        page.wait_for_function(f"([label, most]) => {_KEYS}.length === most", arg=[TAKE, TAPS])
    waits = []
    for _ in range(TAPS):
        time.sleep(A_CARD_A_SECOND)
        other.evaluate(_WATCH, [TAKE, PATIENCE])
        tapped = one.evaluate(_TAP, TAKE)
        waits.append(other.evaluate("window.seen") - tapped)
    tell("tap to the other window, ms", half=median(waits), best=min(waits), worst=max(waits), limit=300)


def tell(figure: str, limit: float, **found: float) -> None:
    print(json.dumps({"figure": figure, **{name: round(value, 1) for name, value in found.items()}, "limit": limit}))


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=PATIENCE)
        with urlopen(f"{url}/page/people", timeout=60) as answer:
            told = json.load(answer)
        residents = [person["id"] for person in told["people"] if person["chats"] == [COMMUNITY]]
        team = [person["id"] for person in told["people"] if person["part"] in ("member", "member_2")]
        group = next(
            line["id"] for line in act(url, "sandbox/chats", user=residents[0]) if line.get("title") == COMMUNITY
        )
        measure_loading(browser, url)
        measure_taps(browser, url, residents, team, told["bots"][0]["id"])
        measure_scrolling(browser, url, residents, group)
        browser.close()


if __name__ == "__main__":
    main()
