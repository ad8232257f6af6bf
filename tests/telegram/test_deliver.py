"""When leased mail leaves: a deliverer on its own machine, where time passes only when nobody has anything to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from math import ceil
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.telegram.deliver import Deliverer
from bot.telegram.envelope import Envelope
from bot.telegram.pacing import Limits, Pacer
from bot.telegram.send import Arrived, Outcome
from bot.writer import Writer
from models.notices.mail import MessageKept
from models.records import Mail, MailState
from models.rules.mail import Priority
from models.rules.policy import Policy
from models.work import Work
from tests.databases import SqliteFiles, engine_of
from tests.faults.virtual_time import Machine, VirtualTime

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WORDS = MessageKept(("115",))
ROAD = 0.02  #: Seconds from a message's departure to its answer.
BUSY, IDLE = 0.4, 0.002  #: Seconds until whoever asks has had a turn at the database.


class SlowThread(Executor):
    """Runs what it is given one after the other, each after so many seconds."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.seconds = BUSY

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._machine.call_later(self.seconds, fn)
        return Future()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing holds it."""


class Post:
    """A service that takes everything, and knows when it came."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.departed: dict[int, float] = {}  #: Mail → the loop's seconds.

    async def send(self, envelope: Envelope) -> Outcome:
        self.departed[envelope.mail_id] = self._machine.time()
        await asyncio.sleep(ROAD)
        return Arrived(len(self.departed))


class Office:
    """A deliverer with its pacer, its database and what it sends to."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.time = VirtualTime()
        self.machine = Machine(self.time, self)
        self.thread = SlowThread(self.machine)
        self.post = Post(self.machine)
        self.writer, self.pacer = Writer(engine, self.thread), Pacer(Limits())
        self.deliverer = Deliverer(self.writer, self.post, self.pacer, Policy(), lambda: NOW, epoch=1)  # type: ignore[arg-type]
        self.running = self.machine.create_task(self.deliverer.run())

    def look_alive(self) -> None:
        """It is."""

    def sleep(self, until: float) -> None:
        self.time.pass_until(until)

    def tell(self, *chats: int, priority: Priority = Priority.CHECKIN) -> list[int]:
        """Let a message to each of these people wait for its turn; which."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            work = Work(session, NOW, Policy())
            for chat in chats:
                work.tell(chat, WORDS, priority=priority)
        self.machine.call_soon(self.deliverer.announce, work.told)
        return [mail.id for mail in work.told]

    def go_on(self, seconds: float) -> None:
        """Let so much time pass."""
        self.machine.run_until_complete(asyncio.sleep(seconds))

    def states(self) -> set[MailState]:
        """How far the messages have come."""
        with Session(self.engine) as session:
            return set(session.scalars(select(Mail.state)))


@pytest.fixture
def office(sqlite_files: SqliteFiles) -> Iterator[Office]:
    with sqlite_files.new_url() as url:
        engine = engine_of(url)
        opened = Office(engine)
        yield opened
        opened.machine.bury()
        engine.dispose()


def test_while_the_database_is_busy_messages_leave_as_fast_as_telegram_takes_them(office: Office) -> None:
    told = office.tell(*range(1, 601))
    office.go_on(60)
    departed = office.post.departed
    assert departed.keys() == set(told)
    assert office.states() == {MailState.SENT}
    assert (ceil(600 / 30) - 1) / (max(departed.values()) - min(departed.values())) >= 0.9


def test_with_an_idle_database_hardly_anything_is_leased_before_it_leaves(office: Office) -> None:
    office.thread.seconds = IDLE
    office.tell(*range(1, 101))
    for _ in range(20):
        office.go_on(0.1)
        with Session(office.engine) as session:
            leased = session.scalars(select(Mail.id).where(Mail.state == MailState.LEASED)).all()
        assert len(set(leased) - office.post.departed.keys()) <= 1


def test_an_alarm_passes_what_was_leased_before_it_and_has_not_left(office: Office) -> None:
    told = office.tell(*range(1, 101))
    office.go_on(3)
    office.thread.seconds = IDLE
    office.go_on(0.3)
    (alarm,) = office.tell(1_000, priority=Priority.ALARM)
    ready, before = len(office.deliverer._ready), len(office.post.departed)
    office.go_on(1)
    assert ready > 10
    assert list(office.post.departed).index(alarm) <= before + 1
    office.go_on(10)
    assert office.post.departed.keys() == {alarm, *told}


def test_what_was_leased_waits_while_everything_is_held(office: Office) -> None:
    office.tell(*range(1, 101))
    office.go_on(3)
    office.pacer.hold_all(office.machine.time() + 5)
    before = len(office.post.departed)
    office.go_on(4.9)
    assert len(office.post.departed) == before
    office.go_on(10)
    assert len(office.post.departed) == 100


def test_what_is_leased_together_leaves_in_the_order_of_its_urgency(office: Office) -> None:
    office.tell(*range(1, 41))
    answers = office.tell(*range(41, 61), priority=Priority.REPLY)
    office.go_on(10)
    order = list(office.post.departed)
    assert len(order) == 60
    assert set(answers) <= set(order[: len(answers) + 1])
