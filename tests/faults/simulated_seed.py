"""One seed: every day of a district under virtual time, with seeded people and seeded trouble, and its books."""

from __future__ import annotations

import hashlib
import logging
import random
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import structlog

from bot.demo.stage import populate
from bot.sandbox import Limits, Sandbox
from models.store.mail import Inbox
from tests.faults.laws import Laws
from tests.faults.simulated_bot import FIRST_DAWN, Bot, true_time
from tests.faults.simulated_crowd import DAY, HOUR
from tests.faults.simulated_people import People
from tests.faults.simulated_place import Template, district_of, settings_for
from tests.faults.simulated_service import Service
from tests.faults.virtual_time import DAWN_OF_TIME, VirtualTime

#: Seconds after the last day in which everything may come to its end; nobody begins anything any more.
EVENING = 8 * HOUR
#: So much is kept of what was wrong: the first is what matters.
MOST_WRONGS = 20


@dataclass
class Found:
    """What one seed came to."""

    seed: int
    days: int
    homes: int
    hash: str = ""  #: Of everything that happened, in its order.
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0  #: Of one core's time.
    updates: int = 0
    messages: int = 0  #: Of the bot's that came into chats.
    kills: int = 0
    troubles: int = 0  #: Calls that did not go well.
    copies: int = 0  #: Messages seen twice, each after an answer that got lost.
    transactions: int = 0


class Journal:
    """Everything that happened, as a hash, and as lines for whoever wants to read them."""

    def __init__(self, time: VirtualTime, read: Callable[[str], None] | None) -> None:
        self._time, self._read = time, read
        self._hash = hashlib.sha256()
        self.complaints: list[str] = []  #: What the bot itself logged as an error.

    def note(self, line: str) -> None:
        whole = f"{self._time.now:.4f} {line}\n"
        self._hash.update(whole.encode())
        if self._read is not None:
            self._read(whole)

    def log(self, _logger: object, method: str, event: dict[str, Any]) -> Any:
        """A processor for structlog: every line of the bot's goes in here, and nowhere else."""
        event.pop("exc_info", None)
        self.note(f"log {method} {sorted(event.items())}")
        if method in ("error", "exception"):
            self.complaints.append(f"{event}")
        raise structlog.DropEvent

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()[:16]


