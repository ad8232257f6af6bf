"""The page in a real browser, beside a real demo: one of each for the whole run, begun again for every test."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request as Letter
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

#: Where Debian keeps its Chromium, and what else it may be called.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: The two screens everything is tried on: a desk's, and a cheap telephone's.
WIDE, PHONE = (1440, 860), (360, 740)
#: Milliseconds that anything on the page may take on a machine with much else to do.
PATIENCE = 240_000
expect.set_options(timeout=PATIENCE)
#: The fewest homes with which the day can be played.
HOMES = "468"


@dataclass
class Window:
    """One browser window, and what went wrong in it."""

    page: Page
    trouble: list[str] = field(default_factory=list)  #: Console errors, and requests that left this machine.

    def troubles(self) -> list[str]:
        """All there were until now: what the page had to say comes before its answer."""
        self.page.evaluate("null")
        return list(self.trouble)

    def watch(self, url: str) -> None:
        """Note every error of the page's, and every request that goes anywhere else."""
        self.page.on("console", self._on_line)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda sent: self._on_request(sent, url))

    def _on_line(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.trouble.append(line.text)

    def _on_request(self, sent: Request, url: str) -> None:
        if not sent.url.startswith((url, "data:", "blob:")):
            self.trouble.append(sent.url)


@dataclass(frozen=True)
class Demo:
    """A running demo."""

    url: str

    def do(self, verb: str, **details: object) -> None:
        """Carry out one of the stage's verbs."""
        self._tell(f"stage/{verb}", details)

    def act(self, verb: str, **details: object) -> Any:
        """Carry out one of the people's verbs, away from any window."""
        return self._tell(f"sandbox/{verb}", details)

    def _tell(self, path: str, details: dict[str, object]) -> Any:
        letter = Letter(f"{self.url}/{path}", json.dumps(details).encode(), {"Content-Type": "application/json"})
        with urlopen(letter, timeout=PATIENCE / 1000) as answer:
            return json.load(answer)

    def everybody(self) -> dict[str, Any]:
        """Whom one can be, and the bot."""
        with urlopen(f"{self.url}/page/people", timeout=PATIENCE / 1000) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def look(self) -> dict[str, Any]:
        """How the stage stands."""
        with urlopen(f"{self.url}/stage", timeout=PATIENCE / 1000) as answer:
            seen: dict[str, Any] = json.load(answer)
        return seen


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """The demo as `tocovid demo` starts it."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--households", HOMES]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TOCOVID_")}
    with subprocess.Popen([*command, "--data", str(folder)], stdout=subprocess.PIPE, env=environ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, b"")
        url = next(found.group() for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line.decode())))
        yield Demo(url)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE / 1000)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for the whole run."""
    with running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


# Its loop runs until it is closed, and would be in the way of every asynchronous test that came after.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one there is nothing to look at the page with."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        yield browser
        browser.close()


Open = Callable[..., Window]


@pytest.fixture
def opened(demo: Demo, browser: Browser) -> Iterator[Open]:
    """Open windows on the demo, as whoever came before left it; afterwards none may have been in trouble."""
    with windows(demo.url, browser) as opened:
        yield opened


@contextmanager
def windows(url: str, browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []
    all_windows: list[Window] = []

    def opened(size: tuple[int, int] = WIDE, *, user: int = 0, **looks: Any) -> Window:
        # What moves keeps a machine without graphics busy, and is the same to whoever looks at it standing still.
        looks = {"reduced_motion": "reduce", **looks}
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **looks)
        contexts.append(context)
        window = Window(context.new_page())
        all_windows.append(window)
        window.page.set_default_timeout(PATIENCE)
        window.watch(url)
        window.page.goto(f"{url}/#user={user}" if user else url)
        window.page.locator(".talk .row, .talk .service, .talk .hint").first.wait_for()
        return window

    try:
        yield opened
        # Asked before they close: a request that closing cuts off is no trouble of the page's.
        assert [trouble for window in all_windows for trouble in window.troubles()] == []
    finally:
        for context in contexts:
            context.close()
