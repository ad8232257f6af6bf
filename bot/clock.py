"""The ticks that look for what is due. They own no deadline: those are rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.meters import tick_lateness
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

Run = Callable[[Command], Awaitable[None]]


class Ticks:
    """Gives each command its turn, again and again; one that is late runs once, however often it was missed.

    By seconds that pass, not by the time of day: that may be put back, and nothing would be looked for until then.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._turn = asyncio.Lock()  #: One tick at a time waits for the database, so that updates never wait for many.
        self._striking: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._striking = [asyncio.create_task(self._strike(command, every)) for command, every in TICKS]

    def stop(self) -> None:
        """Look no more, not even to the end of what is being looked for."""
        for task in self._striking:
            task.cancel()

    async def all_now(self) -> None:
        """Look for everything that is due this moment, such as after the clock was moved."""
        for command, _ in TICKS:
            await self._tick(command)

    async def _strike(self, command: Command, every: timedelta) -> None:
        """Look at once, since what became due while nothing ran has waited long enough, then for ever."""
        passed, lateness = asyncio.get_running_loop().time, tick_lateness.labels(type(command).__name__)
        due = passed()
        while True:
            lateness.observe(max(0.0, passed() - due))
            due = passed() + every.total_seconds()
            await self._tick(command)
            await asyncio.sleep(max(0.0, due - passed()))

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