class Simulation:
    """One seed."""

    def __init__(self, seed: int, days: int, template: Template, read: Callable[[str], None] | None = None) -> None:
        self.found = Found(seed, days, template.homes)
        self._began = time.process_time()
        self._days = days
        self.time = VirtualTime()
        self.journal = Journal(self.time, read)
        dice = random.Random(seed)
        district = district_of(template.homes)
        settings = settings_for(template.copy())
        self.sandbox = Sandbox(
            clock=partial(true_time, self.time),
            monotonic=lambda: self.time.now,
            seed=dice.randrange(2**32),
            limits=Limits(),
        )
        populate(self.sandbox, district)
        self.service = Service(self.sandbox, self.time, _chance(dice), self.journal.note)
        self.bot = Bot(settings, self.time, self.service, _chance(dice), self.journal.note)
        self.people = People(district, self.sandbox, self.time, _chance(dice), self.journal.note)
        self.laws = Laws(self.bot, self.sandbox, self.service, self.people.deeds)
        self._chance = _chance(dice)
        self._is_over = False

    def run(self) -> Found:
        """Let all the days pass."""
        self.people.settle_in()
        for day in range(self._days):
            self.time.at(self._dawn(day), self._begin_day)
            if day:
                self.time.at(self._dawn(day) - 60, self._read_books)
        self.time.at(self._dawn(self._days) - EVENING, self._begin_evening)
        self.time.at(self._dawn(self._days), self._end)
        while not self._is_over:
            how = self.bot.live()
            self.journal.note(how)
            if how == "killed":
                self.found.kills += 1
                self.laws.note_kill()
            elif not self._is_over:
                self._wrong(f"the bot {how}")
            self._wait_for_restart()
        return self._sum_up()

    def _dawn(self, day: int) -> float:
        return DAWN_OF_TIME + 1.0 + day * DAY

    def _wait_for_restart(self) -> None:
        again_at = self.time.now + self._chance.choice((1.0, 5.0, 30.0, 600.0))
        while self.time.now < again_at and not self._is_over:
            self.time.pass_until(again_at)

    def _begin_day(self) -> None:
        self.journal.note("day")
        self.people.begin_day()
        self._plan_trouble()

    def _plan_trouble(self) -> None:
        """What will go wrong today, between six in the morning and two at night."""
        chance = self._chance

        def some_time() -> float:
            return self.time.now + chance.uniform(HOUR, 21 * HOUR)

        for _ in range(chance.randint(0, 3)):
            self.time.at(some_time(), partial(self._storm, chance.choice((0.02, 0.1, 0.4)), chance.uniform(20, 2_000)))
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            self.time.at(some_time(), partial(self._outage, chance.choice((5.0, 40.0, 200.0, 1_500.0))))
        for _ in range(chance.choice((0, 0, 1, 2, 3))):
            self.time.at(some_time(), partial(self._kill, chance.choice((0, 1, 2, 3, 5, 8, 13, 40))))
        for _ in range(chance.choice((0, 0, 1))):
            self.time.at(some_time(), partial(self._hold_database, chance.uniform(0.05, 15)))
        for _ in range(chance.choice((0, 1, 3))):
            self.time.at(some_time(), self._disorder)
        if chance.random() < 0.15:
            span = timedelta(seconds=chance.choice((1, 30, 600, 3_600, 7_200)) * chance.choice((1, -1)))
            self.time.at(self.time.now + chance.uniform(HOUR, 15 * HOUR), partial(self._step_clock, span))

    def _storm(self, share: float, seconds: float) -> None:
        self.service.share_of_trouble = share
        self.time.after(seconds, self._calm)

    def _calm(self) -> None:
        self.service.share_of_trouble = 0.0

    def _outage(self, seconds: float) -> None:
        self.service.is_away = True
        self.time.after(seconds, self._back)

    def _back(self) -> None:
        self.service.is_away = False

    def _kill(self, after: int) -> None:
        if self.bot.is_up:
            self.bot.kill_after(after)

    def _disorder(self) -> None:
        self.sandbox.faults.duplicate_updates += self._chance.randint(1, 5)
        self.sandbox.faults.reorder_updates += self._chance.randint(0, 2)

    def _hold_database(self, seconds: float) -> None:
        self.bot.books.execute("BEGIN IMMEDIATE")
        self.time.after(seconds, lambda: self.bot.books.execute("ROLLBACK"))

    def _step_clock(self, span: timedelta) -> None:
        if self.bot.is_up:
            self.bot.clock_stepped(span)
            self.time.after(self._chance.uniform(60, 4 * HOUR), self._put_clock_right)

    def _put_clock_right(self) -> None:
        self.bot.clock_stepped(-self.bot.clock.ahead)

    def _begin_evening(self) -> None:
        self.people.is_asleep = True

    def _read_books(self) -> None:
        for wrong in self.laws.broken():
            self._wrong(wrong)

    def _end(self) -> None:
        self._read_books()
        self._is_over = True
        self.bot.end()

    def _wrong(self, what: str) -> None:
        self.journal.note(f"wrong: {what}")
        if len(self.found.wrong) < MOST_WRONGS:
            self.found.wrong.append(f"day {(self.time.now - DAWN_OF_TIME) / DAY:.2f}: {what}")

    def _sum_up(self) -> Found:
        for complaint in self.journal.complaints:
            if not any(expected in complaint for expected in EXPECTED_COMPLAINTS):
                self._wrong(f"the bot logged {complaint}")
        found = self.found
        found.hash, found.seconds = self.journal.digest, round(time.process_time() - self._began, 1)
        found.updates, found.messages, found.copies = self.laws.updates, self.laws.messages, self.laws.copies
        found.troubles, found.transactions = self.service.troubles, self.bot.transactions
        self.bot.books.close()
        return found


#: The database was held by another, and paper is made in a process of its own, which virtual time knows nothing of.
EXPECTED_COMPLAINTS = ("waits_for_database", "NotImplementedError")


def _chance(dice: random.Random) -> random.Random:
    """A chance of one's own: who asks it more or less often changes nobody else's."""
    return random.Random(dice.randrange(2**32))


@contextmanager
def seeded(seed: int, journal: Callable[[], Journal]) -> Iterator[None]:
    """Let everything that is left to chance, and every line that is logged, depend on the seed alone."""
    dice, before, kept = random.Random(seed), random.getstate(), structlog.get_config()
    random.seed(seed)
    structlog.configure(processors=[lambda *line: journal().log(*line)], cache_logger_on_first_use=False)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with mock.patch.object(secrets, "randbelow", dice.randrange), mock.patch.object(secrets, "choice", dice.choice):
        try:
            yield
        finally:
            random.setstate(before)
            structlog.configure(**kept)


@contextmanager
def forgetting_marks() -> Iterator[None]:
    """The control: the effects of every other update are committed once without the mark that they had happened."""
    mark, forgotten = Inbox.mark_handled, set[int]()

    def forget(inbox: Inbox, entry_ids: Sequence[int], now: datetime) -> None:
        again = [each for each in entry_ids if each % 2 or each in forgotten]
        forgotten.update(entry_ids)
        mark(inbox, again, now)

    with mock.patch.object(Inbox, "mark_handled", forget):
        yield


def template_of(homes: int, folder: Path) -> Template:
    """What every seed with so many homes begins with, made where it is missing."""
    return Template(folder, homes, lambda: FIRST_DAWN)


def simulate(seed: int, days: int, homes: int, folder: Path, read: Callable[[str], None] | None = None) -> Found:
    """One seed, from its first dawn to the books at its end."""
    template = template_of(homes, folder)
    simulation: Simulation | None = None
    with seeded(seed, lambda: simulation.journal if simulation else Journal(VirtualTime(), None)):
        simulation = Simulation(seed, days, template, read)
        return simulation.run()
