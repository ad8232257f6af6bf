"""The bot on its machine in virtual time: the very `App`, started anew after every kill, on one database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from math import inf
from random import Random

from sqlalchemy import Engine, event

from bot.app import App
from bot.clock import TICKS, Run, Ticks
from bot.config import Settings
from bot.looking import Looks
from bot.means import Means
from bot.moments import WallClock
from handlers.commands import Command
from handlers.commands.checkins import AdvanceRounds
from handlers.commands.reports import EscalateOverdue
from models.database import open_engine, plain_url
from models.records import Record
from tests.faults.simulated_service import Service, way_to
from tests.faults.virtual_time import DAWN_OF_TIME, Machine, VirtualThread, VirtualTime

#: 05:00 on a Monday morning in Vietnam.
FIRST_DAWN = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
#: What plans by itself, without a row that is due, is looked after this often, in seconds.
LOOK_ROUND = 3_600.0
#: A tick comes at most so many seconds after what is due.
LATEST_TICK = 2.0
#: So many seconds after something is left for a loop that nobody tells, it looks at the latest.
LATEST_LOOK = 5.0
#: Columns that say when the clock must look again.
DUE = ("due_at", "send_at", "chase_at")
#: The tables in which nearly everything is due, and the one tick that looks there; for others all of them look.
LOOKS_AFTER: dict[str, type[Command]] = {"reports": EscalateOverdue, "rounds": AdvanceRounds}


class Killed(BaseException):
    """`kill -9`, or the plug."""


def true_time(time: VirtualTime) -> datetime:
    """What every clock shows that is right."""
    return FIRST_DAWN + timedelta(seconds=time.now - DAWN_OF_TIME)


class BotClock(WallClock):
    """The clock on the wall of the bot's machine, which may be wrong."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self._time = time

    def __call__(self) -> datetime:
        return true_time(self._time) + self.ahead

    def set(self, moment: datetime) -> None:
        self.ahead = moment - true_time(self._time)

    def seconds_at(self, moment: datetime) -> float:
        """When, in virtual time, this clock will show that."""
        return DAWN_OF_TIME + (moment - self.ahead - FIRST_DAWN).total_seconds()


@cache
def simulated_engine(url: str) -> Engine:
    """The database as the bot opens it, less two settings.

    Nothing is flushed to the disk (`synchronous=OFF`): a process that dies loses no commit by that, only a machine
    does, and power cuts have a program of their own. A lock is not waited for: who waits would hold up time itself.
    """
    engine = open_engine(url)
    event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA synchronous=OFF"))
    event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA busy_timeout=0"))
    return engine


class DueTicks(Ticks):
    """Every tick as soon as something is due, rather than each second: the seconds between would find nothing."""

    def __init__(self, run: Run, strike: asyncio.Event, matters: Callable[[Command], bool]) -> None:
        super().__init__(run)
        self._strike, self._matters = strike, matters

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._go())

    def stop(self) -> None:
        self._task.cancel()

    async def _go(self) -> None:
        while True:
            for command, _ in TICKS:
                if self._matters(command):
                    await self._tick(command)
            await self._strike.wait()
            self._strike.clear()


class DueLooks(Looks):
    """A loop looks when there is something to find, rather than every few seconds: those between would find nothing."""

    def __init__(self, _every: float) -> None:
        super().__init__(every=inf)


