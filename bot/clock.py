"""The ticks that look for what is due. They own no deadline: those are rows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.meters import tick_lateness
from bot.moments import WallClock, seconds_passed
from bot.owner import Deposed
from bot.writer import is_outage
from handlers.commands import Command
from handlers.commands.arrivals import AdvanceArrivals
from handlers.commands.checkins import AdvanceRounds
from handlers.commands.day_figures import AdvanceGatherings
from handlers.commands.directive_following import ChaseDue
from handlers.commands.directives import SendScheduled
from handlers.commands.duty import CallForTest, RingNext, WatchRoster, WatchShifts
from handlers.commands.enrolment import IntroduceNewGroups, TidyUp
from handlers.commands.followups import AdvanceFollowUps
from handlers.commands.imports import AdvanceImports
from handlers.commands.outages import TellOutages
from handlers.commands.reports import EscalateOverdue
from handlers.commands.tasks import ChaseTasks

log = structlog.get_logger()

#: What is looked for, and how often. A tick that finds nothing costs one indexed query.
TICKS: tuple[tuple[Command, timedelta], ...] = (
    (EscalateOverdue(), timedelta(seconds=1)),
    (AdvanceRounds(), timedelta(seconds=1)),
    (AdvanceFollowUps(), timedelta(seconds=5)),
    (AdvanceGatherings(), timedelta(seconds=5)),
    (AdvanceArrivals(), timedelta(seconds=5)),
    (SendScheduled(), timedelta(seconds=1)),
    (ChaseDue(), timedelta(seconds=5)),
    (ChaseTasks(), timedelta(seconds=5)),
    (IntroduceNewGroups(), timedelta(seconds=5)),
    (AdvanceImports(), timedelta(seconds=0.5)),
    (RingNext(), timedelta(seconds=1)),
    (WatchShifts(), timedelta(seconds=5)),
    (WatchRoster(), timedelta(minutes=1)),
    (CallForTest(), timedelta(minutes=1)),
    (TellOutages(), timedelta(seconds=5)),
    (TidyUp(), timedelta(minutes=10)),
)

#: Seconds between two looks at whether the computer's clock was put back.
WATCHED_EVERY = 1.0

Run = Callable[[Command], Awaitable[None]]


class Ticks:
    """Gives each command its turn, again and again; one that is late runs once, however often it was missed."""

    def __init__(self, run: Run, wall: WallClock | None = None) -> None:
        self._run = run
        self._wall = wall or WallClock()  #: The computer's own time of day, by which the scheduler goes.
        self._turn = asyncio.Lock()  #: One tick at a time waits for the database, so that updates never wait for many.
        self._next_at: dict[Command, float] = {}  #: Seconds passed at which each should run again.
        self._watching: asyncio.Task[None] | None = None
        # The default of one second's grace would silently drop a tick after any longer pause.
        self._scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})

    def start(self) -> None:
        # A tick that is still running is meant to be skipped: the next one finds the same rows.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        for command, every in TICKS:
            # At once, too: what became due while nothing ran has waited long enough.
            seconds = every.total_seconds()
            self._scheduler.add_job(self._tick_until_stopped, args=[command, seconds])
            self._scheduler.add_job(self._tick_until_stopped, "interval", seconds=seconds, args=[command, seconds])
        self._scheduler.start()
        self._watching = asyncio.create_task(self._outlive_a_clock_put_back())

    def stop(self) -> None:
        """Look no more, not even to the end of what is being looked for."""
        if self._watching is not None:
            self._watching.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def all_now(self) -> None:
        """Look for everything that is due this moment, such as after the clock was moved."""
        for command, _ in TICKS:
            await self._tick(command)

    async def _outlive_a_clock_put_back(self) -> None:
        """Begin anew whenever it is earlier than before: the scheduler would wait until that time comes again."""
        before = self._wall()
        while True:
            await asyncio.sleep(WATCHED_EVERY)
            now = self._wall()
            if now < before:
                log.warning("clock_was_put_back", seconds=round((before - now).total_seconds()))
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=now)
            before = now

    async def _tick_until_stopped(self, command: Command, every: float) -> None:
        now = seconds_passed()
        tick_lateness.labels(type(command).__name__).observe(max(0.0, now - self._next_at.get(command, now)))
        self._next_at[command] = now + every
        # A tick that the end of the program cuts short is no failure, as the scheduler would report it.
        with suppress(asyncio.CancelledError):
            await self._tick(command)

    async def _tick(self, command: Command) -> None:
        try:
            async with self._turn:
                await self._run(command)
        except Deposed:
            # Whoever took over finds the same rows; the loops end this program, and say why.
            log.warning("tick_too_late", command=type(command).__name__)
        except Exception as error:
            # Nothing was committed, so the same rows are due at the next tick.
            level = log.warning if is_outage(error) else log.exception
            level("tick_failed", command=type(command).__name__, error=type(error).__name__)
