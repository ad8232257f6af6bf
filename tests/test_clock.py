"""What is due is looked for again and again, whatever the time of day is said to be."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base

from bot import clock, moments
from bot.clock import Ticks
from bot.moments import WallClock
from handlers.commands import Command
from handlers.commands.duty import RingNext
from handlers.commands.outages import TellOutages

AT_ONCE = timedelta(milliseconds=1)


@pytest.fixture(autouse=True)
def two_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "TICKS", ((RingNext(), AT_ONCE), (TellOutages(), AT_ONCE)))


class Looked:
    """Counts how often each command had its turn, and lets the first fail every time."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.often = asyncio.Event()

    async def __call__(self, command: Command) -> None:
        self.times[type(command).__name__] += 1
        if min(self.times["RingNext"], self.times["TellOutages"]) > 5:
            self.often.set()
        if isinstance(command, RingNext):
            raise ValueError("a story with a mistake in it")


@contextmanager
def ticking(looked: Looked, wall: WallClock | None = None) -> Iterator[Ticks]:
    ticks = Ticks(looked, wall)
    ticks.start()
    try:
        yield ticks
    finally:
        ticks.stop()


async def test_what_is_due_is_looked_for_again_and_again_although_looking_fails() -> None:
    looked = Looked()
    with ticking(looked):
        await asyncio.wait_for(looked.often.wait(), 60)


async def test_a_clock_put_back_by_a_day_keeps_nothing_from_being_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, looked = WallClock(), Looked()

    class TimeOfDay(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return wall().astimezone(tz)

    monkeypatch.setattr(base, "datetime", TimeOfDay)
    monkeypatch.setattr(clock, "WATCHED_EVERY", 0.01)
    with ticking(looked, wall):
        await asyncio.wait_for(looked.often.wait(), 60)
        wall.move(timedelta(days=-1))
        looked.times.clear()
        looked.often.clear()
        await asyncio.wait_for(looked.often.wait(), 60)


async def test_nothing_is_looked_for_once_the_bot_was_told_to_end() -> None:
    looked = Looked()
    with ticking(looked):
        await asyncio.wait_for(looked.often.wait(), 60)
    # The scheduler is told so in the loop's next turn, and what it had begun by then is over a few turns later.
    for _ in range(10):
        await asyncio.sleep(0)
    before = looked.times.copy()
    await asyncio.sleep(0.05)
    assert looked.times == before


async def test_one_look_is_taken_at_a_time() -> None:
    under_way, most = 0, 0

    async def look(_command: Command) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    ticks = Ticks(look)
    await asyncio.gather(ticks.all_now(), ticks.all_now())
    assert most == 1


def test_seconds_that_passed_only_ever_grow_and_count_as_the_machine_s_do() -> None:
    first = moments.seconds_passed()
    assert moments.seconds_passed() >= first