class Bot:
    """One bot through all its lives."""

    def __init__(
        self, settings: Settings, time: VirtualTime, service: Service, chance: Random, note: Callable[[str], None]
    ) -> None:
        self.settings = settings
        self.clock = BotClock(time)
        self.app: App | None = None
        self.is_up = False  #: Updates can come in.
        self.lives = 0
        self.transactions = 0  #: Of all its lives that are over.
        self.turns_left: int | None = None  #: Transactions until the next kill; None while none is meant.
        self.is_to_die = False
        self._time, self._service, self._chance, self._note = time, service, chance, note
        self._leapt = 0.0  #: Seconds slept through beyond what a real machine would have.
        self._looked_at = self.clock()  #: What was due until then has been looked for.
        self._looked_round = time.now
        self._next_due = inf
        self._due_in = ""  #: In which table that is.
        self._ticking: type[Command] | None = None  #: The only tick that matters now; None: all do.
        self._known_turns = -1
        self._is_under_way = False  #: As of the last transaction.
        self._looks: list[Looks] = []
        self._is_look_planned = False
        file = plain_url(settings.database.url.get_secret_value()).database
        self.books = sqlite3.connect(str(file), isolation_level=None)  #: For whoever looks, without holding anybody up.
        self._due_query = _due_query()

    def live(self) -> str:
        """Until it is killed, told to end, or ends by itself; how it ended."""
        machine = Machine(self._time, self)
        self.thread = VirtualThread(machine, self._chance)
        self.strike = asyncio.Event()
        self._looks, self._is_look_planned = [], False
        self.lives += 1
        self.turns_left, self.is_to_die, self._known_turns, self._ticking = None, False, -1, None
        self._service.began_at = self._time.now
        self._note(f"life {self.lives}")
        means = Means(
            open_engine=simulated_engine,
            connect=way_to(self._service),
            writer_thread=lambda: self.thread,
            ticks=lambda run: DueTicks(run, self.strike, self._matters),
            looks=self._looks_for,
            passed=lambda: self._time.now - self._leapt,
        )
        try:
            machine.run_until_complete(self._life(means))
        except Killed:
            return "killed"
        except Exception as error:
            return f"ended by itself: {type(error).__name__}: {error}"
        finally:
            self.is_up, self.app = False, None
            self.transactions += self.thread.turns
            self._service.hang_up()
            machine.bury()
        return "ended"

    def end(self) -> None:
        """Let it end in order."""
        if self.app is not None:
            self.app.stop()

    async def _life(self, means: Means) -> None:
        async with App(self.settings, self.clock, means=means) as app:
            self.app = app
            await app.run(self._ready)

    async def _ready(self) -> None:
        self.is_up = True

    def look_alive(self) -> None:
        """Asked between any two steps of the machine: dies when it is to."""
        if self.turns_left is not None and self.thread.turns >= self.turns_left:
            self.is_to_die = True
        if self.is_to_die:
            raise Killed

    def kill_after(self, turns: int) -> None:
        """Kill it right after so many more transactions."""
        if self.lives and not self.is_to_die:
            self.turns_left = self.thread.turns + turns

    def clock_stepped(self, span: timedelta) -> None:
        """Its clock is put forward or back."""
        self.clock.move(span)
        self._ticking = None
        self._look_for_due()

    def sleep(self, until: float) -> None:
        """Let the world go on until the machine's next timer; through hours in which nothing is to be done, longer."""
        usual = until
        tick_at = max(self._time.now, self._tick_at()) if self.is_up else inf
        if self._is_idle():
            departure = self.app.deliverer.next_departure if self.app else None
            until = max(until, min(self._time.next_event, tick_at, inf if departure is None else departure))
        wake = min(until, tick_at)
        if wake == self._time.next_event == inf:
            raise RuntimeError("nothing will ever happen again")
        self._time.pass_until(wake)
        if self._time.now >= tick_at:
            self._strike()
        self._leapt += max(0.0, self._time.now - max(usual, self._time.now if usual == inf else usual))

    def _strike(self) -> None:
        is_round = self._time.now >= self._looked_round + LOOK_ROUND
        self._ticking = None if is_round else LOOKS_AFTER.get(self._due_in)
        if self._ticking is None:
            self._looked_round = self._time.now
        self._look_for_due()

    def _look_for_due(self) -> None:
        self._looked_at, self._known_turns = self.clock(), -1
        self._plan_look()
        self.strike.set()

    def _looks_for(self, every: float) -> Looks:
        self._looks.append(DueLooks(every))
        return self._looks[-1]

    def _plan_look(self) -> None:
        """Let the loops look within seconds when something waits for them."""
        if not self._is_look_planned and self._is_anything_left():
            self._is_look_planned = True
            self._time.after(self._chance.uniform(0, LATEST_LOOK), partial(self._look, self._looks))

    def _look(self, planned: list[Looks]) -> None:
        if planned is not self._looks:
            return  # Another life.
        self._is_look_planned = False
        if self.is_up and self._is_anything_left():
            for looks in planned:
                looks.wake()

    def _is_anything_left(self) -> bool:
        now = self.clock()
        values = {"now": as_kept(now), "a_minute_ago": as_kept(now, -60)}
        return any(self.books.execute(query, values).fetchone() for query in _LEFT)

    def _matters(self, command: Command) -> bool:
        return self._ticking is None or isinstance(command, self._ticking)

    def _tick_at(self) -> float:
        if self._known_turns != self.thread.turns:
            self._known_turns = self.thread.turns
            self._is_under_way = any(self.books.execute(query).fetchone() for query in _UNDER_WAY)
            self._plan_look()
            due, self._due_in = self.books.execute(self._due_query, {"since": as_kept(self._looked_at)}).fetchone()
            lateness = self._chance.uniform(0, LATEST_TICK)
            self._next_due = inf if due is None else self.clock.seconds_at(_from_kept(due)) + lateness
        return min(self._looked_round + LOOK_ROUND, self._next_due)

    def _is_idle(self) -> bool:
        """Whether nothing is under way, and nothing waits but for people or for its hour."""
        if not self.is_up or self._service.under_way or not self._service.is_polled or self.thread.waiting:
            return False
        # What waits for a retry, or for the database, is soon tried again.
        return not self._is_under_way


_UNDER_WAY = (
    "SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1",
    "SELECT 1 FROM outbox WHERE state = 'leased' LIMIT 1",
)


#: What a loop finds that nobody woke; mail is announced by whoever told it, and waits longer only behind other mail.
_LEFT = (
    "SELECT 1 FROM inbox WHERE state = 'waiting' AND (retry_at IS NULL OR retry_at <= :now) LIMIT 1",
    "SELECT 1 FROM errands WHERE state = 'waiting' AND due_at <= :now LIMIT 1",
    "SELECT 1 FROM outbox WHERE state = 'waiting' AND created_at < :a_minute_ago"
    " AND (not_before IS NULL OR not_before < :a_minute_ago) LIMIT 1",
)


def _due_query() -> str:
    """The first moment after `since` for which any row waits."""
    columns = [
        f"SELECT min({column.name}) AS due, '{table.name}' AS place FROM {table.name} WHERE {column.name} > :since"
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if column.name in DUE
    ]
    return f"SELECT min(due), place FROM ({' UNION ALL '.join(columns)})"


def as_kept(moment: datetime, seconds: float = 0.0) -> str:
    """A moment, or so many seconds after it, as SQLite keeps it."""
    return (moment + timedelta(seconds=seconds)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _from_kept(kept: str) -> datetime:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)
