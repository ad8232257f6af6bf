"""How long a report takes from the door to a card at the desk, beside what one fsync takes on the same disk.

The whole bot against the sandbox over HTTP, pacing off: long poll, inbox, story, outbox, send. Reports come five a
second, each from another home, whether or not the ones before have arrived. The clock stands in the sandbox: it
starts when the resident's message is there to be fetched, and ends when the card is in a team member's chat. Two
JSON lines, in milliseconds.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.far_end import process
from benchmarks.tables import say
from benchmarks.town import MORNING, Town, imported
from bot.app import App
from bot.config import Settings
from bot.demo import stage
from bot.demo.district import District
from bot.demo.playing import settings_for
from bot.moments import WallClock
from bot.sandbox import NO_LIMITS, Event, Hands, Sandbox, serve
from models.rules.roles import Role

REPORTS = 300
FIRST = 20  #: Reports that warm the bot up and do not count.
PER_SECOND = 5.0
LAST_CARDS = 10.0  #: Seconds that the last cards get to arrive.
FSYNCS = 300
PAGE = b"\0" * 4096  #: What each fsync is given to write.


class Stopwatch:
    """Seconds between a report's words and the first card that shows them to its team, by the report's number."""

    def __init__(self, sandbox: Sandbox, desks: dict[int, set[int]]) -> None:
        self._desks = desks  #: By the report's number: the accounts of its team.
        self._said: dict[int, float] = {}
        self.took: dict[int, float] = {}
        self.all_arrived = asyncio.Event()
        sandbox.listeners.append(self._see)

    def start(self, number: int) -> None:
        """The report is about to be said."""
        self._said[number] = time.perf_counter()

    def _see(self, event: Event) -> None:
        if event.kind != "message" or event.room is None or event.kept is None:
            return
        number = _number_in(event.kept.message.text or "")
        if number is not None and number not in self.took and event.room.id in self._desks[number]:
            self.took[number] = time.perf_counter() - self._said[number]
            if len(self.took) == len(self._desks):
                self.all_arrived.set()


def _number_in(text: str) -> int | None:
    _, found, rest = text.partition("nhà có người sốt, số ")
    return int(rest.split(".")[0]) if found else None


async def play_residents(pipe: Connection, district: District) -> None:
    """The sandbox's process: wait until the bot is ready, let residents report, answer how long each took."""
    sandbox = Sandbox(seed=1, limits=NO_LIMITS)
    stage.populate(sandbox, district)
    hands = Hands(sandbox)
    residents = district.residents[:: len(district.residents) // REPORTS][:REPORTS]
    for resident in residents:
        hands.start(resident.account, stage.BOT_ID)
    sandbox.world.bots[stage.BOT_ID].queue.clear()
    homes = {account: home.unit for home in district.homes for account in home.accounts}
    desks = [{who.account for who in district.holding(Role.TEAM, homes[each.account])} for each in residents]
    stopwatch = Stopwatch(sandbox, dict(enumerate(desks)))
    async with serve(sandbox) as url:
        pipe.send(url)
        await asyncio.to_thread(pipe.recv)
        for number, resident in enumerate(residents):
            stopwatch.start(number)
            hands.say(resident.account, stage.BOT_ID, f"Bác ơi nhà có người sốt, số {number}. Nhờ tổ giúp.")
            await asyncio.sleep(1 / PER_SECOND)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopwatch.all_arrived.wait(), LAST_CARDS)
        pipe.send(stopwatch.took)
        await asyncio.to_thread(pipe.recv)


def unpaced(settings: Settings) -> Settings:
    """The same settings without limits, which no configuration may ask for."""
    none = {"per_second": 0, "per_chat_second": 0, "per_group_minute": 0}
    return settings.model_copy(update={"pacing": settings.pacing.model_copy(update=none)})


async def measure(town: Town, folder: Path) -> dict[int, float]:
    """Run the bot beside the sandbox; what each report took, in seconds."""
    clock = WallClock()
    clock.set(MORNING)
    with process(play_residents, town.district) as pipe:
        url = await asyncio.to_thread(pipe.recv)
        async with App(unpaced(settings_for(url, folder, "vi")), clock) as app:

            async def ready() -> None:
                pipe.send("ready")

            running = asyncio.create_task(app.run(ready))
            took: dict[int, float] = await asyncio.to_thread(pipe.recv)
            app.stop()
            await running
    return took


def fsyncs(folder: Path) -> list[float]:
    """Seconds for each of many small writes to reach the disk that the database lies on."""
    took = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(FSYNCS):
            file.write(PAGE)
            started = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    return took


def report(what: str, took: Sequence[float], **more: object) -> None:
    """Print one line."""
    ordered = sorted(seconds * 1000 for seconds in took)
    at = {f"p{share}_ms": round(ordered[len(ordered) * share // 100], 2) for share in (50, 99)}
    say("latency", what=what, **at, **more)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as path:
        folder = Path(path)
        town = imported(folder)
        before = fsyncs(folder)
        took = asyncio.run(measure(town, folder))
        counted = [seconds for number, seconds in took.items() if number >= FIRST]
        report("report at the door to card at the desk", counted, counted=len(counted), lost=REPORTS - len(took))
        report("one fsync", before + fsyncs(folder))


if __name__ == "__main__":
    main()
